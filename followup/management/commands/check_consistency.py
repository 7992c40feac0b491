"""``manage.py check_consistency``: are the stored statuses what the facts give?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from employers.services.ties import resettle_firms
from followup.services.consistency import differences
from followup.services.status import rebuild_all


class Command(BaseCommand):
    """Prints every difference and fails when there is one; with ``--repair``, rebuilds, then looks again."""

    help = "Compare chaque état de dossier avec ce que les faits donnent ; sort en erreur s’il y a une différence."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Recalcule tous les états, puis vérifie à nouveau.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, and repair when asked."""
        found = self._tell()
        if found and options["repair"]:
            resettle_firms()
            total = rebuild_all()
            self.stdout.write(ngettext("%(n)s dossier recalculé.", "%(n)s dossiers recalculés.", total) % {"n": total})
            found = self._tell()
        if found:
            raise CommandError(ngettext("%(n)s différence.", "%(n)s différences.", found) % {"n": found}, returncode=1)
        self.stdout.write(self.style.SUCCESS(_("Aucune différence : chaque état correspond à ses faits.")))

    def _tell(self) -> int:
        """Print each difference and return how many there are."""
        found = 0
        for difference in differences():
            found += 1
            self.stdout.write(
                _("Dossier %(case)s, %(field)s : enregistré « %(stored)s », calculé « %(computed)s ».")
                % {
                    "case": difference.case_id,
                    "field": difference.field,
                    "stored": difference.stored,
                    "computed": difference.computed,
                }
            )
        return found

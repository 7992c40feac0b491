"""manage.py report: the same files as the pages give, for a script."""

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from accounts.enums import CASE_CARRYING_ROLES
from accounts.models import Organisation, Project, Site, User
from foundation.clock import today
from foundation.errors import DomainError
from privacy.audit import record_system_access
from tables.engine.registry import ReportDefinition, reports
from tables.engine.scope import Scope, period_mistake
from tables.renderers.outputs import OUTPUTS

EVERYWHERE = "all"
STANDARD_OUTPUT = "-"
NEEDED = {
    "first": "--from",
    "last": "--to",
    "organisation": "--organisation",
    "format": "--format",
    "output": "--output",
}
# The system tells these in English.
WHY_NOT_WRITTEN: dict[type[OSError], str] = {
    FileNotFoundError: "ce dossier n’existe pas",
    IsADirectoryError: "c’est un dossier",
    NotADirectoryError: "ce n’est pas un dossier",
    PermissionError: "l’accès est refusé",
}


class Command(BaseCommand):
    """Computes a report and writes one file; each mistake of whoever types is told in one sentence."""

    help = (
        "Calcule un rapport et l’écrit dans un fichier : les mêmes octets que sur le site. "
        "Exemple : manage.py report activite --from 2025-01-01 --to 2025-12-31 --organisation MIRE --format xlsx "
        "--output rapport.xlsx"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        # What is compulsory is asked for below, in French; the parser's own words are English.
        parser.add_argument("name", nargs="?", default="", metavar="RAPPORT", help="nom du rapport (voir --list)")
        parser.add_argument("--list", action="store_true", help="montre les rapports, les organismes et les formats")
        parser.add_argument("--from", dest="first", metavar="AAAA-MM-JJ", help="premier jour de la période")
        parser.add_argument("--to", dest="last", metavar="AAAA-MM-JJ", help="dernier jour de la période, compris")
        parser.add_argument(
            "--organisation", metavar="NOM", help=f"nom court de l’organisme, ou {EVERYWHERE} pour un rapport consolidé"
        )
        parser.add_argument("--site", metavar="NOM", help="un seul site")
        parser.add_argument("--project", metavar="CODE", help="un seul projet")
        parser.add_argument("--coach", metavar="ADRESSE", help="un·e seul·e jobcoach, par son adresse e-mail")
        parser.add_argument("--format", metavar="FORMAT", help=f"un format parmi : {', '.join(OUTPUTS)}")
        parser.add_argument(
            "--output", metavar="FICHIER", help=f"où écrire ; {STANDARD_OUTPUT} pour la sortie standard"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asked = Namespace(**options)
        if asked.list:
            self._list()
            return
        report = _report(asked.name)
        _nothing_forgotten(asked)
        if asked.format not in OUTPUTS:
            raise CommandError(f"« {asked.format} » n’est pas un format : choisissez parmi {', '.join(OUTPUTS)}.")
        scope = _scope(report, asked)
        try:
            document = report.compute(scope)
            content = OUTPUTS[asked.format].render(document)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        _write(asked.output, content)
        for organisation in scope.organisations:
            record_system_access(organisation, "export")
        if asked.output != STANDARD_OUTPUT:
            self.stdout.write(f"{report.title} : {asked.output} ({len(content)} octets).")

    def _list(self) -> None:
        """What can be asked for."""
        self.stdout.write("Rapports :")
        for report in reports:
            over = f" (--organisation {EVERYWHERE})" if report.consolidated else ""
            self.stdout.write(f"  {report.name:<16} {report.title}{over}")
        self.stdout.write("Organismes :")
        for organisation in Organisation.objects.order_by("short_name"):
            self.stdout.write(f"  {organisation.short_name:<16} {organisation.name}")
        self.stdout.write(f"Formats : {', '.join(OUTPUTS)}")


def _report(name: str) -> ReportDefinition:
    known = ", ".join(report.name for report in reports)
    if not name:
        raise CommandError(f"Nommez un rapport parmi : {known}.")
    try:
        return reports[name]
    except KeyError as error:
        raise CommandError(f"« {name} » n’est pas un rapport : choisissez parmi {known}.") from error


def _nothing_forgotten(asked: Namespace) -> None:
    missing = [option for name, option in NEEDED.items() if not getattr(asked, name)]
    if missing:
        raise CommandError(f"Il manque : {', '.join(missing)}.")


def _scope(report: ReportDefinition, asked: Namespace) -> Scope:
    first, last = _day("--from", asked.first), _day("--to", asked.last)
    mistake = period_mistake(first, last, today())
    if mistake:
        end, sentence = mistake
        raise CommandError(f"{NEEDED[end]} : {sentence[0].lower()}{sentence[1:]}")
    organisations = _organisations(report, asked.organisation)
    if report.consolidated:
        if asked.site or asked.project or asked.coach:
            raise CommandError("Un rapport consolidé ne se restreint ni à un site, ni à un projet, ni à un·e jobcoach.")
        return Scope(organisations=organisations, first=first, last=last)
    here = organisations[0]
    projects = Project.objects.filter(organisation=here)
    if report.project_funder:
        projects = projects.filter(funder=report.project_funder)
        if not asked.project:
            codes = _names(projects, "code")
            raise CommandError(f"« {report.title} » est le rapport d’un seul projet : ajoutez --project ({codes}).")
    return Scope(
        organisations=organisations,
        first=first,
        last=last,
        site=_narrowed("--site", asked.site, Site.objects.filter(organisation=here), "name"),
        project=_narrowed("--project", asked.project, projects, "code"),
        coach=_narrowed("--coach", asked.coach, _coaches(here), "email"),
    )


def _day(option: str, typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise CommandError(f"{option} : « {typed} » n’est pas une date. Écrivez par exemple 2025-03-31.") from error


def _organisations(report: ReportDefinition, typed: str) -> tuple[Organisation, ...]:
    known = list(Organisation.objects.order_by("name"))
    if report.consolidated:
        if typed != EVERYWHERE:
            raise CommandError(f"« {report.title} » couvre tous les organismes : écrivez --organisation {EVERYWHERE}.")
        if not known:
            raise CommandError("Cette installation n’a encore aucun organisme.")
        return tuple(known)
    found = [one for one in known if typed.casefold() in (one.short_name.casefold(), one.name.casefold())]
    if not found:
        names = ", ".join(sorted(one.short_name for one in known)) or "aucun"
        raise CommandError(f"« {typed} » n’est pas un organisme de cette installation : {names}.")
    return (found[0],)


def _coaches(here: Organisation) -> QuerySet[User]:
    """Whoever carries or carried cases here."""
    return User.objects.filter(memberships__organisation=here, memberships__role__in=CASE_CARRYING_ROLES).distinct()


def _narrowed(option: str, typed: str | None, rows: QuerySet[Any], field: str) -> Any:
    """The one row that was named, `None` when none was."""
    if not typed:
        return None
    found = rows.filter(**{f"{field}__iexact": typed}).order_by("pk").first()
    if found is None:
        names = _names(rows, field)
        raise CommandError(f"{option} : « {typed} » est inconnu dans cet organisme. Connus : {names}.")
    return found


def _names(rows: QuerySet[Any], field: str) -> str:
    return ", ".join(rows.order_by(field).values_list(field, flat=True)) or "aucun"


def _write(where: str, content: bytes) -> None:
    if where == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        Path(where).write_bytes(content)
    except OSError as error:
        why = next((words for kind, words in WHY_NOT_WRITTEN.items() if isinstance(error, kind)), error.strerror)
        raise CommandError(f"Impossible d’écrire {where} : {why}.") from error

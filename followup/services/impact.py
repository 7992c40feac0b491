"""What a new dated value would move in the cases: their dates computed with it, beside those that stand."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.parameters import trying
from accounts.selectors.parameters import Change
from beneficiaries.models import CoachingCase
from followup.models import CaseStatus
from followup.services.status import deadline_values, derive, with_facts

BATCH = 500


def impact_on_cases(change: Change, actor: User) -> str:
    """How many open cases would see a date change, and how many of those the end of the 24 months.

    A value of an organisation is counted in its cases alone, one of the installation in those of every organisation;
    nobody is named. Nothing is written.
    """
    moved = clocks = 0
    concerned = CoachingCase.objects.filter(closed_on__isnull=True)
    if change.organisation_id is not None:
        concerned = concerned.filter(organisation_id=change.organisation_id)
    keys = list(concerned.order_by("pk").values_list("pk", flat=True))
    with trying(change.key, change.organisation_id, change.timeline):
        for start in range(0, len(keys), BATCH):
            cases = with_facts(CoachingCase.objects.filter(pk__in=keys[start : start + BATCH]))
            stored = CaseStatus.objects.in_bulk(keys[start : start + BATCH], field_name="case_id")
            for case in cases.order_by("pk"):
                changed = _changed(case, stored[case.pk])
                moved += bool(changed)
                clocks += "prehire_deadline" in changed
    return _sentence(moved, clocks)


def _changed(case: CoachingCase, status: CaseStatus) -> set[str]:
    """The names of what would differ: fields of the status, and "deadlines"."""
    derived = derive(case)
    names = {name for name, value in derived.dates.items() if getattr(status, name) != value}
    if {deadline_values(row) for row in case.deadlines.all()} != derived.deadlines:
        names.add("deadlines")
    return names


def _sentence(moved: int, clocks: int) -> str:
    """Say how many open cases see a deadline move, and of how many it is the end of the 24 months."""
    if not moved:
        return _("Aucune échéance d’un dossier ouvert ne change.")
    words = ngettext(
        "Les échéances de %(n)s dossier ouvert changent", "Les échéances de %(n)s dossiers ouverts changent", moved
    ) % {"n": moved}
    return words + (_(", dont la fin des 24 mois pour %(n)s d’entre eux.") % {"n": clocks} if clocks else ".")

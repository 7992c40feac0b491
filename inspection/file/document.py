"""The parts of an inspection file in their order, as one document of the engine."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from inspection.file import opening, path, trail, work
from inspection.file.facts import InspectionFacts
from inspection.file.parts import capital, day
from tables.engine.tables import Document, Section
from tables.funding import funding_of

NAME = "dossier-inspection"
SOURCE = (
    "Reproches faits aux MIRE par les inspections ; décret du 13 décembre 2023 ; paramètres datés. "
    "Chaque ligne vient de ce qui a été enregistré, et l’historique dit par qui."
)

# What an inspection asks first comes first: who, what is wrong, on what ground; the trail comes last.
PARTS: tuple[Callable[[InspectionFacts], Section], ...] = (
    opening.identity,
    trail.checks,
    opening.eligibility,
    opening.coachability,
    opening.agreements,
    path.phases,
    path.clock,
    path.windows,
    work.contacts,
    work.sessions,
    work.jobs,
    path.exits,
    trail.exceptions,
    opening.papers,
    trail.history,
)


def inspection_document(known: InspectionFacts, made_by: str) -> Document:
    """The inspection file of a case, made by somebody whose name is given, on the day of its facts."""
    case = known.case
    person = case.beneficiary
    coverage = (
        (_("Personne"), f"{person.last_name} {person.first_name}"),
        (_("Organisme"), case.organisation.name),
        (_("Projet"), str(case.project) if case.project else _("aucun")),
        (_("Dossier"), _dates(known)),
        (_("Phase"), capital(known.spells[-1].get_phase_display())),
        (_("Établi"), _("le %(date)s par %(who)s") % {"date": day(known.on), "who": made_by}),
    )
    sections = tuple(part(known) for part in PARTS)
    return Document(NAME, _("Dossier d’inspection"), coverage, SOURCE, sections, funding_of(case.project))


def _dates(known: InspectionFacts) -> str:
    case = known.case
    if case.closed_on is None:
        return _("ouvert le %(first)s") % {"first": day(case.opened_on)}
    return _("ouvert le %(first)s, sorti le %(last)s") % {"first": day(case.opened_on), "last": day(case.closed_on)}


def file_name(known: InspectionFacts, extension: str) -> str:
    """The name of a file made of the case: of which and of when, never whose."""
    return f"{NAME}-{str(known.case.pk)[:8]}-{known.on:%Y%m%d}.{extension}"

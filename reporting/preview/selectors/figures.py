"""The rows behind a figure, with the words and the address of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from beneficiaries.models import CoachingCase, Obstacle, PhaseSpell
from employers.models import Company, ProspectionContact, Vacancy
from followup.models import CollectiveSession, Contact
from foundation.formatting import date_words, duration_words, number_words
from inspection.file.figures import inspected_rows
from inspection.selectors.access import only_inspects
from placements.models import Employment, Match
from tables.engine.tables import Subject
from timesheets.models import TimeEntry


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row that a figure counts: what it is, a detail, and where it can be seen; "" where it has no page."""

    label: str
    detail: str
    url: str


def rows_behind(subject: Subject, refs: Sequence[UUID], user: User) -> list[FigureRow]:
    """The rows of these identifiers that the user may see, in the order of the identifiers; one statement."""
    rows = named_rows(subject, refs, user)
    return [rows[ref] for ref in refs if ref in rows]


def named_rows(subject: Subject, refs: Sequence[UUID], user: User) -> dict[UUID, FigureRow]:
    """The rows of these identifiers that the user may see, by identifier; one statement."""
    if only_inspects(user):
        return {ref: FigureRow(*words) for ref, words in inspected_rows(subject, refs, user).items()}
    return LISTINGS[subject](refs, user)


def _cases(refs: Sequence[UUID], user: User) -> dict[UUID, FigureRow]:
    cases = CoachingCase.objects.visible_to(user).select_related("beneficiary")
    return {
        case.pk: FigureRow(
            str(case.beneficiary), _("ouvert le %(date)s") % {"date": date_words(case.opened_on)}, _case_url(case.pk)
        )
        for case in _visible(cases, refs)
    }


def _employments(refs: Sequence[UUID], user: User) -> dict[UUID, FigureRow]:
    jobs = Employment.objects.visible_to(user).select_related("case__beneficiary", "company")
    return {
        job.pk: FigureRow(str(job.case.beneficiary), str(job), reverse("placements:case_jobs", args=[job.case_id]))
        for job in _visible(jobs, refs)
    }


def _companies(refs: Sequence[UUID], user: User) -> dict[UUID, FigureRow]:
    return {
        company.pk: FigureRow(company.name, company.town, reverse("employers:company_detail", args=[company.pk]))
        for company in _visible(Company.objects.visible_to(user), refs)
    }


def _contacts(refs: Sequence[UUID], user: User) -> dict[UUID, FigureRow]:
    contacts = Contact.objects.visible_to(user).select_related("case__beneficiary")
    return {
        contact.pk: FigureRow(
            str(contact.case.beneficiary), f"{contact}, {duration_words(contact.minutes)}", _case_url(contact.case_id)
        )
        for contact in _visible(contacts, refs)
    }


def _sessions(refs: Sequence[UUID], user: User) -> dict[UUID, FigureRow]:
    sessions = CollectiveSession.objects.visible_to(user).select_related("series")
    return {
        one.pk: FigureRow(str(one), one.place, reverse("followup:session_detail", args=[one.pk]))
        for one in _visible(sessions, refs)
    }


def _vacancies(refs: Sequence[UUID], user: User) -> dict[UUID, FigureRow]:
    vacancies = Vacancy.objects.visible_to(user).select_related("company")
    return {
        one.pk: FigureRow(one.title, one.company.name, reverse("employers:vacancy_detail", args=[one.pk]))
        for one in _visible(vacancies, refs)
    }


def _matches(refs: Sequence[UUID], user: User) -> dict[UUID, FigureRow]:
    matches = Match.objects.visible_to(user).select_related("case__beneficiary", "vacancy__company")
    return {
        one.pk: FigureRow(
            str(one.case.beneficiary), str(one.vacancy), reverse("placements:case_jobs", args=[one.case_id])
        )
        for one in _visible(matches, refs)
    }


def _obstacles(refs: Sequence[UUID], user: User) -> dict[UUID, FigureRow]:
    mine = CoachingCase.objects.visible_to(user).order_by().values("pk")
    obstacles = Obstacle.objects.filter(case__in=mine).select_related("case__beneficiary")
    return {
        one.pk: FigureRow(
            str(one.case.beneficiary),
            f"{one} ({one.get_state_display()})",
            reverse("beneficiaries:case_path", args=[one.case_id]),
        )
        for one in _visible(obstacles, refs)
    }


def _participants(refs: Sequence[UUID], user: User) -> dict[UUID, FigureRow]:
    cases = CoachingCase.objects.visible_to(user).select_related("beneficiary", "coach")
    return {
        case.pk: FigureRow(str(case.beneficiary), case.coach.get_full_name(), reverse("esf:record", args=[case.pk]))
        for case in _visible(cases, refs)
    }


def _trajectories(refs: Sequence[UUID], user: User) -> dict[UUID, FigureRow]:
    """The cases with the phases that they went through, from the entry to the present one; two statements."""
    spells = Prefetch("spells", PhaseSpell.objects.order_by("sequence"))
    cases = CoachingCase.objects.visible_to(user).select_related("beneficiary").prefetch_related(spells)
    return {
        case.pk: FigureRow(
            str(case.beneficiary),
            " → ".join(f"{spell.get_phase_display()} {spell.starts_on:%d/%m/%Y}" for spell in case.spells.all()),
            reverse("beneficiaries:case_path", args=[case.pk]),
        )
        for case in _visible(cases, refs)
    }


def _time_entries(refs: Sequence[UUID], user: User) -> dict[UUID, FigureRow]:
    entries = TimeEntry.objects.visible_to(user).select_related("sheet__coach")
    return {
        entry.pk: FigureRow(
            entry.sheet.coach.get_full_name(),
            f"{entry}, {duration_words(entry.minutes)}",
            reverse("timesheets:sheet", args=[entry.sheet.coach_id, f"{entry.sheet.month:%Y-%m}"]),
        )
        for entry in _visible(entries, refs)
    }


def _coaches(refs: Sequence[UUID], user: User) -> dict[UUID, FigureRow]:
    """People of the team, whose hours are read month by month."""
    return {
        coach.pk: FigureRow(coach.get_full_name(), coach.email, reverse("timesheets:sheet_list"))
        for coach in _visible(User.objects.visible_to(user), refs)
    }


def _prospections(refs: Sequence[UUID], user: User) -> dict[UUID, FigureRow]:
    visits = ProspectionContact.objects.visible_to(user).select_related("company", "coach")
    return {
        visit.pk: FigureRow(
            visit.company.name,
            f"{visit.get_channel_display()}, {visit.on:%d/%m/%Y}, {visit.coach.get_full_name()}",
            reverse("employers:company_detail", args=[visit.company_id]),
        )
        for visit in _visible(visits, refs)
    }


# What each subject leads to: the rows of these identifiers that the user may see, by identifier, in one statement.
LISTINGS: dict[Subject, Callable[[Sequence[UUID], User], dict[UUID, FigureRow]]] = {
    Subject.CASE: _cases,
    Subject.EMPLOYMENT: _employments,
    Subject.COMPANY: _companies,
    Subject.CONTACT: _contacts,
    Subject.PARTICIPANT: _participants,
    Subject.SESSION: _sessions,
    Subject.VACANCY: _vacancies,
    Subject.MATCH: _matches,
    Subject.OBSTACLE: _obstacles,
    Subject.TRAJECTORY: _trajectories,
    Subject.TIME_ENTRY: _time_entries,
    Subject.COACH: _coaches,
    Subject.PROSPECTION: _prospections,
}


def rows_in_words(subject: Subject, number: int) -> str:
    """How many rows of what: « 3 dossiers »."""
    words = {
        Subject.CASE: ngettext("%(n)s dossier", "%(n)s dossiers", number),
        Subject.EMPLOYMENT: ngettext("%(n)s contrat", "%(n)s contrats", number),
        Subject.COMPANY: ngettext("%(n)s entreprise", "%(n)s entreprises", number),
        Subject.CONTACT: ngettext("%(n)s contact", "%(n)s contacts", number),
        Subject.PARTICIPANT: ngettext("%(n)s participant·e", "%(n)s participant·es", number),
        Subject.SESSION: ngettext("%(n)s séance", "%(n)s séances", number),
        Subject.VACANCY: ngettext("%(n)s poste", "%(n)s postes", number),
        Subject.MATCH: ngettext("%(n)s proposition", "%(n)s propositions", number),
        Subject.OBSTACLE: ngettext("%(n)s frein", "%(n)s freins", number),
        Subject.TRAJECTORY: ngettext("%(n)s dossier", "%(n)s dossiers", number),
        Subject.TIME_ENTRY: ngettext("%(n)s prestation", "%(n)s prestations", number),
        Subject.COACH: ngettext("%(n)s jobcoach", "%(n)s jobcoachs", number),
        Subject.PROSPECTION: ngettext("%(n)s contact de prospection", "%(n)s contacts de prospection", number),
    }
    return words[subject] % {"n": number_words(number)}


def _visible(queryset: QuerySet[Any], refs: Sequence[UUID]) -> QuerySet[Any]:
    """The rows asked, whatever their order."""
    return queryset.filter(pk__in=refs).order_by("pk")


def _case_url(pk: UUID) -> str:
    """The file of a case."""
    return reverse("followup:case_summary", args=[pk])

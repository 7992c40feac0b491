"""The participants of an ESF+ operation: each with their record, their cases and what is known of them since.

Who they are: the people whose case was open, and of the project, on at least one day of the period. Who goes on in
another project left this one that day, and nobody asks what became of them: the other one goes on with them. What
counts is what the last day of the period knows of their exit; the results are those of that exit, whenever they were
learnt, so that an exit of December keeps the results of January.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.enums import Funder
from accounts.models import Project
from beneficiaries.enums import ExitReason, Gender
from beneficiaries.models import Beneficiary, CaseBelonging, CoachingCase, PhaseSpell
from esf.enums import Moment, Question
from esf.models import EsfParticipation, EsfRefusal, EsfResult
from esf.parameters import esf_policy
from esf.rules import indicators as esf
from followup.selectors.scope import cases_of
from foundation.errors import DomainError
from method.rules.phases import Phase
from tables.engine.scope import Scope

GENDERS = {Gender.WOMAN: esf.Gender.WOMAN, Gender.MAN: esf.Gender.MAN, Gender.NON_BINARY: esf.Gender.NON_BINARY}


REFUSALS = Prefetch("refusals", EsfRefusal.objects.select_related("recorded_by").order_by("question"))


class EsfProjectNeeded(DomainError):
    """The figures of the ESF+ are those of one operation."""

    def __init__(self) -> None:
        super().__init__(
            "esf_project_needed",
            _("Choisissez un projet FSE+ : ces chiffres sont ceux d’une opération."),
            field="project",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantFile:
    """One participant with all that is known of them.

    Attributes:
        case: the last of their cases of the project that the period knows; its file is where they are found.
        participation: their record; none while nothing was noted.
        refusals: the documented refusals, by question.
        results: those of the last exit.
        exit_reason: why they left, "" while they are there, and for who goes on in another project.
        facts: the same as the rules of the indicators read it.
        project_id: the project of which they are a participant: that of the case, or one that it belonged to before.
        goes_on: whether they left because their case went on in another project.
    """

    case: CoachingCase
    participation: EsfParticipation | None
    refusals: dict[str, EsfRefusal]
    results: dict[str, EsfResult]
    exit_reason: str
    facts: esf.Participant
    project_id: UUID | None
    goes_on: bool = False

    @property
    def case_id(self) -> UUID:
        """The key of the case by which the participant is found."""
        return self.case.pk

    @property
    def is_former(self) -> bool:
        """Whether the case belongs to another project by now."""
        return self.project_id != self.case.project_id

    @property
    def person(self) -> Beneficiary:
        return self.case.beneficiary

    @property
    def died(self) -> bool:
        """Whether the person left by death: nothing is asked any more."""
        return self.exit_reason == ExitReason.DEATH

    @property
    def asks_results(self) -> bool:
        """Whether what became of them is asked: they left, alive, and no other project goes on with them."""
        return self.facts.exit_on is not None and not self.died and not self.goes_on


def participant_files(scope: Scope) -> list[ParticipantFile]:
    """The participants of the scope by name; four statements, whatever their number.

    Raises:
        EsfProjectNeeded: the scope names no project that the ESF+ co-finances.
    """
    if scope.project is None or scope.project.funder != Funder.FSE:
        raise EsfProjectNeeded
    people = cases_of(scope).order_by().values("beneficiary")
    by_person: dict[UUID, list[CoachingCase]] = {}
    for case in _cases(scope.project.pk, scope.last, beneficiary__in=people, opened_on__lte=scope.last):
        by_person.setdefault(case.beneficiary_id, []).append(case)
    records = _records(project=scope.project, beneficiary__in=people)
    return [_file(found, records.get(person), scope.last, scope.project.pk) for person, found in by_person.items()]


def participant_file(
    case: CoachingCase, cases: Sequence[CoachingCase] | None = None, project: Project | None = None
) -> ParticipantFile:
    """The participant whose case this is, as known now, in its project or in one that it belonged to before. `case` of
    the answer is their last one.

    `cases`, when a page knows them all, are those of the person in the project, the oldest first. At most four
    statements, one less with the cases and one less without any refusal.
    """
    key = project.pk if project else case.project_id
    one = {"project": key, "beneficiary": case.beneficiary_id}
    found = list(_cases(key, date.max, beneficiary=case.beneficiary_id)) if cases is None else list(cases)
    results = Prefetch("results", EsfResult.objects.select_related("recorded_by").order_by("moment"))
    record = EsfParticipation.objects.filter(**one).prefetch_related(results).first()
    if record is not None:
        record.beneficiary = case.beneficiary
        if record.has_refusals:
            prefetch_related_objects([record], REFUSALS)
    return _file(found, record, None, key)


def last_case_of(case: CoachingCase) -> CoachingCase:
    """The last case of the person in the project of a case; one statement."""
    cases = CoachingCase.objects.filter(project=case.project_id, beneficiary=case.beneficiary_id)
    return cases.order_by("opened_on", "pk").last() or case


def former_projects(case: CoachingCase) -> list[Project]:
    """The projects that the ESF+ co-finances to which a case belonged, and no longer does, the latest first; one
    statement.
    """
    stays = case.belongings.filter(project__funder=Funder.FSE).exclude(project=case.project_id)
    rows = stays.select_related("project").order_by("-starts_on")
    found = {stay.project.pk: stay.project for stay in rows if stay.project is not None}
    return list(found.values())


def joined_on(case: CoachingCase, project: Project | None = None) -> date:
    """The first day of a case in a project, that to which it belongs now unless told otherwise; one statement."""
    first = case.belongings.filter(project=project or case.project_id).order_by("starts_on").first()
    return first.starts_on if first is not None else case.opened_on


def _cases(project: UUID | None, last: date, **which: Any) -> QuerySet[CoachingCase]:
    """The cases that belonged to a project by the last day, with when they came into it (`joined`), when they went on
    in another (`moved_on`) and why they ended; person by person by name, the oldest case of each first.
    """
    stays = CaseBelonging.objects.filter(case=OuterRef("pk"), project=project, starts_on__lte=last)
    exit_of_case = PhaseSpell.objects.filter(case=OuterRef("pk"), phase=Phase.EXIT).order_by("-sequence")
    return (
        CoachingCase.objects.filter(Exists(stays), **which)
        .select_related("beneficiary", "coach", "site", "project")
        .annotate(
            exit_reason=Subquery(exit_of_case.values("exit_reason")[:1]),
            joined=Subquery(stays.order_by("starts_on").values("starts_on")[:1]),
            moved_on=Subquery(stays.order_by("-starts_on").values("ends_on")[:1]),
        )
        .order_by("beneficiary__last_name", "beneficiary__first_name", "beneficiary_id", "opened_on", "pk")
    )


def _records(**which: Any) -> dict[UUID, EsfParticipation]:
    """Records by person, with their refusals and their results."""
    records = EsfParticipation.objects.filter(**which).prefetch_related(
        REFUSALS,
        Prefetch("results", EsfResult.objects.select_related("recorded_by").order_by("moment")),
    )
    return {record.beneficiary_id: record for record in records.order_by("pk")}


def _file(
    cases: Sequence[CoachingCase], record: EsfParticipation | None, on: date | None, project_id: UUID | None
) -> ParticipantFile:
    """A participant from their cases of the project, the oldest first, as the end of the day `on` knows them."""
    last = cases[-1]
    moved_on = getattr(last, "moved_on", None)
    # A case moves before it is closed, never after.
    ended = moved_on or last.closed_on
    left = ended if ended is not None and (on is None or ended <= on) else None
    goes_on = left is not None and moved_on is not None
    refusals = list(record.refusals.all()) if record and record.has_refusals else []
    results = _results_of(record, last, left) if record and left else []
    by_moment = {one.moment: one for one in results}
    return ParticipantFile(
        case=last,
        participation=record,
        refusals={refusal.question: refusal for refusal in refusals},
        results=by_moment,
        exit_reason=(getattr(last, "exit_reason", "") or "") if left and not goes_on else "",
        facts=_facts(last, record, getattr(cases[0], "joined", None) or cases[0].opened_on, left, by_moment),
        project_id=project_id,
        goes_on=goes_on,
    )


def _results_of(record: EsfParticipation, case: CoachingCase, left: date) -> list[EsfResult]:
    """What was recorded of the exit of a case on a day."""
    return [one for one in record.results.all() if one.case_id == case.pk and one.is_about(left)]


def _facts(
    case: CoachingCase,
    record: EsfParticipation | None,
    opened_on: date,
    left: date | None,
    results: dict[str, EsfResult],
) -> esf.Participant:
    """The participant as the rules read them. Without a record, only what the person's file knows."""
    person = case.beneficiary
    given = record.all_answers() if record else {}
    answers = {question: esf.Answer(given[question]) if given.get(question) else None for question in Question.values}
    immediate, later = results.get(Moment.EXIT), results.get(Moment.SIX_MONTHS)
    return esf.Participant(
        id=str(case.pk),
        entry_on=record.entry_on if record else opened_on,
        gender=GENDERS.get(Gender(person.gender)),
        birth_date=person.birth_date,
        status=esf.EntryStatus(record.status) if record and record.status else None,
        unemployed_since=record.unemployed_since if record else None,
        isced=record.isced if record else None,
        nationality=esf.Nationality(record.nationality) if record and record.nationality else None,
        foreign_background=answers[Question.FOREIGN_BACKGROUND],
        disability=answers[Question.DISABILITY],
        minority=answers[Question.MINORITY],
        homeless=answers[Question.HOMELESS],
        rural=answers[Question.RURAL],
        exit_on=left,
        policy=esf_policy(record.entry_on if record else opened_on),
        at_exit=esf.ExitSituation(
            employed=immediate.employed,
            job_searching=immediate.job_searching,
            in_training=immediate.in_training,
            qualification=immediate.qualification,
        )
        if immediate
        else esf.ExitSituation(),
        at_six_months=esf.LaterSituation(employed=later.employed, improved=later.improved)
        if later
        else esf.LaterSituation(),
    )

"""An operation of the ESF+ for the demonstration: records complete and with gaps, results noted and still due."""

from datetime import date, timedelta

from accounts.enums import Funder
from accounts.models import Project, User
from accounts.services.organisations import save_project
from beneficiaries.enums import Education
from beneficiaries.models import CoachingCase
from demo.loading.store import row_id
from demo.plan.randomness import Dice
from demo.plan.staff import DEMO_ADMIN, DEMO_JOBCOACH, DEMO_ORGANISATION
from esf.enums import Isced, Moment, Question, ResultSource
from esf.parameters import six_months_check_on
from esf.rules.indicators import Answer, EntryStatus, Nationality
from esf.selectors.proposals import ISCED_OF
from esf.services.participants import EntryStatement, record_entry
from esf.services.results import ResultStatement, record_result
from followup.services.status import rebuild_all
from foundation.clock import today
from foundation.persistence import save_checked
from privacy.audit import act

OPEN_CASES, CLOSED_CASES = 12, 10


def add_esf(as_of: date) -> Project:
    """A co-financed project with the last people who entered and some who left; the same day gives the same records."""
    actor = User.objects.get(pk=row_id("user", DEMO_ADMIN))
    project = save_project(
        actor=actor,
        code="FSE-EMPLOI",
        name="Vers l’emploi durable",
        funder=Funder.FSE,
        starts_on=as_of - timedelta(days=700),
        agreement_number="W-2024-117",
        programme="FSE+ 2021-2027, axe 3, mesure 3.1",
        cofinancing_rate="40 %",
    )
    _enrol(project=project, cases=_chosen(), actor=actor)
    for number, case in enumerate(CoachingCase.objects.filter(project=project).order_by("opened_on", "pk")):
        dice = Dice("esf", case.pk)
        # Every fifth person was not asked yet.
        if number % 5 == 4:
            continue
        record_entry(case=case, statement=_entry(case, dice), actor=actor)
        _note_results(case, dice, actor)
    return project


def _chosen() -> list[CoachingCase]:
    """Cases of the demonstration's organisation, those of its jobcoach first: some open, some that ended."""
    cases = CoachingCase.objects.filter(organisation=row_id("organisation", DEMO_ORGANISATION))
    # Somebody who came back would be asked about twice.
    cases = cases.filter(previous_case=None, next_cases=None).select_related("beneficiary")
    mine = row_id("user", DEMO_JOBCOACH)
    running = sorted(cases.filter(closed_on=None).order_by("-opened_on", "pk"), key=lambda case: case.coach_id != mine)
    ended = cases.filter(closed_on__isnull=False).order_by("-closed_on", "pk")
    return [*running[:OPEN_CASES], *ended[:CLOSED_CASES]]


@act
def _enrol(*, project: Project, cases: list[CoachingCase], actor: User) -> None:
    """The cases belong to the project."""
    for case in cases:
        (row,) = case.belongings.all()
        row.project = case.project = project
        save_checked(row)
        save_checked(case)
    rebuild_all(cases)


def _entry(case: CoachingCase, dice: Dice) -> EntryStatement:
    """What somebody of this trade says on entry."""
    status = dice.weighted(((EntryStatus.UNEMPLOYED, 7), (EntryStatus.INACTIVE, 2), (EntryStatus.EMPLOYED, 1)))
    choice = ((Answer.NO, 7), (Answer.YES, 2), (Answer.REFUSED, 1))
    answers = {question: str(dice.weighted(choice)) for question in Question.values}
    level = ISCED_OF.get(Education(case.beneficiary.education), Isced.LOWER_SECONDARY)
    since = case.opened_on - timedelta(days=int(dice.pick((120, 250, 400, 700, 1100))))
    return EntryStatement(
        status=str(status),
        unemployed_since=since if status == EntryStatus.UNEMPLOYED else None,
        isced=int(level),
        nationality=str(dice.weighted(((Nationality.BELGIAN, 6), (Nationality.EU, 2), (Nationality.THIRD_COUNTRY, 2)))),
        answers=answers,
        asked_on=case.opened_on,
        proof="Questionnaire d’entrée signé, case cochée",
    )


def _note_results(case: CoachingCase, dice: Dice, actor: User) -> None:
    """Most of what could be seen by now was noted."""
    left = case.closed_on
    if left is None:
        return
    on = today()
    days = ((Moment.EXIT, left + timedelta(days=14)), (Moment.SIX_MONTHS, six_months_check_on(left)))
    for moment, seen_on in days:
        if seen_on > on or dice.weighted(((True, 1), (False, 3))):
            continue
        employed = bool(dice.weighted(((True, 6), (False, 4))))
        searching = moment is Moment.EXIT and not employed
        statement = ResultStatement(
            employed=employed, job_searching=searching, source=ResultSource.TALK, seen_on=seen_on
        )
        record_result(case=case, moment=moment, statement=statement, actor=actor)

"""No registered report counts what is dated after today, whatever the end of its period; each says that it stops."""

from datetime import date, time

import pytest

from accounts.enums import Role
from accounts.models import Membership
from beneficiaries.models import CoachingCase, Obstacle, PhaseSpell
from employers.models import ProspectionContact
from esf.models import EsfParticipation
from followup.models import Contact
from placements.models import Employment, Match
from tables.engine.registry import reports
from tables.engine.scope import PeriodToCome, Scope
from tables.renderers.outputs import OUTPUTS
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.factories.esf import an_esf_project

pytestmark = pytest.mark.django_db

TODAY, LATER, LAST = date(2025, 6, 16), date(2025, 9, 1), date(2025, 12, 31)
EVERY = [report.name for report in reports]


@pytest.fixture
def coach(frozen):
    frozen(TODAY.isoformat())
    return stories.a_coach()


@pytest.fixture
def world(coach):
    """People of a co-financed project: one at work, one looking, one only received, and what was done with them."""
    project = an_esf_project(coach)
    cases = [
        stories.in_followup(coach, since=date(2025, 3, 3)),
        stories.in_prehire(coach, since=date(2025, 4, 1)),
        stories.a_case(coach, opened_on=date(2025, 5, 5)),
    ]
    CoachingCase.objects.update(project=project)
    stories.a_contact(cases[0], on=date(2025, 6, 2))
    stories.a_contact(cases[1], on=date(2025, 6, 3))
    return project, cases


def scope_of(name, world, last):
    project, cases = world
    narrowed = {"project": project} if reports[name].project_funder else {}
    return Scope(organisations=(cases[0].organisation,), first=date(2025, 1, 1), last=last, **narrowed)


def add_what_is_to_come(coach, cases) -> None:
    """Rows dated after today, of every kind that a report reads; some that no service would let in."""
    at_work, looking, _received = cases
    owner = {"organisation": coach.current_organisation}
    firm = stories.a_company(coach)
    for case, kind in ((looking, "CDI"), (looking, "STAGE"), (at_work, "CDD")):
        Employment.objects.create(
            **owner,
            case=case,
            company=firm,
            contract_type=kind,
            job_title="Plus tard",
            starts_on=LATER,
            ends_on=None if kind == "CDI" else LAST,
            recorded_by=coach,
        )
    for case in cases:
        Contact.objects.create(
            **owner,
            case=case,
            coach=coach,
            on=LATER,
            channel="IN_PERSON",
            party="BOTH",
            company=firm,
            minutes=60,
            summary="…",
        )
        Obstacle.objects.create(case=case, kind="MOBILITY", identified_on=LATER)
    ProspectionContact.objects.create(
        **owner, company=firm, coach=coach, on=LATER, channel="VISIT", minutes=30, result="INTERESTED"
    )
    vacancy = stories.a_vacancy(coach)
    vacancy.opened_on = LATER
    vacancy.save()
    Match.objects.create(
        **owner,
        case=looking,
        vacancy=vacancy,
        proposed_on=LATER,
        proposed_by=coach,
        rationale="Plus tard.",
    )
    last = at_work.spells.order_by("-sequence").first()
    PhaseSpell.objects.filter(pk=last.pk).update(ends_on=LATER)
    PhaseSpell.objects.create(
        case=at_work,
        sequence=last.sequence + 1,
        phase="EXIT",
        starts_on=LATER,
        exit_reason="CONSOLIDATED",
        exit_outcome="EMPLOYED",
        actor=coach,
    )
    CoachingCase.objects.filter(pk=at_work.pk).update(closed_on=LATER)
    stories.a_session(coach, on=LATER, at=time(14, 0))
    Membership.objects.create(**owner, user=user_with(Role.JOBCOACH), role=Role.JOBCOACH, fte=1, starts_on=LATER)


@pytest.mark.parametrize("name", EVERY)
def test_no_figure_moves_with_what_is_dated_after_today(coach, world, name) -> None:
    seen = reports[name].compute(scope_of(name, world, TODAY))
    before = reports[name].compute(scope_of(name, world, LAST))
    assert [table.code for table in seen.tables()] == [table.code for table in before.tables()]
    assert seen.tables() == before.tables()
    add_what_is_to_come(coach, world[1])
    after = reports[name].compute(scope_of(name, world, LAST))
    for was, found in zip(before.tables(), after.tables(), strict=True):
        assert found == was, was.code


@pytest.mark.parametrize("name", EVERY)
def test_a_period_that_still_runs_says_so_everywhere(world, name) -> None:
    document = reports[name].compute(scope_of(name, world, LAST))
    assert document.is_provisional
    told = dict(document.coverage)
    assert told["Période"] == "du 01/01/2025 au 31/12/2025"
    assert told["Chiffres"].startswith("au 16/06/2025, provisoire")
    for extension in ("csv", "json"):
        assert "16/06/2025, provisoire" in OUTPUTS[extension].render(document).decode()
    over = reports[name].compute(scope_of(name, world, TODAY))
    assert not over.is_provisional
    assert "Chiffres" not in dict(over.coverage)


@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_told_of_a_period_that_has_not_begun(world, name) -> None:
    scope = scope_of(name, world, LAST)
    with pytest.raises(PeriodToCome):
        reports[name].compute(Scope(organisations=scope.organisations, first=LATER, last=LAST, project=scope.project))
    assert not EsfParticipation.objects.exists()

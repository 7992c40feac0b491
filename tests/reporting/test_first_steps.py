"""What an organisation and each role find at first: the steps, ticked from facts, and the next act of an empty page."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.rules.first_steps import FirstAct
from accounts.selectors.first_steps import steps_done
from foundation.clock import today
from tests.factories.accounts import OrganisationFactory, ProjectFactory, SiteFactory, UserFactory, user_with
from tests.factories.runs import a_draft
from tests.factories.stories import a_case, a_coach, closed
from tests.factories.worlds import an_own_value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

REPORTS, SETTINGS = reverse("reporting:report_list"), reverse("accounts:settings")
DAY, BOARD = reverse("followup:my_day"), reverse("reporting:dashboard")
INSPECTED = reverse("inspection:cases")


def steps(response) -> str:
    return " ".join(f"{shown.step.name}:{shown.state}" for shown in response.context["first_steps"])


def visit(response) -> FirstAct | None:
    shown = response.context["first_visit"]
    return shown and shown.act


@pytest.fixture
def page_of(client):
    """What somebody finds there."""

    def asked(user, address):
        client.force_login(user)
        return client.get(address)

    return asked


@pytest.fixture
def busy():
    """Another organisation, where everything was done long ago."""
    coach = a_coach()
    SiteFactory(organisation=coach.current_organisation)
    ProjectFactory(organisation=coach.current_organisation)
    an_own_value(coach.current_organisation)
    a_case(coach)
    return coach


def test_an_organisation_is_set_up_step_by_step(busy, page_of):
    admin = user_with(Role.ADMIN)
    house = admin.current_organisation
    assert steps(page_of(admin, SETTINGS)) == "site:next project:later values:free team:later people:later"
    SiteFactory(organisation=house)
    assert steps(page_of(admin, REPORTS)) == "site:done project:next values:free team:later people:later"
    ProjectFactory(organisation=house)
    an_own_value(house)
    assert steps(page_of(admin, SETTINGS)) == "site:done project:done values:done team:next people:later"
    coach = a_coach(house)
    told = page_of(admin, SETTINGS)
    assert steps(told) == "site:done project:done values:done team:done people:next"
    # Cases are opened by those who accompany: the step is told, and leads nowhere.
    assert [shown.step.name for shown in told.context["first_steps"] if not shown.url] == ["people"]
    a_case(coach)
    for page in (SETTINGS, REPORTS):
        gone = page_of(admin, page)
        assert steps(gone) == ""
        assert "Mettre l’organisme en route" not in gone.content.decode()


def test_who_left_is_no_team(busy, page_of):
    admin = user_with(Role.ADMIN)
    coach = a_coach(admin.current_organisation)
    coach.is_active = False
    coach.save()
    assert not steps_done(admin, today())["team"]


def test_what_is_done_is_read_at_once(busy, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert set(steps_done(busy, today()).values()) == {True}
    assert not any(steps_done(user_with(Role.ADMIN), today()).values())
    assert steps_done(UserFactory(organisation=None), today()) == {}


def test_a_jobcoach_without_a_case(busy, page_of):
    coach = a_coach()
    page = page_of(coach, DAY)
    assert visit(page) == FirstAct.OPEN
    # No access is given by a jobcoach.
    assert [way.url for way in page.context["first_visit"].ways] == [reverse("beneficiaries:case_new")]
    a_case(a_coach(coach.current_organisation))
    page = page_of(coach, DAY)
    assert visit(page) == FirstAct.RECEIVE
    assert "Vous n’accompagnez encore personne" in page.content.decode()
    a_case(coach)
    assert visit(page_of(coach, DAY)) is None


def test_a_coordinator_whose_organisation_accompanies_nobody(busy, page_of):
    coordinator = user_with(Role.COORDINATOR)
    page = page_of(coordinator, BOARD)
    assert visit(page) == FirstAct.OPEN
    assert "Absences du mois à venir" not in page.content.decode()
    # A case that is over leaves reviews and absences to look after.
    closed(a_coach(coordinator.current_organisation))
    page = page_of(coordinator, BOARD)
    assert visit(page) is None
    assert "Absences du mois à venir" in page.content.decode()


def test_an_administrator_on_an_empty_board(busy, page_of):
    admin = user_with(Role.ADMIN)
    page = page_of(admin, BOARD)
    assert visit(page) == FirstAct.INVITE
    assert steps(page).startswith("site:next")


def test_an_inspector_without_a_case_to_inspect(busy, page_of):
    inspector = user_with(Role.INSPECTOR)
    page = page_of(inspector, INSPECTED)
    assert visit(page) == FirstAct.READ_SENT
    assert [way.url for way in page.context["first_visit"].ways] == [REPORTS]
    a_case(a_coach(inspector.current_organisation))
    assert visit(page_of(inspector, INSPECTED)) is None
    # A search that finds nothing says so in its own words.
    nothing = page_of(inspector, f"{INSPECTED}?q=introuvable")
    assert visit(nothing) is None
    assert "Aucun dossier ne correspond" in nothing.content.decode()


def test_an_analyst_before_the_first_report(busy, page_of):
    analyst = user_with(Role.ANALYST)
    page = page_of(analyst, REPORTS)
    assert visit(page) == FirstAct.READ_FIGURES
    report = page.context["board"].reports[0].report
    assert [way.url for way in page.context["first_visit"].ways] == [reverse("reporting:report", args=[report.name])]
    assert steps(page) == ""
    run = a_draft(analyst, a_case(a_coach(analyst.current_organisation)))
    run.report = page.context["board"].reports[0].report.name
    run.save()
    assert visit(page_of(analyst, REPORTS)) is None


def test_another_organisation_tells_nothing(busy, page_of):
    admin = user_with(Role.ADMIN, OrganisationFactory())
    assert steps(page_of(admin, REPORTS)).startswith("site:next")
    assert steps(page_of(user_with(Role.ADMIN, busy.current_organisation), REPORTS)) == ""

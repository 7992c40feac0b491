"""Thresholds of lateness and of nearness are those of the house: a dated value moves every page alike."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.enums import ParameterStatus, Role
from accounts.parameters import Key
from accounts.registries import impacts
from accounts.selectors.parameters import addition
from accounts.services.parameters import add_value
from beneficiaries.models import CoachingCase
from followup.models import CaseStatus, Deadline
from followup.selectors.clocks import followup_words, prehire_words
from foundation.clock import today
from method.components import clock_shape
from method.templatetags.method import urgency_badge
from placements.selectors.clocks_shown import clocks_of
from tests.factories.accounts import OrganisationFactory, user_with
from tests.factories.stories import a_coach, in_followup, in_prehire

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def decide(key: Key, value: object) -> None:
    """A value of the house, in force from today."""
    house = CoachingCase.objects.get().organisation
    add_value(
        key=key,
        value=value,
        valid_from=today(),
        source="Essai",
        status=ParameterStatus.ASSUMPTION,
        organisation=house,
        actor=user_with(Role.ADMIN, house),
    )


def a_status(**facts: object) -> CaseStatus:
    """What is derived of a case of some organisation, unsaved."""
    return CaseStatus(organisation=OrganisationFactory(), **facts)


@pytest.mark.parametrize(("left", "cell"), [(93, ""), (92, "warn"), (32, "warn"), (31, "bad"), (1, "bad"), (0, "bad")])
def test_the_24_months_warn_at_92_and_31_days(frozen, left, cell):
    status = a_status(phase="PRE_HIRE", prehire_started_on=date(2024, 1, 8), prehire_deadline=today() + left * DAY)
    assert prehire_words(status, today()).tone == cell


@pytest.mark.parametrize(("left", "cell"), [(92, ""), (32, ""), (31, "warn"), (15, "warn"), (14, "bad"), (1, "bad")])
def test_the_six_months_warn_at_31_and_14_days(frozen, left, cell):
    status = a_status(phase="FOLLOW_UP", followup_starts_on=today() - 30 * DAY, followup_deadline=today() + left * DAY)
    assert followup_words(status, today()).tone == cell


TONES = {"": "calm", "warn": "warn", "bad": "bad"}


@pytest.mark.parametrize("before", [92, 60, 32, 31, 15, 14, 1])
def test_the_bar_and_the_cell_of_the_six_months_agree(frozen, before):
    case = in_followup(a_coach())
    status = CaseStatus.objects.get(case=case)
    on = status.followup_deadline - before * DAY
    assert clock_shape(clocks_of(case, on)[1]).tone == TONES[followup_words(status, on).tone]


@pytest.mark.parametrize("before", [93, 92, 32, 31, 1])
def test_the_bar_and_the_cell_of_the_24_months_agree(frozen, before):
    case = in_prehire(a_coach())
    status = CaseStatus.objects.get(case=case)
    on = status.prehire_deadline - before * DAY
    assert clock_shape(clocks_of(case, on)[0]).tone == TONES[prehire_words(status, on).tone]


def test_each_clock_has_warnings_of_its_own(frozen):
    case = in_followup(a_coach())
    decide(Key.FOLLOWUP_WARNING_DAYS, [60])
    status = CaseStatus.objects.get(case=case)
    on = status.followup_deadline - 60 * DAY
    assert (followup_words(status, on - DAY).tone, followup_words(status, on).tone) == ("", "warn")
    assert clock_shape(clocks_of(case, on)[1]).tone == "warn"
    early = CaseStatus(
        organisation=case.organisation,
        phase="PRE_HIRE",
        prehire_started_on=date(2024, 1, 8),
        prehire_deadline=on + 61 * DAY,
    )
    assert prehire_words(early, on).tone == "warn"


def badge(days: int) -> str:
    house = CoachingCase.objects.get().organisation_id
    code: str = urgency_badge(today() + days * DAY, house, today())["urgency"].code
    return code


def test_a_value_moves_the_badges(frozen):
    in_prehire(a_coach())
    assert [badge(days) for days in (3, 4, 10, -14, -15)] == ["soon", "later", "later", "late", "very_late"]
    decide(Key.DUE_SOON_DAYS, 10)
    decide(Key.VERY_LATE_DAYS, 20)
    assert [badge(days) for days in (3, 10, 11, -15, -20, -21)] == [
        "soon",
        "soon",
        "later",
        "late",
        "late",
        "very_late",
    ]


def test_a_value_moves_the_list_and_the_coach_s_day(frozen, page_of):
    coach = a_coach()
    in_prehire(coach, since=today() - 20 * DAY, last_name="Treize")
    day, cases = reverse("followup:my_day"), reverse("followup:case_list") + "?urgency=tres-retard"

    def shown() -> tuple[list[str], int]:
        groups = page_of(coach, day).context["day"].groups
        return [group.code.value for group in groups], page_of(coach, cases).content.decode().count("Treize")

    assert shown() == (["late"], 0)
    decide(Key.VERY_LATE_DAYS, 12)
    codes, named = shown()
    assert codes == ["very_late"]
    assert named > 0
    assert "très en retard (plus de 12 jours)" in page_of(coach, cases).content.decode()


def test_a_contact_is_told_as_early_as_it_is_called_soon(frozen):
    case = in_prehire(a_coach(), since=today())
    due = Deadline.objects.get(case=case, kind="CONTACT")
    assert due.shown_from == due.due_on - 7 * DAY
    admin = user_with(Role.ADMIN, case.organisation)

    def moved(days: int) -> list[str]:
        planned = addition(key=Key.DUE_SOON_DAYS, value=days, valid_from=today(), organisation=case.organisation)
        return impacts(planned, admin)

    told = moved(20)
    assert any("1 dossier ouvert change" in line for line in told), told
    assert any("Aucune échéance" in line for line in moved(7))

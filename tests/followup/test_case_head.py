"""The head of a case: the same on every tab, its path in a picture and in words, and the thread beneath."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from beneficiaries.models import CoachingCase
from followup.models import CaseStatus
from followup.selectors.trail import trail_of, trail_on_paper, with_marks
from followup.selectors.turns import not_renewed
from foundation.clock import today
from placements.rules.course import PrehireCourse
from placements.selectors.clocks_shown import clocks_in_line, clocks_of
from tests.factories.stories import a_case, a_coach, a_company, a_contact, closed, hired, in_followup, in_prehire

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ACTS = ("followup:contact_create", "beneficiaries:case_exit", "followup:task_create", "placements:suspension_request")
TABS = ("followup:case_summary", "beneficiaries:case_path", "placements:case_jobs", "beneficiaries:case_history")


def trail(case: CoachingCase):
    found = CoachingCase.objects.get(pk=case.pk)
    return trail_of(found, CaseStatus.objects.annotate(**with_marks(today())).get(case=found), today())


def head_of(page: str) -> str:
    return re.sub(r"next=[^\"]*|\s+", " ", page[page.index('class="case-line"') : page.index('class="case-tabs"')])


def test_every_tab_has_the_same_head(frozen, page_of):
    case = in_followup(a_coach())
    heads = {head_of(page_of(case.coach, reverse(tab, args=[case.pk])).content.decode()) for tab in TABS}
    assert len(heads) == 1
    (head,) = heads
    assert head.count(case.beneficiary.full_name) == 1
    assert 'class="trail-drawing"' in head
    assert "Le chemin en mots" in head


def line_of(page: str) -> tuple[str, ...]:
    """What the first line says of a case, without the acts that it offers."""
    line = page[page.index('class="case-line"') : page.index('class="case-tabs"')]
    found = (re.search(rf'class="case-{part}">(.*?)(?=<span class="case-|<div|$)', line, re.S) for part in PARTS)
    return tuple(re.sub(r"<svg.*?</svg>|<[^>]+>|\s+", " ", one[1]).strip() for one in found if one)


PARTS = ("phase", "clocks", "due")


@pytest.mark.parametrize("act", ACTS)
def test_who_writes_sees_whose_case_it_is_and_its_clocks_where_the_file_has_them(frozen, page_of, act):
    case = in_followup(a_coach())
    file = page_of(case.coach, reverse(TABS[0], args=[case.pk])).content.decode()
    page = page_of(case.coach, reverse(act, args=[case.pk])).content.decode()
    assert len(line_of(file)) == len(PARTS)
    assert line_of(page) == line_of(file)
    assert case.beneficiary.full_name in head_of(page)
    # The tabs of the file in the same place, none of them this page; one heading, that of the act.
    assert 'aria-current="page"' not in page[page.index('class="case-tabs"') : page.index("<h1")]
    assert page.count("<h1") == 1


def test_a_row_that_asks_shows_no_head(frozen, client):
    case = in_followup(a_coach())
    client.force_login(case.coach)
    address = reverse("followup:row_note", args=[case.pk]) + "?page=x"
    assert 'class="case-line"' not in client.get(address, headers={"HX-Request": "true"}).content.decode()


@pytest.mark.parametrize("known", [True, False])
def test_the_clocks_of_the_line_are_those_of_the_file(frozen, known):
    """Read from the stored course and from the contracts; from everything when the course is not known yet."""
    coach = a_coach()
    begun, searching, followed, gone = a_case(coach), in_prehire(coach), in_followup(coach), closed(coach)
    both = in_prehire(coach, since=today() - 90 * DAY)
    hired(both, starts_on=today() - 60 * DAY, ends_on=today() - 30 * DAY, contract_type="CDD")
    hired(both, starts_on=today() - 10 * DAY, ends_on=today() + 40 * DAY, contract_type="CDD")
    for case in (begun, searching, followed, gone, both):
        status = CaseStatus.objects.get(case=case)
        course = PrehireCourse.read(status.prehire_started_on, status.prehire_course) if known else None
        told, line = (CoachingCase.objects.get(pk=case.pk) for _time in range(2))
        shown = [replace(one, note="") for one in clocks_of(told, today())]
        assert [replace(one, note="") for one in clocks_in_line(line, course, today())] == shown


def test_the_path_tells_each_contact_by_its_kind(frozen):
    case = in_prehire(a_coach(), since=date(2025, 1, 6))
    a_contact(case, on=date(2025, 2, 3))
    a_contact(case, on=date(2025, 2, 10), outcome="NO_SHOW", minutes=0, summary="")
    a_contact(case, on=date(2025, 2, 17), party="EMPLOYER", company=a_company(case.coach))
    told = trail(case)
    assert [dot.kind for dot in told.dots] == ["held", "missed", "employer"]
    assert told.counts == "1 contact, 1 absence, 1 contact avec l’employeur"
    assert told.sentence.endswith("2 phases, 1 contact, 1 absence, 1 contact avec l’employeur")
    assert [line.what for line in told.lines] == ["Préparatoire", "Pré-embauche"]


def test_a_contract_to_come_is_dashed(frozen):
    case = in_prehire(a_coach(), since=date(2025, 1, 6))
    hired(case, starts_on=today() - 10 * DAY, ends_on=today() + 60 * DAY, contract_type="CDD")
    assert [bar.planned for bar in trail(case).works] == [False, True]


def test_paper_names_no_firm_that_may_not_hear_of_the_person(frozen):
    case = in_prehire(a_coach(), since=date(2025, 1, 6))
    hired(case, company=a_company(case.coach, name="Garage exemple"), mode="DISCREET")
    shown, paper = trail(case), trail_on_paper(CoachingCase.objects.get(pk=case.pk), today())
    assert "Garage exemple" in shown.works[0].title
    assert "Garage exemple" not in str(paper)
    assert "un employeur qui n’est pas nommé" in paper.works[0].title


def test_if_the_contract_is_not_renewed(frozen):
    case = in_prehire(a_coach(), since=date(2025, 1, 6))
    assert not_renewed(CoachingCase.objects.get(pk=case.pk), today()) is None
    hired(case, starts_on=today() - 10 * DAY, ends_on=today() + 20 * DAY, contract_type="CDD")
    told = not_renewed(CoachingCase.objects.get(pk=case.pk), today())
    assert told is not None
    assert (told.ends_on, told.back_on) == (today() + 20 * DAY, today() + 21 * DAY)
    # The 24 months stood still for 31 days.
    assert told.clock.after == date(2027, 1, 6) + 31 * DAY


def test_the_thread_is_searched_by_words_whatever_their_accents(frozen, page_of):
    case = in_prehire(a_coach(), since=date(2025, 1, 6))
    a_contact(case, on=date(2025, 2, 3), summary="Nous avons cherché une crèche.")
    a_contact(case, on=date(2025, 2, 4), summary="Le permis B avance.")
    url = reverse("followup:case_summary", args=[case.pk])
    page = page_of(case.coach, url, mots="CRECHE cherche")
    assert [item.on for item in page.context["shown"]] == [date(2025, 2, 3)]
    assert page_of(case.coach, url, mots="girafe").context["shown"] == []
    assert len(page_of(case.coach, url, mots="permis", voir="contacts").context["shown"]) == 1


@pytest.mark.parametrize("asked", ["", "2025-13", "0000-01", "x", "2025-01"])
def test_any_month_may_be_asked(frozen, page_of, asked):
    case = in_prehire(a_coach(), since=date(2025, 1, 6))
    assert page_of(case.coach, reverse("followup:case_summary", args=[case.pk]), mois=asked).status_code == 200

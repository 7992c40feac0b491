"""Kept views of the list of cases: whose they are, who changes them, what they hold, how the list opens."""

from urllib.parse import urlencode

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import NotAllowed
from beneficiaries.services.cases import hand_over
from followup.models import CaseListStart, CaseView
from followup.rules.case_lists import VIEW_LIMIT
from followup.selectors.case_views import kept_views
from followup.services.case_views import ViewRefused, change_view, delete_view, keep_view, move_view, start_with
from foundation.clock import today
from foundation.persistence import InvalidFact
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, in_prehire

pytestmark = pytest.mark.django_db
URL = "/dossiers/"


def kept(actor, name="Mes retards", *, team=False, **asked) -> CaseView:
    return keep_view(name=name, pairs=list((asked or {"urgency": "retard"}).items()), team=team, actor=actor)


def names(user) -> list[str]:
    return [view.name for view in kept_views(user)]


@pytest.fixture
def team(frozen):
    coach = a_coach()
    organisation = coach.current_organisation
    return coach, a_coach(organisation), user_with(Role.COORDINATOR, organisation), user_with(Role.ADMIN, organisation)


def test_one_s_own_views_are_nobody_else_s_and_the_team_s_are_everybody_s_of_the_house(team):
    coach, colleague, boss, admin = team
    kept(coach, "À moi")
    kept(boss, "À tous", team=True)
    kept(admin, "À l’admin")
    stranger = user_with(Role.ADMIN)
    assert names(coach) == ["À tous", "À moi"]
    assert names(colleague) == ["À tous"]
    assert names(admin) == ["À tous", "À l’admin"]
    assert names(stranger) == []
    assert names(user_with(Role.ANALYST, coach.current_organisation)) == []


def test_a_view_of_the_team_is_kept_and_changed_by_whoever_answers_for_it(team):
    coach, _colleague, boss, admin = team
    with pytest.raises(NotAllowed):
        kept(coach, team=True)
    view = kept(boss, team=True)
    for write in (
        lambda: change_view(view=view, name="Autre", actor=coach),
        lambda: move_view(view=view, step=1, actor=coach),
        lambda: delete_view(view=view, actor=coach),
        lambda: delete_view(view=view, actor=user_with(Role.ADMIN)),
    ):
        with pytest.raises(NotAllowed):
            write()
    change_view(view=view, name="Autre", pairs=[("phase", "HIRE"), ("q", "Dupont")], actor=admin)
    view.refresh_from_db()
    assert (view.name, view.query) == ("Autre", "phase=HIRE")
    assert LogEntry.objects.get_for_object(view).get(action=LogEntry.Action.UPDATE).actor == admin


def test_somebody_s_own_view_is_changed_by_nobody_else(team):
    coach, _colleague, boss, _admin = team
    view = kept(coach)
    with pytest.raises(NotAllowed):
        change_view(view=view, name="Prise", actor=boss)
    with pytest.raises(ViewRefused):
        start_with(view=view, actor=boss)


def test_names_are_taken_once_beside_each_other(team):
    coach, colleague, boss, _admin = team
    kept(coach, "Retards")
    kept(colleague, "Retards")
    kept(boss, "Retards", team=True)
    for taken in (
        lambda: kept(coach, " Retards "),
        lambda: kept(boss, "Retards", team=True),
        lambda: kept(coach, "  "),
    ):
        with pytest.raises(InvalidFact):
            taken()


def test_there_are_as_many_as_tabs_can_show(team):
    coach, colleague, *_rest = team
    for number in range(VIEW_LIMIT):
        kept(coach, f"Vue {number}")
    with pytest.raises(ViewRefused):
        kept(coach, "De trop")
    kept(colleague)


def test_views_are_arranged_among_their_own(team):
    coach, _colleague, boss, _admin = team
    for name in "ABC":
        kept(coach, name)
    kept(boss, "Équipe", team=True)
    move_view(view=CaseView.objects.get(name="C"), step=-1, actor=coach)
    assert names(coach) == ["Équipe", "A", "C", "B"]
    move_view(view=CaseView.objects.get(name="A"), step=-1, actor=coach)
    assert names(coach) == ["Équipe", "A", "C", "B"]


def test_the_list_opens_with_the_view_of_one_s_choice_until_it_goes(team, page_of):
    coach, colleague, boss, _admin = team
    view = kept(boss, team=True, urgency="retard", sort="due")
    start_with(view=view, actor=coach)
    response = page_of(coach, URL)
    assert (response.status_code, response["Location"]) == (302, f"{URL}?urgency=retard&sort=due&vue={view.pk}")
    assert page_of(colleague, URL).status_code == 200
    assert page_of(coach, URL, coach="tous").status_code == 200
    delete_view(view=view, actor=boss)
    assert page_of(coach, URL).status_code == 200
    assert not CaseListStart.objects.exists()


def test_one_stops_to_start_with_a_view(team):
    coach, *_rest = team
    view = kept(coach)
    start_with(view=view, actor=coach)
    start_with(view=view, actor=coach)
    start_with(view=None, actor=coach)
    start_with(view=None, actor=coach)
    assert not CaseListStart.objects.exists()


def tabs(response) -> list[tuple[str, str, bool]]:
    return [(tab.label, tab.count, tab.current) for tab in response.context["view_tabs"]]


def test_tabs_say_how_many_each_holds_and_which_is_the_current_one(team, page_of):
    coach, colleague, boss, _admin = team
    in_prehire(coach)
    in_prehire(colleague)
    view = kept(boss, "Pré-embauche", team=True, phase="PRE_HIRE", coach="tous", sort="due")
    kept(coach, "Embauche", phase="HIRE")
    found = page_of(coach, URL, sort="-name")
    assert tabs(found) == [
        ("Mes dossiers", "1", True),
        ("Équipe, en cours", "2", False),
        ("Pré-embauche", "2", False),
        ("Embauche", "0", False),
    ]
    assert [tab[0] for tab in tabs(page_of(coach, URL, coach="tous")) if tab[2]] == ["Équipe, en cours"]
    asked = {"phase": "PRE_HIRE", "coach": "tous", "sort": "due"}
    assert [tab[0] for tab in tabs(page_of(coach, URL, **asked)) if tab[2]] == ["Pré-embauche"]
    # A filter is tried within the view: it stays the tab, and the coordinator may have it keep that.
    for reader, offered in ((coach, False), (boss, True)):
        tried = page_of(reader, URL, vue=view.pk, phase="HIRE", coach="tous")
        assert [tab[0] for tab in tabs(tried) if tab[2]] == ["Pré-embauche"]
        assert ("Mettre à jour" in tried.content.decode()) is offered


def test_the_number_of_views_costs_no_statement(team, page_of):
    coach, _colleague, boss, _admin = team
    in_prehire(coach)
    before = page_of(coach, URL, sort="due").statements
    for number in range(VIEW_LIMIT):
        kept(coach, f"Vue {number}", urgency="retard", coach="tous")
        kept(boss, f"Équipe {number}", team=True, deadline="90")
    assert page_of(coach, URL, sort="due").statements == before <= 14


def test_a_value_that_is_gone_is_told_and_the_view_still_opens(team, page_of):
    coach, colleague, boss, _admin = team
    case = in_prehire(colleague, last_name="Seule")
    view = kept(boss, "Chez elle", team=True, coach=str(colleague.pk), site="00000000-0000-0000-0000-000000000000")
    hand_over(case=case, coach=coach, on=today(), actor=boss)
    page = page_of(boss, f"{URL}?{view.query}&vue={view.pk}")
    words = page.content.decode()
    assert page.status_code == 200
    assert "La vue « Chez elle » demande ce qui n’existe plus" in words
    assert "Filtres sans effet : Jobcoach, Site" in words
    assert [row.case.pk for row in page.context["rows"]] == [case.pk]


# --- pages ------------------------------------------------------------------------------------------------------------


def test_what_is_shown_is_kept_under_a_name_and_opened_again(team, send, page_of):
    _coach, _colleague, boss, _admin = team
    asked = {"phase": "HIRE", "q": "Dupont", "col": ["due", "site"], "sort": "-last"}
    address = f"{reverse('followup:case_view_create')}?{urlencode(asked, doseq=True)}"
    shown = page_of(boss, address).content.decode()
    assert "Phase : embauche" in shown
    assert "Un nom cherché n’est jamais gardé" in shown
    response = send(boss, address, {"name": "Embauches", "team": "on", "start": "on"})
    view = CaseView.objects.get()
    assert view.query == "phase=HIRE&sort=-last&col=due&col=site"
    assert view.is_team
    assert response["Location"] == f"{URL}?{view.query}&vue={view.pk}"
    assert CaseListStart.objects.get().view == view


def test_a_coach_is_not_offered_what_the_coordination_decides(team, send, page_of):
    coach, *_rest = team
    address = reverse("followup:case_view_create")
    assert 'name="team"' not in page_of(coach, address).content.decode()
    send(coach, address, {"name": "Mienne", "team": "on"})
    assert CaseView.objects.get().owner == coach


def test_views_are_renamed_moved_started_with_and_deleted_without_javascript(team, send, page_of):
    coach, *_rest = team
    first, second = kept(coach, "A"), kept(coach, "B")
    send(coach, reverse("followup:case_view_edit", args=[first.pk]), {"name": "Nouveau"})
    send(coach, reverse("followup:case_view_move", args=[second.pk]), {"vers": "avant"})
    assert names(coach) == ["B", "Nouveau"]
    first.refresh_from_db()
    assert first.query == "urgency=retard"
    start = reverse("followup:case_view_start", args=[first.pk])
    send(coach, start, {})
    assert CaseListStart.objects.get().view == first
    send(coach, start, {"plus": "1"})
    assert not CaseListStart.objects.exists()
    assert "Nouveau" in page_of(coach, reverse("followup:case_views")).content.decode()
    send(coach, reverse("followup:case_view_delete", args=[first.pk]), {})
    assert names(coach) == ["B"]


def test_a_view_takes_the_filters_that_the_list_shows(team, send):
    coach, *_rest = team
    view = kept(coach, "A")
    send(coach, f"{reverse('followup:case_view_edit', args=[view.pk])}?phase=HIRE&col=due", {"name": "A"})
    view.refresh_from_db()
    assert view.query == "phase=HIRE&col=due"


def test_nobody_reaches_the_view_of_somebody_else(team, send):
    coach, colleague, boss, _admin = team
    view = kept(coach)
    for name in ("edit", "move", "delete", "start"):
        address = reverse(f"followup:case_view_{name}", args=[view.pk])
        for stranger in (colleague, boss):
            assert send(stranger, address, {"name": "Prise"}).status_code == 404
    shared = kept(boss, team=True)
    for name, answer in (("edit", 403), ("move", 403), ("delete", 403), ("start", 302)):
        assert send(coach, reverse(f"followup:case_view_{name}", args=[shared.pk]), {}).status_code == answer


def test_columns_are_those_of_the_address(team, page_of):
    coach, *_rest = team
    in_prehire(coach)
    page = page_of(coach, f"{URL}?col=born&col=site&col=appointment")
    assert [column.value for column in page.context["columns"]] == ["appointment", "site", "born"]
    words = page.content.decode()
    assert 'class="cl-due"' not in words
    assert "Prochain rendez-vous" in words

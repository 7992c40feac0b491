"""What is done with several cases at once: the sheet of calls, passing on, asking for news, the file."""

import csv
import io
from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import exit_case
from followup.models import CaseAsk, Deadline, Reminder
from followup.rules.kinds import DeadlineKind
from followup.services.asks import ask_for_news
from followup.services.reminders import run_day
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, a_contact, in_prehire

pytestmark = pytest.mark.django_db
HAND_OVER, REMIND = reverse("followup:case_batch_hand_over"), reverse("followup:case_batch_remind")
PRINT, EXPORT = reverse("followup:case_print"), reverse("followup:case_export")


@pytest.fixture
def team(frozen):
    """Two coaches with two people each, and who coordinates them."""
    coach = a_coach()
    colleague = a_coach(coach.current_organisation)
    since = today() - timedelta(days=30)
    cases = [
        in_prehire(who, since=since, last_name=name)
        for who, name in zip([coach, coach, colleague, colleague], "ABCD", strict=True)
    ]
    return user_with(Role.COORDINATOR, coach.current_organisation), coach, colleague, cases


def ticked(*cases) -> list[str]:
    return [str(case.pk) for case in cases]


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# --- which ones --------------------------------------------------------------------------------------


def names(response) -> list[str]:
    return [line["case"].beneficiary.last_name for line in response.context["lines"]]


def test_the_ticked_ones_else_all_those_of_the_filter(team, page_of):
    boss, coach, _colleague, cases = team
    assert names(page_of(boss, PRINT, d=ticked(cases[2], cases[0]))) == ["A", "C"]
    assert names(page_of(boss, PRINT, d=ticked(cases[0]), tous="1", coach=coach.pk)) == ["A", "B"]
    assert names(page_of(boss, PRINT, coach=coach.pk)) == ["A", "B"]
    assert names(page_of(boss, PRINT, d=["", "nonsense", *ticked(cases[1])])) == ["B"]


def test_nobody_touches_the_cases_of_another_house(team, page_of, send):
    boss, *_rest = team
    elsewhere = in_prehire(a_coach())
    for address in (PRINT, REMIND, HAND_OVER):
        assert page_of(boss, address, d=ticked(elsewhere)).status_code == 302
    send(boss, REMIND, {"d": ticked(elsewhere)})
    assert not CaseAsk.objects.exists()


def test_none_or_too_many_lead_back_to_the_list_that_says_so(team, page_of, client, monkeypatch):
    boss, *_rest, cases = team
    client.force_login(boss)
    none = client.get(REMIND, {"phase": "PRE_HIRE", "apres": "x"}, follow=True)
    assert none.redirect_chain == [("/dossiers/?phase=PRE_HIRE", 302)]
    assert told(none) == ["Cochez au moins une personne."]
    monkeypatch.setattr("followup.views.case_batches.BATCH_LIMIT", 3)
    many = client.get(REMIND, {"tous": "1", "phase": "PRE_HIRE"}, follow=True)
    assert told(many) == ["Pas plus de 3 personnes à la fois : resserrez les filtres."]
    assert client.get(REMIND, {"d": ticked(*cases[:3])}).status_code == 200


def test_the_sheet_of_calls_is_kept_in_the_trail_of_each_case(team, page_of):
    boss, *_rest, cases = team
    page_of(boss, PRINT, d=ticked(cases[0]))
    (entry,) = LogEntry.objects.filter(action=LogEntry.Action.ACCESS, additional_data__access="print")
    assert (entry.object_pk, entry.actor) == (str(cases[0].pk), boss)


def test_the_file_takes_the_ticked_ones(team, page_of):
    boss, *_rest, cases = team
    answer = page_of(boss, EXPORT, d=ticked(cases[3], cases[1]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["B", "D"]


# --- passing on --------------------------------------------------------------------------------------


def carriers() -> list[str]:
    found = CoachingCase.objects.order_by("beneficiary__search_key").select_related("coach")
    return [case.coach.last_name for case in found]


def asked(coach, *cases, **others):
    return {"d": ticked(*cases), "coach": str(coach.pk), "on": f"{today():%d/%m/%Y}", "note": "Congé", **others}


def test_cases_of_several_coaches_are_passed_on_once_the_loads_were_seen(team, send):
    boss, coach, colleague, cases = team
    third = a_coach(coach.current_organisation)
    preview = send(boss, HAND_OVER, asked(third, cases[0], cases[2]))
    loads = [(one.coach, before.cases, after.cases) for one, before, after in preview.context["preview"]["shifts"]]
    assert sorted(loads, key=lambda one: one[1:]) == [
        (third, 0, 2),
        *sorted([(coach, 2, 1), (colleague, 2, 1)], key=lambda one: loads.index(one)),
    ]
    assert third.last_name not in carriers()
    answer = send(boss, f"{HAND_OVER}?phase=PRE_HIRE", asked(third, cases[0], cases[2], confirmed="on"))
    assert answer["Location"] == "/dossiers/?phase=PRE_HIRE"
    assert carriers() == [third.last_name, coach.last_name, third.last_name, colleague.last_name]
    assert {one.note for case in cases for one in case.assignments.filter(coach=third)} == {"Congé"}


def test_what_is_refused_of_one_is_told_and_the_others_are_done(team, send):
    boss, _coach, colleague, cases = team
    exit_case(case=cases[1], on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=boss)
    answer = send(boss, HAND_OVER, asked(colleague, *cases[:3], confirmed="on"))
    assert answer.status_code == 422
    refused = {case.beneficiary.last_name: words for case, words in answer.context["refused"]}
    assert refused == {
        "B": "Ce dossier est sorti : il ne se transmet plus.",
        "C": "Ce dossier est déjà suivi par cette personne.",
    }
    assert carriers()[0] == colleague.last_name
    assert cases[1].assignments.count() == cases[2].assignments.count() == 1
    assert [case.pk for case in answer.context["cases"]] == [cases[1].pk, cases[2].pk]
    assert "1 dossier est transmis." in answer.content.decode()


def test_whoever_does_not_coordinate_passes_nothing_on(team, page_of, send):
    _boss, coach, colleague, cases = team
    for address in (HAND_OVER, REMIND):
        assert page_of(coach, address, d=ticked(cases[0])).status_code == 403
        assert send(coach, address, asked(colleague, cases[0], confirmed="on")).status_code == 403
    words = page_of(coach, "/dossiers/").content.decode()
    assert "Passer à un·e collègue" not in words
    assert "Imprimer la liste d’appels" in words


# --- asking for news --------------------------------------------------------------------------------------


def waiting(case) -> list[str]:
    return list(Deadline.objects.filter(case=case, kind=DeadlineKind.NEWS_ASKED).values_list("due_on", flat=True))


def test_what_is_asked_stands_until_a_contact_counts(team, frozen):
    boss, *_rest, cases = team
    ask_for_news(cases=[cases[0].pk], actor=boss)
    assert waiting(cases[0]) == [today()]
    run_day(on=frozen("2025-03-04"))
    reminder = Reminder.objects.get(rule=DeadlineKind.NEWS_ASKED)
    assert (reminder.recipient, reminder.closed_on) == (cases[0].coach, None)
    a_contact(cases[0], on=today())
    assert waiting(cases[0]) == []
    run_day(on=frozen("2025-03-05"))
    reminder.refresh_from_db()
    assert reminder.closed_on is not None


def test_nothing_is_asked_twice_nor_of_whom_one_saw_today(team, frozen):
    boss, coach, _colleague, cases = team
    ask_for_news(cases=[cases[0].pk], actor=boss)
    a_contact(cases[1], on=today())
    exit_case(case=cases[2], on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=boss)
    batch = ask_for_news(cases=[case.pk for case in cases[:3]], actor=boss)
    assert [words for _case, words in batch.refused] == [
        "C’est déjà demandé depuis le 03/03/2025.",
        "Un contact est déjà consigné aujourd’hui.",
        "Ce dossier est sorti.",
    ]
    assert not batch.done
    with pytest.raises(NotAllowed):
        ask_for_news(cases=[cases[3].pk], actor=coach)
    a_contact(cases[0], on=today())
    frozen("2025-03-10")
    ask_for_news(cases=[cases[0].pk], actor=boss)
    assert waiting(cases[0]) == [today()]


def test_several_are_asked_for_and_each_refusal_is_told(team, page_of, send):
    boss, *_rest, cases = team
    a_contact(cases[1], on=today())
    assert "Rappeler 3 personnes ?" in page_of(boss, REMIND, d=ticked(*cases[:3])).content.decode()
    answer = send(boss, REMIND, {"d": ticked(*cases[:3])})
    assert [(case.pk, words) for case, words in answer.context["refused"]] == [
        (cases[1].pk, "Un contact est déjà consigné aujourd’hui.")
    ]
    assert set(CaseAsk.objects.values_list("case", "asked_by")) == {(cases[0].pk, boss.pk), (cases[2].pk, boss.pk)}


def test_the_coach_reads_it_on_their_page(team, send, page_of):
    boss, coach, _colleague, cases = team
    assert send(boss, REMIND, {"d": ticked(cases[0])})["Location"] == "/dossiers/"
    assert "La coordination demande de reprendre contact" in page_of(coach, reverse("followup:my_day")).content.decode()

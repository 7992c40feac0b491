"""The pages of the collective sessions: month, series, places, presences, sheet, and a person's hours."""

import io
import re
from datetime import date, time, timedelta

import pikepdf
import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.enums import Role
from followup.models import Attendance, CollectiveSession, SessionSeries
from followup.services.sessions import Mark, call_off_session, record_attendance, register_people
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, a_session, in_prehire, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DAY = timedelta(days=1)


def address(name: str, *keys) -> str:
    return reverse(f"followup:{name}", args=[key.pk for key in keys])


def typed(by, **fields) -> dict[str, str]:
    return {
        "title": "Préparer un entretien",
        "aim": "",
        "on": "10/03/2025",
        "at": "13h30",
        "minutes": "2h",
        "place": "Salle 2",
        "number": "3",
        "capacity": "8",
        "leader": str(by.pk),
    } | fields


def test_a_series_is_planned_then_seen_in_its_month(page_of, send):
    coach = a_coach()
    response = send(coach, address("series_create"), typed(coach))
    series = SessionSeries.objects.get()
    assert response["Location"] == address("series_detail", series)
    assert [s.on.day for s in series.sessions.all()] == [10, 17, 24]
    page = page_of(coach, address("session_list"), mois="2025-03")
    assert [s.on.day for s in page.context["month"].sessions] == [10, 17, 24]
    assert "3 séances ce mois" in page.content.decode()
    assert page_of(coach, address("session_list"), mois="2025-04").context["month"].sessions == []


def test_a_month_that_makes_no_sense_is_this_one_and_its_weeks_are_whole(page_of):
    month = page_of(a_coach(), address("session_list"), mois="2025-13").context["month"]
    assert month.first == date(2025, 3, 1)
    assert (month.weeks[0][0].on, month.weeks[-1][-1].on) == (date(2025, 2, 24), date(2025, 4, 6))
    assert (month.previous, month.following) == (date(2025, 2, 1), date(2025, 4, 1))


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"title": ""}, "title", "Remplissez « Intitulé »."),
        ({"on": "demain matin"}, "on", "Écrivez la date sous la forme jour/mois/année, par exemple 27/03/2026."),
        ({"minutes": "11h"}, "minutes", "La durée ne peut pas dépasser 10\xa0h."),
        ({"number": "31"}, "number", "Assurez-vous que cette valeur est inférieure ou égale à 30."),
        ({"leader": ""}, "leader", "Choisissez une réponse à « Animé par »."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(send, fields, field, sentence):
    coach = a_coach()
    response = send(coach, address("series_create"), typed(coach, aim="Se présenter", **fields))
    assert response.status_code == 422
    assert response.context["form"].errors[field] == [sentence]
    assert "Se présenter" in response.content.decode()
    assert not SessionSeries.objects.exists()


def test_sent_twice_a_series_is_planned_once(send):
    coach = a_coach()
    data = typed(coach, submission_id="7d9b4f3e-0000-4000-8000-000000000002")
    assert [send(coach, address("series_create"), data).status_code for _click in range(2)] == [302, 302]
    assert CollectiveSession.objects.count() == 3


def test_people_are_ticked_and_registered(page_of, send):
    coach = a_coach()
    session = a_session(coach, capacity=2)
    cases = [a_case(coach, last_name=name) for name in ("Alpha", "Bravo", "Charlie")]
    colleague = a_case(a_coach(coach.current_organisation), last_name="Zoulou")
    page = page_of(coach, address("session_register", session)).content.decode()
    assert "Alpha" in page
    assert "Zoulou" not in page
    # The leader finds a colleague's person by name; the coach is told beside it.
    found = page_of(coach, address("session_register", session), q="zou").content.decode()
    assert f"Zoulou ({colleague.coach.get_full_name()})" in found
    response = send(coach, address("session_register", session), {"cases": [str(case.pk) for case in cases]})
    assert response.status_code == 422
    assert "Il reste 2 place(s) pour 3 personne(s)." in response.content.decode()
    assert response.content.decode().count(" checked") == 3
    assert send(coach, address("session_register", session), {"cases": [str(cases[0].pk)]}).status_code == 302
    assert "Alpha" not in page_of(coach, address("session_register", session)).content.decode()
    assert Attendance.objects.get().case == cases[0]


def test_nobody_ticked_and_a_stranger_s_person_are_refused_beside_the_list(send):
    coach = a_coach()
    session = a_session(coach)
    a_case(coach)
    for chosen, sentence in (
        ([], "Choisissez au moins une personne."),
        ([str(a_case(a_coach()).pk)], "Une des personnes choisies ne peut pas être inscrite."),
    ):
        response = send(coach, address("session_register", session), {"cases": chosen})
        assert response.status_code == 422
        assert response.context["form"].errors["cases"] == [sentence]


def test_a_colleague_registers_their_own_people_only(page_of):
    coach = a_coach()
    session = a_session(coach)
    colleague = a_coach(coach.current_organisation)
    a_case(colleague, last_name="Mienne")
    a_case(coach, last_name="Autrui")
    page = page_of(colleague, address("session_register", session), q="mi").content.decode()
    assert "Mienne" in page
    assert "Autrui" not in page_of(colleague, address("session_register", session), q="autrui").content.decode()


def test_presences_on_one_page(page_of, send):
    coach = a_coach()
    session = a_session(coach, minutes=120)
    came, missed = (registered(session, a_case(coach, last_name=name)) for name in ("Présente", "Absente"))
    form = page_of(coach, address("session_attendance", session)).context["form"]
    assert {str(form[f"state-{one.pk}"].value()) for one in (came, missed)} == {"PRESENT"}
    data = {f"state-{came.pk}": "PRESENT", f"minutes-{came.pk}": "1h30", f"state-{missed.pk}": "ABSENT"}
    assert send(coach, address("session_attendance", session), data)["Location"] == address("session_detail", session)
    assert dict(session.attendances.values_list("state", "minutes")) == {"PRESENT": 90, "ABSENT": 0}
    assert "présences notées" in page_of(coach, address("series_detail", session.series)).content.decode()


def test_a_presence_without_its_duration_is_told_beside_it(send):
    coach = a_coach()
    session = a_session(coach)
    place = registered(session, a_case(coach))
    for minutes, sentence in (("", "Indiquez la durée de présence."), ("x", "Écrivez la durée en minutes (45)")):
        data = {f"state-{place.pk}": "PRESENT", f"minutes-{place.pk}": minutes}
        response = send(coach, address("session_attendance", session), data)
        assert response.status_code == 422
        assert response.context["form"].errors[f"minutes-{place.pk}"][0].startswith(sentence)


def test_presences_wait_on_the_list_and_on_the_day_of_their_leader(page_of):
    coach = a_coach()
    session = a_session(coach, on=today() - DAY)
    registered(session, a_case(coach))
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
    colleague = a_coach(coach.current_organisation)
    for user, waits in ((coach, True), (coordinator, True), (colleague, False)):
        page = page_of(user, address("session_list")).content.decode()
        assert ("1 séance attend ses présences" in page) is waits
    assert page_of(coach, reverse("followup:my_day")).context["day"].sessions == [session]
    assert "Noter les présences" in page_of(coach, reverse("followup:my_day")).content.decode()
    assert page_of(colleague, reverse("followup:my_day")).context["day"].sessions == []


def test_a_session_stands_in_the_agenda_of_its_leader(page_of):
    coach = a_coach()
    session = a_session(coach)
    week = page_of(coach, reverse("followup:agenda")).context["week"]
    assert [day.on for day in week.days if session in day.sessions] == [today()]
    call_off_session(session=session, reason="malade", actor=coach)
    assert not any(day.sessions for day in page_of(coach, reverse("followup:agenda")).context["week"].days)


def test_calling_off_asks_why_and_says_what_happens(page_of, send):
    coach = a_coach()
    session = a_session(coach)
    assert (
        "appelez les autres personnes inscrites" in page_of(coach, address("session_cancel", session)).content.decode()
    )
    assert send(coach, address("session_cancel", session), {"reason": ""}).status_code == 422
    assert send(coach, address("session_cancel", session), {"reason": "salle inondée"}).status_code == 302
    page = page_of(coach, address("session_detail", session)).content.decode()
    assert "Séance annulée le 03/03/2025" in page
    assert "salle inondée" in page
    assert address("session_register", session) not in page


def test_editing_keeps_what_was_not_touched(page_of, send):
    coach = a_coach()
    session = a_session(coach)
    form = page_of(coach, address("session_edit", session)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    data = {
        **{name: str(value) for name, value in shown.items()},
        "on": "11/03/2025",
        "at": "9h",
        "leader": str(coach.pk),
    }
    assert send(coach, address("session_edit", session), data).status_code == 302
    session.refresh_from_db()
    assert (session.on, session.at, session.minutes, session.capacity) == (date(2025, 3, 11), time(9), 120, 10)


def test_a_place_is_taken_back_after_a_question(page_of, send):
    coach = a_coach()
    session = a_session(coach)
    place = registered(session, a_case(coach, last_name="Partante"))
    question = address("session_withdraw", session, place)
    assert question in page_of(coach, address("session_detail", session)).content.decode()
    assert "Partante" in page_of(coach, question).content.decode()
    assert send(coach, question, {}).status_code == 302
    place.refresh_from_db()
    assert place.state == "WITHDRAWN"
    assert "Partante" not in page_of(coach, address("session_detail", session)).content.decode()


def test_the_hours_of_a_person_stand_in_their_file(page_of):
    coach = a_coach()
    case = in_prehire(coach)
    for days, state, minutes in ((3, "PRESENT", 120), (2, "PRESENT", 90), (1, "ABSENT", 0)):
        session = a_session(coach, on=today() - days * DAY)
        place = registered(session, case)
        record_attendance(session=session, marks={place.pk: Mark(state, minutes)}, actor=coach)
    registered(a_session(coach, on=today() + DAY), case)
    page = page_of(coach, reverse("followup:case_summary", args=[case.pk]), voir="seances")
    titles = {str(item.title) for item in page.context["shown"]}
    badges = [str(item.badge) for item in page.context["shown"]]
    assert titles == {"Séance collective : Préparer un entretien"}
    assert badges == ["à venir", "absent·e", "", ""]
    words = re.sub(r"\s+", " ", page.content.decode())
    assert "3 h 30 de travail en groupe, en 2 séances" in words
    assert page.statements <= 15
    history = page_of(coach, reverse("beneficiaries:case_history", args=[case.pk])).content.decode()
    assert "a inscrit la personne à une séance collective : Préparer un entretien" in history


def test_the_sheet_to_print_has_every_name_and_lines_left_and_is_recorded(page_of):
    coach = a_coach()
    session = a_session(coach)
    places = register_people(session=session, cases=[a_case(coach), a_case(coach)], actor=coach)
    page = page_of(coach, address("session_sheet", session)).content.decode()
    for place in places:
        assert str(place.case.beneficiary) in page
        assert LogEntry.objects.filter(object_pk=str(place.case_id), additional_data__access="print").count() == 1
    assert page.count('<th scope="row">') == len(places) + 3


def test_the_sheet_as_a_pdf_is_tagged(page_of):
    coach = a_coach()
    session = a_session(coach)
    place = registered(session, a_case(coach, last_name="Élancée"))
    response = page_of(coach, reverse("documents:session_sheet", args=[session.pk]))
    assert response["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "fr-BE"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Feuille de présence : Préparer un entretien"
        tags = list(_tags(pdf.Root.StructTreeRoot))
    assert {"/H1", "/Table", "/TR", "/TH", "/TD"} <= set(tags)
    assert LogEntry.objects.filter(object_pk=str(place.case_id), additional_data__access="print").count() == 1


def _tags(node):
    """Every structure type of a tagged document."""
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        kids = node.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                yield from _tags(kid)


def test_another_organisation_s_sessions_do_not_exist(page_of):
    stranger = a_coach()
    a_session(stranger)
    session = a_session(a_coach())
    for name in ("session_detail", "session_edit", "session_register", "session_attendance", "session_sheet"):
        assert page_of(stranger, address(name, session)).status_code == 404
    assert page_of(stranger, address("series_detail", session.series)).status_code == 404
    assert len(page_of(stranger, address("session_list")).context["month"].sessions) == 1


@pytest.mark.parametrize("number", [2, 12])
def test_the_pages_cost_the_same_whatever_the_number_of_people(page_of, number):
    coach = a_coach()
    session = a_session(coach, capacity=50)
    register_people(session=session, cases=[a_case(coach) for _ in range(number)], actor=coach)
    for _n in range(number):
        a_session(coach, title="Autre")
    costs = {
        name: page_of(coach, address(name, session)).statements
        for name in ("session_detail", "session_attendance", "session_register")
    }
    costs["list"] = page_of(coach, address("session_list")).statements
    costs["series"] = page_of(coach, address("series_detail", session.series)).statements
    assert costs == {"session_detail": 5, "session_attendance": 5, "session_register": 8, "list": 5, "series": 6}

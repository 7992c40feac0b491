"""The pages of the time sheets: the month, what is added, signatures, the team, the files."""

import csv
import io
from datetime import date

import openpyxl
import pikepdf
import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from tests.factories import stories
from tests.factories.accounts import ProjectFactory, user_with
from timesheets.models import SheetSignature, TimeEntry
from timesheets.services import countersign_sheet, reopen_sheet, sign_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

FEBRUARY = date(2025, 2, 1)
MONDAY = date(2025, 2, 24)


@pytest.fixture
def coach(client):
    user = user_with(Role.JOBCOACH, first_name="Zoé", last_name="Dûment")
    client.force_login(user)
    return user


@pytest.fixture
def coordinator(coach):
    return user_with(Role.COORDINATOR, coach.current_organisation, first_name="Paul", last_name="Veille")


def url(name: str, coach: User, month: str = "2025-02", *more: str) -> str:
    return reverse(f"timesheets:{name}", args=[coach.pk, month, *more])


def typed(**facts) -> dict[str, str]:
    return {"on": "24/02/2025", "minutes": "1h30", "activity": "MEETING", "project": "", "words": "Équipe"} | facts


def errors(answer) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return dict(answer.context["form"].errors)


def test_a_jobcoach_is_led_to_the_present_month_and_sees_each_day(client, coach) -> None:
    case = stories.in_prehire(coach, since=date(2025, 1, 8), last_name="Visible")
    stories.a_contact(case, on=MONDAY, minutes=50)
    assert client.get(reverse("timesheets:sheet_list"))["Location"] == url("sheet", coach, "2025-03")
    page = client.get(url("sheet", coach))
    html = page.content.decode()
    assert "Mes prestations" in html
    assert "50\u00a0min" in html
    assert "Visible" not in html
    assert [(day.on, day.total) for day in page.context["page"].days] == [(MONDAY, 50)]
    opened = client.get(url("sheet", coach) + "?jour=2025-02-24").content.decode()
    assert "Visible" in opened
    assert reverse("followup:case_summary", args=[case.pk]) in opened
    assert client.get(url("sheet", coach) + "?jour=n-importe").status_code == 200


@pytest.mark.parametrize(("month", "status"), [("2025-03", 200), ("2025-04", 404), ("2025-13", 404), ("mars", 404)])
def test_a_month_that_has_not_come_or_is_none_is_404(client, coach, month, status) -> None:
    assert client.get(url("sheet", coach, month)).status_code == status


def test_an_entry_is_added_put_right_and_taken_off(client, coach) -> None:
    answer = client.post(url("entry_add", coach), typed(), follow=True)
    assert "Prestation ajoutée." in answer.content.decode()
    assert "1\u00a0h\u00a030" in answer.content.decode()
    entry = TimeEntry.objects.get()
    edit = reverse("timesheets:entry_edit", args=[entry.pk])
    assert 'value="90"' in client.get(edit).content.decode() or "1h30" in client.get(edit).content.decode()
    client.post(edit, typed(minutes="2h"))
    entry.refresh_from_db()
    assert entry.minutes == 120
    client.post(reverse("timesheets:entry_remove", args=[entry.pk]))
    assert not TimeEntry.objects.exists()


def test_a_form_sent_twice_adds_once(client, coach) -> None:
    sent = typed(submission_id="6f1f9c1e-6c7d-4d0e-9a55-6f0a5f1f0001")
    for _time in range(2):
        assert client.post(url("entry_add", coach), sent).status_code == 302
    assert TimeEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"on": "03/03/2025"}, "on", "choisissez un jour de ce mois"),
        ({"on": "31/02/2025"}, "on", "n’existe pas"),
        ({"minutes": "25h"}, "minutes", "ne peut pas dépasser"),
        ({"minutes": "23h59"}, "minutes", "plus de 24 heures"),
        ({"minutes": ""}, "minutes", "Écrivez la durée"),
        ({"activity": "SIESTE"}, "activity", ""),
        ({"project": "autre"}, "project", ""),
        ({"words": "x" * 201}, "words", ""),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(
    client, coach, facts, field, sentence
) -> None:
    stories.an_entry(coach, on=MONDAY, minutes=2)
    answer = client.post(url("entry_add", coach), typed(**facts))
    found = errors(answer)
    assert list(found) == [field]
    assert sentence in found[field][0]
    html = answer.content.decode()
    assert "Équipe" in html or field == "words"
    assert TimeEntry.objects.count() == 1


def test_only_projects_of_the_month_are_offered(client, coach) -> None:
    owned = {"organisation": coach.current_organisation}
    ProjectFactory(**owned, code="DEDANS", starts_on=date(2025, 2, 28), ends_on=None)
    ProjectFactory(**owned, code="AVANT", starts_on=date(2024, 1, 1), ends_on=date(2025, 1, 31))
    ProjectFactory(**owned, code="APRES", starts_on=date(2025, 3, 1), ends_on=None)
    ProjectFactory(code="AILLEURS", starts_on=date(2025, 1, 1), ends_on=None)
    html = client.get(url("sheet", coach)).content.decode()
    assert [code for code in ("DEDANS", "AVANT", "APRES", "AILLEURS") if code in html] == ["DEDANS"]


def test_signing_countersigning_and_reopening_through_the_pages(client, coach, coordinator) -> None:
    stories.an_entry(coach, on=MONDAY, minutes=60)
    sheet, sign = url("sheet", coach), url("sheet_sign", coach)
    assert sign in client.get(sheet).content.decode()
    answer = client.post(sign, {"typed_name": "Zoé"})
    assert "Zoé Dûment" in errors(answer)["typed_name"][0]
    assert 'value="Zoé"' in answer.content.decode()
    page = client.post(sign, {"typed_name": "zoe dument"}, follow=True).content.decode()
    assert "Feuille signée" in page
    assert "Ajouter</button>" not in page
    assert url("sheet_reopen", coach) not in page
    assert "signée depuis le 03/03/2025" in errors(client.post(url("entry_add", coach), typed()))["__all__"][0]
    client.force_login(coordinator)
    assert url("sheet_reopen", coach) in client.get(sheet).content.decode()
    assert errors(client.post(url("sheet_countersign", coach), {"typed_name": "X"}))["typed_name"]
    client.post(url("sheet_countersign", coach), {"typed_name": "Paul Veille"})
    assert "Visée par Paul Veille" in client.get(sheet).content.decode()
    assert errors(client.post(url("sheet_reopen", coach), {"reason": " "}))["reason"]
    page = client.post(url("sheet_reopen", coach), {"reason": "Heures oubliées"}, follow=True).content.decode()
    assert "Heures oubliées" in page
    assert SheetSignature.objects.get().reopened_by == coordinator


def test_too_early_is_said_and_the_form_waits(client, coach) -> None:
    stories.an_entry(coach)
    page = client.get(url("sheet", coach, "2025-03")).content.decode()
    assert "à partir du 31/03/2025" in page
    assert url("sheet_sign", coach, "2025-03") not in page
    answer = client.post(url("sheet_sign", coach, "2025-03"), {"typed_name": "Zoé Dûment"})
    assert "31/03/2025" in errors(answer)["__all__"][0]


def test_what_moved_since_the_signature_and_what_counts_nowhere_are_shown(client, coach) -> None:
    case = stories.in_prehire(coach, since=date(2025, 1, 8), last_name="Ajoutée")
    stories.an_entry(coach, on=MONDAY)
    sign_sheet(month=FEBRUARY, typed_name=coach.get_full_name(), actor=coach)
    stories.a_contact(case, on=MONDAY, minutes=40)
    page = client.get(url("sheet", coach)).content.decode()
    assert "1 ligne a bougé depuis la signature" in page
    assert "Ajoutée" in page
    stories.a_contact(stories.in_prehire(coach, since=date(2023, 2, 24), last_name="Épuisée"), minutes=15)
    page = client.get(url("sheet", coach, "2025-03")).content.decode()
    assert "24 mois épuisés" in page
    assert "Épuisée" in page


def test_a_signature_that_does_not_match_is_told(client, coach, coordinator) -> None:
    stories.an_entry(coach, on=MONDAY)
    signature = sign_sheet(month=FEBRUARY, typed_name=coach.get_full_name(), actor=coach)
    assert "empreinte ne se retrouve pas" not in client.get(url("sheet", coach)).content.decode()
    reopen_sheet(sheet=signature.sheet, reason="Essai", actor=coordinator)
    SheetSignature.objects.create(
        organisation=coach.current_organisation,
        sheet=signature.sheet,
        signed_name="Zoé Dûment",
        signed_on=date(2025, 3, 3),
        signed_at=signature.signed_at,
        lines=[],
        fingerprint=signature.fingerprint,
    )
    assert "empreinte ne se retrouve pas" in client.get(url("sheet", coach)).content.decode()


def test_the_team_is_for_whoever_answers_for_it(client, coach, coordinator) -> None:
    stories.an_entry(coach, on=MONDAY, minutes=60)
    stranger = stories.a_coach()
    client.force_login(coordinator)
    page = client.get(reverse("timesheets:sheet_list") + "?mois=2025-02")
    assert "Zoé Dûment" in page.content.decode()
    assert "pas encore signée" in page.content.decode()
    assert page.context["rows"][0]["sheet"].minutes.total == 60
    assert url("sheet", coordinator) in page.content.decode()
    for asked in ("2025-99", "2031-01", ""):
        answer = client.get(reverse("timesheets:sheet_list") + f"?mois={asked}")
        assert answer.context["month"] == date(2025, 3, 1)
    # Somebody of another house has a sheet too, and it is not to be seen.
    assert client.get(url("sheet", stranger)).status_code == 404
    client.force_login(coach)
    assert client.get(url("sheet", coordinator)).status_code == 403


@pytest.mark.parametrize("rows", [2, 6])
def test_the_pages_cost_the_same_whatever_was_worked(
    client, coach, coordinator, django_assert_max_num_queries, rows
) -> None:
    sent = [stories.in_prehire(coach, since=date(2023, 2, 24)) for _ in range(rows)]
    for case in sent:
        stories.a_contact(case, on=MONDAY, minutes=10)
        stories.an_entry(stories.a_coach(coach.current_organisation), on=MONDAY)
        stories.a_visit(coach, on=MONDAY, minutes=10)
    stories.a_session(coach, on=MONDAY, minutes=30)
    sign_sheet(month=FEBRUARY, typed_name=coach.get_full_name(), actor=coach)
    for case in sent:
        stories.a_contact(case, on=MONDAY, minutes=5)
    client.force_login(coordinator)
    for address in (
        url("sheet", coach) + "?jour=2025-02-24",
        reverse("timesheets:sheet_list") + "?mois=2025-02",
    ):
        client.get(address)
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200


def test_the_files_say_what_the_page_says_and_who_signed(client, coach, coordinator) -> None:
    project = ProjectFactory(
        organisation=coach.current_organisation,
        code="=FSE",
        funder="FSE",
        starts_on=date(2025, 1, 1),
        ends_on=None,
    )
    stories.an_entry(coach, on=MONDAY, minutes=75, project=project)
    signature = sign_sheet(month=FEBRUARY, typed_name=coach.get_full_name(), actor=coach)
    countersign_sheet(sheet=signature.sheet, typed_name="Paul Veille", actor=coordinator)
    answers = {name: client.get(url("sheet_file", coach, "2025-02", name)) for name in ("pdf", "xlsx", "csv")}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert 'filename="prestations-2025-02-zoe-dument.pdf"' in answers["pdf"]["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answers["pdf"].content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("fr")
        assert "Feuille de prestations" in str(pdf.docinfo.Title)
    book = openpyxl.load_workbook(io.BytesIO(answers["xlsx"].content))
    cover = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert signature.fingerprint in cover
    values = [cell for sheet in book.worksheets[1:] for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in values if cell.data_type == "f"]
    assert "=FSE" in [cell.value for cell in values]
    lines = list(csv.reader(io.StringIO(answers["csv"].content.decode("utf-8-sig")), delimiter=";"))
    assert ["Total", "0", "0", "0", "75", "75"] in lines
    assert client.get(url("sheet_file", coach, "2025-02", "exe")).status_code == 404


def test_a_reopened_sheet_prints_as_a_draft_again(client, coach, coordinator) -> None:
    stories.an_entry(coach, on=MONDAY)
    signature = sign_sheet(month=FEBRUARY, typed_name=coach.get_full_name(), actor=coach)
    reopen_sheet(sheet=signature.sheet, reason="Oubli", actor=coordinator)
    content = client.get(url("sheet_file", coach, "2025-02", "csv")).content.decode("utf-8-sig")
    assert "feuille non signée" in content
    assert signature.fingerprint not in content


def test_the_menu_leads_there(client, coach) -> None:
    assert reverse("timesheets:sheet_list") in client.get(reverse("followup:my_day")).content.decode()
    client.force_login(user_with(Role.ANALYST, coach.current_organisation))
    assert reverse("timesheets:sheet_list") not in client.get(reverse("reporting:report_list")).content.decode()


def test_the_months_to_sign_are_told_before_the_hours_are_sent(client, coach, coordinator) -> None:
    stories.a_contact(stories.in_prehire(coach, since=date(2025, 1, 8)), on=MONDAY)
    client.force_login(coordinator)
    address = reverse("reporting:report_gaps", args=["prestations"]) + "?first=01/02/2025&last=28/02/2025"
    page = client.get(address).content.decode()
    assert "Dûment Zoé" in page
    assert f"{url('sheet', coach)}?next=" in page
    assert "#signature" in page
    sign_sheet(month=FEBRUARY, typed_name=coach.get_full_name(), actor=coach)
    assert "Rien ne manque" in client.get(address).content.decode()

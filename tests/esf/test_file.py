"""The participant file: its columns by configuration, opened again and compared cell by cell, its leaving kept."""

import io
from datetime import date
from html import unescape

import openpyxl
import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import NotAllowed
from esf.enums import Moment, Question
from esf.file.layout import DEFAULT_COLUMNS
from esf.file.sources import SOURCES
from esf.models import EsfFileColumn, EsfFileExport, EsfFileLayout
from esf.services.file import (
    ColumnStatement,
    FileRefused,
    add_column,
    change_column,
    create_layout,
    export_participants,
    remove_column,
    remove_layout,
)
from foundation.clock import today
from foundation.persistence import InvalidFact
from privacy.history import history_of
from tables.engine.scope import Scope
from tests.factories.accounts import user_with
from tests.factories.esf import EVERY_NO, a_participant, a_result, an_esf_project, entered, left
from tests.factories.stories import a_coach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
D = date.fromisoformat
EVIL = '=HYPERLINK("http://exemple.test","x")'


@pytest.fixture
def coach():
    return a_coach()


@pytest.fixture
def admin(coach):
    return user_with(Role.ADMIN, coach.current_organisation)


def scope_of(project) -> Scope:
    return Scope(organisations=(project.organisation,), first=D("2025-01-01"), last=D("2025-12-31"), project=project)


def opened_again(content: bytes) -> list[tuple]:
    """The first sheet, row by row, nothing computed."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return list(book.worksheets[0].iter_rows())


def test_the_default_file_cell_by_cell(coach, admin, frozen) -> None:
    project = an_esf_project(coach)
    case = a_participant(
        coach,
        project,
        last_name="Abel",
        first_name=EVIL,
        gender="X",
        street="@rue",
        town="Mons",
        phone="+32 65 00 00 00",
    )
    entered(
        case,
        answers=EVERY_NO | {Question.DISABILITY: "refused", Question.RURAL: "yes"},
        asked_on=today(),
        proof="Signé",
    )
    left(case)
    a_result(case, qualification=True)
    bare = a_participant(coach, project, last_name="Zola", first_name="-1", birth_date=None, education="")
    made = export_participants(scope=scope_of(project), actor=admin)
    rows = opened_again(made.content)
    assert [cell.value for cell in rows[0]] == [str(header) for header, _key in DEFAULT_COLUMNS]
    expected = [
        "FSE-24", "W-2024-117", case.beneficiary_id.hex, "Abel", EVIL, "non binaire", D("1985-03-04"),
        "@rue", None, "Mons", "065 00 00 00", None,
        D("2025-03-03"), "sans emploi, inscrit·e comme demandeur·euse d’emploi", D("2020-01-06"), "oui",
        "secondaire supérieur, CESS ou CQ6 (CITE 3)", "belge", "non", "ne souhaite pas répondre", "non", "non", "oui",
        D("2025-03-03"), "arrêt à la demande de la personne", "oui", "non", "non", "oui", None, None, "oui",
    ]  # fmt: skip
    assert [plain(cell) for cell in rows[1]] == expected
    assert [plain(cell) for cell in rows[2]] == [
        "FSE-24", "W-2024-117", bare.beneficiary_id.hex, "Zola", "-1", "femme", *[None] * 6,
        D("2025-03-03"), *[None] * 18, "non",
    ]  # fmt: skip
    assert len(rows) == 3
    # Nothing that somebody typed runs, and days are days.
    assert {cell.data_type for row in rows for cell in row} <= {"s", "d", "n"}
    references = openpyxl.load_workbook(io.BytesIO(made.content)).worksheets[1]
    told = {row[0].value: row[1].value for row in references.iter_rows()}
    assert told["Financement"] == "Cofinancé par l’Union européenne"
    assert told["Exporté par"] == admin.get_full_name()


def plain(cell):
    """The value of a cell; a day without its hour."""
    return cell.value.date() if cell.is_date else cell.value


def test_columns_codes_and_order_are_those_of_the_form_in_force(coach, admin) -> None:
    project = an_esf_project(coach)
    entered(a_participant(coach, project))
    layout = create_layout(valid_from=D("2025-06-01"), actor=admin)
    assert [c.source for c in layout.columns.order_by("position")] == [key for _header, key in DEFAULT_COLUMNS]
    for column in layout.columns.order_by("position"):
        remove_column(column=column, actor=admin)
    add_column(layout=layout, source="gender", statement=ColumnStatement(header="=SEXE"), actor=admin)
    add_column(layout=layout, source="isced", statement=ColumnStatement(header="CITE"), actor=admin)
    first = add_column(
        layout=layout, source="last_name", statement=ColumnStatement(header="NOM", position=1), actor=admin
    )
    assert list(layout.columns.order_by("position").values_list("header", "position")) == [
        ("NOM", 1), ("=SEXE", 2), ("CITE", 3),
    ]  # fmt: skip
    gender = layout.columns.get(source="gender")
    change_column(
        column=gender,
        statement=ColumnStatement(header="=SEXE", position=3, codes={"F": " 2 ", "M": "1", "X": ""}),
        actor=admin,
    )
    change_column(column=first, statement=ColumnStatement(header="NOM", position=99), actor=admin)
    made = export_participants(scope=scope_of(project), actor=admin)
    head, row = opened_again(made.content)
    assert [cell.value for cell in head] == ["CITE", "=SEXE", "NOM"]
    assert [cell.value for cell in row][:2] == ["secondaire supérieur, CESS ou CQ6 (CITE 3)", "2"]
    assert head[1].data_type == "s"
    # A period that ends before the form began keeps the former one.
    early = Scope(organisations=(project.organisation,), first=D("2025-01-01"), last=D("2025-05-31"), project=project)
    assert len(opened_again(export_participants(scope=early, actor=admin).content)[0]) == len(DEFAULT_COLUMNS)


def test_a_form_that_a_file_left_with_no_longer_changes(coach, admin) -> None:
    project = an_esf_project(coach)
    layout = create_layout(valid_from=D("2025-01-01"), actor=admin)
    column = layout.columns.order_by("position").first()
    export_participants(scope=scope_of(project), actor=admin)
    stated = ColumnStatement(header="Autre")
    for act in (
        lambda: add_column(layout=layout, source="coach", statement=stated, actor=admin),
        lambda: change_column(column=column, statement=stated, actor=admin),
        lambda: remove_column(column=column, actor=admin),
        lambda: remove_layout(layout=layout, actor=admin),
    ):
        with pytest.raises(FileRefused) as refused:
            act()
        assert refused.value.code == "used"
    again = create_layout(valid_from=D("2026-01-01"), actor=admin)
    assert again.columns.count() == layout.columns.count()
    remove_layout(layout=again, actor=admin)
    with pytest.raises(InvalidFact):
        create_layout(valid_from=D("2025-01-01"), actor=admin)


def test_what_cannot_be_in_a_form(coach, admin) -> None:
    layout = create_layout(valid_from=D("2025-01-01"), actor=admin)
    for source, statement, code in (
        ("unknown", ColumnStatement(header="X"), "unknown_source"),
        ("gender", ColumnStatement(header="X", codes={"Z": "1"}), "unknown_value"),
    ):
        with pytest.raises(FileRefused) as refused:
            add_column(layout=layout, source=source, statement=statement, actor=admin)
        assert refused.value.code == code
    with pytest.raises(InvalidFact):
        add_column(layout=layout, source="gender", statement=ColumnStatement(header=" "), actor=admin)


def test_every_datum_of_the_list_is_read_of_anybody(coach, admin, frozen) -> None:
    project = an_esf_project(coach)
    whole = a_participant(coach, project)
    entered(whole, status="employed", unemployed_since=None)
    left(whole)
    a_result(whole)
    frozen("2025-09-03")
    a_result(whole, Moment.SIX_MONTHS, improved=True, improvement="CDI")
    a_participant(coach, project)
    layout = create_layout(valid_from=D("2025-01-01"), actor=admin)
    for column in layout.columns.order_by("position"):
        remove_column(column=column, actor=admin)
    for key in SOURCES:
        add_column(layout=layout, source=key, statement=ColumnStatement(header=key), actor=admin)
    head, *rows = opened_again(export_participants(scope=scope_of(project), actor=admin).content)
    known = {h.value: cell.value for h, cell in zip(head, rows[0], strict=True)}
    assert list(known) == list(SOURCES)
    empty = {key for key, value in known.items() if value in (None, "")}
    assert empty == {"niss", "street", "postal_code", "town", "phone", "email", "unemployed_since", "site"}
    assert (known["later_improved"], known["age"], known["complete"]) == ("oui", 39, "oui")


def test_who_takes_the_file_away_is_written_down(coach, admin) -> None:
    project = an_esf_project(coach)
    case = a_participant(coach, project)
    made = export_participants(scope=scope_of(project), actor=admin)
    [kept] = EsfFileExport.objects.all()
    assert (kept.exported_by, kept.lines, kept.project, kept.layout) == (admin, 1, project, None)
    assert kept == made.export
    [line] = history_of([case], accesses=True)
    assert (line.actor, line.access) == (admin.get_full_name(), "export")
    for someone in (coach, user_with(Role.ANALYST, coach.current_organisation), user_with(Role.ADMIN)):
        with pytest.raises(NotAllowed):
            export_participants(scope=scope_of(project), actor=someone)
    assert EsfFileExport.objects.count() == 1


# --- Pages ------------------------------------------------------------------------------------------------------------


def text_of(response) -> str:
    return unescape(response.content.decode())


def test_an_admin_makes_a_form_adds_a_column_and_gives_it_codes(client, coach, admin) -> None:
    project = an_esf_project(coach)
    client.force_login(admin)
    assert "32 colonnes" in text_of(client.get(reverse("esf:layouts")))
    made = client.post(reverse("esf:layout_create"), {"valid_from": "1/1/25", "source": "Agence FSE"})
    layout = EsfFileLayout.objects.get()
    page = reverse("esf:layout", args=[layout.pk])
    assert made["Location"] == page
    again = client.post(reverse("esf:layout_create"), {"valid_from": "1/1/25"})
    assert again.status_code == 422
    assert "déjà en vigueur" in text_of(again)
    add = reverse("esf:column_add", args=[layout.pk])
    for sent, field in (
        ({"source": "coach", "header": ""}, "header"),
        ({"source": "coach", "header": "x", "position": "z"}, "position"),
    ):
        refused = client.post(add, sent)
        assert refused.status_code == 422
        assert field in refused.context["form"].errors
    added = client.post(add, {"source": "status", "header": "STATUT", "position": "1"})
    column = EsfFileColumn.objects.get(header="STATUT")
    edit = reverse("esf:column_edit", args=[column.pk])
    assert added["Location"] == edit
    form = client.get(edit).context["form"]
    assert [form[name].label for name, _value in form.code_fields] == [str(w) for _v, w in SOURCES["status"].values]
    client.post(edit, {"header": "STATUT", "position": "1", "code_0": "CH", "code_1": "IN", "code_2": ""})
    column.refresh_from_db()
    assert column.codes == {"unemployed": "CH", "inactive": "IN"}
    assert "2 codes" in text_of(client.get(page))
    client.post(reverse("esf:column_remove", args=[column.pk]))
    assert not EsfFileColumn.objects.filter(pk=column.pk).exists()
    asked = f"?first=2025-01-01&last=2025-12-31&project={project.pk}"
    address = reverse("reporting:more_file", args=["fse", "participants"]) + asked
    assert unescape(text_of(client.get(reverse("reporting:report", args=["fse"]) + asked))).count(address) == 1
    sent = client.post(address)
    assert sent["Content-Disposition"] == 'attachment; filename="participants-FSE-24-20250101-20250303.xlsx"'
    assert "ne change plus" in text_of(client.get(page))
    assert client.post(add, {"source": "coach", "header": "x"}).status_code == 422
    assert admin.get_full_name() in text_of(client.get(reverse("esf:layouts")))


def test_another_organisation_s_form_does_not_exist(client, coach, admin) -> None:
    layout = create_layout(valid_from=D("2025-01-01"), actor=admin)
    elsewhere = user_with(Role.ADMIN)
    create_layout(valid_from=D("2025-01-01"), actor=elsewhere)
    client.force_login(elsewhere)
    column = layout.columns.first()
    for address in (
        reverse("esf:layout", args=[layout.pk]),
        reverse("esf:column_add", args=[layout.pk]),
        reverse("esf:column_edit", args=[column.pk]),
    ):
        assert client.get(address).status_code == 404
    client.force_login(coach)
    assert client.get(reverse("esf:layouts")).status_code == 403
    assert client.post(reverse("reporting:more_file", args=["fse", "participants"])).status_code == 403

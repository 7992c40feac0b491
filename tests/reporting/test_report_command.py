"""manage.py report: the bytes of the pages for a script, and one sentence for each mistake."""

import io
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from auditlog.models import LogEntry
from django.core.management import call_command
from django.core.management.base import CommandError

from tables.engine.registry import reports
from tables.engine.scope import Scope
from tables.renderers.json import parse_report, report_json
from tables.renderers.outputs import OUTPUTS
from tests.factories import stories
from tests.factories.accounts import OrganisationFactory, ProjectFactory, SiteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

PERIOD = {"first": "2025-01-01", "last": "2025-12-31"}


@pytest.fixture
def coach():
    return stories.a_coach(OrganisationFactory(name="Mission régionale d’Essai", short_name="MIRE-Essai"))


def run(name="activite", organisation="MIRE-Essai", **options) -> str:
    said = io.StringIO()
    asked = PERIOD | {"organisation": organisation, "format": "json", "output": "-"} | options
    call_command("report", name, stdout=said, **asked)
    return said.getvalue()


def refusal(*args, **options) -> str:
    with pytest.raises(CommandError) as refused:
        run(*args, **options)
    return str(refused.value)


@pytest.mark.parametrize("extension", [extension for extension in OUTPUTS if extension != "pdf"])
def test_the_file_is_that_of_the_site(coach, tmp_path: Path, extension) -> None:
    stories.in_prehire(coach)
    where = tmp_path / f"rapport.{extension}"
    said = run(format=extension, output=str(where))
    assert str(where) in said
    scope = Scope(organisations=(coach.current_organisation,), first=_day("01-01"), last=_day("12-31"))
    document = reports["activite"].compute(scope)
    if extension == "xlsx":
        book = openpyxl.load_workbook(where)
        assert len(book.worksheets) == 1 + len(document.tables())
    else:
        assert where.read_bytes() == OUTPUTS[extension].render(document)
    (entry,) = LogEntry.objects.get_for_object(coach.current_organisation).filter(action=LogEntry.Action.ACCESS)
    assert entry.actor is None
    assert entry.additional_data["access"] == "export"


def _day(rest):
    return date.fromisoformat(f"2025-{rest}")


def test_the_bytes_go_to_the_standard_output_and_nothing_else_does(coach, monkeypatch) -> None:
    stories.in_prehire(coach)
    written = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", written)
    assert run() == ""
    document = parse_report(written.buffer.getvalue())
    assert document.table("summary").cell("people", "count").value == 1


def test_it_is_narrowed_to_a_site_a_project_or_a_coach(coach, tmp_path) -> None:
    here = coach.current_organisation
    site, project = SiteFactory(organisation=here, name="Verviers"), ProjectFactory(organisation=here, code="JC-1")
    stories.in_prehire(coach)
    stories.in_prehire(stories.a_coach(here))
    where = tmp_path / "rapport.json"
    expected = {"coach": (coach.email.upper(), 1), "site": ("verviers", 0), "project": ("jc-1", 0)}
    for option, (typed, people) in expected.items():
        run(output=str(where), **{option: typed})
        assert parse_report(where.read_bytes()).table("summary").cell("people", "count").value == people
    assert site.organisation == project.organisation


def test_a_consolidated_report_covers_all_and_names_no_row(coach, tmp_path) -> None:
    # Below five nothing is told of the network.
    elsewhere = stories.a_coach()
    for carrier in [coach] * 5 + [elsewhere] * 6:
        stories.in_prehire(carrier)
    where = tmp_path / "reseau.json"
    run("consolidation", "all", output=str(where))
    document = parse_report(where.read_bytes())
    assert document.table("summary").cell("people", "count").value == 11
    assert b'"refs"' not in report_json(document)


def test_it_lists_what_can_be_asked(coach) -> None:
    said = io.StringIO()
    call_command("report", list=True, stdout=said)
    for report in reports:
        assert report.name in said.getvalue()
    assert "MIRE-Essai" in said.getvalue()


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("", {}, "Nommez un rapport parmi : activite, consolidation"),
        ("actvite", {}, "« actvite » n’est pas un rapport : choisissez parmi activite"),
        ("activite", {"first": None, "format": ""}, "Il manque : --from, --format."),
        ("activite", {"first": "01/01/2025"}, "--from : « 01/01/2025 » n’est pas une date"),
        ("activite", {"last": "2025-02-30"}, "--to : « 2025-02-30 » n’est pas une date"),
        ("activite", {"last": "2024-12-31"}, "précède son début"),
        ("trajectoires", {"first": "0001-01-01"}, "--from : choisissez une année entre 1990 et 2035."),
        ("trajectoires", {"last": "9999-12-31"}, "--to : choisissez une année entre 1990 et 2035."),
        (
            "activite",
            {"organisation": "Nulle part"},
            "n’est pas un organisme de cette installation : Ailleurs, MIRE-Essai",
        ),
        ("activite", {"organisation": "all"}, "« all » n’est pas un organisme"),
        ("consolidation", {}, "écrivez --organisation all"),
        ("consolidation", {"organisation": "all", "coach": "x@y.be"}, "ne se restreint"),
        ("activite", {"site": "Ailleurs"}, "--site : « Ailleurs » est inconnu"),
        ("activite", {"project": "X"}, "--project : « X » est inconnu"),
        ("activite", {"coach": "x@y.be"}, "--coach : « x@y.be » est inconnu"),
        ("activite", {"format": "docx"}, "« docx » n’est pas un format : choisissez parmi pdf, xlsx, csv, json"),
        ("activite", {"output": "/nulle/part/rapport.csv"}, "Impossible d’écrire /nulle/part/rapport.csv"),
        ("activite", {"output": "/nulle/part/rapport.csv"}, "ce dossier n’existe pas."),
    ],
)
def test_each_mistake_is_told_in_one_sentence(coach, name, options, sentence) -> None:
    said = refusal(name, **options)
    assert sentence in said

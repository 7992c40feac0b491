"""Every document of a co-financed project shows who pays; no other does."""

import io

import openpyxl
import pikepdf
import pytest
from django.urls import reverse

from accounts.enums import EmblemPlace, Funder, Role
from foundation.clock import today
from tables.engine.registry import reports, reports_for
from tables.engine.scope import Scope
from tables.funding import emblem_data_uri, funding_of
from tables.renderers.pdf import report_pdf
from tables.renderers.xlsx import report_xlsx
from tests.factories.accounts import ProjectFactory, user_with
from tests.factories.esf import an_esf_project
from tests.factories.stories import a_coach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SENTENCE = "Cofinancé par l’Union européenne"


def test_only_a_co_financed_project_has_a_heading() -> None:
    coach = a_coach()
    other = ProjectFactory(organisation=coach.current_organisation, funder=Funder.FOREM)
    assert funding_of(None) is None
    assert funding_of(other) is None
    known = funding_of(an_esf_project(coach, cofinancing_rate="", emblem_place=EmblemPlace.RIGHT))
    assert known is not None
    assert (known.sentence, known.emblem_first) == (SENTENCE, False)
    # What is not filled in is not printed.
    assert [words for _label, words in known.references] == [
        "FSE-24 – Vers l’emploi durable", "W-2024-117", "FSE+ 2021-2027, axe 3",
    ]  # fmt: skip


def test_every_report_of_one_organisation_carries_it() -> None:
    coach = a_coach()
    project = an_esf_project(coach)
    scope = Scope(organisations=(project.organisation,), first=today(), last=today(), project=project)
    reports = [report for report in reports_for(user_with(Role.ADMIN, project.organisation)) if not report.consolidated]
    assert len(reports) >= 5
    for report in reports:
        assert report.compute(scope).funding == funding_of(project), report.name


def test_the_first_page_and_the_cover_show_the_emblem_and_the_sentence() -> None:
    coach = a_coach()
    project = an_esf_project(coach)
    scope = Scope(organisations=(project.organisation,), first=today(), last=today(), project=project)
    document = reports["fse"].compute(scope)
    cover = openpyxl.load_workbook(io.BytesIO(report_xlsx(document))).worksheets[0]
    words = [cell.value for row in cover.iter_rows() for cell in row]
    assert {SENTENCE, "W-2024-117", "FSE+ 2021-2027, axe 3"} <= set(words)
    assert len(cover._images) == 1
    with pikepdf.open(io.BytesIO(report_pdf(document))) as pdf:
        figures = list(_figures(pdf.Root.StructTreeRoot))
    assert [str(figure.Alt) for figure in figures] == ["Emblème de l’Union européenne"]
    assert emblem_data_uri().startswith("data:image/svg+xml;base64,")


def _figures(node):
    """The structure elements of kind Figure under a node of the structure tree."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _figures(child)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == "/Figure":
            yield node
        if "/K" in node:
            yield from _figures(node["/K"])


def test_an_admin_writes_the_references_of_a_project(client) -> None:
    admin = user_with(Role.ADMIN)
    client.force_login(admin)
    sent = {
        "code": "FSE-25",
        "name": "Suite",
        "funder": "FSE",
        "starts_on": "1/1/2025",
        "agreement_number": "W-25",
        "programme": "Axe 1",
        "cofinancing_rate": "50 %",
        "emblem_place": "RIGHT",
    }
    assert client.post(reverse("accounts:project_create"), sent).status_code == 302
    [project] = admin.current_organisation.project_set.all()
    assert (project.agreement_number, project.programme, project.emblem_place) == ("W-25", "Axe 1", "RIGHT")
    edit = reverse("accounts:project_edit", args=[project.pk])
    assert client.get(edit).context["form"]["cofinancing_rate"].value() == "50 %"

"""The inspection file of a case: what it tells, what it keeps to itself, its papers."""

import csv
import hashlib
import io
import zipfile
from datetime import date
from uuid import uuid4

import pikepdf
import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Funder, Role
from beneficiaries.models import CoachingCase
from beneficiaries.services.corrections import undo_exit
from beneficiaries.services.path import add_obstacle, check_coachability, check_eligibility, sign_agreement
from beneficiaries.services.people import update_beneficiary
from beneficiaries.services.phases import exit_case
from beneficiaries.views.case_file import HEADER_RELATIONS, load_spells
from documents.enums import DocumentKind
from employers.models import CompanyContact
from employers.services.companies import save_company_person
from followup.services.contacts import ContactStatement
from followup.services.corrections import correct_contact
from followup.services.drafts import Opening, save_draft
from foundation.clock import today
from foundation.formatting import NBSP
from inspection.file.archive import archive
from inspection.file.document import inspection_document
from inspection.file.facts import CASE_RELATIONS, InspectionFacts, page_facts, whole_facts
from inspection.file.figures import LISTINGS
from inspection.file.gaps import gaps
from inspection.file.papers import FileState, read
from placements.models import FollowUpAgreement
from placements.services.hiring import FollowUpTerms, agree_followup
from tables.engine.tables import Document, Subject
from tables.renderers.words import cell_words
from tests.factories import stories
from tests.factories.accounts import ProjectFactory, user_with
from tests.factories.documents import a_kept_document
from tests.factories.worlds import belongings
from tests.queries.rows import fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

SECRET_DRAFT, SECRET_HEALTH, OLD_PHONE = "brouillon que personne ne lit", "mal de dos chronique", "0470 99 98 97"


def loaded(case: CoachingCase) -> CoachingCase:
    found = CoachingCase.objects.select_related(*HEADER_RELATIONS, *CASE_RELATIONS).get(pk=case.pk)
    load_spells(found)
    return found


def known_of(case: CoachingCase) -> InspectionFacts:
    return whole_facts(loaded(case), today())


def document_of(case: CoachingCase) -> Document:
    return inspection_document(known_of(case), "Hélène Exemple")


def lines(document: Document, code: str) -> list[str]:
    """The rows of a table, each as one text."""
    return [
        " | ".join([row.label, *(cell_words(cell) for cell in row.cells)]).replace(NBSP, " ")
        for row in document.table(code).rows
    ]


def everything(document: Document) -> str:
    told = [line for table in document.tables() for line in lines(document, table.code)]
    return "\n".join([*told, *(section.introduction for section in document.sections)])


@pytest.fixture
def coach():
    return stories.a_coach()


@pytest.fixture
def coordinator(coach):
    return user_with(Role.COORDINATOR, coach.current_organisation)


@pytest.fixture
def late(coach, coordinator):
    """A case whose 24 months ended a month ago, told with its accidents."""
    case = stories.in_prehire(coach, since=date(2023, 2, 6), opened_on=date(2023, 1, 9), phone=OLD_PHONE)
    note = ContactStatement(
        on=date(2023, 2, 20), channel="PHONE", party="BENEFICIARY", minutes=30, summary="Le CV est relu."
    )
    early = stories.a_contact(case, on=note.on, channel="PHONE", minutes=20, summary="Le CV est relu.")
    correct_contact(contact=early, statement=note, reason="Durée mal notée", actor=coach)
    stories.a_contact(case, summary="Un dernier point ensemble.")
    save_draft(case=case, content={"summary": SECRET_DRAFT}, actor=coach, opening=Opening(uuid4()))
    add_obstacle(case=case, kind="HEALTH", identified_on=today(), note=SECRET_HEALTH, actor=coach)
    update_beneficiary(case=case, actor=coach, phone="0470 11 12 13")
    stories.registered(stories.a_session(coach), case)
    exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach)
    undo_exit(case=case, reason="Mauvais dossier", actor=coordinator)
    return case


# --- What it tells ----------------------------------------------------------------------------------------------------


def test_it_tells_the_ground_the_path_and_the_clock(late, coach) -> None:
    document = document_of(late)
    assert ("Personne", f"{late.beneficiary.last_name} {late.beneficiary.first_name}") in document.coverage
    assert any("N’a pas le certificat" in line and "retenu" in line for line in lines(document, "criteria"))
    assert f"Vérifiée par | {coach.get_full_name()}" in lines(document, "eligibility")
    assert "Volontaire | oui" in lines(document, "coachability")
    assert [line.split(" | ")[:2] for line in lines(document, "agreements")] == [
        ["Contrat de confiance", "06/02/2023"],
        ["Convention avec la personne", "06/02/2023"],
    ]
    assert [line.split(" | ")[:4] for line in lines(document, "phases")] == [
        ["Préparatoire", "09/01/2023", "06/02/2023", "28 jours"],
        ["Pré-embauche", "06/02/2023", "en cours", "–"],
    ]
    assert any("Horloge de base : 24 mois" in line and "06/02/2025" in line for line in lines(document, "clock"))
    assert "En clair | Les 24 mois sont dépassés de 25 jours." in lines(document, "clock-result")


def test_a_contact_outside_the_mandate_is_marked_and_counts_apart(late) -> None:
    document = document_of(late)
    first, last = lines(document, "contacts")
    assert first.startswith("20/02/2023 | Téléphone, avec la personne | 30 min | Le CV est relu.")
    assert "HORS MANDAT" not in first
    assert "En personne, avec la personne – HORS MANDAT" in last
    assert lines(document, "contact-hours") == [
        "Dans le mandat | 1 | 30 min",
        "Hors mandat | 1 | 45 min",
        "Personne absente | 0 | –",
    ]
    assert [line.split(" | ")[:2] for line in lines(document, "sessions")] == [["03/03/2025", "Préparer un entretien"]]


def test_corrections_undone_exits_and_the_checks_findings_are_told(late, coordinator) -> None:
    document = document_of(late)
    assert any("Durée mal notée" in line and "20 → 30" in line for line in lines(document, "corrections"))
    (undone,) = lines(document, "undone-exits")
    assert f"03/03/2025 | {coordinator.get_full_name()} | Mauvais dossier" in undone
    found = "\n".join(lines(document, "findings"))
    assert "24 mois dépassés" in found
    assert "Personne vue trop rarement" in found


def test_what_concerns_nobody_else_stays_out(late) -> None:
    told = everything(document_of(late))
    for secret in (SECRET_DRAFT, SECRET_HEALTH, OLD_PHONE, "0470 11 12 13", "santé"):
        assert secret not in told
    assert "a noté un frein" in told
    assert "a modifié la fiche de la personne (téléphone)" in told


def test_a_discreet_follow_up_names_the_contract_and_nobody_at_the_firm(coach) -> None:
    firm = stories.a_company(coach, name="Menuiserie Secrète")
    save_company_person(
        person=CompanyContact(company=firm), name="Dominique Patron", is_reference=True, phone="", actor=coach
    )
    case = stories.in_followup(coach, company=firm, mode="AGREED")
    job = case.employments.get()
    known_there = firm.people.get()
    for mode, contact, terms in (("AGREED", known_there, "Appeler Dominique Patron"), ("DISCREET", None, "Le soir")):
        how = FollowUpTerms(mode=mode, agreed_on=today(), reason="Ne veut pas", contact=contact, terms=terms)
        agree_followup(employment=job, followup=how, actor=coach)
    document = document_of(case)
    told = everything(document)
    assert "Dominique Patron" not in told
    assert "a modifié l’accord de suivi (" in told
    assert "ne peut être ni contacté ni interrogé" in told
    assert any(line.startswith("Menuiserie Secrète | CDI, Magasinier·ère") for line in lines(document, "contracts"))
    assert any(line.endswith("discret") for line in lines(document, "windows"))
    open_one = stories.in_followup(coach, mode="AGREED")
    assert "ne peut être ni contacté" not in everything(document_of(open_one))


def test_a_derogation_is_told_with_its_reason_and_a_bare_case_says_what_it_lacks(coach, coordinator) -> None:
    case = stories.a_case(coach, opened_on=date(2025, 2, 24))
    bare = document_of(case)
    assert "L’éligibilité n’a pas été vérifiée." in everything(bare)
    assert {gap.code for gap in gaps(known_of(case), coordinator)} == {"eligibility", "coachability", "agreement"}
    assert all(gap.url for gap in gaps(known_of(case), coordinator))
    assert not any(gap.url for gap in gaps(known_of(case), user_with(Role.ADMIN, case.organisation)))
    on = case.opened_on
    check_eligibility(case=case, statement=stories.derogation_on(case, on), actor=coach)
    check_coachability(case=case, volunteer=True, informed=True, available=True, ordinary_job=True, on=on, actor=coach)
    reason = CoachingCase.objects.get(pk=case.pk).eligibility.derogation_reason
    assert any(reason in line for line in lines(document_of(case), "derogations"))


def test_a_co_financed_project_is_told_at_the_head_of_the_file(coach) -> None:
    case = stories.a_case(coach)
    assert document_of(case).funding is None
    CoachingCase.objects.filter(pk=case.pk).update(
        project=ProjectFactory(organisation=case.organisation, funder=Funder.FSE)
    )
    funding = document_of(case).funding
    assert funding is not None
    assert funding.sentence == "Cofinancé par l’Union européenne"


def test_a_job_without_its_follow_up_or_its_end_is_missing(coach, coordinator) -> None:
    case = stories.in_prehire(coach, since=date(2025, 1, 6))
    job = stories.hired(case, starts_on=date(2025, 2, 3), ends_on=date(2025, 2, 28), contract_type="CDD")
    FollowUpAgreement.objects.filter(employment=job).delete()
    assert {"followup", "end"} <= {gap.code for gap in gaps(page_facts(loaded(case), today()), coordinator)}


# --- Papers -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def with_papers(coach, settings, tmp_path):
    """A scan that proves an agreement, twice the same kind of paper, one only seen, one lost, one altered."""
    settings.MEDIA_ROOT = str(tmp_path)
    case = stories.a_case(coach)
    sign_agreement(case=case, kind="TRUST_CONTRACT", signed_on=today(), actor=coach, file=stories.a_file())
    papers = [stories.a_paper(case, file=stories.a_file()) for _n in range(3)]
    stories.a_paper(case, label="=HYPERLINK(1)")
    lost, altered = papers[1:]
    lost.file.storage.delete(lost.file.name)
    with open(altered.file.path, "r+b") as sealed:
        sealed.seek(-1, io.SEEK_END)
        last = sealed.read(1)
        sealed.seek(-1, io.SEEK_END)
        sealed.write(bytes([last[0] ^ 1]))
    return case


def test_each_paper_says_what_became_of_its_file(with_papers) -> None:
    known = known_of(with_papers)
    assert sorted(paper.state for paper in known.papers) == sorted(
        [FileState.PRESENT, FileState.PRESENT, FileState.MISSING, FileState.UNREADABLE, FileState.ON_PAPER]
    )
    scan = next(paper for paper in known.papers if paper.evidence.kind == "AGREEMENT")
    assert scan.proves == ("contrat de confiance (03/03/2025)",)
    assert len({paper.path for paper in known.papers if paper.joined_as}) == 2
    told = "\n".join(lines(document_of(with_papers), "papers"))
    assert "fichier introuvable" in told
    assert "fichier illisible ou altéré" in told
    assert scan.evidence.sha256 in told


def test_a_file_that_is_not_the_one_kept_is_told(with_papers) -> None:
    evidence = with_papers.evidences.filter(kind="AGREEMENT").get()
    evidence.sha256 = "0" * 64
    state, content = read(evidence)
    assert state is FileState.CHANGED
    assert content


def test_the_archive_holds_the_file_the_papers_and_what_they_prove(with_papers, coordinator) -> None:
    client = Client()
    client.force_login(coordinator)
    answer = client.get(reverse("inspection:zip", args=[with_papers.pk]))
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "private, no-store"
    assert with_papers.beneficiary.last_name.lower() not in answer["Content-Disposition"].lower()
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as bundle:
        assert bundle.testzip() is None
        names = bundle.namelist()
        assert names[0] == "dossier-inspection.pdf"
        assert names[-1] == "sommaire.csv"
        assert len(names) == len(set(names)) == 4
        rows = list(csv.DictReader(io.StringIO(bundle.read("sommaire.csv").decode("utf-8-sig")), delimiter=";"))
        for row in rows:
            if row["Fichier"]:
                digest = hashlib.sha256(bundle.read(row["Fichier"])).hexdigest()
                assert digest == row["SHA-256 du fichier joint"]
        assert bundle.read("dossier-inspection.pdf").startswith(b"%PDF-")
    states = [row["État"] for row in rows]
    assert states.count("fichier conforme à son empreinte") == 2
    assert {"fichier introuvable", "fichier illisible ou altéré", "vue sur papier, sans fichier"} <= set(states)
    assert any(row["Ce que c’est"].endswith("=HYPERLINK(1)") for row in rows)
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    entry = LogEntry.objects.get(object_pk=str(with_papers.pk), additional_data__access="inspection_zip")
    assert entry.actor == coordinator


def test_the_documents_made_for_the_case_are_joined_with_their_fingerprints(coach, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    case = stories.in_followup(coach, mode="AGREED")
    contract = a_kept_document(coach, case=case, kind=DocumentKind.TRUST_CONTRACT, title="Contrat de confiance")
    agreement = a_kept_document(coach, case=case, kind=DocumentKind.FOLLOW_UP, title="=Accord de suivi")
    gone = a_kept_document(coach, case=case, kind=DocumentKind.SUMMARY, title="Votre accompagnement")
    a_kept_document(coach, case=case, kind=DocumentKind.CERTIFICATE, title="Attestation", sha256="0" * 64)
    gone.file.storage.delete(gone.file.name)

    names, rows = _archive_of(case)
    assert rows["D1"]["Fichier"] == "documents/01-contrat-de-confiance-2025-03-03.pdf"
    assert rows["D1"]["SHA-256 du fichier joint"] == rows["D1"]["SHA-256 à l’enregistrement"] == contract.sha256
    assert rows["D2"]["Ce que c’est"] == "'=Accord de suivi"
    assert names == {"dossier-inspection.pdf", "sommaire.csv", rows["D1"]["Fichier"], rows["D2"]["Fichier"]}
    states = {number: row["État"] for number, row in rows.items()}
    assert states["D3"] == "fichier introuvable"
    assert states["D4"] == "fichier illisible ou altéré"
    told = lines(document_of(case), "documents")
    assert told[0].startswith("D1. Contrat de confiance | 03/03/2025")
    assert agreement.sha256 in told[1]

    # From now on the employer may not hear of the person: what may name somebody there stays in the house.
    how = FollowUpTerms(mode="DISCREET", agreed_on=today(), contact=None, terms="")
    agree_followup(employment=case.employments.get(), followup=how, actor=coach)
    names, rows = _archive_of(case)
    assert rows["D2"]["État"] == "non joint : suivi discret ou refusé"
    assert not any("accord-de-suivi" in name for name in names)
    assert rows["D2"]["SHA-256 à l’enregistrement"] == agreement.sha256
    assert rows["D1"]["Fichier"] in names


def _archive_of(case: CoachingCase) -> tuple[set[str], dict[str, dict[str, str]]]:
    """The names in the archive, and the summary by number; each fingerprint is that of the file joined."""
    with zipfile.ZipFile(io.BytesIO(b"".join(archive(known_of(case), b"%PDF-")))) as bundle:
        rows = list(csv.DictReader(io.StringIO(bundle.read("sommaire.csv").decode("utf-8-sig")), delimiter=";"))
        for row in rows:
            if row["Fichier"]:
                digest = hashlib.sha256(bundle.read(row["Fichier"])).hexdigest()
                assert digest == row["SHA-256 du fichier joint"]
        return set(bundle.namelist()), {row["Pièce"]: row for row in rows}


# --- On paper, and what it costs --------------------------------------------------------------------------------------


def test_the_pdf_is_accessible_and_opens_on_its_contents(late, coordinator) -> None:
    client = Client()
    client.force_login(coordinator)
    answer = client.get(reverse("inspection:pdf", args=[late.pk]))
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "fr"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == f"Dossier d’inspection – {late.beneficiary.full_name}"
        with pdf.open_outline() as outline:
            (top,) = outline.root
            titles = [item.title for item in top.children]
        leads_to = {str(note.Dest) for note in pdf.pages[0].Annots if note.Subtype == "/Link"}
        kinds = set(_structure(pdf.Root.StructTreeRoot))
    assert titles[:3] == ["Contenu", "1. La personne et le dossier", "2. Ce que relèvent les contrôles"]
    assert leads_to == {f"partie-{number}" for number in range(1, 16)}
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Link"} <= kinds


def _structure(node):
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        children = node.get("/K")
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            yield from _structure(child)


def test_it_costs_the_same_for_two_rows_and_for_twenty(coach) -> None:
    things = belongings(coach)
    costs = []
    for start, stop in ((0, 2), (2, 20)):
        fill(coach, things, start, stop)
        case = loaded(things["case_id"])
        with CaptureQueriesContext(connection) as captured:
            document = inspection_document(whole_facts(case, today()), "Hélène Exemple")
        # Whether the parameters changed is asked again after a while, whatever is read.
        costs.append(sum("accounts_parameter" not in query["sql"] for query in captured))
        assert len(document.table("contracts").rows) > stop
        assert lines(document, "documents")[0].startswith("D1. Objet : un rendez-vous | 03/03/2025")
    assert costs[0] == costs[1] <= 21


def test_every_kind_of_row_that_a_figure_counts_can_be_listed_to_an_inspection() -> None:
    assert set(Subject) == set(LISTINGS)

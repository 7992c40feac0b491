"""Documents of a case: what they say, what is kept of them, what they never say."""

import io
import json
import socket
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from auditlog.models import LogEntry
from django.conf import settings
from django.db import DatabaseError, transaction

from accounts.enums import Funder, Role
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase
from beneficiaries.services.path import set_objective
from beneficiaries.services.phases import exit_case
from documents.enums import DocumentKind
from documents.models import ProducedDocument
from documents.paper import drawing as drawing
from documents.paper.discretion import hidden_firms
from documents.paper.drawing import FOR_THE_ARCHIVE, Head, Paper, Signature, drawn
from documents.paper.kinds import BY_KIND, CASE_SPECS, SPECS
from documents.paper.order import Order
from documents.paper.values import every_words
from documents.rules.markup import parse
from documents.services.documents import (
    DocumentRefused,
    prepare_document,
    prepare_sheet,
    produce_document,
    produce_sheet,
    read_copy,
)
from employers.models import CompanyContact
from employers.services.companies import save_company_person
from foundation.clock import today
from foundation.persistence import InvalidFact
from foundation.stylesheets import document_style
from foundation.typefaces import document_faces
from placements.selectors.discretion import EmployerHidden
from placements.services.hiring import FollowUpTerms, agree_followup
from tests.factories import stories
from tests.factories.accounts import ProjectFactory, user_with
from tests.factories.documents import a_kept_document, a_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

HOSTILE = "<script>alert(1)</script> {{7*7}} {% load x %} **${x}** " + "x" * 400 + " مرحبا שלום 🙂 \x07 & ' \" '' =1+1"


def order(**asked) -> Order:
    return Order(**({"dated_on": today()} | asked))


def letter(**asked) -> Order:
    typed = {"address": "Nadia Cachée\nrue Haute 1", "subject": "Jeudi", "text": "Bonjour,\n\nÀ jeudi."}
    return order(**(typed | asked))


def prepared(case, kind, **asked):
    make = letter if kind == "LETTER" else order
    return prepare_document(case=case, spec=BY_KIND[kind], order=make(**asked), actor=case.coach)


def words(case, kind, **asked) -> str:
    return prepared(case, kind, **asked).composed.paper.words


def followed(mode="AGREED", **firm):
    """Somebody at work for ten days at a firm that has a person of reference."""
    coach = stories.a_coach()
    company = stories.a_company(
        coach, **({"name": "Ferronnerie Exemple", "street": "rue des Forges 12", "phone": "087 11 22 33"} | firm)
    )
    contact = save_company_person(
        person=CompanyContact(company=company), name="Marc Patron", email="marc@forge.example", actor=coach
    )
    case = stories.in_prehire(coach, since=today() - timedelta(days=90), first_name="Nadia", last_name="Cachée")
    job = stories.hired(case, starts_on=today() - timedelta(days=10), company=company, mode=mode)
    if mode == "AGREED":
        terms = FollowUpTerms(
            mode=mode, agreed_on=today(), reason="Ne veut pas", contact=contact, terms="Un appel le jeudi."
        )
        agree_followup(employment=job, followup=terms, actor=coach)
    job.refresh_from_db()
    return CoachingCase.objects.get(pk=case.pk), job


# --- what they say ----------------------------------------------------------------------------------------------------


def test_every_text_of_origin_names_known_fields_and_every_field_has_a_value() -> None:
    case, job = followed()
    set_objective(case=case, title="Passer le permis", set_on=today(), target_on=date(2025, 6, 30), actor=case.coach)
    asked = {"employment": job, "third_party": "FOREM", "usage": "pour le CPAS"}
    for spec in SPECS:
        assert not spec.names.misuses(f"{spec.title}\n\n{spec.original_text()}"), spec.slug
        assert {field.name for field in spec.fields} == set(spec.examples())
    for spec in CASE_SPECS:
        # A text that names every field: what one kind offers, it can fill.
        body = "\n\n".join("{{" + field.name + "}}" for field in spec.fields)
        a_text(case.coach, spec.kind, title="Tout", body=body)
        paper = prepared(case, spec.kind, **asked).composed.paper
        assert "{{" not in paper.words, spec.slug


def test_a_convention_says_what_the_law_suggests() -> None:
    case = stories.in_prehire(stories.a_coach(), street="rue Haute 1", postal_code="4800", town="Verviers")
    set_objective(case=case, title="Passer le permis", set_on=today(), target_on=date(2025, 6, 30), actor=case.coach)
    said = words(CoachingCase.objects.get(pk=case.pk), "CONVENTION")
    for expected in (
        case.beneficiary.full_name,
        "rue Haute 1, 4800 Verviers",
        case.organisation.name,
        "Passer le permis (d’ici le 30/06/2025)",
        "24 mois au plus",
        "une fois par semaine au moins",
        "Droits et devoirs",
        "Autorité de protection des données",
        "Fin de la convention",
        "le 03/03/2025",
    ):
        assert expected in said
    assert words(case, "TRIPARTITE", third_party="FOREM").count("FOREM") > 2


def test_the_follow_up_agreement_names_the_three_parties_and_its_window() -> None:
    case, job = followed()
    paper = prepared(case, "FOLLOW_UP", employment=job).composed.paper
    assert "Il va du 21/02/2025 au 20/08/2025" in paper.words
    assert "Un appel le jeudi." in paper.words
    assert [(one.role, one.name) for one in paper.signatures] == [
        ("La personne", "Nadia Cachée"),
        ("Pour Ferronnerie Exemple", "Marc Patron"),
        ("Le ou la jobcoach", case.coach.get_full_name()),
    ]


def test_a_follow_up_that_somebody_refuses_is_not_printed_as_agreed_until_it_is_accepted() -> None:
    case, job = followed("EMPLOYER")
    with pytest.raises(DocumentRefused, match="Suivi refusé par l’employeur"):
        prepared(case, "FOLLOW_UP", employment=job)
    terms = FollowUpTerms(mode="AGREED", agreed_on=today(), terms="Un appel le jeudi.")
    agree_followup(employment=job, followup=terms, actor=case.coach)
    case, job = CoachingCase.objects.get(pk=case.pk), type(job).objects.get(pk=job.pk)
    said = words(case, "FOLLOW_UP", employment=job)
    assert "Refusé d’abord, le suivi est accepté à partir du 03/03/2025." in said
    assert "Ne veut pas" not in said


def test_a_certificate_counts_and_tells_nothing_else() -> None:
    case, _job = followed()
    stories.a_contact(case, minutes=45, summary="Dettes lourdes")
    stories.a_contact(case, minutes=30, channel="PHONE")
    stories.a_contact(case, channel="EMAIL", minutes=5)
    stories.a_contact(case, party="EMPLOYER", company=case.employments.get().company)
    said = words(case, "CERTIFICATE", usage="pour le CPAS")
    assert "2 entretiens individuels (1\u00a0h\u00a015)" in said
    assert "aucune séance collective" in said
    assert f"depuis le {case.opened_on:%d/%m/%Y}" in said
    assert "pour le CPAS" in said
    assert "Ferronnerie" not in said
    assert "Dettes" not in said


def test_the_summary_holds_dates_and_no_private_word() -> None:
    case, _job = followed()
    stories.a_contact(case, summary="Confidence sur la santé", minutes=45)
    set_objective(case=case, title="Passer le permis", set_on=today(), actor=case.coach)
    said = words(case, "SUMMARY")
    for expected in (
        "suivi en entreprise, depuis le",
        "Passer le permis",
        "Ferronnerie Exemple",
        "45\u00a0min",
        "à fixer",
    ):
        assert expected in said
    assert "Les 24 mois ont commencé le" in said
    assert "Le suivi dans l’entreprise va du 21/02/2025 au 20/08/2025" in said
    assert "Confidence" not in said
    gone = stories.closed(case.coach)
    assert "ont été utilisés" in words(gone, "SUMMARY")
    assert "commenceront avec la pré-embauche" in words(stories.a_case(case.coach), "SUMMARY")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "chaque jour"),
        (7, "une fois par semaine"),
        (14, "toutes les deux semaines"),
        (27, "tous les 27 jours"),
        (28, "une fois par mois"),
        (31, "une fois par mois"),
        (32, "tous les 32 jours"),
    ],
)
def test_how_often(days, said) -> None:
    assert every_words(days) == said


def test_who_writes_a_letter_signs_it() -> None:
    case = stories.in_prehire(stories.a_coach())
    colleague = user_with(Role.COORDINATOR, case.organisation)
    by_coach = prepared(case, "LETTER").composed.paper.signatures[0]
    by_colleague = prepare_document(case=case, spec=BY_KIND["LETTER"], order=letter(), actor=colleague)
    assert by_coach.role.startswith("jobcoach, ")
    (signature,) = by_colleague.composed.paper.signatures
    assert (signature.role, signature.name) == (case.organisation.name, colleague.get_full_name())


def test_the_text_in_force_on_its_date_is_used_and_named() -> None:
    case = stories.in_prehire(stories.a_coach())
    assert prepared(case, "CONVENTION").wording.template is None
    first = a_text(case.coach, "CONVENTION", body="Premier texte")
    later = a_text(case.coach, "CONVENTION", body="Texte de demain", valid_from=today() + timedelta(days=1))
    a_text(stories.a_coach(), "CONVENTION", body="Texte d’ailleurs")
    assert prepared(case, "CONVENTION").wording.template == first
    assert prepared(case, "CONVENTION", dated_on=today() + timedelta(days=1)).wording.template == later
    assert "Texte de demain" in words(case, "CONVENTION", dated_on=today() + timedelta(days=31))


# --- when they are refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "days", "refused"),
    [
        ("CONVENTION", 31, False),
        ("CONVENTION", 32, True),
        ("CONVENTION", -10, False),
        ("CONVENTION", -11, True),
        ("CERTIFICATE", 0, False),
        ("CERTIFICATE", 1, True),
        ("SUMMARY", 1, True),
    ],
)
def test_the_days_that_a_document_may_carry(kind, days, refused) -> None:
    case = stories.in_prehire(stories.a_coach())
    on = today() + timedelta(days=days)
    if not refused:
        assert prepared(case, kind, dated_on=on)
        return
    with pytest.raises(DocumentRefused) as refusal:
        prepared(case, kind, dated_on=on)
    assert refusal.value.field == "dated_on"


def test_what_has_no_place_in_a_case_is_refused_with_the_reason() -> None:
    coach = stories.a_coach()
    searching, gone = stories.in_prehire(coach), stories.closed(coach)
    with pytest.raises(DocumentRefused, match="pas de contrat en cours ou prévu"):
        prepared(searching, "FOLLOW_UP")
    for kind in ("TRUST_CONTRACT", "CONVENTION", "TRIPARTITE", "FOLLOW_UP"):
        with pytest.raises(DocumentRefused, match="Ce dossier est sorti"):
            prepared(gone, kind)
    for kind in ("CERTIFICATE", "SUMMARY", "LETTER"):
        assert prepared(gone, kind)
    assert "du 21/02/2025 au 03/03/2025" in words(gone, "CERTIFICATE")
    case, _job = followed()
    with pytest.raises(DocumentRefused) as refusal:
        prepared(case, "FOLLOW_UP", employment=followed()[1])
    assert refusal.value.field == "employment"


@pytest.mark.parametrize("role", [Role.JOBCOACH, Role.ADMIN, Role.INSPECTOR, None])
def test_only_who_carries_the_case_makes_its_documents(role) -> None:
    coach = stories.a_coach()
    case = stories.in_prehire(coach)
    actor = user_with(role, coach.current_organisation) if role else stories.in_prehire(stories.a_coach()).coach
    for make in (prepare_document, produce_document):
        with pytest.raises(NotAllowed):
            make(case=case, spec=BY_KIND["SUMMARY"], order=order(), actor=actor)
    assert not ProducedDocument.objects.exists()


# --- discreet follow-up -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["DISCREET", "REFUSED", "AGREED"])
def test_no_document_names_an_employer_who_may_not_hear(mode) -> None:
    case, job = followed(mode)
    hidden = mode != "AGREED"
    set_objective(case=case, title="Rester chez FERRONNERIE exemple", set_on=today(), actor=case.coach)
    case = CoachingCase.objects.get(pk=case.pk)
    for kind in ("TRUST_CONTRACT", "CONVENTION", "SUMMARY", "CERTIFICATE"):
        said = words(case, kind)
        assert hidden_firms(case).named_in(said) is None, kind
        assert "Marc Patron" not in said
    assert ("FERRONNERIE exemple" in words(case, "CONVENTION")) is not hidden
    assert ("Rester chez un employeur" in words(case, "CONVENTION")) is hidden
    assert ("non nommée (suivi discret)" in words(case, "SUMMARY")) is hidden
    ways = (
        ("FOLLOW_UP", {"employment": job}),
        ("LETTER", {"address": "Ferronnerie Exemple\nrue des Forges 12"}),
        ("LETTER", {"address": "Monsieur le Gérant\nRUE DES FORGES 12\nVerviers"}),
        ("LETTER", {"address": "À qui de droit, marc@forge.example"}),
        ("LETTER", {"address": "À qui de droit, 0032 87/11.22.33"}),
        ("LETTER", {"address": "Marc Patron"}),
        ("LETTER", {"subject": "Votre travail à la ferronnerie exemple"}),
        ("LETTER", {"text": "Bonjour,\n\nChez Ferronnerie Exemple, tout va bien."}),
        ("CERTIFICATE", {"usage": "pour la Ferronnerie Exemple"}),
        ("TRIPARTITE", {"third_party": "Ferronnerie Exemple"}),
    )
    for kind, asked in ways:
        if not hidden:
            assert prepared(case, kind, **asked), kind
            continue
        with pytest.raises((EmployerHidden, DocumentRefused), match="Suivi discret"):
            prepared(case, kind, **asked)
    a_text(case.coach, "SUMMARY", body="Notre partenaire, la Ferronnerie Exemple, vous salue.")
    if hidden:
        with pytest.raises(EmployerHidden, match="nommerait Ferronnerie Exemple"):
            words(case, "SUMMARY")


def test_a_wish_for_discretion_while_the_document_is_drawn_stops_it(monkeypatch) -> None:
    case, job = followed()

    def meanwhile(*args, **kwargs):
        terms = FollowUpTerms(mode="DISCREET", agreed_on=today())
        agree_followup(employment=job, followup=terms, actor=case.coach)
        return b"%PDF-"

    monkeypatch.setattr("documents.services.documents.drawn", meanwhile)
    with pytest.raises(DocumentRefused, match="vient de demander un suivi discret"):
        produce_document(case=case, spec=BY_KIND["SUMMARY"], order=order(), actor=case.coach)
    assert not ProducedDocument.objects.exists()


# --- what is kept -----------------------------------------------------------------------------------------------------


def kept_files() -> set[Path]:
    return set((Path(settings.MEDIA_ROOT) / "documents").glob("*"))


def test_a_document_is_kept_byte_by_byte_with_its_archive() -> None:
    case, job = followed()
    project = ProjectFactory(
        organisation=case.organisation, funder=Funder.FSE, agreement_number="W-2025-01", code="FSE1"
    )
    stories.belonging(case, project=project)
    document = produce_document(
        case=case, spec=BY_KIND["FOLLOW_UP"], order=order(employment=job), actor=case.coach, submission_id=case.pk
    )
    again = produce_document(
        case=case, spec=BY_KIND["FOLLOW_UP"], order=order(employment=job), actor=case.coach, submission_id=case.pk
    )
    assert again == document
    assert ProducedDocument.objects.count() == 1
    entry = LogEntry.objects.get_for_object(document).get()
    assert entry.actor == case.coach
    reading, archive = read_copy(document), read_copy(document, archive=True)
    assert (len(reading), len(archive)) == (document.size, document.archive_size)
    for content in (reading, archive):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == "fr-BE"
            with pdf.open_metadata() as metadata:
                assert metadata["dc:title"] == "Accord de suivi en entreprise"
                assert metadata["dc:creator"] == [case.organisation.name]
                if content is reading:
                    assert metadata["pdfuaid:part"] == "1"
                else:
                    assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
    with pikepdf.open(io.BytesIO(reading)) as pdf:
        assert not list(pdf.attachments)
        assert any("Union européenne" in str(node.get("/Alt", "")) for node in nodes(pdf.Root.StructTreeRoot))
    with pikepdf.open(io.BytesIO(archive)) as pdf:
        assert {str(file.AFRelationship) for file in pdf.Root.AF} == {"/Data"}
        data = json.loads(pdf.attachments["donnees.json"].get_file().read_bytes())
    assert data["document"]["reference"] == document.reference
    assert data["valeurs"]["emploi.entreprise"] == "Ferronnerie Exemple"
    assert data["texte"]["version"] == "texte d’origine"
    # The archive keeps what the paper says, and nothing more of the person.
    assert "personne.naissance" not in data["valeurs"]


def test_what_was_made_never_changes() -> None:
    coach = stories.a_coach()
    for row in (a_kept_document(coach, case=stories.a_case(coach)), a_text(coach)):
        row.title = "Autre"
        with pytest.raises((DatabaseError, InvalidFact)), transaction.atomic():
            row.save()
        row.refresh_from_db()
        assert row.title != "Autre"


def test_a_file_that_changed_is_not_handed_out() -> None:
    coach = stories.a_coach()
    document = a_kept_document(coach, case=stories.a_case(coach))
    other = a_kept_document(coach, case=stories.a_case(coach), content=b"%PDF-1.7\nautre\n%%EOF\n")
    path, foreign = Path(document.file.path), Path(other.file.path)
    sealed = path.read_bytes()
    for content in (sealed[:-1] + bytes([sealed[-1] ^ 1]), foreign.read_bytes()):
        path.write_bytes(content)
        with pytest.raises(DocumentRefused, match="son empreinte a changé"):
            read_copy(document)
    path.write_bytes(sealed)
    assert read_copy(document)
    document.sha256 = "0" * 64
    with pytest.raises(DocumentRefused):
        read_copy(document)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        read_copy(document)


def test_an_act_that_fails_leaves_no_file(monkeypatch) -> None:
    case = stories.in_prehire(stories.a_coach())
    before = kept_files()
    monkeypatch.setattr("documents.services.documents.drawn", lambda *args, **kwargs: b"%PDF-")
    monkeypatch.setattr("documents.services.documents.save_checked", lambda row: (_ for _ in ()).throw(DatabaseError))
    with pytest.raises(DatabaseError):
        produce_document(case=case, spec=BY_KIND["SUMMARY"], order=order(), actor=case.coach)
    assert kept_files() == before


def test_the_sheet_of_a_session_is_kept_with_its_names() -> None:
    coach = stories.a_coach()
    session = stories.a_session(coach)
    stories.registered(session, stories.a_case(coach, last_name="Présente"))
    document, lines = produce_sheet(session=session, actor=coach, submission_id=session.pk)
    assert [line.case.beneficiary.last_name for line in lines] == ["Présente"]
    assert produce_sheet(session=session, actor=coach, submission_id=session.pk)[0] == document
    prepared_sheet, _lines = prepare_sheet(session=session, actor=coach)
    assert "lundi 3 mars 2025, 14:00" in prepared_sheet.composed.paper.words
    with pikepdf.open(io.BytesIO(read_copy(document))) as pdf:
        kinds = [str(node.get("/S", "")) for node in nodes(pdf.Root.StructTreeRoot)]
    assert kinds.count("/H1") == 1
    assert kinds.count("/TH") == 4 + 1 + 3
    assert "/Caption" in kinds


# --- how they are drawn -----------------------------------------------------------------------------------------------


def nodes(node):
    """Every element of the structure of a PDF."""
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        children = node.get("/K")
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            yield from nodes(child)


def a_paper(body: str, **drawn_with) -> Paper:
    head = Head("Organisme", ("rue Haute 1",), footer="Agrément 12")
    return Paper(
        **(
            {"kind": "courrier", "title": "Titre", "head": head, "blocks": parse(body), "dated_on": today()}
            | drawn_with
        )
    )


def test_headings_lists_and_reading_order_are_tagged(monkeypatch) -> None:
    def no_network(*args, **kwargs):
        raise AssertionError("a document is drawn without any network")

    monkeypatch.setattr(socket, "socket", no_network)
    paper = a_paper(
        "# Un\n\ndu texte\n\n- a\n- b\n\n## Deux\n\nfin",
        reference="AAAA-BBBB",
        signatures=(Signature("La personne", "Alix", "Date et signature"),),
    )
    for variant in ("pdf/ua-1", FOR_THE_ARCHIVE):
        with pikepdf.open(io.BytesIO(drawn(paper, variant=variant))) as pdf:
            kinds = [str(node.S) for node in nodes(pdf.Root.StructTreeRoot)]
            headings = [kind for kind in kinds if kind in {"/H1", "/H2", "/H3"}]
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
            assert all("/FontFile2" in found or "/FontFile3" in found for found in map(described, fonts))
        assert headings == ["/H1", "/H2", "/H3"]
        assert {"/L", "/LI", "/LBody", "/P"} <= set(kinds)
        assert kinds.count("/LI") == 1 + 2


def described(font):
    """What a font says of its embedded file."""
    return font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.FontDescriptor


def test_hostile_words_come_out_as_words() -> None:
    """Whatever is typed is printed: nothing runs, nothing is fetched, nothing breaks."""
    image = '<img src="file:///etc/hostname"> <link rel="attachment" href="http://example.org/x">'
    paper = a_paper(f"# {HOSTILE}\n\n- {HOSTILE}\n\n{image}\n\n{HOSTILE}", title=HOSTILE, recipient=(HOSTILE, image))
    assert "alert(1)" in paper.words
    with pikepdf.open(io.BytesIO(drawn(paper, variant=FOR_THE_ARCHIVE, data="{}"))) as pdf:
        assert list(pdf.attachments) == ["donnees.json"]
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        images = [name for page in pdf.pages for name in page.get_images()]
        assert not images
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"].startswith("<script>alert(1)</script> {{7*7}} {% load x %}")


def test_the_style_holds_its_typefaces() -> None:
    sheet = document_faces() + document_style("papers/paper")
    assert sheet.count("@font-face") == 3
    assert "http" not in sheet.replace("data:font/ttf", "")


def test_leaving_does_not_take_the_documents_away() -> None:
    case, _job = followed()
    a_kept_document(case.coach, case=case, kind=DocumentKind.SUMMARY)
    exit_case(case=case, on=today(), exit_reason="CONSOLIDATED", exit_outcome="EMPLOYED", actor=case.coach)
    assert case.documents.count() == 1

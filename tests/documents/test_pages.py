"""The tab « Documents » of a case, the page that makes one, and the files handed out."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import CoachingCase
from documents.models import ProducedDocument
from documents.paper.kinds import CASE_SPECS
from documents.services.documents import read_copy
from foundation.clock import today
from foundation.kept_words import WRITER, sign_writer
from placements.services.hiring import FollowUpTerms, agree_followup
from tables.renderers.pdf import PdfUnavailable
from tests.employers.pages import browser, error_beside, statements, words
from tests.factories import stories
from tests.factories.accounts import PASSWORD, user_with
from tests.factories.documents import a_document_row, a_kept_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

LETTER = {
    "address": "Alix Exemple\nrue Haute 1",
    "subject": "Jeudi",
    "text": "À jeudi {{7*7}} <b>.",
    "dated_on": "3/3/2025",
}


def tab(case) -> str:
    return reverse("documents:case_documents", args=[case.pk])


def page(case, slug) -> str:
    return reverse("documents:document_create", args=[case.pk, slug])


@pytest.fixture
def coach():
    return stories.a_coach()


def test_the_tab_offers_what_can_be_made_and_says_why_not(coach) -> None:
    case = stories.in_prehire(coach)
    shown = words(browser(coach).get(tab(case)))
    for spec in CASE_SPECS:
        assert (page(case, spec.slug) in shown) is (spec.slug != "accord-de-suivi"), spec.slug
    assert "Il n’y a pas de contrat en cours ou prévu" in shown
    assert "Signature enregistrée le 21/02/2025" in shown
    gone = words(browser(coach).get(tab(stories.closed(coach))))
    assert "Ce dossier est sorti : il n’y a plus rien à convenir." in gone
    colleague = browser(stories.in_prehire(stories.a_coach(coach.current_organisation)).coach)
    assert "documents/nouveau/" not in words(colleague.get(tab(case)))


def test_what_has_no_place_sends_back_with_the_reason(coach) -> None:
    case = stories.in_prehire(coach)
    response = browser(coach).get(page(case, "accord-de-suivi"), follow=True)
    assert response.redirect_chain == [(tab(case), 302)]
    assert "Il n’y a pas de contrat en cours ou prévu" in words(response)
    for slug in ("feuille-de-presence", "inconnu"):
        assert browser(coach).get(page(case, slug)).status_code == 404


def test_a_letter_is_looked_at_then_made_once(coach) -> None:
    case = stories.in_prehire(coach)
    visit = browser(coach)
    form = visit.get(page(case, "courrier"))
    assert case.beneficiary.full_name in form.context["form"].initial["address"]
    typed = LETTER | {"submission_id": str(case.pk)}
    preview = visit.post(page(case, "courrier"), typed | {"preview": "1"})
    assert preview.status_code == 200
    assert not ProducedDocument.objects.exists()
    shown = words(preview)
    paper = shown.split('<article class="paper letter" lang="fr-BE">', 1)[1].split("</article>", 1)[0]
    assert "À jeudi {{7*7}} <b>." in paper
    assert "&lt;b&gt;" in preview.content.decode()
    assert shown.count("À jeudi") == 2
    for _time in range(2):
        response = visit.post(page(case, "courrier"), typed, follow=True)
        assert response.redirect_chain[0][0].startswith(tab(case))
    document = ProducedDocument.objects.get()
    shown = words(response)
    assert f"Document fait et gardé : Courrier ({today():%d/%m/%Y})." in shown.replace("courrier", "Courrier")
    for expected in (document.reference, document.sha256, document.archive_sha256, coach.get_full_name()):
        assert expected in shown
    history = words(visit.get(reverse("beneficiaries:case_history", args=[case.pk])))
    assert "a fait un document : courrier" in history


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(coach) -> None:
    case = stories.in_followup(coach, company=stories.a_company(coach, name="Ferronnerie Exemple"))
    visit = browser(coach)
    response = visit.post(page(case, "courrier"), LETTER | {"dated_on": "3/5/2025"})
    assert "au plus tard du 03/04/2025" in error_beside(response, "dated_on")
    assert "rue Haute 1" in words(response)
    response = visit.post(page(case, "courrier"), LETTER | {"text": ""})
    assert "Remplissez" in error_beside(response, "text")
    response = visit.post(page(case, "convention-tripartite"), {"dated_on": "3/3/2025"})
    assert "Remplissez" in error_beside(response, "third_party")
    job = case.employments.get()
    hide = FollowUpTerms(mode="DISCREET", agreed_on=today())
    asked = {"employment": str(job.pk), "dated_on": "3/3/2025"}
    agree_followup(employment=job, followup=hide, actor=coach)
    for way in ({}, {"preview": "1"}):
        response = visit.post(page(case, "courrier"), LETTER | {"address": "Ferronnerie Exemple"} | way)
        assert "aucun courrier sur cette personne ne part vers Ferronnerie Exemple" in error_beside(response, "address")
        assert visit.post(page(case, "accord-de-suivi"), asked | way).status_code == 422
    assert not ProducedDocument.objects.exists()


def test_a_letter_goes_to_an_employer_who_may_hear(coach) -> None:
    case = stories.in_followup(coach, company=stories.a_company(coach, name="Ferronnerie Exemple", town="Verviers"))
    visit, job = browser(coach), case.employments.get()
    assert f"?employeur={job.pk}" in words(visit.get(page(case, "courrier")))
    form = visit.get(f"{page(case, 'courrier')}?employeur={job.pk}").context["form"]
    assert form.initial["address"].splitlines() == ["Ferronnerie Exemple", "Verviers"]
    agree_followup(
        employment=job, followup=FollowUpTerms(mode="REFUSED", agreed_on=today(), reason="Ne veut pas"), actor=coach
    )
    hidden = visit.get(f"{page(case, 'courrier')}?employeur={job.pk}")
    assert "Ferronnerie" not in words(hidden)
    assert "Suivi discret : rien ne s’imprime pour cet employeur." in words(visit.get(tab(case)))


def test_a_signed_paper_leads_to_recording_its_signature(coach) -> None:
    case = stories.a_case(coach)
    a_document_row(coach, case=case, kind="TRUST_CONTRACT")
    sign = reverse("beneficiaries:agreement", args=[case.pk]) + "?document=TRUST_CONTRACT"
    assert sign in words(browser(coach).get(tab(case)))
    ready = stories.made_ready(stories.a_case(coach))
    a_document_row(coach, case=ready, kind="TRUST_CONTRACT")
    assert "?document=TRUST_CONTRACT" not in words(browser(coach).get(tab(ready)))


def test_a_document_is_handed_out_as_it_was_and_the_reading_is_written_down(coach) -> None:
    case = stories.in_prehire(coach)
    document = a_kept_document(coach, case=case)
    reader = user_with(Role.ADMIN, coach.current_organisation)
    visit = browser(reader)
    for name in ("document_file", "document_archive"):
        response = visit.get(reverse(f"documents:{name}", args=[case.pk, document.pk]))
        assert response.content == read_copy(document)
        assert response["Content-Disposition"].startswith('attachment; filename="courrier-2025-03-03-')
        assert case.beneficiary.last_name.lower() not in response["Content-Disposition"].lower()
        assert response["Cache-Control"] == "private, no-store"
    entry = LogEntry.objects.get_for_object(document).filter(action=LogEntry.Action.ACCESS).get()
    assert (entry.actor, entry.additional_data["access"]) == (reader, "download")
    Path(document.file.path).write_bytes(b"autre chose")
    response = visit.get(reverse("documents:document_file", args=[case.pk, document.pk]), follow=True)
    assert "son empreinte a changé. Il n’est pas remis." in words(response)
    Path(document.file.path).unlink()
    assert visit.get(reverse("documents:document_file", args=[case.pk, document.pk])).status_code == 404


def test_without_the_library_that_draws_it_is_said_in_the_form(coach, monkeypatch) -> None:
    def unavailable(*args, **kwargs):
        raise PdfUnavailable

    monkeypatch.setattr("documents.services.documents.drawn", unavailable)
    case = stories.in_prehire(coach)
    response = browser(coach).post(page(case, "synthese"), {"dated_on": "3/3/2025"})
    assert response.status_code == 422
    assert "Ce serveur ne peut pas produire de PDF" in words(response)


def test_the_tab_costs_the_same_for_one_document_and_for_twenty(coach) -> None:
    case = stories.in_prehire(coach)
    visit = browser(coach)

    def more(number: int) -> int:
        for _one in range(number):
            a_document_row(coach, case=case)
            stories.a_paper(case, file=stories.a_file())
        return statements(lambda: visit.get(tab(case)))

    assert more(1) == more(19) <= 15


def test_the_sheets_of_a_session_are_kept_and_listed(coach) -> None:
    session = stories.a_session(coach)
    stories.registered(session, stories.a_case(coach))
    here = reverse("documents:session_documents", args=[session.pk])
    visit = browser(coach)
    assert "Aucune feuille n’a été gardée" in words(visit.get(here))
    assert here in words(visit.get(reverse("followup:session_detail", args=[session.pk])))
    response = visit.post(here, {"submission_id": str(session.pk)}, follow=True)
    document = ProducedDocument.objects.get(session=session)
    assert f"Feuille faite et gardée, réf. {document.reference}." in words(response)
    file = visit.get(reverse("documents:session_document_file", args=[session.pk, document.pk]))
    assert file.content == read_copy(document)
    drawn = visit.get(reverse("documents:session_sheet", args=[session.pk]))
    assert drawn.content.startswith(b"%PDF-")
    case = CoachingCase.objects.get(attendances__session=session)
    assert LogEntry.objects.get_for_object(case).filter(additional_data__access="print").exists()


def test_the_follow_up_of_a_contract_to_come_can_be_prepared(coach) -> None:
    case = stories.in_prehire(coach)
    job = stories.hired(
        case, starts_on=today() + timedelta(days=7), company=stories.a_company(coach, name="Scierie Fictive")
    )
    visit = browser(coach)
    form = visit.get(page(case, "accord-de-suivi"))
    assert [key for key, _label in form.context["form"].fields["employment"].choices] == [str(job.pk)]
    preview = visit.post(
        page(case, "accord-de-suivi"), {"employment": str(job.pk), "dated_on": "3/3/2025", "preview": "1"}
    )
    assert "Pour Scierie Fictive" in words(preview)
    assert "Les pointillés sont ce que le dossier ne dit pas" in words(preview)


def test_a_letter_that_is_sent_after_the_end_of_the_session_is_given_back(coach) -> None:
    case = stories.in_prehire(coach)
    visitor = Client()
    opened = browser(coach).get(page(case, "courrier"))
    sent = visitor.post(page(case, "courrier"), LETTER | {WRITER: sign_writer(opened.wsgi_request)})
    assert sent["Location"].startswith(reverse("account_login"))
    visitor.post(sent["Location"], {"login": coach.email, "password": PASSWORD})
    # Neither another kind of document nor a contact of the same case takes it for its own.
    for other in (page(case, "attestation"), reverse("followup:contact_create", args=[case.pk])):
        assert "Votre session avait expiré" not in words(visitor.get(other))
    again = visitor.get(page(case, "courrier"))
    assert "Votre session avait expiré" in words(again)
    found = {bound.name: bound.value() for bound in again.context["form"]}
    assert {name: found[name] for name in LETTER} == LETTER
    visitor.post(page(case, "courrier"), LETTER | {"submission_id": str(uuid4())})
    assert ProducedDocument.objects.get().title.endswith("Jeudi")
    assert "Votre session avait expiré" not in words(visitor.get(page(case, "courrier")))

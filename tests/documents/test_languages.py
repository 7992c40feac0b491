"""Papers in the language of the person: their text, their words, their dates, and French where there is no other."""

import io
import json
from datetime import timedelta

import pikepdf
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.enums import Role
from beneficiaries.enums import PaperLanguage
from beneficiaries.services.people import update_beneficiary
from documents.models import DocumentTemplate, ProducedDocument
from documents.paper.build import original
from documents.paper.drawing import FOR_THE_ARCHIVE, drawn
from documents.paper.kinds import BY_KIND, BY_SLUG, SPECS
from documents.paper.order import Order
from documents.rules.languages import FRENCH, LANGUAGES, OTHERS
from documents.rules.markup import mentions, parse
from documents.selectors import kind_lines, wording_of
from documents.services.documents import prepare_document, prepare_sheet, produce_document, read_copy
from documents.services.texts import restore_original, save_template
from foundation.clock import today
from privacy.history import history_of
from tests.documents.test_documents import followed
from tests.documents.test_texts import at
from tests.employers.pages import browser, words
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.factories.documents import a_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

DUTCH, GERMAN = PaperLanguage.DUTCH, PaperLanguage.GERMAN
SPEC = BY_SLUG["convention"]


def somebody(language=DUTCH, coach=None):
    return stories.in_prehire(
        coach or stories.a_coach(), first_name="Nadia", last_name="Cachée", language=language, email="n@example.org"
    )


def paper(case, kind="CONVENTION", **asked):
    order = Order(**({"dated_on": today()} | asked))
    return prepare_document(case=case, spec=BY_KIND[kind], order=order, actor=case.coach).composed.paper


# --- the texts of origin ----------------------------------------------------------------------------------------------


def test_the_languages_of_papers_are_those_of_the_screen() -> None:
    assert tuple(PaperLanguage.values) == LANGUAGES == tuple(dict(settings.LANGUAGES))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.slug)
def test_a_text_of_origin_says_the_same_in_each_language(spec, language) -> None:
    french, other = spec.original_text(), spec.original_text(language)

    def named(text):
        return sorted({(spec.names.name_of(one.written), one.alone) for one in mentions(text)})

    assert named(other) == named(french)
    assert [(block.kind, len(getattr(block, "items", ()))) for block in parse(other)] == [
        (block.kind, len(getattr(block, "items", ()))) for block in parse(french)
    ]
    assert not spec.names.misuses(f"{spec.original_title(language)}\n\n{other}")
    # What French typography alone asks for, and French quotation marks.
    assert not set("\u00a0\u202f«»") & set(other)
    assert other != french or "{{courrier.texte}}" in french


# --- papers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spoken_by_the_coach", ["fr-be", "nl-be", "de-be"])
def test_a_paper_speaks_the_language_of_the_person_whoever_makes_it(spoken_by_the_coach) -> None:
    with translation.override(spoken_by_the_coach):
        said = paper(somebody())
        assert translation.get_language() == spoken_by_the_coach
    assert said.language_tag == "nl-BE"
    assert "minstens één keer per week" in said.words
    assert "ten hoogste 24 maanden" in said.words
    assert [one.hint for one in said.signatures] == ["Datum en handtekening"] * 2
    assert "La personne" not in said.words


def test_a_day_is_named_in_that_language() -> None:
    letter = {"address": "Nadia Cachée", "subject": "Donnerstag", "text": "Guten Tag"}
    assert "3. März 2025" in paper(somebody(GERMAN), "LETTER", **letter).opening


def test_another_language_is_chosen_as_it_is_made() -> None:
    case = somebody()
    assert paper(case, language=FRENCH).language == FRENCH
    assert "Les parties" in paper(case, language=FRENCH).words
    assert "Die Parteien" in paper(case, language=GERMAN).words


@pytest.mark.once
def test_a_kept_paper_keeps_its_language() -> None:
    case = somebody()
    document = produce_document(case=case, spec=SPEC, order=Order(dated_on=today()), actor=case.coach)
    update_beneficiary(case=case, actor=case.coach, language=GERMAN)
    document.refresh_from_db()
    assert (document.language, document.language_words) == ("nl-BE", "néerlandais")
    with pikepdf.open(io.BytesIO(read_copy(document, archive=True))) as pdf:
        assert str(pdf.Root.Lang) == "nl-BE"
        (attached,) = pdf.attachments.values()
        told = json.loads(attached.get_file().read_bytes())
    assert told["document"]["langue"] == "nl-BE"
    assert told["document"]["nature"] == "begeleidingsovereenkomst"


def test_a_paper_is_drawn_in_its_own_language(monkeypatch) -> None:
    drawings = []
    monkeypatch.setattr("documents.paper.drawing.html_to_pdf", lambda html, **told: drawings.append(html) or b"")
    with translation.override("fr-be"):
        drawn(paper(somebody()), variant=FOR_THE_ARCHIVE)
    assert 'lang="nl-BE"' in drawings[0]
    assert 'data-page="Pagina"' in drawings[0]
    assert "Handtekeningen" in drawings[0]


def test_a_letter_to_an_employer_is_in_french_unless_told_otherwise() -> None:
    case, job = followed()
    update_beneficiary(case=case, actor=case.coach, language=DUTCH)
    visit, page = browser(case.coach), at("document_create", case.pk, "courrier")
    assert visit.get(page).context["form"].initial["language"] == DUTCH
    assert visit.get(f"{page}?employeur={job.pk}").context["form"].initial["language"] == FRENCH


# --- texts of an organisation -----------------------------------------------------------------------------------------


def test_a_text_of_ones_own_in_french_only_stands_in_for_the_others() -> None:
    coach = stories.a_coach()
    organisation = coach.current_organisation
    a_text(coach, SPEC.kind, body="Nos propres termes.")
    case = somebody(coach=coach)
    said = paper(case)
    assert said.language == FRENCH
    assert "Nos propres termes." in said.words
    # Written in Dutch as well, it is that one; German is French still.
    own = a_text(coach, SPEC.kind, body="Onze eigen voorwaarden.", language=DUTCH)
    assert "Onze eigen voorwaarden." in paper(case).words
    assert wording_of(organisation, SPEC, today(), DUTCH).template == own
    assert wording_of(organisation, SPEC, today(), GERMAN).is_instead
    assert not wording_of(organisation, SPEC, today(), FRENCH).is_instead


def test_the_text_of_origin_brought_back_is_no_text_of_ones_own() -> None:
    admin = user_with(Role.ADMIN)
    restore_original(spec=SPEC, actor=admin)
    wording = wording_of(admin.current_organisation, SPEC, today(), DUTCH)
    assert (wording.language, wording.title) == (DUTCH, original(SPEC, DUTCH).title)
    restored = restore_original(spec=SPEC, actor=admin, language=GERMAN)
    assert (restored.version, restored.body) == (1, SPEC.original_text(GERMAN))


def test_each_language_has_versions_of_its_own() -> None:
    admin = user_with(Role.ADMIN)
    stated = {"spec": SPEC, "title": "Titel", "body": "Tekst", "actor": admin}
    a_text(admin, SPEC.kind)
    first = save_template(valid_from=today(), language=DUTCH, **stated)
    coming = save_template(valid_from=today() + timedelta(days=5), language=DUTCH, **stated)
    assert (first.version, coming.version) == (1, 2)
    line = next(line for line in kind_lines(admin.current_organisation, today()) if line.spec is SPEC)
    dutch, german = line.others
    assert (dutch.current, dutch.coming, dutch.is_instead) == (first, coming, False)
    assert (german.current, german.is_instead) == (None, True)


def test_a_version_never_changes_whatever_its_language() -> None:
    text = a_text(user_with(Role.ADMIN), SPEC.kind, language=DUTCH)
    with pytest.raises(Exception, match="never changes"):
        DocumentTemplate.objects.filter(pk=text.pk).update(body="Autre")


# --- a session --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoken", "expected"), [((DUTCH, DUTCH), DUTCH), ((DUTCH, GERMAN), FRENCH), ((FRENCH, FRENCH), FRENCH)]
)
def test_the_sheet_of_a_session_speaks_what_all_speak(spoken, expected) -> None:
    coach = stories.a_coach()
    session = stories.a_session(coach)
    for language in spoken:
        stories.registered(session, somebody(language, coach))
    prepared, _lines = prepare_sheet(session=session, actor=coach)
    assert prepared.composed.paper.language == expected


# --- pages ------------------------------------------------------------------------------------------------------------


def test_the_language_is_on_the_form_in_the_facts_and_in_the_trail() -> None:
    case = somebody(FRENCH)
    update_beneficiary(case=case, actor=case.coach, language=DUTCH)
    changed = next(iter(history_of([case.beneficiary], accesses=False, limit=1)))
    assert [(one.label, one.before, one.after) for one in changed.changes] == [
        ("langue de ses papiers", "français", "néerlandais")
    ]
    page = browser(case.coach).get(reverse("beneficiaries:person_edit", args=[case.pk])).content.decode()
    assert '<option value="nl-be" selected>' in page
    facts = browser(case.coach).get(reverse("beneficiaries:case_situation", args=[case.pk]))
    assert case.beneficiary.full_name in words(facts)
    # A form that does not ask for it leaves it as it is.
    update_beneficiary(case=case, actor=case.coach, phone="0470 11 22 33")
    case.beneficiary.refresh_from_db()
    assert case.beneficiary.language == DUTCH


def test_a_paper_is_made_in_another_language_from_the_page() -> None:
    coach = stories.a_coach()
    case = somebody(coach=coach)
    visit = browser(coach)
    make = at("document_create", case.pk, "convention")
    form = visit.get(make)
    assert '<option value="nl-be" selected>' in form.content.decode()
    typed = {"dated_on": f"{today():%d/%m/%Y}", "language": GERMAN}
    shown = visit.post(make, typed | {"preview": "1"}).content.decode()
    assert 'lang="de-BE"' in shown
    assert "Die Parteien" in shown
    assert "Datum und Unterschrift" in shown
    a_text(coach, SPEC.kind, body="Nos propres termes.")
    shown = visit.post(make, typed | {"preview": "1"})
    assert "ne l’a pas en allemand" in words(shown)
    made = visit.post(make, typed, follow=True)
    assert "ne l’a pas en allemand" in words(made)
    assert ProducedDocument.objects.get().language == "fr-BE"


def test_a_text_is_written_in_another_language_from_the_page() -> None:
    admin = user_with(Role.ADMIN)
    visit = browser(admin)
    detail, edit = at("text_detail", "convention"), f"{at('text_edit', 'convention')}?langue=nl-be"
    assert f"{detail}?langue=nl-be" in words(visit.get(at("text_list")))
    assert "Einde van de overeenkomst" in words(visit.get(f"{detail}?langue=nl-be"))
    assert "Fin de la convention" in words(visit.get(f"{detail}?langue=xx"))
    assert "Gegevensbescherming" in words(visit.get(edit))
    typed = {"title": "Overeenkomst", "body": "{{personne.nom}} doet mee.", "valid_from": "3/3/2025"}
    kept = visit.post(edit, typed)
    assert kept.headers["Location"].endswith("?langue=nl-be")
    assert DocumentTemplate.objects.get().language == DUTCH
    assert "Alix Imaginaire doet mee." in words(visit.get(f"{detail}?langue=nl-be"))
    restore = f"{at('text_restore', 'convention')}?langue=nl-be"
    assert restore.removeprefix("http://testserver") in words(visit.get(f"{detail}?langue=nl-be"))
    visit.post(restore)
    assert DocumentTemplate.objects.get(version=2).body == SPEC.original_text(DUTCH)

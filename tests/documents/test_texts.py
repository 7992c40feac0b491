"""The texts of documents: written in versions, checked against the fields they may name; and the letterhead."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, PngImagePlugin

from accounts.enums import Role
from accounts.permissions import NotAllowed
from documents.models import DocumentTemplate, Letterhead
from documents.paper.build import head_of
from documents.paper.kinds import BY_SLUG, SPECS
from documents.selectors import kind_lines, letterhead_of, wording_of
from documents.services.texts import TextRefused, redrawn, restore_original, save_letterhead, save_template
from foundation.clock import today
from foundation.formatting import of_name
from tests.employers.pages import browser, error_beside, words
from tests.factories.accounts import user_with
from tests.factories.documents import a_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

SPEC = BY_SLUG["convention"]


@pytest.fixture
def admin():
    return user_with(Role.ADMIN)


def at(name, *args) -> str:
    return reverse(f"documents:{name}", args=args)


def save(admin, **told) -> DocumentTemplate:
    stated = {"title": "Notre convention", "body": "Bonjour {{personne.nom}}", "valid_from": today()}
    return save_template(spec=SPEC, actor=admin, **(stated | told))


def picture(form="PNG", size=(300, 100), **saved) -> bytes:
    kept = io.BytesIO()
    Image.new("RGBA", size, (15, 92, 99, 0)).convert("RGBA" if form == "PNG" else "RGB").save(
        kept, format=form, **saved
    )
    return kept.getvalue()


# --- versions ---------------------------------------------------------------------------------------------------------


def test_a_version_is_added_and_the_past_stays(admin) -> None:
    organisation = admin.current_organisation
    first = save(admin)
    second = save(admin, body="Plus court", valid_from=today() + timedelta(days=10), submission_id=first.pk)
    assert save(admin, body="Autre", submission_id=first.pk) == second
    assert (first.version, second.version) == (1, 2)
    assert wording_of(organisation, SPEC, today() - timedelta(days=1)).template is None
    assert wording_of(organisation, SPEC, today()).template == first
    assert wording_of(organisation, SPEC, today() + timedelta(days=10)).template == second
    line = next(line for line in kind_lines(organisation, today()) if line.spec is SPEC)
    assert (line.current, line.coming) == (first, second)
    # A correction that holds at once replaces what was to come.
    third = save(admin, body="Corrigé")
    line = next(line for line in kind_lines(organisation, today()) if line.spec is SPEC)
    assert (line.current, line.coming) == (third, None)
    assert wording_of(organisation, SPEC, today() + timedelta(days=10)).template == third


def test_the_text_of_origin_comes_back_as_one_more_version(admin) -> None:
    save(admin)
    restored = restore_original(spec=SPEC, actor=admin)
    assert (restored.version, restored.body) == (2, SPEC.original_text())
    line = next(line for line in kind_lines(admin.current_organisation, today()) if line.spec is SPEC)
    assert line.is_original


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        ({"body": "{{personne.non}}"}, "body", "{{personne.non}} n’existe pas ; vouliez-vous {{personne.nom}} ?"),
        ({"body": "{{7*7}}"}, "body", "{{7*7}} n’existe pas : choisissez dans la liste des champs."),
        ({"title": "{{x}}"}, "title", "n’existe pas"),
        ({"body": " \n "}, "body", "Écrivez ce texte"),
        ({"body": "x" * 20_001}, "body", "trop long"),
        ({"valid_from": today}, "valid_from", ""),
    ],
)
def test_what_is_refused_is_told_with_its_field(admin, told, field, sentence) -> None:
    if field == "valid_from":
        told, sentence = {"valid_from": today() - timedelta(days=1)}, "au plus tôt aujourd’hui"
    with pytest.raises(TextRefused) as refusal:
        save(admin, **told)
    assert refusal.value.field == field
    assert sentence in " ".join(refusal.value.message.split())
    assert not DocumentTemplate.objects.exists()


@pytest.mark.parametrize("role", [Role.JOBCOACH, Role.COORDINATOR, Role.INSPECTOR, Role.ANALYST])
def test_only_who_administers_writes_texts(role) -> None:
    actor = user_with(role)
    for act in (
        lambda: save(actor),
        lambda: restore_original(spec=SPEC, actor=actor),
        lambda: save_letterhead(footer="", actor=actor),
    ):
        with pytest.raises(NotAllowed):
            act()


# --- pages ------------------------------------------------------------------------------------------------------------


def test_every_text_is_shown_on_an_invented_person(admin) -> None:
    visit = browser(admin)
    listed = words(visit.get(at("text_list")))
    for spec in SPECS:
        assert at("text_detail", spec.slug) in listed
        shown = visit.get(at("text_detail", spec.slug))
        assert "{{" not in words(shown).split("<article", 1)[1].split("</article>", 1)[0]
    assert "Alix Imaginaire" in words(shown) or spec.slug == "feuille-de-presence"
    assert visit.get(at("text_example", "synthese")).content.startswith(b"%PDF-")
    assert visit.get(at("text_detail", "inconnu")).status_code == 404


def test_a_text_is_looked_at_then_kept(admin) -> None:
    visit, edit = browser(admin), at("text_edit", "convention")
    form = visit.get(edit)
    assert "Les parties" in words(form)
    assert "{{personne.naissance}}" in words(form)
    typed = {
        "title": "Convention {{personne.prenom}}",
        "body": "# Bonjour\n\n**{{personne.nom}}** <script>alert(1)</script>",
        "valid_from": "3/3/2025",
    }
    preview = visit.post(edit, typed | {"preview": "1"})
    assert preview.status_code == 200
    assert not DocumentTemplate.objects.exists()
    paper = preview.content.decode().split('<article class="paper" lang="fr-BE">', 1)[1].split("</article>", 1)[0]
    assert "<strong>Alix Imaginaire</strong> &lt;script&gt;" in paper
    assert "Convention Alix" in paper
    for way in ({}, {"preview": "1"}):
        refused = visit.post(edit, typed | {"body": "{{personne.nomm}}"} | way)
        assert "vouliez-vous {{personne.nom}}" in error_beside(refused, "body")
        assert "{{personne.nomm}}" in words(refused)
    assert visit.post(edit, typed).status_code == 302
    version = DocumentTemplate.objects.get()
    shown = words(visit.get(at("text_detail", "convention")))
    assert "version 1" in shown
    assert "en vigueur" in shown
    assert "Une version ne se modifie plus." in words(visit.get(at("text_version", version.pk)))
    assert visit.post(at("text_restore", "convention")).status_code == 302
    assert DocumentTemplate.objects.count() == 2
    assert "texte d’origine" in words(visit.get(at("text_detail", "convention")))


def test_a_version_of_another_organisation_is_not_there(admin) -> None:
    version = a_text(user_with(Role.ADMIN))
    assert browser(admin).get(at("text_version", version.pk)).status_code == 404


# --- the letterhead ---------------------------------------------------------------------------------------------------


def test_a_logo_is_drawn_again_and_the_former_one_goes(admin, django_capture_on_commit_callbacks) -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "secret")
    with django_capture_on_commit_callbacks(execute=True):
        first = save_letterhead(footer=" Agrément  12 ", logo=io.BytesIO(picture(pnginfo=told)), actor=admin)
    former = first.logo.name
    kept = first.logo.storage.open(former).read()
    with Image.open(io.BytesIO(kept)) as drawing:
        assert (drawing.format, drawing.mode, drawing.info.get("Comment")) == ("PNG", "RGB", None)
    assert first.footer == "Agrément 12"
    with django_capture_on_commit_callbacks(execute=True):
        second = save_letterhead(footer="", logo=io.BytesIO(picture("JPEG", (4000, 800))), actor=admin)
    assert not second.logo.storage.exists(former)
    head = head_of(admin.current_organisation, letterhead_of(admin.current_organisation))
    assert head.logo.startswith("data:image/png;base64,")
    with Image.open(second.logo.storage.open(second.logo.name)) as drawing:
        assert drawing.size == (740, 148)
    with django_capture_on_commit_callbacks(execute=True):
        save_letterhead(footer="", without_logo=True, actor=admin)
    assert not letterhead_of(admin.current_organisation).logo
    assert Letterhead.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo_type"),
        (b"", "logo_type"),
        (picture()[:60], "logo_type"),
        (b"GIF89a" + b"\0" * 20, "logo_type"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * (1024 * 1024), "logo_too_big"),
        (picture(size=(6000, 6000)), "logo_too_large"),
    ],
    ids=["svg", "empty", "cut short", "gif", "heavy", "vast"],
)
def test_what_is_no_logo_is_refused(content, code) -> None:
    with pytest.raises(TextRefused) as refusal:
        redrawn(io.BytesIO(content))
    assert (refusal.value.code, refusal.value.field) == (code, "logo")


def test_the_letterhead_is_changed_by_its_page(admin) -> None:
    visit, here = browser(admin), at("letterhead")
    logo = SimpleUploadedFile("n'importe quoi.svg", picture(), content_type="image/svg+xml")
    assert visit.post(here, {"footer": "Agrément 12", "logo": logo}).status_code == 302
    shown = words(visit.get(at("text_list")))
    assert "Agrément 12" in shown
    assert f"Logo {of_name(admin.current_organisation.name)}" in shown
    assert "Retirer le logo actuel" in words(visit.get(here))
    wrong = SimpleUploadedFile("logo.png", b"pas une image", content_type="image/png")
    refused = visit.post(here, {"footer": "Gardé", "logo": wrong})
    assert "n’est pas une image PNG ou JPEG lisible" in error_beside(refused, "logo")
    assert "Gardé" in words(refused)

"""The typefaces of screens: small, under our own name, with the text of their licence, and every letter of a name."""

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from foundation import typefaces
from foundation.staticfiles import TypefacesFinder

pytestmark = pytest.mark.once

NAMES = (
    "Forrièreux Œdème Ångström Kovaļčik Çelik Ğöz İpek Țurcan Łukasz Đorđević Nguyễn Ñíguez ’“” « » – — … € ½ ² → ≥ −"
)


@pytest.mark.parametrize("face", typefaces.FACES, ids=lambda face: face.name)
class TestFaces:
    def test_a_face_weighs_little(self, face: typefaces.Face) -> None:
        assert typefaces.made(face).stat().st_size < 26_000 < face.whole.stat().st_size / 5

    def test_it_bears_our_name_and_none_that_is_reserved(self, face: typefaces.Face) -> None:
        with TTFont(typefaces.made(face)) as font:
            said = {number: font["name"].getDebugName(number) for number in (1, 4, 6, 16)}
            assert font.flavor == "woff2"
            assert "SIL Open Font License" in font["name"].getDebugName(13)
            assert "Reserved Font Name" in font["name"].getDebugName(0)
        assert said[1] == said[16] == face.family
        assert not any("source" in str(words).lower() for words in said.values())

    def test_it_draws_european_names_with_figures_of_one_width(self, face: typefaces.Face) -> None:
        with TTFont(typefaces.made(face)) as font:
            letters, widths = font.getBestCmap(), font["hmtx"]
            missing = {letter for letter in NAMES if ord(letter) not in letters}
            assert len({widths[letters[ord(figure)]][0] for figure in "0123456789"}) == 1
        with TTFont(face.whole) as whole:
            assert missing <= {letter for letter in NAMES if ord(letter) not in whole.getBestCmap()}

    def test_a_page_asks_for_it_by_the_address_where_it_is(self, face: typefaces.Face) -> None:
        assert finders.find(f"fonts/{face.name}") == str(typefaces.made(face))
        sheet = finders.find("ancrage/css/base.css")
        assert isinstance(sheet, str)
        with open(sheet, encoding="utf-8") as file:
            assert f'"{face.family}"; font-weight: {face.weight}' in (text := file.read())
        assert f"fonts/{face.name}" in text


def test_all_that_is_collected_can_be_opened_and_the_licences_are_there() -> None:
    found = {}
    for name, storage in TypefacesFinder().list(None):
        with storage.open(name) as file:
            found[name] = file.read()
    assert set(found) == {face.name for face in typefaces.FACES} | set(typefaces.LICENCES)
    for name in typefaces.LICENCES:
        assert b"SIL OPEN FONT LICENSE" in found[name].upper()
    assert len({found[name] for name in typefaces.LICENCES}) == len(typefaces.LICENCES)


def test_nothing_else_of_the_packages_is_served() -> None:
    assert finders.find("fonts/SourceSansPro-Regular.ttf") is None
    assert finders.find("fonts/../staticfiles.py") is None


def test_documents_hold_the_whole_faces_by_the_same_names() -> None:
    rules = typefaces.document_faces()
    assert rules.count("@font-face") == len(typefaces.FACES)
    for face in typefaces.FACES:
        assert f'font-family: "{face.family}"; font-weight: {face.weight};' in rules

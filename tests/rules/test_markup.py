"""The closed markup of documents, the fields that a text may name, and the firms that it may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.rules.fields import FieldNames, Misuse
from documents.rules.markup import (
    Bullets,
    Grid,
    Heading,
    Items,
    Paragraph,
    Prose,
    Run,
    Value,
    filled,
    mentions,
    parse,
    text_of,
)
from documents.rules.naming import names, without_name

VALUES: dict[str, Value] = {
    "personne.nom": "Alix Imaginaire",
    "personne.prenom": "",
    "objectifs": Items(("Passer le permis", "Refaire le CV"), "Rien encore."),
    "phases": Grid("Étapes", ("Étape", "Du"), (("Préparatoire", "01/02/2025"),), "Aucune étape."),
    "lettre": Prose("Bonjour,\n\n- un\n- deux"),
}
FIELDS = FieldNames(VALUES)


def fill(text: str, **values: Value):
    return filled(parse(text), VALUES | values, FIELDS.name_of)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", []),
        ("# Un\n## Deux\n### Trois", [Heading, Heading, Paragraph]),
        ("#Un", [Paragraph]),
        ("a\nb\n\nc", [Paragraph, Paragraph]),
        ("a\n- b\n- c\nd", [Paragraph, Bullets, Paragraph]),
        ("- b\n\n- c", [Bullets, Bullets]),
        ("-b", [Paragraph]),
        ("<b>gras</b>\n\n{% load x %}", [Paragraph, Paragraph]),
    ],
)
def test_what_makes_a_block(text, kinds) -> None:
    assert [type(block) for block in parse(text)] == kinds


def test_bold_words_and_kept_lines() -> None:
    (paragraph,) = parse("du **gras** et ** pas **\nà la ligne")
    assert paragraph.lines == (
        (Run("du "), Run("gras", bold=True), Run(" et ** pas **")),
        (Run("à la ligne"),),
    )
    (bullets,) = parse("- un\n  suite\n- deux")
    assert bullets.items == ((Run("un suite"),), (Run("deux"),))


def test_a_value_is_text_and_is_never_read_again() -> None:
    hostile = "**x** {{objectifs}}\n# titre <script>"
    (paragraph,) = fill("{{personne.nom}}", **{"personne.nom": hostile})
    assert paragraph.lines == ((Run("**x** {{objectifs}} # titre <script>"),),)
    (paragraph, bullets) = fill("{{lettre}}", lettre=Prose("{{personne.nom}}\n\n- {{7*7}}"))
    assert text_of([paragraph, bullets]) == "{{personne.nom}}\n{{7*7}}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bonjour {{ Personne.NOM }} !", "Bonjour Alix Imaginaire !"),
        ("**{{personne.nom}}**", "Alix Imaginaire"),
        ("Vos objectifs : {{objectifs}}.", "Vos objectifs : Passer le permis, Refaire le CV."),
        ("{{inconnu}} et {{7*7}}", "{{inconnu}} et {{7*7}}"),
        ("# {{personne.nom}}", "Alix Imaginaire"),
    ],
)
def test_fields_inside_a_sentence(text, told) -> None:
    assert text_of(fill(text)) == told


def test_a_field_that_stands_alone_makes_blocks() -> None:
    assert fill("{{objectifs}}") == (Bullets(((Run("Passer le permis"),), (Run("Refaire le CV"),))),)
    assert fill("- {{objectifs}}\n- autre")[0].items[-1] == (Run("autre"),)
    assert len(fill("- {{objectifs}}\n- autre")[0].items) == 3
    assert fill("{{phases}}") == (VALUES["phases"],)
    assert [type(block) for block in fill("{{lettre}}")] == [Paragraph, Bullets]
    assert text_of(fill("{{objectifs}}", objectifs=Items((), "Rien encore."))) == "Rien encore."
    assert text_of(fill("{{phases}}", phases=Grid("É", ("a",), (), "Aucune étape."))) == "Aucune étape."


def test_what_is_not_known_leaves_a_blank() -> None:
    (paragraph,) = fill("Né·e le {{personne.prenom}}.")
    assert paragraph.lines[0][1] == Run("", is_blank=True)
    ((line,),) = [block.lines for block in fill("{{lettre}}", lettre=Prose(""))]
    assert line[0].is_blank


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("{{personne.nom}} {{ Personne Nom }} {{personne.prénom}}", []),
        ("{{personne.non}}", [Misuse("personne.non", "personne.nom")]),
        ("{{objectif}} {{objectif}}", [Misuse("objectif", "objectifs")]),
        ("{{7*7}} {{}}", [Misuse("7*7"), Misuse("")]),
        ("Voici {{phases}}", [Misuse("phases", alone=True)]),
        ("{{phases}}\n{{lettre}}", [Misuse("phases", alone=True), Misuse("lettre", alone=True)]),
        ("- {{phases}}", [Misuse("phases", alone=True)]),
        ("{{phases}}\n\n{{lettre}}", []),
    ],
)
def test_misused_fields_are_told_with_what_was_meant(text, faults) -> None:
    assert FIELDS.misuses(text) == faults


def test_a_title_takes_no_field_that_makes_blocks() -> None:
    assert FIELDS.misuses("{{phases}}", one_line=True) == [Misuse("phases", alone=True)]
    assert FIELDS.misuses("{{personne.nom}}", one_line=True) == []


ANY_TEXT = st.text(max_size=200)
PIECES = st.lists(
    st.sampled_from(["# ", "- ", "**", "\n", "\n\n", " ", "{{", "}}", "personne.nom", "{{lettre}}", "é", "\x07", "{%"])
    | st.text(max_size=8),
    max_size=30,
).map("".join)


@given(ANY_TEXT | PIECES, ANY_TEXT)
def test_any_text_is_a_document(text, value) -> None:
    """No text fails, none loses a word, and a value never makes a block or a field."""
    blocks = parse(text)
    kept = "".join(text_of(blocks).split())
    assert len(kept) <= len("".join(text.split()))
    shown = filled(blocks, {"personne.nom": value}, FIELDS.name_of)
    assert [type(block) for block in shown] == [type(block) for block in blocks]
    assert len(FIELDS.misuses(text)) <= len(mentions(text))
    if "{{" not in text:
        assert shown == blocks


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="*#-{}") | st.just("\n")))
def test_words_without_marks_all_come_out(text) -> None:
    assert "".join(text_of(parse(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Chez FERRONNERIE  exemple.", "Ferronnerie Exemple", True),
        ("la ferronnerie-exemple", "Ferronnerie Exemple", True),
        ("Ferronneries Exemple", "Ferronnerie Exemple", False),
        ("BPI", "BPI", True),
        ("un bpiste", "BPI", False),
        ("rien", "", False),
    ],
)
def test_a_name_is_found_whatever_its_spelling(text, name, found) -> None:
    assert names(text, name) is found


@given(st.sampled_from(["Ferronnerie Exemple", "BPI", "L’Étal (SA)", "A.B."]), PIECES, PIECES)
def test_the_name_is_gone_from_what_is_masked(name, before, after) -> None:
    masked = without_name(f"{before} {name} {after}", name, "un employeur")
    assert not names(masked, name)
    assert "un employeur" in masked

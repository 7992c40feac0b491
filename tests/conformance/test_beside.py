"""A copy that has aged is told, and fails where the verdict counts."""

import pytest

from tests.conformance.beside import compare, main


@pytest.fixture
def folders(tmp_path):
    """A copy and the folder that it was made from, alike."""
    copy, beside = tmp_path / "copy", tmp_path / "beside"
    for folder in (copy, beside):
        folder.mkdir()
        (folder / "clocks.json").write_text("[]")
        (folder / "README.md").write_text("Cases")
    return copy, beside


@pytest.mark.parametrize("ci", ["true", "1", ""])
def test_alike_or_alone_nothing_is_said(folders, ci, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("CI", ci)
    copy, beside = folders
    assert main(copy, beside) == 0
    assert main(copy, tmp_path / "nowhere") == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("1", 1), ("", 0), ("false", 0)])
@pytest.mark.parametrize("name", ["clocks.json", "README.md"])
def test_another_version_is_named_and_fails_under_ci(folders, name, ci, code, monkeypatch, capsys):
    monkeypatch.setenv("CI", ci)
    copy, beside = folders
    (beside / name).write_text("[1]")
    assert main(copy, beside) == code
    assert name in capsys.readouterr().out


def test_a_file_that_was_never_copied_is_told_and_fails_nothing(folders, monkeypatch, capsys):
    monkeypatch.setenv("CI", "true")
    copy, beside = folders
    (beside / "cadence.json").write_text("[]")
    assert compare(copy, beside).only_beside == ["cadence.json"]
    assert main(copy, beside) == 0
    assert "cadence.json" in capsys.readouterr().out


def test_what_only_the_copy_holds_is_its_own_business(folders):
    copy, beside = folders
    (copy / "more.json").write_text("[]")
    assert compare(copy, beside).differing == compare(copy, beside).only_beside == []

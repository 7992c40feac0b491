"""A folder without cases fails: silence is not conformance."""

import pytest

from tests.conformance import folder
from tests.conformance.folder import FORMS, NoCasesError, cases_folder, files_by_form, policy


def test_the_folder_holds_cases_and_their_policy():
    assert any(files_by_form(cases_folder()).values())
    assert policy()["prehire_months"] > 0


def test_the_folder_comes_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("CONFORMANCE_CASES", str(tmp_path))
    assert cases_folder() == tmp_path.resolve()
    monkeypatch.setenv("CONFORMANCE_CASES", "tests/conformance")
    assert cases_folder() == folder.ROOT / "tests" / "conformance"
    monkeypatch.setenv("CONFORMANCE_CASES", "")
    assert cases_folder() == (folder.ROOT / folder.DEFAULT).resolve()


def test_without_a_word_the_cases_are_those_of_the_repository(monkeypatch):
    monkeypatch.delenv("CONFORMANCE_CASES", raising=False)
    assert cases_folder().is_relative_to(folder.ROOT)


def test_a_missing_or_empty_folder_fails(tmp_path):
    with pytest.raises(NoCasesError, match="not a folder"):
        files_by_form(tmp_path / "nowhere")
    (tmp_path / "policy.json").write_text("{}")
    with pytest.raises(NoCasesError, match="holds no case"):
        files_by_form(tmp_path)


def test_a_file_of_no_known_form_fails(tmp_path):
    (tmp_path / "surprise.json").write_text("[]")
    with pytest.raises(NoCasesError, match=r"surprise\.json has no known form"):
        files_by_form(tmp_path)


@pytest.mark.parametrize("form", FORMS)
def test_more_files_of_a_form_are_run_too(form, tmp_path, monkeypatch):
    for name in (f"{form}.json", f"{form}_more.json"):
        (tmp_path / name).write_text('[{"id": "one"}]')
    monkeypatch.setenv("CONFORMANCE_CASES", str(tmp_path))
    assert [path.name for path in files_by_form(tmp_path)[form]] == [f"{form}.json", f"{form}_more.json"]
    assert len(folder.items(form)) == 2


def test_an_empty_file_fails(tmp_path, monkeypatch):
    (tmp_path / "clocks.json").write_text("[]")
    monkeypatch.setenv("CONFORMANCE_CASES", str(tmp_path))
    with pytest.raises(NoCasesError, match=r"clocks\.json is empty"):
        folder.items("clocks")

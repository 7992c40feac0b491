"""Files at rest: unreadable on the disk, bound to their name, readable again after the keys have turned."""

import base64
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command

from privacy.cipher import TamperedValue
from privacy.storage import SealedStorage

OLD = "old:" + base64.b64encode(b"o" * 32).decode()
NEW = "new:" + base64.b64encode(b"n" * 32).decode()
SCAN = b"%PDF-1.7 " + bytes(range(256)) * 20


@pytest.fixture
def storage(settings, tmp_path) -> SealedStorage:
    settings.ANCRAGE_ENCRYPTION_KEYS = OLD
    settings.MEDIA_ROOT = str(tmp_path)
    kept = storages["default"]
    assert isinstance(kept, SealedStorage)
    return kept


def test_the_disk_says_nothing_and_the_application_everything(storage):
    name = storage.save("papers/one.pdf", ContentFile(SCAN))
    on_disk = Path(storage.path(name)).read_bytes()
    assert SCAN[:9] not in on_disk
    assert bytes(range(40)) not in on_disk
    assert storage.open(name).read() == SCAN
    assert storage.size(name) == len(SCAN)


def test_a_name_that_is_taken_gives_another_that_opens_too(storage, monkeypatch):
    first = storage.save("papers/one.pdf", ContentFile(b"first"))
    # Somebody else takes the name after it was found free.
    free = SealedStorage.get_available_name
    answers = iter([first])
    monkeypatch.setattr(
        SealedStorage, "get_available_name", lambda self, name, max_length=None: next(answers, "") or free(self, name)
    )
    second = storage.save("papers/one.pdf", ContentFile(b"second"))
    assert first != second
    assert (storage.open(first).read(), storage.open(second).read()) == (b"first", b"second")


def test_a_file_that_was_altered_or_exchanged_is_refused(storage):
    one, two = (storage.save(f"papers/{name}.pdf", ContentFile(SCAN + name.encode())) for name in ("one", "two"))
    Path(storage.path(two)).write_bytes(Path(storage.path(one)).read_bytes())
    altered = bytearray(Path(storage.path(one)).read_bytes())
    altered[-1] ^= 1
    Path(storage.path(one)).write_bytes(altered)
    for name in (one, two):
        with pytest.raises(TamperedValue):
            storage.open(name)


def test_a_file_in_clear_is_refused(storage):
    path = Path(storage.path("clear.pdf"))
    path.write_bytes(SCAN)
    with pytest.raises(TamperedValue):
        storage.open("clear.pdf")


def test_nobody_writes_into_a_sealed_file(storage):
    name = storage.save("one.pdf", ContentFile(SCAN))
    with pytest.raises(ValueError, match="read as bytes"):
        storage.open(name, "wb")


@pytest.mark.django_db
def test_after_a_rotation_the_old_key_opens_nothing_and_the_new_one_everything(storage, settings, capsys):
    name = storage.save("papers/one.pdf", ContentFile(SCAN))
    settings.ANCRAGE_ENCRYPTION_KEYS = f"{NEW},{OLD}"
    call_command("rotate_encryption_keys", "--dry-run")
    assert "files : 1" in capsys.readouterr().out
    assert list(storage.outdated()) == [name]
    call_command("rotate_encryption_keys")
    settings.ANCRAGE_ENCRYPTION_KEYS = NEW
    assert storage.open(name).read() == SCAN
    assert list(storage.outdated()) == []
    assert [path.name for path in Path(storage.path("papers")).iterdir()] == ["one.pdf"]
    settings.ANCRAGE_ENCRYPTION_KEYS = OLD
    with pytest.raises(TamperedValue):
        storage.open(name)

"""The cipher gives back exactly what was encrypted, or raises."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from privacy import cipher
from privacy.checks import keys_are_usable
from privacy.cipher import TamperedValue, blind_index, decrypt, encrypt, uses_primary_key

OLD = "old:" + base64.b64encode(bytes(range(32))).decode()
NEW = "new:" + base64.b64encode(bytes(range(32, 64))).decode()

# AES-256-GCM by hand (the primitives, not our code): key 00..1f, nonce 00..0b, associated data "person.secret".
VECTOR = "v1:old:AAECAwQFBgcICQoLfzf4K_LL8SugcaS4n9tAueJAh4d-ojwqFRM1lSPdng=="
# printf 'beneficiary.niss\\00085073003328' | openssl dgst -sha256 -mac HMAC -macopt hexkey:00 (32 bytes of zero)
FINGERPRINT = "1fa6e97198474f8021db97c16be7a63b5f1f8e1162e0964d3e1ab7d39eb10feb"


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.ANCRAGE_ENCRYPTION_KEYS = OLD


def test_a_known_vector_is_read():
    assert decrypt(VECTOR, "person.secret") == "85.07.30-033.28"


@given(st.text(min_size=1), st.text(min_size=1, max_size=30))
def test_what_was_encrypted_comes_back(text, context):
    assert decrypt(encrypt(text, context), context) == text


def test_the_same_text_is_stored_differently_each_time():
    assert encrypt("même texte", "c") != encrypt("même texte", "c")


def test_the_text_is_not_in_what_is_stored():
    assert "secret" not in encrypt("secret", "c")


def test_every_altered_bit_is_noticed():
    head, _, payload = encrypt("85.07.30-033.28", "c").rpartition(":")
    sealed = base64.urlsafe_b64decode(payload)
    for position in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[position // 8] ^= 1 << position % 8
        with pytest.raises(TamperedValue):
            decrypt(f"{head}:{base64.urlsafe_b64encode(altered).decode()}", "c")


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param("85.07.30-033.28", id="never encrypted"),
        pytest.param("v2:old:AAAA", id="unknown version"),
        pytest.param("v1:other:AAAA", id="unknown key"),
        pytest.param("v1:old:", id="nothing after the key"),
        pytest.param("v1:old:AAAA", id="cut short"),
        pytest.param("v1:old:é", id="not base64"),
    ],
)
def test_what_is_not_a_sealed_value_is_refused(stored):
    with pytest.raises(TamperedValue):
        decrypt(stored, "c")


def test_a_value_moved_to_another_column_is_refused():
    stored = encrypt("85.07.30-033.28", "beneficiary.niss")

    with pytest.raises(TamperedValue):
        decrypt(stored, "beneficiary.health")


def test_the_message_does_not_repeat_the_secret():
    stored = encrypt("secret", "c")[:-4]

    with pytest.raises(TamperedValue) as refusal:
        decrypt(stored, "c")

    assert stored not in str(refusal.value)


def test_the_first_key_encrypts_and_the_others_still_decrypt(settings):
    with_old = encrypt("texte", "c")
    settings.ANCRAGE_ENCRYPTION_KEYS = f"{NEW},{OLD}"
    with_new = encrypt("texte", "c")

    assert with_new.startswith("v1:new:")
    assert (uses_primary_key(with_old), uses_primary_key(with_new)) == (False, True)
    assert decrypt(with_old, "c") == decrypt(with_new, "c") == "texte"


def test_a_key_that_was_removed_no_longer_decrypts(settings):
    with_old = encrypt("texte", "c")
    settings.ANCRAGE_ENCRYPTION_KEYS = NEW

    with pytest.raises(TamperedValue):
        decrypt(with_old, "c")


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param("", id="none"),
        pytest.param(OLD.removeprefix("old:"), id="no id"),
        pytest.param("k:c2hvcnQ=", id="too short"),
        pytest.param("k:***", id="not base64"),
        pytest.param(f"{OLD},{OLD}", id="twice the same id"),
    ],
)
def test_wrong_keys_stop_the_start(settings, keys):
    settings.ANCRAGE_ENCRYPTION_KEYS = keys

    with pytest.raises(ImproperlyConfigured):
        cipher.keyring()
    assert [message.id for message in keys_are_usable(None)] == ["privacy.E001"]


def test_one_key_for_both_purposes_stops_the_start(settings):
    settings.ANCRAGE_BLIND_INDEX_KEY = OLD.removeprefix("old:")

    assert [message.id for message in keys_are_usable(None)] == ["privacy.E002"]


def test_a_known_fingerprint(settings):
    settings.ANCRAGE_BLIND_INDEX_KEY = base64.b64encode(bytes(32)).decode()

    assert blind_index("85073003328", "beneficiary.niss") == FINGERPRINT


def test_fingerprints_tell_contexts_and_keys_apart(settings):
    first = blind_index("85073003328", "a")

    assert blind_index("85073003328", "a") == first
    assert blind_index("85073003328", "b") != first
    assert blind_index("85073003329", "a") != first
    settings.ANCRAGE_BLIND_INDEX_KEY = base64.b64encode(b"z" * 32).decode()
    assert blind_index("85073003328", "a") != first


def test_nothing_has_no_fingerprint():
    assert blind_index("", "a") == ""

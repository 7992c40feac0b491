"""New key first in the settings, one command, and the old key can go."""

import base64
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from auditlog.models import LogEntry
from django.core.management import call_command

from beneficiaries.models import Beneficiary
from tests.factories.accounts import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

OLD = "old:" + base64.b64encode(b"o" * 32).decode()
NEW = "new:" + base64.b64encode(b"n" * 32).decode()


@pytest.fixture
def secrets(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.ANCRAGE_ENCRYPTION_KEYS = OLD
    organisation = OrganisationFactory()
    for niss in ("85073003328", ""):
        Beneficiary.objects.create(organisation=organisation, first_name="P", last_name="N", niss=niss)
    user = UserFactory()
    totp_secret = generate_totp_secret()
    TOTP.activate(user, totp_secret)
    codes = RecoveryCodes.activate(user).get_unused_codes()
    settings.ANCRAGE_ENCRYPTION_KEYS = f"{NEW},{OLD}"
    return totp_secret, codes


def rotate(*arguments):
    out = StringIO()
    call_command("rotate_encryption_keys", *arguments, stdout=out)
    return out.getvalue()


def test_after_the_rotation_the_old_key_is_useless(secrets, settings):
    totp_secret, codes = secrets

    printed = rotate()

    settings.ANCRAGE_ENCRYPTION_KEYS = NEW
    assert sorted(Beneficiary.objects.values_list("niss", flat=True)) == ["", "85073003328"]
    recovery, totp = (Authenticator.objects.get(type=kind) for kind in ("recovery_codes", "totp"))
    from allauth.mfa.utils import decrypt

    assert decrypt(totp.data["secret"]) == totp_secret
    assert recovery.wrap().get_unused_codes() == codes
    assert "beneficiaries.beneficiary.niss : 1" in printed
    assert "mfa.authenticator : 2" in printed


def test_a_rehearsal_writes_nothing(secrets, settings):
    printed = rotate("--dry-run")

    settings.ANCRAGE_ENCRYPTION_KEYS = OLD
    assert Beneficiary.objects.exclude(last_name="").count() == 2
    assert "3 valeur(s) à rechiffrer ; rien n’a été écrit." in printed


def test_a_second_rotation_finds_nothing_to_do(secrets):
    rotate()

    assert "0 valeur(s) rechiffrée(s)" in rotate()


def test_the_rotation_is_no_change_of_the_file(secrets):
    before = LogEntry.objects.count()

    rotate()

    assert LogEntry.objects.count() == before

"""The first organisation of an installation."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.enums import Role
from accounts.models import Organisation, User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def create(**options):
    out = StringIO()
    facts = {
        "name": "Première",
        "short_name": "P1",
        "email": "Ada@example.org",
        "first_name": "Ada",
        "last_name": "Exemple",
    }
    call_command("create_organisation", **{**facts, **options}, stdout=out)
    return out.getvalue()


def test_the_first_administrator_chooses_a_password_at_the_printed_address(client):
    printed = create()

    user = User.objects.get(email="ada@example.org")
    assert user.roles == {Role.ADMIN}
    address = re.search(r"^/compte/\S+$", printed, re.MULTILINE).group()
    assert "Choisir un mot de passe" in client.get(address, follow=True).text


def test_an_account_that_exists_keeps_its_password():
    UserFactory(email="ada@example.org", first_name="Ada")

    assert "avec son mot de passe actuel" in create()
    assert User.objects.count() == 1


def test_a_name_that_is_taken_is_told():
    create()

    with pytest.raises(CommandError):
        create(email="autre@example.org")
    assert Organisation.objects.count() == 1

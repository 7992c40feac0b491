"""The first organisation of an installation, and who keeps its parameters."""

import re
from datetime import date
from io import StringIO

import pytest
from auditlog.models import LogEntry
from django.core.management import CommandError, call_command

from accounts.enums import Role
from accounts.models import Organisation, User
from accounts.services.users import IdentityRefused, deactivate_user, rename_user
from tests.factories.accounts import UserFactory, a_steward

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


# --- who keeps the parameters -----------------------------------------------------------------------------------------


def steward(*args, **options):
    out = StringIO()
    call_command("steward", *args, stdout=out, **options)
    return out.getvalue()


def test_the_role_of_steward_is_given_named_and_taken_with_its_trace():
    assert "Personne n’est garant" in steward()
    facts = {"reason": "Désigné·e par le réseau", "first_name": "Maude", "last_name": "Règle"}
    printed = steward(give="Maude@example.org", **facts)

    user = User.objects.get(email="maude@example.org")
    assert user.is_steward
    assert not user.roles
    assert re.search(r"^/compte/\S+$", printed, re.MULTILINE)
    assert "Maude Règle (maude@example.org), depuis le" in steward()
    assert "Plus personne ne l’est" in steward(take="maude@example.org", reason="Départ")
    user = User.objects.get(pk=user.pk)
    assert (user.is_steward, user.is_active) == (False, False)
    trail = LogEntry.objects.get_for_object(user).filter(changes__has_key="steward_since").order_by("timestamp")
    assert [(one.actor, one.additional_data["reason"]) for one in trail] == [
        (None, "Désigné·e par le réseau"),
        (None, "Départ"),
    ]


def test_a_member_becomes_steward_and_stays_a_member():
    user = UserFactory(admin=True)
    assert "/compte/" not in steward(give=user.email, reason="x")
    steward(take=user.email, reason="x")
    user = User.objects.get(pk=user.pk)
    assert user.is_active
    assert user.roles == {Role.ADMIN}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"give": "new@example.org"}, "Dites pourquoi"),
        ({"give": "held@example.org", "reason": "x"}, "est déjà garant"),
        ({"give": "new@example.org", "reason": "x"}, "champ"),
        ({"take": "new@example.org", "reason": "x"}, "Aucun compte"),
        ({"take": "other@example.org", "reason": "x"}, "n’est pas garant"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(options, sentence):
    a_steward(email="held@example.org")
    UserFactory(email="other@example.org")
    with pytest.raises(CommandError, match=sentence):
        steward(**options)
    assert User.objects.filter(steward_since__isnull=False).count() == 1


def test_no_administrator_takes_over_or_closes_the_account_of_a_steward():
    admin = UserFactory(admin=True)
    member = UserFactory(jobcoach=True, organisation=admin.current_organisation, steward_since=date(2025, 1, 1))
    with pytest.raises(IdentityRefused, match="garante"):
        rename_user(user=member, email="moi@example.org", first_name="A", last_name="B", actor=admin)
    deactivate_user(user=member, actor=admin)
    member = User.objects.get(pk=member.pk)
    assert member.is_active
    assert member.is_steward
    assert member.current_organisation is None

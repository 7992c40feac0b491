"""Encrypted columns: the database never sees the text, the program sees nothing else."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.db.migrations.writer import MigrationWriter

from beneficiaries.models import Beneficiary
from privacy.cipher import TamperedValue, encrypt
from privacy.fields import EncryptedTextField
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db


def a_person(**facts):
    return Beneficiary.objects.create(organisation=OrganisationFactory(), first_name="Prénom", last_name="Nom", **facts)


def stored(person):
    with connection.cursor() as cursor:
        cursor.execute("SELECT niss FROM beneficiaries_beneficiary")
        return cursor.fetchone()[0]


def write(person, value):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE beneficiaries_beneficiary SET niss = %s", [value])


def test_the_database_holds_no_readable_text():
    person = a_person(niss="85073003328")

    assert stored(person).startswith("v1:test:")
    assert "85073003328" not in stored(person)
    assert Beneficiary.objects.get().niss == "85073003328"


def test_nothing_is_stored_as_nothing():
    assert stored(a_person(niss="")) == ""


def test_a_tampered_row_is_not_read():
    person = a_person(niss="85073003328")
    write(person, stored(person)[:-6] + "AAAAA=")

    with pytest.raises(TamperedValue):
        Beneficiary.objects.get()


def test_a_value_copied_from_another_column_is_not_read():
    person = a_person()
    write(person, encrypt("85073003328", "contactdraft.content"))

    with pytest.raises(TamperedValue):
        Beneficiary.objects.get()


@pytest.mark.parametrize("lookup", ["niss", "niss__contains", "niss__in", "niss__startswith"])
def test_searching_the_secret_is_a_programming_error(lookup):
    with pytest.raises(FieldError, match="blind index"):
        Beneficiary.objects.filter(**{lookup: ["8"] if lookup.endswith("in") else "8"}).exists()


def test_emptiness_can_be_asked():
    assert not Beneficiary.objects.filter(niss__isnull=True).exists()


def test_the_context_is_kept_in_migrations():
    text, _imports = MigrationWriter.serialize(EncryptedTextField(context="a.b"))

    assert "context='a.b'" in text

"""Where the pilot and the demonstration are not loaded, and nothing is written."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation
from beneficiaries.models import Beneficiary
from demo.loading import PilotRefused, load_pilot
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_an_organisation_of_the_same_name_is_enough_to_refuse() -> None:
    OrganisationFactory(name="Centre EDIT")
    with pytest.raises(PilotRefused):
        load_pilot()
    assert not Beneficiary.objects.exists()


def test_the_history_cannot_end_in_the_future(frozen) -> None:
    with pytest.raises(PilotRefused) as refusal:
        load_pilot(as_of=frozen.today + timedelta(days=1))
    assert refusal.value.code == "future"
    with pytest.raises(CommandError, match="n’est pas une date"):
        call_command("load_pilot", "--as-of", "31/12/2002")


def test_production_is_refused(settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    with pytest.raises(CommandError, match="en production"):
        call_command("load_demo")
    assert not Organisation.objects.exists()

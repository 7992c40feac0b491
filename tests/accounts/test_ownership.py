"""Whatever is written belongs to the organisation of whoever writes it, never to a neighbour: one of everything is."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from accounts.models import Organisation
from tests.factories.stories import a_coach
from tests.factories.worlds import belongings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

# That world has none of these; the tests of their rooms say whose they are.
ELSEWHERE = {"documents.Letterhead", "esf.EsfFileExport", "followup.Reminder", "timesheets.SheetSignature"}


def owned():
    """The models whose rows belong to an organisation."""
    for model in apps.get_models():
        try:
            if model._meta.get_field("organisation").related_model is Organisation:
                yield model
        except FieldDoesNotExist:
            continue


def test_one_of_everything_belongs_to_the_organisation_of_who_wrote_it():
    coach = a_coach()
    belongings(coach)
    # Rows of no organisation are those of the installation (accounts.Parameter): nobody's neighbour.
    owners = {
        model._meta.label: set(model._base_manager.values_list("organisation", flat=True)) - {None} for model in owned()
    }
    assert {label for label, found in owners.items() if not found} == ELSEWHERE
    assert {label for label, found in owners.items() if found != {coach.current_organisation_id}} == ELSEWHERE

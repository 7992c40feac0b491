"""Whatever is written belongs to the organisation of whoever writes it, never to a neighbour: one of everything is."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from accounts.enums import Role
from accounts.models import Organisation
from followup.services.asks import ask_for_news
from followup.services.case_views import start_with
from followup.services.confidential import keep_note
from followup.services.row_acts import Press, note_no_reply
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, a_contact
from tests.factories.worlds import belongings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

# That world has none of these; the tests of their rooms say whose they are.
ELSEWHERE = {
    "documents.Letterhead",
    "esf.EsfFileExport",
    "followup.Invitation",
    "followup.Reminder",
    "followup.TeamMeeting",
    "reporting.BoardReading",
    "timesheets.SheetSignature",
}


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
    view = belongings(coach)["view_id"]
    here = coach.current_organisation
    start_with(view=view, actor=coach)
    keep_note(contact=a_contact(a_case(coach)), words="À part.", actor=coach)
    note_no_reply(case=a_case(coach), press=Press(page=uuid4(), key=uuid4()), actor=coach)
    ask_for_news(cases=[a_case(coach).pk], actor=user_with(Role.COORDINATOR, here))
    # Rows of no organisation are those of the installation (accounts.Parameter): nobody's neighbour.
    owners = {
        model._meta.label: set(model._base_manager.values_list("organisation", flat=True)) - {None} for model in owned()
    }
    assert {label for label, found in owners.items() if not found} == ELSEWHERE
    assert {label for label, found in owners.items() if found != {coach.current_organisation_id}} == ELSEWHERE

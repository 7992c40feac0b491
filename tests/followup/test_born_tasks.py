"""What rules make due of a paper and of a training: born from the fact, settled by the fact, by nobody's hand."""

from datetime import timedelta

import pytest

from beneficiaries.services.path import sign_agreement
from beneficiaries.services.phases import exit_case
from documents.paper.kinds import BY_KIND
from documents.paper.order import Order
from documents.services.documents import produce_document
from followup.models import Deadline
from followup.rules.kinds import DeadlineKind
from foundation.clock import today
from placements.models import Employment
from placements.services.hiring import end_employment
from tests.factories.stories import a_case, a_coach, a_contact, hired, in_prehire

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def due(kind: DeadlineKind) -> list[tuple]:
    return list(Deadline.objects.of_kind(kind).values_list("due_on", "until"))


def test_a_convention_that_is_made_is_to_be_signed_until_its_signature_is_recorded() -> None:
    case = a_case(a_coach())
    made = produce_document(case=case, spec=BY_KIND["CONVENTION"], order=Order(dated_on=today()), actor=case.coach)
    assert due(DeadlineKind.SIGNATURE) == [(made.dated_on + 7 * DAY, None)]
    sign_agreement(case=case, kind="TRUST_CONTRACT", signed_on=today(), actor=case.coach)
    assert len(due(DeadlineKind.SIGNATURE)) == 1
    sign_agreement(case=case, kind="CONVENTION", signed_on=today(), actor=case.coach)
    assert due(DeadlineKind.SIGNATURE) == []


def test_an_exit_asks_for_no_signature_any_more() -> None:
    case = a_case(a_coach(), opened_on=today() - 5 * DAY)
    produce_document(case=case, spec=BY_KIND["TRUST_CONTRACT"], order=Order(dated_on=today()), actor=case.coach)
    assert len(due(DeadlineKind.SIGNATURE)) == 1
    exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=case.coach)
    assert due(DeadlineKind.SIGNATURE) == []


def test_an_internship_is_reviewed_by_whoever_is_spoken_to_once_it_has_ended() -> None:
    case = in_prehire(a_coach(), since=today() - 40 * DAY)
    hired(case, starts_on=today() - 20 * DAY, ends_on=today() + 3 * DAY, contract_type="STAGE")
    assert due(DeadlineKind.TRAINING_END) == [(today() + 3 * DAY, None)]
    job = Employment.objects.get()
    end_employment(employment=job, ended_on=today() - DAY, reason="OTHER", actor=case.coach)
    assert due(DeadlineKind.TRAINING_END) == [(today() - DAY, None)]
    a_contact(case)
    assert due(DeadlineKind.TRAINING_END) == []

"""Two presses on « Engager » at the same instant, on two connections: one contract, one sentence."""

import threading

import pytest
from django.db import connection, connections

from foundation.clock import today
from foundation.errors import DomainError
from placements.models import Employment, FollowUpAgreement
from placements.services.hiring import FollowUpTerms, Terms, hire
from tests.factories.stories import a_coach, a_company, in_prehire

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_presses_at_once_write_one_contract_and_change_phase_once():
    coach = a_coach()
    case, firm = in_prehire(coach), a_company(coach)
    terms = Terms(contract_type="CDI", job_title="Magasinier·ère", starts_on=today())
    start, written, refused, failed = threading.Barrier(2), [], [], []

    def press():
        try:
            start.wait(timeout=10)
            followup = FollowUpTerms(mode="AGREED", agreed_on=today())
            written.append(hire(case=case, company=firm, terms=terms, followup=followup, actor=coach))
        except DomainError as refusal:
            refused.append(refusal)
        except Exception as fault:
            failed.append(fault)
        finally:
            connections.close_all()

    presses = [threading.Thread(target=press) for _press in range(2)]
    for press_thread in presses:
        press_thread.start()
    for press_thread in presses:
        press_thread.join(timeout=60)
    connection.close()

    assert failed == []
    assert [refusal.code for refusal in refused] == ["already_hired"]
    assert len(written) == Employment.objects.count() == FollowUpAgreement.objects.count() == 1
    assert [spell.phase for spell in case.spells.order_by("sequence")] == [
        "PREPARATORY",
        "PRE_HIRE",
        "HIRE",
        "FOLLOW_UP",
    ]

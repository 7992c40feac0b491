"""The pilot loaded once per module: some twenty thousand rows, rolled back at the end."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine
from django.db import transaction

from demo.acts import Demo, load_demo
from demo.loading import PilotLoad, load_pilot
from demo.plan.plan import REPORT_DAY
from tests.conftest import BRUSSELS

# A Sunday: nobody was received on the eve, and the day must be lively all the same.
DEMO_DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def pilot(django_db_setup: Any, django_db_blocker: Any) -> Iterator[PilotLoad]:
    """The pilot as the report saw it, on 31 December 2002."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_pilot(as_of=REPORT_DAY)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def demo(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Demo]:
    """The demonstration, on a day that stands still."""
    morning = datetime.combine(DEMO_DAY, time(10), tzinfo=BRUSSELS)
    with time_machine.travel(morning, tick=False), django_db_blocker.unblock(), transaction.atomic():
        yield load_demo()
        transaction.set_rollback(True)

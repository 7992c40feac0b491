"""What every test may use: a stopped clock, an empty cache. The traps are in tests/traps.py."""

import gc
from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache

from accounts.parameters.store import forget as forget_parameters
from foundation.clock import today

pytest_plugins = ["tests.examples", "tests.reports", "tests.traps", "tests.order", "tests.kept"]

BRUSSELS = ZoneInfo("Europe/Brussels")

# A Monday without a holiday near it, in a year that is not a leap year.
FIRST_MORNING = datetime(2025, 3, 3, 10, tzinfo=BRUSSELS)


class FrozenClock:
    """The time of a test: it stands still until the test moves it."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller

    @property
    def today(self) -> date:
        """The present day in Brussels."""
        return today()

    def to(self, moment: date | datetime | str) -> date:
        """Move to a day ("2025-03-31" or a date: at 10 in the morning in Brussels) or to an aware moment."""
        if isinstance(moment, str):
            moment = date.fromisoformat(moment)
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time(10), tzinfo=BRUSSELS)
        self._traveller.move_to(moment, tick=False)
        return self.today

    __call__ = to


@pytest.fixture
def frozen() -> Iterator[FrozenClock]:
    """Stop the clock on Monday 3 March 2025, 10:00 in Brussels; `frozen("2025-04-01")` moves it."""
    with time_machine.travel(FIRST_MORNING, tick=False) as traveller:
        yield FrozenClock(traveller)


@pytest.fixture(autouse=True)
def _forget_what_others_cached(request: pytest.FixtureRequest) -> None:
    """Begin as a process that has just started: log-in attempts are counted in the cache, parameters are kept.

    A test that commits empties the tables at its end, and content types may come back under other keys.
    """
    cache.clear()
    marker = request.node.get_closest_marker("django_db")
    if marker is not None and marker.kwargs.get("transaction"):
        ContentType.objects.clear_cache()
    forget_parameters()


def pytest_collection_finish() -> None:
    """Leave what was imported out of the garbage collection, and collect seldom: a fifth of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests that really commit the rows of the migrations: such a test leaves an empty database.

    A test that asks for no database is marked `once`: bin/test repeats it on no second one.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is None and not {"db", "django_db_setup", "live_server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.once)
        commits = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
        if commits or (marker and marker.kwargs.get("transaction")):
            given = {**(marker.kwargs if marker else {}), "transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**given), append=False)

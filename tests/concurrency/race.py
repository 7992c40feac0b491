"""Acts at the same instant, each in its thread and on its connection: who wins, who is told, and nothing twice."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from django.db import connections

from foundation.errors import DomainError
from foundation.unit_of_work import unit_of_work

#: long enough for the others to come while an act holds its rows, short enough for a suite
HELD_FOR = 0.15


class Outcome(NamedTuple):
    """What an act gave, or the refusal that it met."""

    given: Any = None
    refusal: DomainError | None = None


@contextmanager
def _acts_take_time() -> Iterator[None]:
    """Every act lingers once it has written, its transaction still open: whoever comes meanwhile really waits."""

    @contextmanager
    def lingering() -> Iterator[None]:
        with unit_of_work():
            yield
        time.sleep(HELD_FOR)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("privacy.audit.unit_of_work", lingering)
        yield


def race(*acts: Callable[[], Any]) -> list[Outcome]:
    """Start every act at once; the outcomes come in the order of the acts. Anything but a refusal is raised."""
    start = threading.Barrier(len(acts))
    outcomes: list[Outcome] = [Outcome() for _act in acts]
    faults: list[Exception] = []

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=20)
            outcomes[number] = Outcome(given=act())
        except DomainError as refusal:
            outcomes[number] = Outcome(refusal=refusal)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    with _acts_take_time():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "an act waits for ever"
    if faults:
        raise faults[0]
    return outcomes


def one_wins(outcomes: list[Outcome]) -> tuple[Any, list[DomainError]]:
    """What the only act that was done gave, and the sentences that the others got."""
    given = [outcome.given for outcome in outcomes if outcome.refusal is None]
    refusals = [outcome.refusal for outcome in outcomes if outcome.refusal is not None]
    assert len(given) == 1, f"{len(given)} acts were done; refused: {[r.code for r in refusals]}"
    assert all(refusal.message for refusal in refusals)
    return given[0], refusals

"""What rooms above bring to this one: talks, which are news of a job."""

from collections.abc import Callable
from typing import Any

from foundation.registry import Registry

#: the day of the last talk that is news of a contract, as an expression over a contract: held live with the person, or
#: with its employer about them, no later than the exit
last_talks: Registry[Callable[[], Any]] = Registry()

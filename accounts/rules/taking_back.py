"""Who may take back what was written by mistake: its author on the day itself, a coordinator at any time."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date


def may_take_back(
    *, recorded_on: date, recorded_by: Hashable | None, actor: Hashable, is_coordinator: bool, on: date
) -> bool:
    """Whether `actor` may take back on the day `on` what `recorded_by` wrote down on the day `recorded_on`.

    An author that is not known (written by the machine, or before the trail) is nobody's. Source: domain, 5 bis.
    """
    return is_coordinator or (recorded_by is not None and recorded_by == actor and recorded_on == on)

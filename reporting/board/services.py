"""The reading of each Monday: taken once, by whoever wakes first."""

from datetime import date

from django.db import IntegrityError, transaction

from accounts.models import Organisation
from foundation.clock import today
from reporting.board.models import BoardReading
from reporting.board.rules.mondays import is_to_freeze, monday_of
from reporting.board.selectors.figures import FIGURES, figures_by_coach


def freeze_week() -> int:
    """Keep how this week began, of each organisation that has no reading of it yet; returns how many were taken.

    A week that passed whole without a worker stays without one. Of two workers at once the second writes nothing: the
    organisation's own line is written first, and the database takes it once.
    """
    on = today()
    taken = 0
    for organisation in Organisation.objects.order_by("pk"):
        kept = BoardReading.objects.filter(organisation=organisation, week=monday_of(on)).values_list("week", flat=True)
        if is_to_freeze(on, set(kept)):
            taken += _freeze(organisation, on)
    return taken


def _freeze(organisation: Organisation, on: date) -> bool:
    """Take the reading of one organisation; whether it was this worker that did."""
    try:
        with transaction.atomic():
            stated = {"organisation": organisation, "week": monday_of(on), "taken_on": on}
            by_coach = figures_by_coach(organisation, on)
            whole = {name: sum(one[name] for one in by_coach.values()) for name in FIGURES}
            BoardReading.objects.create(**stated, **whole)
            # One by one: what is written in bulk leaves no trace in the trail.
            for coach, figures in by_coach.items():
                BoardReading.objects.create(**stated, coach_id=coach, **figures)
    except IntegrityError:
        return False
    return True

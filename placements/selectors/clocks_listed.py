"""Both clocks of many cases at once, for a list of people."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from beneficiaries.models import CoachingCase
from method.components import ClockFacts as ClockShown
from placements.models import Employment
from placements.selectors.clocks import clock_facts, former_jobs
from placements.selectors.clocks_shown import followup_shown, prehire_shown


class Clocks(NamedTuple):
    """The 24 months and the six months of one case."""

    prehire: ClockShown
    followup: ClockShown


def listed_clocks(cases: Sequence[CoachingCase], on: date) -> Mapping[UUID, Clocks]:
    """The clocks of the cases that day, by case: four statements, and one for each former case that was not read with
    the one that follows it.
    """
    known = [*cases, *_former(cases)]
    prefetch_related_objects(
        known,
        "spells",
        Prefetch(
            "employments",
            Employment.objects.select_related("company", "followup_agreement").order_by("starts_on", "created_at"),
        ),
        "suspensions",
        "extensions",
    )
    return {case.pk: _clocks(case, on) for case in cases}


def _former(cases: Sequence[CoachingCase]) -> list[CoachingCase]:
    """The former cases, and theirs, put where the clocks look for them."""
    found: list[CoachingCase] = []
    asked = list(cases)
    while following := [case for case in asked if case.previous_case_id is not None]:
        unread = [case for case in following if not CoachingCase.previous_case.is_cached(case)]
        former = CoachingCase.objects.in_bulk({case.previous_case_id for case in unread}) if unread else {}
        for case in unread:
            case.previous_case = former[case.previous_case_id]
        asked = [case.previous_case for case in following if case.previous_case is not None]
        found += asked
    return found


def _clocks(case: CoachingCase, on: date) -> Clocks:
    jobs = [job for job in case.employments.all() if job.cancelled_on is None]
    facts = clock_facts(case, jobs)
    return Clocks(prehire_shown(facts, [*former_jobs(case), *jobs], on), followup_shown(facts, jobs, on))

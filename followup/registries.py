"""What the funder asks after the exit, and who knows whether it was answered; which papers wait for a signature.

The record of the answers belongs to a room above, which registers here: the status of a case and its reminders then
follow what is recorded, without this room knowing of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import DateField, Subquery, Value

from beneficiaries.models import CoachingCase
from followup.rules.kinds import DeadlineKind
from foundation.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsSource:
    """Who knows which results are settled: recorded, or asked no more.

    Attributes:
        prefetches: what is read of many cases at once before `settled` is asked, as names of relations.
        settled: the kinds of results that are no longer to be asked of a case whose `prefetches` are loaded. It reads
            facts only, never the day.
        former: the former case of a case whose `prefetches` are loaded, when what was asked of it no longer is because
            the person came back.
        places: the name of the page that records each kind; its address takes the case.
    """

    prefetches: tuple[str, ...]
    settled: Callable[[CoachingCase], frozenset[DeadlineKind]]
    former: Callable[[CoachingCase], CoachingCase | None] = lambda case: None
    places: Mapping[DeadlineKind, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSource:
    """Who knows the papers that were made for a case.

    Attributes:
        unsigned_since: of the case of the outer row, the day of the oldest paper that opens pre-hire and is not
            recorded as signed; null for none.
    """

    unsigned_since: Callable[[], Subquery]


results_sources: Registry[ResultsSource] = Registry()
paper_sources: Registry[PaperSource] = Registry()


def results_prefetches() -> tuple[str, ...]:
    """What the sources read of a case."""
    return tuple(name for source in results_sources for name in source.prefetches)


def settled_results(case: CoachingCase) -> frozenset[DeadlineKind]:
    """The results that are no longer to be asked of a case."""
    return frozenset().union(*(source.settled(case) for source in results_sources))


def formers_to_settle(case: CoachingCase) -> list[CoachingCase]:
    """The former cases of which less is asked since the person came back with this one."""
    found = (source.former(case) for source in results_sources)
    return [former for former in found if former is not None]


def results_place(kind: str) -> str:
    """The name of the page where a result is recorded; "" when nobody records it."""
    found = (name for source in results_sources for known, name in source.places.items() if known == kind)
    return next(found, "")


def unsigned_since() -> Subquery | Value:
    """Since when a paper of the outer row's case waits for its signature; nothing when no room makes papers."""
    found = [source.unsigned_since() for source in paper_sources]
    return found[0] if found else Value(None, output_field=DateField())

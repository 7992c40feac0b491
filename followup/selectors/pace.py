"""What the average of a case is measured on: the days on which a contact was due, and the contacts that count."""

from collections.abc import Sequence

from beneficiaries.models import CoachingCase
from followup.rules.cadence import counts_for_cadence
from followup.rules.pace import Seen, seen_lately
from followup.selectors.policy import cadence_policy
from foundation.rules.periods import Period
from placements.enums import REFUSED_BY_PERSON
from placements.models import Employment
from placements.selectors.clocks import ClockFacts


def seen_of(case: CoachingCase, clocks: ClockFacts, employments: Sequence[Employment]) -> Seen:
    """How often the person of a case was seen until their last contact; the facts of the case are loaded."""
    refused = unfollowed(employments)
    return seen_lately(
        [(spell.phase, Period(spell.starts_on, spell.ends_on)) for spell in case.spells.all()],
        [window.period for window in clocks.windows() if window.employer not in refused],
        cadence_policy(case.opened_on, case.organisation_id),
        paused=clocks.suspended(),
        contacts=[one.on for one in case.contacts.all() if counts_for_cadence(one.channel, one.outcome, one.party)],
    )


def unfollowed(employments: Sequence[Employment]) -> frozenset[str]:
    """The firms where the person refuses to be followed: no contact is due there."""
    agreements = [(e, getattr(e, "followup_agreement", None)) for e in employments]
    return frozenset(
        e.as_contract().employer for e, told in agreements if told is not None and told.mode in REFUSED_BY_PERSON
    )

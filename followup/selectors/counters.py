"""How a coach keeps the cadence, from what is stored; two statements."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import PhaseSpell
from followup.models import Contact
from followup.rules.cadence import COUNTING_CHANNELS, COUNTING_PARTIES, HELD
from followup.rules.counters import CADENCE_WEEKS, CadenceFacts, PhaseFact, cadence_kept, cadence_period
from followup.selectors.policy import cadence_policy
from foundation.formatting import date_words
from foundation.rules.periods import Period
from foundation.rules.rates import Rate

# A contact due in the weeks looked at follows one of at most that many days before: the longest interval, and a margin
# for one that an organisation would lengthen.
LOOK_BACK = timedelta(days=93)

_CASE = (
    "case_id",
    "case__status__prehire_deadline",
    "case__status__followup_starts_on",
    "case__status__followup_deadline",
    "carried_from",
)


@dataclass(frozen=True, slots=True)
class Cadence:
    """The share of contacts held on time, and the days that it looks at."""

    first: date
    last: date
    rate: Rate


def cadence_of(user: User, on: date) -> Cadence:
    """The contacts held on time among those that fell due, in the cases that the user carries or carried until their
    exit. A follow-up of several jobs is read by the window that ends last, as lists do.
    """
    first, last = cadence_period(on)
    mine = Q(case__organisation=user.current_organisation_id, case__coach=user, case__assignments__coach=user)
    lasting = Q(case__assignments__ends_on=None) | Q(case__assignments__ends_on=F("case__closed_on"))
    still = Q(case__closed_on=None) | Q(case__closed_on__gt=first)
    phases: dict[UUID, list[PhaseFact]] = defaultdict(list)
    cases: dict[UUID, tuple[date | None, date | None, date | None, date]] = {}
    spells = PhaseSpell.objects.filter(mine & lasting & still).filter(Q(ends_on=None) | Q(ends_on__gt=first))
    spells = spells.annotate(carried_from=F("case__assignments__starts_on")).order_by("case_id", "sequence")
    for phase, starts_on, ends_on, case_id, *facts in spells.values_list("phase", "starts_on", "ends_on", *_CASE):
        phases[case_id].append(
            PhaseFact(phase, starts_on, ends_on, cadence_policy(starts_on, user.current_organisation_id))
        )
        cases[case_id] = (facts[0], facts[1], facts[2], facts[3])
    days: dict[UUID, list[date]] = defaultdict(list)
    counting = Contact.objects.filter(
        case__organisation=user.current_organisation_id,
        case__coach=user,
        on__range=(first - LOOK_BACK, on),
        outcome=HELD,
        channel__in=COUNTING_CHANNELS,
        party__in=COUNTING_PARTIES,
    )
    for case_id, day in counting.values_list("case_id", "on"):
        days[case_id].append(day)
    kept = cadence_kept(
        (
            CadenceFacts(
                carried_from=carried_from,
                phases=phases[case_id],
                contacts=days[case_id],
                window=Period(starts_on, deadline) if starts_on else None,
                mandate_ends_on=mandate_ends_on,
            )
            for case_id, (mandate_ends_on, starts_on, deadline, carried_from) in cases.items()
        ),
        on,
    )
    return Cadence(first, last, Rate(kept.on_time, kept.due, _definition(first, last)))


def _definition(first: date, last: date) -> str:
    return _(
        "Contacts tenus au plus tard le jour de leur échéance, parmi ceux de mes dossiers qui étaient dus "
        "du %(first)s au %(last)s (%(weeks)s semaines). Les séances collectives, les courriers et les absences "
        "n’y comptent pas."
    ) % {"first": date_words(first), "last": date_words(last), "weeks": CADENCE_WEEKS}

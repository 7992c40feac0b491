"""What the file of a person says of the conditions of a hiring aid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from beneficiaries.models import Beneficiary
from beneficiaries.rules.situations import SituationKind
from foundation.rules.periods import Period
from placements.models import Employment
from placements.rules.aids import AidFacts, Condition, judged
from placements.rules.contract_kinds import PERMANENT_TYPES


@dataclass(frozen=True, slots=True)
class AidJudgement:
    """The conditions of an aid on the eve of a first day, as the file knows them."""

    eve: date
    conditions: tuple[Condition, ...]

    @property
    def unmet(self) -> list[Condition]:
        """What the file contradicts."""
        return [one for one in self.conditions if one.holds is False]

    @property
    def unknown(self) -> list[Condition]:
        """What the file does not know."""
        return [one for one in self.conditions if one.holds is None]


def registrations_of(person: Beneficiary) -> list[Period]:
    """The registrations as an unoccupied jobseeker that the file knows; one statement unless read already."""
    return [one.as_period() for one in person.situations.all() if one.kind == SituationKind.REGISTERED]


def judgement_of(job: Employment, person: Beneficiary, registrations: Sequence[Period]) -> AidJudgement | None:
    """What is known of the conditions of the aid that a contract names; `None` when nothing of them is judged."""
    if job.aid is None:
        return None
    facts = AidFacts(
        birth_date=person.birth_date,
        diploma=person.education,
        postal_code=person.postal_code,
        registrations=registrations,
        starts_on=job.starts_on,
        ends_on=job.ends_on,
        open_ended=job.contract_type in PERMANENT_TYPES,
        weekly_hours=float(job.weekly_hours) if job.weekly_hours is not None else None,
    )
    conditions = judged(job.aid.code, facts)
    return AidJudgement(facts.eve, conditions) if conditions else None

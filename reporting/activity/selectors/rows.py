"""What the activity report counts, as plain values: no table knows a model, and a test can write them by hand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from foundation.rules.periods import ONE_DAY, Period
from method.rules.phases import Phase
from placements.rules.clocks import Contract
from placements.rules.contract_kinds import is_employment
from reporting.activity.rules.staff import Share
from tables.engine.refs import PackedRefs


@dataclass(frozen=True, slots=True)
class SpellRow:
    """One stay in a phase, ``[starts_on, ends_on)``; an exit has its reason and its outcome."""

    phase: str
    starts_on: date
    ends_on: date | None
    exit_reason: str
    exit_outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case of the period; `age` is that of the last day of the period, `spells` begin no later than it."""

    case_id: UUID
    beneficiary_id: UUID
    organisation_id: UUID
    gender: str
    age: int | None
    origin: str
    education: str
    town: str
    jobseeker_since: date | None
    referrer: str
    opened_on: date
    closed_on: date | None
    regime: str = ""
    criteria: tuple[str, ...] = ()
    is_derogation: bool = False
    over_quota: bool = False
    checked_on: date | None = None
    spells: tuple[SpellRow, ...] = ()

    def phase_on(self, on: date) -> str:
        """The phase of a day; ``""`` before the first."""
        return next((spell.phase for spell in reversed(self.spells) if spell.starts_on <= on), "")

    @property
    def entered_on(self) -> date | None:
        """The first day of pre-hire."""
        return next((spell.starts_on for spell in self.spells if spell.phase == Phase.PRE_HIRE), None)

    def open_days(self, last: date) -> Period:
        """The days on which the case was open, ``last`` included; the first day of EXIT is none of them."""
        if self.closed_on is not None:
            return Period(self.opened_on, self.closed_on)
        return Period(self.opened_on, max(self.opened_on, last + ONE_DAY))


#: a follow-up that had been refused before it was accepted
ACCEPTED = "ACCEPTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRow:
    """One contract of a person as far as its work was seen, and what the tables count of it.

    Attributes:
        followup: how its follow-up is agreed (`FollowUpMode`), `ACCEPTED` when it had been refused before; "" as long
            as nothing is told.
        town: the commune of the firm where one works; "" when it is not known, or in another country.
    """

    employment_id: UUID
    case_id: UUID
    beneficiary_id: UUID
    organisation_id: UUID
    gender: str
    contract: Contract
    sector: str = ""
    aid_code: str = ""
    aid: str = ""
    weekly_hours: Decimal | None = None
    origin: str = ""
    match_id: UUID | None = None
    followup: str = ""
    abroad: bool = False
    town: str = ""


@dataclass(slots=True)
class Tally:
    """Contacts that share something: how many, how many minutes, and which, sixteen bytes each."""

    count: int = 0
    minutes: int = 0
    packed: bytearray = field(default_factory=bytearray)

    def add(self, ref: UUID, minutes: int) -> None:
        self.count += 1
        self.minutes += minutes
        self.packed += ref.bytes

    @property
    def refs(self) -> PackedRefs:
        """Which contacts."""
        return PackedRefs(self.packed)


@dataclass(slots=True)
class ContactWork:
    """The contacts of a period, by what the tables show. Inside the mandate unless told otherwise."""

    by: dict[str, dict[str, Tally]] = field(
        default_factory=lambda: {name: {} for name in ("phase", "channel", "place", "party")}
    )
    missed: Tally = field(default_factory=Tally)
    after_exit: Tally = field(default_factory=Tally)
    after_clock: Tally = field(default_factory=Tally)
    minutes_of: dict[UUID, int] = field(default_factory=dict)


@dataclass(slots=True)
class FirmTally:
    """One firm: its direct contacts and the others, for prospection or about a person."""

    direct: int = 0
    written: int = 0


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One contact of prospection."""

    visit_id: UUID
    company_id: UUID
    organisation_id: UUID
    channel: str
    result: str
    minutes: int


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """One job to be filled, announced or open in the period, and its requirements."""

    vacancy_id: UUID
    organisation_id: UUID
    state: str
    opened_on: date
    closed_on: date | None
    positions: int
    requirements: int
    objectivated: int


@dataclass(frozen=True, slots=True)
class MatchRow:
    """One proposal made in the period."""

    match_id: UUID
    case_id: UUID
    person: str
    employer: str
    hired: bool


@dataclass(frozen=True, slots=True)
class ObstacleRow:
    """One obstacle of a case of the period."""

    obstacle_id: UUID
    case_id: UUID
    kind: str
    identified_on: date
    lifted_on: date | None


@dataclass(slots=True)
class SessionRow:
    """One collective session held, and who was there."""

    session_id: UUID
    series_id: UUID
    title: str
    organisation_id: UUID
    minutes: int
    present: list[UUID] = field(default_factory=list)
    person_minutes: int = 0
    absent: int = 0


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One role of one user, with the part of a full time and the days."""

    user_id: UUID
    organisation_id: UUID
    role: str
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Everything that a period holds. ``cases`` are those open on at least one of its days, in the scope; ``contracts``
    are those of the people accompanied, observed until its last day, whatever their type.
    """

    cases: Sequence[CaseRow]
    contracts: Sequence[ContractRow]
    work: ContactWork
    firms: Mapping[UUID, FirmTally]
    visits: Sequence[VisitRow] = ()
    vacancies: Sequence[VacancyRow] = ()
    matches: Sequence[MatchRow] = ()
    obstacles: Sequence[ObstacleRow] = ()
    sessions: Sequence[SessionRow] = ()
    staff: Sequence[StaffRow] = ()

    @property
    def people(self) -> list[CaseRow]:
        """One row per person, accompanied or only received: that of their last case in the period."""
        return one_each(self.cases)

    @property
    def accompanied(self) -> list[CaseRow]:
        """One row per person accompanied."""
        return accompanied(self.cases)

    @property
    def received(self) -> list[CaseRow]:
        """One row per person only received: they had not entered pre-hire by the last day."""
        entered = {row.beneficiary_id for row in self.accompanied}
        return [row for row in self.people if row.beneficiary_id not in entered]

    def begun(self, first: date, last: date) -> list[ContractRow]:
        """The contracts of employment whose first day lies between two days, both included."""
        return [row for row in self._begun(first, last) if is_employment(row.contract.type)]

    def apart(self, first: date, last: date) -> list[ContractRow]:
        """The internships, trainings in a firm and self-employments begun between two days, both included."""
        return [row for row in self._begun(first, last) if not is_employment(row.contract.type)]

    def _begun(self, first: date, last: date) -> Iterator[ContractRow]:
        return (row for row in self.contracts if first <= row.contract.starts_on <= last)


def one_each(cases: Iterable[CaseRow]) -> list[CaseRow]:
    """One row per person: the last of theirs."""
    return list({row.beneficiary_id: row for row in cases}.values())


def accompanied(cases: Iterable[CaseRow]) -> list[CaseRow]:
    """One row per person who has entered pre-hire: the last of their cases that did (domain, section 9)."""
    return one_each(row for row in cases if row.entered_on is not None)

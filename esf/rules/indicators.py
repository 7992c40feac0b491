"""The common indicators of the ESF+ (FSE+) 2021-2027 for participants: EECO01 to EECO17 and EECR01 to EECR06.

Source: regulation file, section 4, and the form of the conformance cases. Codes and several definitions there are from
memory (status U): this module is the one place to correct. EECO18 and EECO19 count entities, not people, and have no
place here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from foundation.rules.lists import ClosedList
from foundation.rules.periods import add_months, age_on

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class EsfPolicy:
    """The dated thresholds.

    Attributes:
        long_term_months: more than so many months without a job at entry is long-term unemployment.
        long_term_months_young: the same for those under ``young_under``, in years.
        child_under, youth_until, senior_from: the ages of EECO06, EECO07 (included) and EECO08.
        immediate_weeks: immediate results are reached within so many weeks of the exit (ESF-07).
        later_months: the others are looked at so many months after it.
    """

    long_term_months: int = 12
    long_term_months_young: int = 6
    young_under: int = 25
    child_under: int = 18
    youth_until: int = 29
    senior_from: int = 55
    immediate_weeks: int = 4
    later_months: int = 6

    def immediate_result_until(self, exit_on: date) -> date:
        """Return the last day on which an immediate result may be reached."""
        return exit_on + timedelta(weeks=self.immediate_weeks)

    def later_check_on(self, exit_on: date) -> date:
        """Return the day on which the later situation is looked at."""
        return add_months(exit_on, self.later_months)


class Gender(StrEnum):
    """Gender as the regulation breaks figures down (ESF-01); unknown is ``None``."""

    WOMAN = "W"
    MAN = "M"
    NON_BINARY = "X"


class EntryStatus(ClosedList):
    """Employment status at entry: exactly one (ESF-08)."""

    UNEMPLOYED = "unemployed", "sans emploi, inscrit·e comme demandeur·euse d’emploi"
    INACTIVE = "inactive", "inactif·ve : ni emploi, ni inscription, ou études à temps plein"
    EMPLOYED = "employed", "à l’emploi ou indépendant·e"


class Nationality(ClosedList):
    """Nationality group; the stateless count as third-country nationals."""

    BELGIAN = "belgian", "belge"
    EU = "eu", "d’un autre pays de l’Union européenne"
    THIRD_COUNTRY = "third_country", "d’un pays tiers"
    STATELESS = "stateless", "apatride"


class Answer(ClosedList):
    """Answer to a question one may decline; a refusal, proven, leaves the record complete (ESF-10)."""

    YES = "yes", "oui"
    NO = "no", "non"
    REFUSED = "refused", "ne souhaite pas répondre"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitSituation:
    """Situation within four weeks of the exit."""

    employed: bool = False
    job_searching: bool = False
    in_training: bool = False
    qualification: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterSituation:
    """Situation six months after the exit; ``improved`` concerns people employed at entry: a mere pay rise is none."""

    employed: bool = False
    improved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One participant of one operation: one record, whatever the number of entries (ESF-06). ``None`` means unknown.

    Attributes:
        entry_on: first entry in the operation; ages and durations are judged that day.
        unemployed_since: first day of the unemployment that was running at entry.
        isced: highest level completed, 0 to 8.
        exit_on: last exit; results need one.
        policy: the thresholds of the day of the entry.

    Raises:
        ValueError: the ISCED level is not one of the classification.
    """

    id: str
    entry_on: date
    gender: Gender | None = None
    birth_date: date | None = None
    status: EntryStatus | None = None
    unemployed_since: date | None = None
    isced: int | None = None
    nationality: Nationality | None = None
    foreign_background: Answer | None = None
    disability: Answer | None = None
    minority: Answer | None = None
    homeless: Answer | None = None
    rural: Answer | None = None
    exit_on: date | None = None
    at_exit: ExitSituation = field(default_factory=ExitSituation)
    at_six_months: LaterSituation = field(default_factory=LaterSituation)
    policy: EsfPolicy = EsfPolicy()

    def __post_init__(self) -> None:
        """Refuse a level that no indicator would count."""
        if self.isced is not None and not 0 <= self.isced <= 8:
            raise ValueError(f"ISCED levels go from 0 to 8, not {self.isced}")

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the data without which the record is incomplete and counts in EECO01 alone (ESF-09)."""
        needed: dict[str, object] = {
            "gender": self.gender,
            "birth_date": self.birth_date,
            "status": self.status,
            "isced": self.isced,
        }
        if self.status == EntryStatus.UNEMPLOYED:
            needed["unemployed_since"] = self.unemployed_since
        return tuple(name for name, value in needed.items() if value is None)

    @property
    def complete(self) -> bool:
        """True when nothing needed is missing."""
        return not self.missing

    @property
    def age(self) -> int | None:
        """Age in completed years at entry."""
        return None if self.birth_date is None else age_on(self.birth_date, self.entry_on)

    @property
    def is_child(self) -> bool:
        """Whether the age at entry is that of EECO06."""
        return self.age is not None and self.age < self.policy.child_under

    @property
    def is_youth(self) -> bool:
        """Whether the age at entry is that of EECO07."""
        return self.age is not None and self.policy.child_under <= self.age <= self.policy.youth_until

    @property
    def is_senior(self) -> bool:
        """Whether the age at entry is that of EECO08."""
        return self.age is not None and self.age >= self.policy.senior_from

    @property
    def long_term_unemployed(self) -> bool:
        """Unemployed at entry for more calendar months than the threshold of that age."""
        if self.status != EntryStatus.UNEMPLOYED or self.unemployed_since is None or self.age is None:
            return False
        law = self.policy
        months = law.long_term_months_young if self.age < law.young_under else law.long_term_months
        return add_months(self.unemployed_since, months) < self.entry_on


def _isced(low: int, high: int) -> Callable[[Participant], bool]:
    return lambda p: p.isced is not None and low <= p.isced <= high


def _left(p: Participant) -> bool:
    return p.exit_on is not None


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as data: code, French label, which complete records it counts, whether the data are sensitive."""

    code: str
    label: str
    counts: Callable[[Participant], bool]
    special_category: bool = False


_S, _N, _A = EntryStatus, Nationality, Answer

INDICATORS: tuple[Indicator, ...] = (
    Indicator("EECO01", "Nombre total de participants", lambda p: True),
    Indicator("EECO02", "Chômeurs, y compris de longue durée", lambda p: p.status == _S.UNEMPLOYED),
    Indicator("EECO03", "Chômeurs de longue durée", lambda p: p.long_term_unemployed),
    Indicator("EECO04", "Personnes inactives", lambda p: p.status == _S.INACTIVE),
    Indicator("EECO05", "Personnes occupées, y compris les indépendants", lambda p: p.status == _S.EMPLOYED),
    Indicator("EECO06", "Enfants de moins de 18 ans", lambda p: p.is_child),
    Indicator("EECO07", "Jeunes de 18 à 29 ans", lambda p: p.is_youth),
    Indicator("EECO08", "Personnes de 55 ans et plus", lambda p: p.is_senior),
    Indicator("EECO09", "Au plus l’enseignement secondaire inférieur (CITE 0-2)", _isced(0, 2)),
    Indicator("EECO10", "Enseignement secondaire supérieur ou post-secondaire (CITE 3-4)", _isced(3, 4)),
    Indicator("EECO11", "Enseignement supérieur (CITE 5-8)", _isced(5, 8)),
    Indicator("EECO12", "Personnes handicapées", lambda p: p.disability == _A.YES, special_category=True),
    Indicator("EECO13", "Ressortissants de pays tiers", lambda p: p.nationality in {_N.THIRD_COUNTRY, _N.STATELESS}),
    Indicator("EECO14", "Participants d’origine étrangère", lambda p: p.foreign_background == _A.YES),
    Indicator("EECO15", "Minorités, y compris les Roms", lambda p: p.minority == _A.YES, special_category=True),
    Indicator("EECO16", "Sans-abri ou exclus du logement", lambda p: p.homeless == _A.YES),
    Indicator("EECO17", "Participants de zones rurales", lambda p: p.rural == _A.YES),
    Indicator(
        "EECR01",
        "Inactifs engagés dans une recherche d’emploi au terme de leur participation",
        lambda p: _left(p) and p.status == _S.INACTIVE and p.at_exit.job_searching,
    ),
    Indicator(
        "EECR02",
        "En études ou en formation au terme de leur participation",
        lambda p: _left(p) and p.at_exit.in_training,
    ),
    Indicator(
        "EECR03",
        "Ayant obtenu une qualification au terme de leur participation",
        lambda p: _left(p) and p.at_exit.qualification,
    ),
    Indicator(
        "EECR04",
        "À l’emploi au terme de leur participation",
        lambda p: _left(p) and p.status != _S.EMPLOYED and p.at_exit.employed,
    ),
    Indicator(
        "EECR05",
        "À l’emploi six mois après la fin de leur participation",
        lambda p: _left(p) and p.status != _S.EMPLOYED and p.at_six_months.employed,
    ),
    Indicator(
        "EECR06",
        "Situation améliorée sur le marché du travail six mois après la fin de leur participation",
        lambda p: _left(p) and p.status == _S.EMPLOYED and p.at_six_months.improved,
    ),
)

TOTAL = INDICATORS[0].code


@dataclass(frozen=True, slots=True)
class Breakdown(Generic[Row]):
    """Whom an indicator counts: everybody, in the order given, and those of one gender (``None``: unknown)."""

    everyone: Sequence[Row]
    by_gender: Mapping[Gender | None, Sequence[Row]]

    def of(self, gender: Gender | None) -> Sequence[Row]:
        """Return those of a gender."""
        return self.by_gender.get(gender, ())


def indicator_codes(participant: Participant) -> tuple[str, ...]:
    """Return the codes of the indicators that a participant counts in, in the order of the list.

    An incomplete record counts in EECO01 alone.
    """
    if not participant.complete:
        return (TOTAL,)
    return tuple(indicator.code for indicator in INDICATORS if indicator.counts(participant))


def indicator_table(rows: Iterable[Row], facts: Callable[[Row], Participant]) -> Mapping[str, Breakdown[Row]]:
    """Return every indicator with whom it counts, in the order of the list; empty ones are reported too (ESF-04).

    ``facts`` gives the participant of a row: a report counts rows that it can open, a case counts participants.
    """
    found: dict[str, list[Row]] = {indicator.code: [] for indicator in INDICATORS}
    genders: dict[str, dict[Gender | None, list[Row]]] = {indicator.code: {} for indicator in INDICATORS}
    for row in rows:
        participant = facts(row)
        for code in indicator_codes(participant):
            found[code].append(row)
            genders[code].setdefault(participant.gender, []).append(row)
    return {code: Breakdown(everyone, genders[code]) for code, everyone in found.items()}

"""What both eligibility engines share: the profile, a criterion as data, a finding with its reason, the result.

Eligibility is checked once, on the day support starts, and frozen with its evidence (domain, section 8; MIRE-ELIG-11).
The two laws have their own thresholds and their own lists: :mod:`.mire` and :mod:`.cisp`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from beneficiaries.rules.situations import SituationKind
from foundation.rules.periods import ONE_DAY, Period, add_months, age_on, covered_days, merge
from foundation.rules.saying import say, say_counted, sentence


class Diploma(StrEnum):
    """Highest diploma obtained. OTHER is foreign without equivalence or unrecognised: its level is not known."""

    NONE = "NONE"
    CEB = "CEB"
    CESI = "CESI"
    CESS = "CESS"
    HIGHER = "HIGHER"
    OTHER = "OTHER"
    UNKNOWN = ""


BELOW_CESS = frozenset({Diploma.NONE, Diploma.CEB, Diploma.CESI})
AT_MOST_CESS = BELOW_CESS | {Diploma.CESS}
_LEVEL_NOT_KNOWN = frozenset({Diploma.OTHER, Diploma.UNKNOWN})


class Status(StrEnum):
    """How sure the source of a criterion is: words seen in a legal or official text, or an assumption to be checked."""

    CONFIRMED = "confirmed"
    ASSUMPTION = "assumption"


class Mode(StrEnum):
    """Whether a criterion is worked out from the file, ticked by the person who checks, or proposed by the file and
    ticked when the file does not know enough.
    """

    COMPUTED = "computed"
    PROPOSED = "proposed"
    TICKED = "ticked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of the person on the day of the check.

    Attributes:
        birth_date: ``None`` when not known, which blocks: neither schooling nor age can be judged.
        registered_inoccupied_on_date: registered as an inoccupied jobseeker on the day itself.
        registered_inoccupied_periods: the registrations, half-open; an open one still runs.
        highest_diploma: a value of :class:`Diploma`.
        ticked: codes of the criteria that the checker ticked, each with its evidence seen.
        situations: what is known of the person's income, work and residence, half-open periods by kind.
        foreign_origin: whether the person is of foreign origin; ``None`` when not known.
        worked: days under a contract that is known and that the registrations no longer hold, half-open.
        derogation: a derogation was decided for this person.
    """

    birth_date: date | None
    registered_inoccupied_on_date: bool = False
    registered_inoccupied_periods: Sequence[Period] = ()
    highest_diploma: str = Diploma.UNKNOWN
    ticked: frozenset[str] = frozenset()
    derogation: bool = False
    situations: Mapping[SituationKind, Sequence[Period]] = field(default_factory=dict)
    foreign_origin: bool | None = None
    worked: Sequence[Period] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a criterion gives for a profile.

    Attributes:
        code: the criterion's code.
        label: its French label.
        met: whether it is met.
        reason: a French sentence saying why, with the figures compared.
        to_verify: True when the file lacks what would settle it (unknown diploma, unknown age).
        measured, required: the figures compared, in days or years, when the criterion has some.
        contradicted: True when the file says the contrary of what was, or could be, ticked.
    """

    code: str
    label: str
    met: bool
    reason: str
    to_verify: bool = False
    measured: int | None = None
    required: int | None = None
    contradicted: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a test says of a profile: the part of a finding that does not depend on the criterion's name."""

    met: bool
    reason: str
    to_verify: bool = False
    measured: int | None = None
    required: int | None = None
    contradicted: bool = False


PolicyT = TypeVar("PolicyT", bound="EligibilityPolicy")


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityPolicy:
    """Parameters shared by the engines.

    Attributes:
        schooling_age: age in years at which compulsory schooling is over.
        validity: dates of validity that replace those of the list, by criterion code: this is how an administrator
            closes a door that a new decree deletes.
        closed: codes of the criteria that are closed that day, whatever the list says.
        accepted_assumptions: criteria with the status of assumption that the organisation accepts all the same.
    """

    schooling_age: int = 18
    validity: Mapping[str, Period] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    accepted_assumptions: frozenset[str] = frozenset()

    @property
    def reference_months(self) -> int:
        """Over how many months before the day the criteria look back at most."""
        return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(Generic[PolicyT]):
    """One door of a closed list, as data.

    Attributes:
        code: stable code, stored with the frozen check.
        rule: identifier of the rule in the regulation file.
        words: what the list calls it, a sentence of the catalogues; ``label`` says it to whoever reads.
        evidence: kinds of evidence of which at least one must have been seen.
        mode: worked out, proposed or ticked.
        test: what decides for a computed criterion, what the file says for a proposed one; ``None`` for a ticked one.
        valid_from: first day of validity; ``None`` since the law itself (its entry into force was not seen).
        valid_to: last day of validity, inclusive; ``None`` while no end is known.
        status: how sure the source is.
        source: the text, as a page names it.
    """

    code: str
    rule: str
    words: str
    evidence: frozenset[str]
    mode: Mode
    test: Callable[[Profile, date, PolicyT], Verdict] | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    status: Status = Status.CONFIRMED
    source: str = ""

    @property
    def label(self) -> str:
        """The words in the language of whoever reads now."""
        return say(self.words)

    def __post_init__(self) -> None:
        """Refuse a criterion whose mode and test disagree."""
        if (self.test is None) != (self.mode is Mode.TICKED):
            raise ValueError(f"{self.code}: only a ticked criterion has no test")

    def in_force(self, on: date, policy: EligibilityPolicy) -> bool:
        """Return whether the criterion can be used for a support that starts ``on``."""
        if self.code in policy.closed:
            return False
        override = policy.validity.get(self.code)
        if override is not None:
            return override.contains(on)
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    def holds_within(self, first: date, last: date) -> bool:
        """Return whether the list names it on at least one day from ``first`` to ``last``, both included."""
        return (self.valid_from is None or self.valid_from <= last) and (
            self.valid_to is None or first <= self.valid_to
        )

    def find(self, profile: Profile, on: date, policy: PolicyT) -> Finding:
        """Return what the criterion gives for a profile on a day."""
        verdict = self.test(profile, on, policy) if self.test is not None else Verdict(False, say("Non coché."))
        ticked = self.mode is not Mode.COMPUTED and self.code in profile.ticked
        if ticked and not verdict.met and not verdict.contradicted:
            known = f" {verdict.reason}" if self.mode is Mode.PROPOSED else ""
            verdict = Verdict(True, say("Coché par la personne qui a vérifié, pièce à l’appui.") + known)
        return Finding(
            self.code,
            self.label,
            verdict.met,
            verdict.reason,
            verdict.to_verify,
            verdict.measured,
            verdict.required,
            verdict.contradicted,
        )


_BLOCKING: Mapping[str, str] = {
    "compulsory_schooling": sentence("La personne est encore soumise à l’obligation scolaire."),
    "not_registered": sentence("La personne n’est pas inscrite comme demandeuse d’emploi inoccupée ce jour-là."),
    "birth_date_unknown": sentence("La date de naissance n’est pas connue."),
}


def blocking_words(code: str) -> str:
    """Return what a code of ``EligibilityResult.blocking`` means, to whoever reads."""
    return say(_BLOCKING[code])


@dataclass(frozen=True, slots=True)
class EligibilityResult:
    """The result of a check.

    Attributes:
        on: day of the check.
        eligible: nothing blocks and at least one criterion is met; a derogation does not make it True.
        blocking: codes of what blocks, in alphabetical order; their sentences: :func:`blocking_words`.
        criteria: codes of the criteria met, in alphabetical order, listed even when something blocks.
        findings: every criterion in force that day, in the order of the law, met or not, with its reason.
        to_confirm: assumptions that would be met, but that open no door until accepted.
        by_derogation: nothing blocks, no criterion is met, and a derogation was decided: counted apart.
    """

    on: date
    eligible: bool
    blocking: tuple[str, ...]
    criteria: tuple[str, ...]
    findings: tuple[Finding, ...]
    to_confirm: tuple[str, ...]
    by_derogation: bool


def check(
    criteria: Sequence[Criterion[PolicyT]],
    profile: Profile,
    on: date,
    policy: PolicyT,
    *,
    derogation_allowed: bool,
    registration_needed: bool = True,
) -> EligibilityResult:
    """Return the result of a closed list for a profile on the day support starts."""
    blocking = []
    if profile.birth_date is None:
        blocking.append("birth_date_unknown")
    elif age_on(profile.birth_date, on) < policy.schooling_age:
        blocking.append("compulsory_schooling")
    if registration_needed and not profile.registered_inoccupied_on_date:
        blocking.append("not_registered")

    met: list[str] = []
    to_confirm: list[str] = []
    findings: list[Finding] = []
    for criterion in criteria:
        if not criterion.in_force(on, policy):
            continue
        finding = criterion.find(profile, on, policy)
        findings.append(finding)
        if finding.met:
            accepted = criterion.status is Status.CONFIRMED or criterion.code in policy.accepted_assumptions
            (met if accepted else to_confirm).append(criterion.code)
    return EligibilityResult(
        on=on,
        eligible=not blocking and bool(met),
        blocking=tuple(sorted(blocking)),
        criteria=tuple(sorted(met)),
        findings=tuple(findings),
        to_confirm=tuple(sorted(to_confirm)),
        by_derogation=not blocking and not met and derogation_allowed and profile.derogation,
    )


# Tests that both lists use, each with its own thresholds.


def diploma_in(profile: Profile, levels: frozenset[Diploma], label: str) -> Verdict:
    """Judge the highest diploma: met when among ``levels``; to verify when its level is not known."""
    if profile.highest_diploma in _LEVEL_NOT_KNOWN:
        return Verdict(False, say("Niveau du diplôme à vérifier : aucun n’est reconnu au dossier."), to_verify=True)
    met = profile.highest_diploma in levels
    if met:
        return Verdict(met, say("Diplôme le plus élevé au plus : %(level)s.", level=label))
    return Verdict(met, say("Diplôme le plus élevé supérieur à : %(level)s.", level=label))


def registered_long_enough(profile: Profile, on: date, months: int, window_months: int) -> Verdict:
    """Judge the days registered in the ``window_months`` before ``on`` against the days of the last ``months``."""
    required = (on - add_months(on, -months)).days
    measured = covered_days(profile.registered_inoccupied_periods, add_months(on, -window_months), on)
    worked = covered_days(profile.worked, add_months(on, -window_months), on)
    reason = say_counted(
        "%(n)s jour d’inscription comme inoccupé·e dans les %(window)s mois qui précèdent, "
        "%(required)s requis (%(months)s mois).",
        "%(n)s jours d’inscription comme inoccupé·e dans les %(window)s mois qui précèdent, "
        "%(required)s requis (%(months)s mois).",
        measured,
        window=window_months,
        required=required,
        months=months,
    )
    return Verdict(measured >= required, reason + _left_out(worked), measured=measured, required=required)


def registered_without_break(profile: Profile, on: date, months: int) -> Verdict:
    """Judge whether a registration still running on the eve of ``on`` began at least ``months`` months before ``on``.

    Registrations that follow each other without a day between them are one.
    """
    eve, since = on - ONE_DAY, add_months(on, -months)
    required = (on - since).days
    running = [p for p in merge(profile.registered_inoccupied_periods) if p.contains(eve)]
    measured = (on - running[0].start).days if running else 0
    worked = _left_out(covered_days(profile.worked, since, on))
    reason = say_counted(
        "Inscription sans interruption depuis %(n)s jour, %(required)s requis (%(months)s mois).",
        "Inscription sans interruption depuis %(n)s jours, %(required)s requis (%(months)s mois).",
        measured,
        required=required,
        months=months,
    )
    return Verdict(measured >= required, reason + worked, measured=measured, required=required)


def _left_out(days: int) -> str:
    """The sentence about days under a known contract that are no days of unemployment; "" when there are none."""
    if not days:
        return ""
    known = say_counted("%(n)s jour de contrat connu est déduit.", "%(n)s jours de contrat connus sont déduits.", days)
    return f" {known}"


def age_verdict(profile: Profile, on: date, *, at_least: int | None = None, under: int | None = None) -> Verdict:
    """Judge the age in completed years on ``on``: the birthday itself counts as the new age (MIRE-ELIG-12)."""
    if profile.birth_date is None:
        return Verdict(False, say("Âge inconnu : la date de naissance manque."), to_verify=True)
    age = age_on(profile.birth_date, on)
    met = (at_least is None or age >= at_least) and (under is None or age < under)
    if at_least is not None:
        reason = say("%(age)s ans ce jour-là ; il faut %(years)s ans ou plus.", age=age, years=at_least)
    else:
        reason = say("%(age)s ans ce jour-là ; il faut moins de %(years)s ans.", age=age, years=under)
    return Verdict(met, reason, measured=age, required=at_least or under)

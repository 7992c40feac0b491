"""Eligibility as a page asks it: which law, which criteria that day, what a paper proves.

The engines of `beneficiaries.rules.eligibility` judge; this module gives them the dated thresholds, and joins what they
find with the paper that was seen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from accounts.parameters import value_on
from beneficiaries.enums import EligibilityRegime, EvidenceKind, Origin
from beneficiaries.models import Beneficiary, Situation
from beneficiaries.parameters import EligibilityKey
from beneficiaries.rules.eligibility import (
    CispPolicy,
    Criterion,
    EligibilityPolicy,
    EligibilityResult,
    Finding,
    KnownWork,
    MirePolicy,
    Mode,
    Profile,
    RegistrationDuty,
    Status,
    check_cisp,
    check_house,
    check_mire,
    registration_due,
    without_work,
)
from beneficiaries.rules.eligibility.cisp import CRITERIA as CISP_CRITERIA
from beneficiaries.rules.eligibility.cisp import derogation_allowed
from beneficiaries.rules.eligibility.house import CRITERIA as HOUSE_CRITERIA
from beneficiaries.rules.eligibility.mire import CRITERIA as MIRE_CRITERIA
from beneficiaries.rules.eligibility.mire import DEROGATION_CRITERION
from beneficiaries.rules.situations import SituationKind
from foundation.clock import today
from foundation.formatting import date_words, span
from foundation.rules.periods import Period


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion of the list as the page shows it."""

    code: str
    label: str
    ticked_by_hand: bool
    evidence: tuple[EvidenceKind, ...]
    usable: bool
    proposed: bool = False
    finding: Finding | None = None
    origin: str = ""

    @property
    def evidence_words(self) -> str:
        """The papers of which one must have been seen, in words."""
        return " / ".join(str(kind.label) for kind in self.evidence)


def regime_of(organisation: Organisation, on: date | None = None) -> EligibilityRegime:
    """The law that an organisation answers to that day, today by default: a MIRE has its own, those whose kind is
    marked so the CISP's; any other one, a CPAS to begin with, goes by rules of its own (domain.md 8).
    """
    if organisation.kind == OrganisationKind.MIRE:
        return EligibilityRegime.MIRE
    judged = value_on(EligibilityKey.CISP_KINDS, on or today())
    return EligibilityRegime.CISP if organisation.kind in judged else EligibilityRegime.HOUSE


_CRITERIA: Mapping[str, Sequence[Criterion]] = {
    EligibilityRegime.MIRE: MIRE_CRITERIA,
    EligibilityRegime.CISP: CISP_CRITERIA,
    EligibilityRegime.HOUSE: HOUSE_CRITERIA,
}


def criteria_of(regime: str) -> Sequence[Criterion]:
    """Every criterion of the law, those of former days too, in its order."""
    return _CRITERIA[regime]


def criterion_labels(regime: str) -> dict[str, str]:
    """The label of each code, to whoever reads."""
    return {criterion.code: criterion.label for criterion in criteria_of(regime)}


def derogation_possible(regime: str, on: date) -> bool:
    """Whether the law leaves a way around its list that day."""
    if regime == EligibilityRegime.MIRE:
        return DEROGATION_CRITERION.in_force(on, _mire(on))
    return regime == EligibilityRegime.CISP and derogation_allowed(_cisp(on))


def profile_of(
    person: Beneficiary,
    situations: Iterable[tuple[str, Period]],
    on: date,
    *,
    ticked: Iterable[str] = (),
    derogation: bool = False,
    work: Iterable[KnownWork] = (),
    stayed_unoccupied: bool = False,
) -> Profile:
    """What the engines read of a person: the record, the dated situations by kind, what was ticked.

    `work` is what is held of contracts: activity for whoever asks of it, and no day of unemployment once over, unless
    somebody said that the person stayed unoccupied meanwhile. Of one that runs on the day, the service has asked.
    """
    work = list(work)
    by_kind: dict[str, list[Period]] = {}
    for kind, period in situations:
        by_kind.setdefault(kind, []).append(period)
    registrations = by_kind.pop(SituationKind.REGISTERED, [])
    over = [] if stayed_unoccupied else [one.period for one in work if not one.period.contains(on)]
    unoccupied = without_work(registrations, over)
    if work:
        by_kind.setdefault(SituationKind.WORK, []).extend(one.period for one in work)
    return Profile(
        birth_date=person.birth_date,
        registered_inoccupied_on_date=any(period.contains(on) for period in registrations),
        registered_inoccupied_periods=unoccupied,
        worked=without_work(registrations, unoccupied),
        highest_diploma=person.education,
        ticked=frozenset(ticked),
        derogation=derogation,
        situations={SituationKind(kind): tuple(periods) for kind, periods in by_kind.items()},
        foreign_origin={Origin.FOREIGN: True, Origin.BELGIAN_OR_EUROPEAN: False}.get(Origin(person.origin)),
    )


def known_periods(situations: Iterable[Situation]) -> list[tuple[str, Period]]:
    """The situations of the file as `profile_of` reads them."""
    return [(situation.kind, situation.as_period()) for situation in situations]


def late_registration(situations: Iterable[Situation], on: date) -> date | None:
    """Until when somebody on the integration income, not registered on `on`, must be; see `registration_due`."""
    periods = known_periods(situations)
    duty = RegistrationDuty(
        weeks=value_on(EligibilityKey.RIS_WEEKS, on), stock_days=value_on(EligibilityKey.RIS_STOCK_DAYS, on)
    )
    return registration_due(
        [period for kind, period in periods if kind == SituationKind.RIS],
        [period for kind, period in periods if kind == SituationKind.REGISTERED],
        on,
        duty,
    )


def policy_of(regime: str, on: date) -> EligibilityPolicy:
    """The thresholds of the law that day, and the doors closed or accepted by then."""
    if regime == EligibilityRegime.HOUSE:
        return EligibilityPolicy()
    return _mire(on) if regime == EligibilityRegime.MIRE else _cisp(on)


def assess(regime: str, profile: Profile, on: date) -> EligibilityResult:
    """What the engine of the law says of a person whose support starts `on`, with the thresholds of that day."""
    if regime == EligibilityRegime.MIRE:
        return check_mire(profile, on, _mire(on))
    if regime == EligibilityRegime.HOUSE:
        return check_house(profile, on)
    return check_cisp(profile, on, _cisp(on))


def lines_on(regime: str, on: date, result: EligibilityResult | None = None) -> list[CriterionLine]:
    """The criteria in force that day, each with its papers and what the engine found.

    A criterion whose source is an assumption is listed without being usable: it opens no door until it is accepted.
    """
    policy = policy_of(regime, on)
    found = {finding.code: finding for finding in result.findings} if result else {}
    return [
        CriterionLine(
            code=criterion.code,
            label=criterion.label,
            ticked_by_hand=criterion.mode is not Mode.COMPUTED,
            proposed=criterion.mode is Mode.PROPOSED,
            evidence=tuple(kind for kind in EvidenceKind if kind.value in criterion.evidence),
            usable=criterion.status is Status.CONFIRMED or criterion.code in policy.accepted_assumptions,
            finding=found.get(criterion.code),
            origin=origin_words(criterion),
        )
        for criterion in criteria_of(regime)
        if criterion.in_force(on, policy)
    ]


def origin_words(criterion: Criterion) -> str:
    """Where a criterion comes from, from when to when it holds, and whether the text was seen."""
    since, until = criterion.valid_from, criterion.valid_to
    if since is not None:
        days = span(since, until) if until is not None else _("depuis le %(date)s") % {"date": date_words(since)}
    else:
        days = _("jusqu’au %(date)s") % {"date": date_words(until)} if until is not None else ""
    sure = "" if criterion.status is Status.CONFIRMED else _("hypothèse à vérifier")
    rule = f" ({criterion.rule})" if criterion.rule else ""
    return ", ".join(part for part in (f"{_(criterion.source)}{rule}", days, sure) if part)


def proven_by(regime: str, codes: Sequence[str], evidence: str) -> list[str]:
    """Those of the criteria that this kind of paper establishes, in the order of the law."""
    return [c.code for c in criteria_of(regime) if c.code in codes and evidence in c.evidence]


def papers_of(regime: str, code: str) -> frozenset[str]:
    """The kinds of paper of which one must have been seen for a criterion."""
    return next(criterion.evidence for criterion in criteria_of(regime) if criterion.code == code)


def _mire(on: date) -> MirePolicy:
    return MirePolicy(
        registered_months=value_on(EligibilityKey.MIRE_REGISTERED, on),
        window_months=value_on(EligibilityKey.MIRE_WINDOW, on),
        young_under_age=value_on(EligibilityKey.MIRE_YOUNG_AGE, on),
        young_registered_months=value_on(EligibilityKey.MIRE_YOUNG_REGISTERED, on),
        senior_age=value_on(EligibilityKey.MIRE_SENIOR_AGE, on),
        inactive_months=value_on(EligibilityKey.MIRE_INACTIVE, on),
        closed=value_on(EligibilityKey.MIRE_CLOSED, on),
    )


def _cisp(on: date) -> CispPolicy:
    return CispPolicy(
        registered_months=value_on(EligibilityKey.CISP_REGISTERED, on),
        window_months=value_on(EligibilityKey.CISP_WINDOW, on),
        closed=value_on(EligibilityKey.CISP_CLOSED, on),
        accepted_assumptions=value_on(EligibilityKey.CISP_ACCEPTED, on),
    )

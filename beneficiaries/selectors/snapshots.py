"""What a check of eligibility keeps for ever: what was known that day, the figures, what was found, the papers.

A snapshot is plain JSON, written once. What the person, the situations or the law become later does not touch it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from beneficiaries.enums import Education, EvidenceKind, Origin
from beneficiaries.models import Beneficiary, EligibilityCheck, Evidence
from beneficiaries.rules.eligibility import EligibilityPolicy, EligibilityResult, KnownWork
from beneficiaries.rules.situations import SituationKind
from beneficiaries.selectors.derogations import DerogationQuota
from beneficiaries.selectors.eligibility import criteria_of, criterion_labels, origin_words
from foundation.rules.periods import Period

#: raised when the shape changes, so that an old snapshot is read as it was written
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """All that a check stands on."""

    regime: str
    person: Beneficiary
    situations: Sequence[tuple[str, Period]]
    ticked: Sequence[str]
    policy: EligibilityPolicy
    result: EligibilityResult
    papers: Mapping[str, Sequence[Evidence]]
    quota: DerogationQuota | None = None
    work: Sequence[KnownWork] = ()
    stayed_unoccupied: bool = False


def snapshot_of(grounds: Grounds) -> dict[str, Any]:
    """The JSON of a check about to be frozen; `papers` gives those that prove each criterion kept."""
    rules = {criterion.code: criterion for criterion in criteria_of(grounds.regime)}
    every = {paper.pk: paper for papers in grounds.papers.values() for paper in papers}
    quota = grounds.quota
    return {
        "version": VERSION,
        "regime": grounds.regime,
        "on": grounds.result.on.isoformat(),
        "profile": {
            "birth_date": grounds.person.birth_date.isoformat() if grounds.person.birth_date else None,
            "education": grounds.person.education,
            "origin": grounds.person.origin,
            "situations": [
                [kind, period.start.isoformat(), period.last_day.isoformat() if period.last_day else None]
                for kind, period in sorted(grounds.situations, key=lambda one: (one[1].start, one[0]))
            ],
            "ticked": sorted(grounds.ticked),
            "work": [
                [
                    one.words,
                    one.period.start.isoformat(),
                    one.period.last_day.isoformat() if one.period.last_day else None,
                ]
                for one in grounds.work
            ],
            "stayed_unoccupied": grounds.stayed_unoccupied,
        },
        "policy": {name: _plain(value) for name, value in asdict(grounds.policy).items() if name != "validity"},
        "findings": [
            {
                "code": finding.code,
                "rule": rules[finding.code].rule,
                "origin": origin_words(rules[finding.code]),
                "label": finding.label,
                "met": finding.met,
                "reason": finding.reason,
                "to_verify": finding.to_verify,
                "measured": finding.measured,
                "required": finding.required,
                "papers": [str(paper.pk) for paper in grounds.papers.get(finding.code, ())],
            }
            for finding in grounds.result.findings
        ],
        "papers": [
            {
                "id": str(paper.pk),
                "kind": paper.kind,
                "dated_on": paper.dated_on.isoformat(),
                "label": paper.label,
                "sha256": paper.sha256,
            }
            for paper in every.values()
        ],
        "quota": {"sentence": quota.sentence, "is_over": quota.is_over, **asdict(quota)} if quota else None,
    }


def _plain(value: Any) -> Any:
    """A value as JSON knows it."""
    return sorted(value) if isinstance(value, frozenset) else value


# --- reading ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FrozenPaper:
    """A paper as it was that day. ``pk`` opens its file; ``sha256`` is "" when only the paper itself was seen."""

    pk: str
    kind: str
    dated_on: date
    label: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """A criterion as it was judged: ``kept`` when it opened the door."""

    label: str
    rule: str
    reason: str
    kept: bool
    met: bool
    to_verify: bool
    papers: tuple[FrozenPaper, ...]
    origin: str = ""


@dataclass(frozen=True, slots=True)
class FrozenSituation:
    """A situation as it was known."""

    kind: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Frozen:
    """A snapshot ready for its page; ``complete`` is False for a check made before snapshots were kept."""

    complete: bool
    birth_date: date | None
    education: str
    origin: str
    situations: tuple[FrozenSituation, ...]
    lines: tuple[FrozenLine, ...]
    papers: tuple[FrozenPaper, ...]
    quota: str
    # Contracts that were held; they were worked, unless the person stayed an unoccupied jobseeker meanwhile.
    work: tuple[FrozenSituation, ...] = ()
    stayed_unoccupied: bool = False


def read_snapshot(check: EligibilityCheck) -> Frozen:
    """What a check froze; of an older check, the criteria and the paper, which is all that was kept."""
    raw = check.snapshot
    if not raw:
        paper = FrozenPaper("", str(EvidenceKind(check.evidence_kind).label), check.evidence_on, "", "")
        labels = criterion_labels(check.regime)
        lines = tuple(
            FrozenLine(labels.get(code, code), "", "", kept=True, met=True, to_verify=False, papers=(paper,))
            for code in check.criteria
        )
        return Frozen(False, None, "", "", (), lines, (paper,), "")
    papers = {one["id"]: _paper(one) for one in raw["papers"]}
    profile = raw["profile"]
    lines = tuple(
        FrozenLine(
            label=one["label"],
            rule=one["rule"],
            reason=one["reason"],
            kept=one["code"] in check.criteria,
            met=one["met"],
            to_verify=one["to_verify"],
            papers=tuple(papers[pk] for pk in one["papers"]),
            origin=one.get("origin", ""),
        )
        for one in raw["findings"]
    )
    return Frozen(
        complete=True,
        birth_date=_day(profile["birth_date"]),
        education=str(Education(profile["education"]).label),
        origin=str(Origin(profile["origin"]).label),
        situations=tuple(
            FrozenSituation(str(SituationKind(kind).label), date.fromisoformat(first), _day(last))
            for kind, first, last in profile["situations"]
        ),
        lines=lines,
        papers=tuple(papers.values()),
        quota=(raw["quota"] or {}).get("sentence", ""),
        work=tuple(
            FrozenSituation(words, date.fromisoformat(first), _day(last))
            for words, first, last in profile.get("work", ())
        ),
        stayed_unoccupied=profile.get("stayed_unoccupied", False),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _paper(one: Mapping[str, str]) -> FrozenPaper:
    kind = str(EvidenceKind(one["kind"]).label)
    return FrozenPaper(one["id"], kind, date.fromisoformat(one["dated_on"]), one["label"], one["sha256"])

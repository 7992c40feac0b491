"""Proposals: the ones that led to a job, the ones that somebody refused, and those still waiting for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from demo.plan import texts
from demo.plan.calendar import working_day
from demo.plan.courses import Course, Fate
from demo.plan.firms import Firm, Offer, employers_for, job_kind
from demo.plan.journeys import DAY, Job, Journey
from demo.plan.plan_types import EmploymentPlan, MatchPlan
from demo.plan.randomness import Dice


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of one case's proposals.

    ``firms``: ``(company key, name, job title)`` per job; ``talks``: ``(day, company key, job title)`` of each
    presentation to an employer that led to a yes.
    """

    matches: tuple[MatchPlan, ...]
    employments: tuple[EmploymentPlan, ...]
    offers: tuple[Offer, ...]
    firms: tuple[tuple[str, str, str], ...]
    talks: tuple[tuple[date, str, str], ...]


@dataclass(slots=True)
class Market:
    """The firms and the spare offers of one project, and how often each firm engaged."""

    firms: Sequence[Firm]
    spare: Sequence[Offer]
    used: dict[str, int]


def placement(key: str, course: Course, journey: Journey, market: Market, ref: date) -> Placement:
    """Return the proposals, the contracts and the offers of one case."""
    dice = Dice("placement", key)
    matches: list[MatchPlan] = []
    employments: list[EmploymentPlan] = []
    offers: list[Offer] = []
    firms: list[tuple[str, str, str]] = []
    talks: list[tuple[date, str, str]] = []
    employers = employers_for(journey.jobs, market.firms, market.used, dice)
    kind, hours = None, ""
    for number, (job, firm) in enumerate(zip(journey.jobs, employers, strict=True), 1):
        if kind is None or job.link != "renewal":
            kind = job_kind(firm, dice)
            hours = dice.pick(kind.hours)
        match_key = None
        if job.link in {"first", "bounce"} and not job.found_alone:
            match_key = f"{key}/match-{number}"
            offer = Offer(
                f"{key}/offer-{number}", firm, kind, job.contract_type, hours, job.hired_on, job.hired_on, "FILLED"
            )
            offer, match, talk = _accepted(match_key, offer, journey, job.hired_on, dice)
            offers.append(offer)
            matches.append(match)
            talks.append((talk, firm.key, kind.title))
        firms.append((firm.key, firm.name, kind.title))
        employments.append(_employment(f"{key}/job-{number}", firm, job, kind.title, hours, match_key, dice))

    for spell in journey.spells:
        if spell.phase == "HIRE" and course.fate in {Fate.HIRING, Fate.FELL_THROUGH}:
            firm = dice.pick([f for f in market.firms if f.key not in market.used] or list(market.firms))
            kind = job_kind(firm, dice)
            fell = spell.ends_on is not None
            offer = Offer(
                f"{key}/offer-9",
                firm,
                kind,
                "CDD",
                dice.pick(kind.hours),
                spell.starts_on,
                spell.ends_on,
                "WITHDRAWN" if fell else "OPEN",
            )
            offer, match, talk = _accepted(f"{key}/match-9", offer, journey, spell.starts_on, dice)
            offers.append(offer)
            matches.append(match)
            talks.append((talk, firm.key, kind.title))
    matches += _unlucky(key, course, journey, market.spare, ref, dice)
    return Placement(tuple(matches), tuple(employments), tuple(offers), tuple(firms), tuple(talks))


def _accepted(key: str, offer: Offer, journey: Journey, yes: date, dice: Dice) -> tuple[Offer, MatchPlan, date]:
    """A proposal accepted by both sides on ``yes``; the offer gets the day it was heard of."""
    since = max(s.starts_on for s in journey.spells if s.phase == "PRE_HIRE" and s.starts_on <= yes)
    proposed = working_day(yes - timedelta(days=dice.number(3, 10)), since, yes)
    opened = working_day(proposed - timedelta(days=dice.number(2, 18)), proposed - timedelta(days=25), proposed)
    offer.firm.known_before(opened)
    dated = Offer(
        offer.key, offer.firm, offer.kind, offer.contract_type, offer.weekly_hours, opened, offer.closed_on, offer.state
    )
    agreed = min(yes, proposed + timedelta(days=dice.pick((0, 0, 1))))
    talk = working_day(proposed + timedelta(days=dice.number(0, 2)), proposed, yes)
    match = MatchPlan(key, offer.key, proposed, dice.pick(texts.RATIONALE), "ACCEPTED", agreed, "ACCEPTED", yes, "")
    return dated, match, talk


def _unlucky(
    key: str, course: Course, journey: Journey, spare: Sequence[Offer], ref: date, dice: Dice
) -> list[MatchPlan]:
    """Proposals that led nowhere, one every six weeks or so of pre-hire, and perhaps one that waits for an answer."""
    found: list[MatchPlan] = []
    seen: set[str] = set()
    for spell in journey.spells:
        if spell.phase != "PRE_HIRE":
            continue
        end = spell.ends_on or ref - timedelta(days=16)
        on = spell.starts_on + timedelta(days=dice.number(10, 50))
        while on < end - timedelta(days=8):
            day = working_day(on, spell.starts_on, end - timedelta(days=8))
            offer = _offer_on(spare, day, seen, dice)
            away = any(pause.starts_on <= day <= pause.ends_on for pause in journey.suspensions)
            if offer is not None and dice.chance(0.6) and not away:
                seen.add(offer.key)
                found.append(_refused(f"{key}/try-{len(found) + 1}", offer, day, dice))
            on += timedelta(days=dice.number(25, 70))
    waiting = course.fate in {Fate.SEARCHING, Fate.LONG_PATH, Fate.CDD_BOUNCED, Fate.CDI_BOUNCED}
    last = journey.spells[-1]
    if waiting and dice.chance(0.25) and (ref - last.starts_on).days > 10:
        day = working_day(ref - timedelta(days=dice.number(1, 6)), last.starts_on, ref - DAY)
        offer = _offer_on(spare, day, seen, dice, only_open=True)
        if offer is not None:
            agreed = dice.chance(0.6)
            found.append(
                MatchPlan(
                    f"{key}/waiting",
                    offer.key,
                    day,
                    dice.pick(texts.RATIONALE),
                    "ACCEPTED" if agreed else "PENDING",
                    day if agreed else None,
                    "PENDING",
                    None,
                    "",
                )
            )
    return found


def _offer_on(spare: Sequence[Offer], on: date, seen: set[str], dice: Dice, *, only_open: bool = False) -> Offer | None:
    fitting = [
        offer
        for offer in spare
        if offer.key not in seen
        and offer.opened_on <= on
        and (offer.closed_on is None or (not only_open and on + timedelta(days=8) <= offer.closed_on))
    ]
    return dice.pick(fitting) if fitting else None


def _refused(key: str, offer: Offer, on: date, dice: Dice) -> MatchPlan:
    rationale = dice.pick(texts.RATIONALE)
    answered = on + timedelta(days=dice.number(0, 2))
    if dice.chance(0.4):
        reason = dice.pick(texts.PERSON_REFUSALS)
        return MatchPlan(key, offer.key, on, rationale, "REFUSED", answered, "PENDING", None, reason)
    later = answered + timedelta(days=dice.number(1, 5))
    reason = dice.pick(texts.EMPLOYER_REFUSALS)
    return MatchPlan(key, offer.key, on, rationale, "ACCEPTED", answered, "REFUSED", later, reason)


def _employment(
    key: str, firm: Firm, job: Job, title: str, hours: str, match: str | None, dice: Dice
) -> EmploymentPlan:
    terms = dice.pick(texts.FOLLOWUP_TERMS)
    return EmploymentPlan(
        key=key,
        company=firm.key,
        match=match,
        contract_type=job.contract_type,
        job_title=title,
        weekly_hours=hours,
        starts_on=job.starts_on,
        ends_on=job.ends_on,
        ended_on=job.ended_on,
        end_reason=job.end_reason,
        found_alone=job.found_alone,
        followup_mode=job.mode,
        followup_agreed_on=min(job.hired_on, job.starts_on),
        followup_terms={"DISCREET": texts.DISCREET_TERMS, "REFUSED": texts.REFUSED_TERMS}.get(job.mode, terms),
        outside_annex=False,
    )

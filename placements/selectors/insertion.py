"""Placed and durable, for one person: since when, and what is still missing, in words (domain.md 9)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.formatting import date_words, days_words
from placements.models import Employment
from placements.rules.durable import DurablePolicy, durable_insertion, durable_progress, placed_since
from placements.rules.observed import Known, outcomes
from placements.selectors.clocks_shown import contract_names
from placements.selectors.observed import known_jobs
from placements.selectors.policy import durable_policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """What the panel « Insertion » shows of the contracts of one case; `last_seen_on` is the last day on which work
    that may go on was seen.
    """

    placed_on: date | None
    durable_on: date | None
    missing: tuple[str, ...]
    definition: str
    last_seen_on: date | None = None


def insertion_of(jobs: Sequence[Employment], on: date) -> Insertion:
    """Placed and durable on a day, from the contracts of a case as far as they were observed; those that were called
    off do not count. At most one statement.
    """
    policy = durable_policy(on)
    known = known_jobs(jobs)
    seen = [contract for contract in outcomes(known, on) if contract is not None]
    durable = durable_insertion(seen, policy, on)
    running = [c.ended_on for c in seen if c.censored and c.ended_on is not None]
    last_seen_on = max(running, default=None)
    return Insertion(
        placed_on=placed_since(seen, policy, on),
        durable_on=durable.since,
        missing=() if durable.durable else tuple(_missing(jobs, known, last_seen_on, on)),
        definition=definition(policy),
        last_seen_on=last_seen_on if last_seen_on is not None and last_seen_on < on else None,
    )


def definition(policy: DurablePolicy) -> str:
    """The definition in one sentence, as the parameters of the day set it."""
    return _(
        "Insertion durable : %(months)s mois d’affilée chez un même employeur (sans interruption de plus de "
        "%(gap)s jours), ou %(days)s de travail en tout chez plusieurs employeurs, en %(types)s."
    ) % {
        "months": policy.same_employer_months,
        "gap": policy.same_employer_gap_days,
        "days": days_words(policy.several_employers_days),
        "types": contract_names(policy.counted_types),
    }


def _missing(jobs: Sequence[Employment], known: Sequence[Known], last_seen_on: date | None, on: date) -> Iterator[str]:
    """What is still missing, the shortest way first: news of work that may have gone on, then more work."""
    policy = durable_policy(on)
    written = [one.contract for one in known if one.contract.starts_on >= one.news.opened_on]
    supposed = durable_insertion(written, policy, on)
    if supposed.since is not None and last_seen_on is not None:
        yield _(
            "Elle serait atteinte depuis le %(date)s si l’emploi a continué, ce que rien ne montre après le %(seen)s : "
            "un entretien ou une vérification le dira."
        ) % {"date": date_words(supposed.since), "seen": date_words(last_seen_on)}
        return
    progress = durable_progress(written, policy, on)
    if progress.expected_on is not None:
        yield _("Elle sera atteinte le %(date)s si les contrats connus vont à leur terme.") % {
            "date": date_words(progress.expected_on)
        }
        return
    firm = next((job.company.name for job in jobs if job.as_contract().employer == progress.employer), "")
    if progress.last_day_needed is not None:
        yield _("Il suffirait que le contrat chez %(company)s aille jusqu’au %(date)s.") % {
            "company": firm,
            "date": date_words(progress.last_day_needed),
        }
    if progress.worked_days:
        yield ngettext(
            "%(n)s jour de travail compté sur %(days)s : il en manque %(missing)s.",
            "%(n)s jours de travail comptés sur %(days)s : il en manque %(missing)s.",
            progress.worked_days,
        ) % {
            "n": progress.worked_days,
            "days": policy.several_employers_days,
            "missing": progress.missing_days,
        }

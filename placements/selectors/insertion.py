"""Placed and durable, for one person: since when, and what is still missing, in words (domain.md 9)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.formatting import date_words, days_words
from placements.models import Employment
from placements.rules.durable import DurablePolicy, durable_insertion, durable_progress, placed_since
from placements.selectors.clocks_shown import contract_names
from placements.selectors.policy import durable_policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """What the panel « Insertion » shows of the contracts of one case."""

    placed_on: date | None
    durable_on: date | None
    missing: tuple[str, ...]
    definition: str


def insertion_of(jobs: Sequence[Employment], on: date) -> Insertion:
    """Placed and durable on a day, from the contracts of a case; those that were called off do not count."""
    counted = [job for job in jobs if job.cancelled_on is None]
    contracts = [job.as_contract() for job in counted]
    policy = durable_policy(on)
    durable = durable_insertion(contracts, policy, on)
    return Insertion(
        placed_on=placed_since(contracts, policy, on),
        durable_on=durable.since,
        missing=() if durable.durable else tuple(_missing(counted, policy, on)),
        definition=definition(policy),
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


def _missing(jobs: Sequence[Employment], policy: DurablePolicy, on: date) -> Iterator[str]:
    """What is still missing, the shortest way first."""
    progress = durable_progress([job.as_contract() for job in jobs], policy, on)
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

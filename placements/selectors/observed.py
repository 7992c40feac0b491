"""What is known of each contract, read with the contract itself: the figures of every page and report start here."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import DateField, Expression, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Greatest

from beneficiaries.enums import ExitOutcome, ExitReason
from beneficiaries.models import PhaseSpell
from foundation.clock import day_of
from method.rules.phases import Phase
from placements.models import Employment, EmploymentVerification
from placements.models.employment import idle_of
from placements.registries import last_talks
from placements.rules.clocks import Contract
from placements.rules.observed import Known, News

#: what `with_news` adds to the columns of a contract, and the columns that say what is known of it
NEWS_COLUMNS = (
    "created_at",
    "told_late",
    "news_opened_on",
    "news_left_on",
    "news_talk_on",
    "news_verified_on",
    "news_exit_reason",
    "news_exit_outcome",
    "news_exit_told_at",
)
CONTRACT_COLUMNS = ("contract_type", "company_id", "firm_lineage", "starts_on", "ends_on", "ended_on", "idle_weeks")


def with_news(contracts: "QuerySet[Employment]") -> "QuerySet[Employment]":
    """The same contracts with what is known of them; no statement more."""
    exits = PhaseSpell.objects.filter(case=OuterRef("case"), phase=Phase.EXIT).order_by("-sequence")
    verified = EmploymentVerification.objects.filter(employment=OuterRef("pk")).order_by("-seen_on")
    return contracts.annotate(
        news_opened_on=F("case__opened_on"),
        news_left_on=F("case__closed_on"),
        news_talk_on=_last_talk(),
        news_verified_on=Subquery(verified.values("seen_on")[:1]),
        news_exit_reason=Subquery(exits.values("exit_reason")[:1]),
        news_exit_outcome=Subquery(exits.values("exit_outcome")[:1]),
        news_exit_told_at=Subquery(exits.values("created_at")[:1]),
    )


def _last_talk() -> Expression:
    """The last talk that any room above knows of."""
    days = [told() for told in last_talks]
    if not days:
        return Value(None, output_field=DateField())
    return days[0] if len(days) == 1 else Greatest(*days)


def known_of(values: Mapping[str, Any]) -> Known:
    """A contract and what is known of it, from the columns of `CONTRACT_COLUMNS` and `NEWS_COLUMNS`."""
    left_on, told_at = values["news_left_on"], values["news_exit_told_at"]
    return Known(
        Contract.signed_with(
            values["company_id"],
            values["firm_lineage"],
            type=values["contract_type"],
            starts_on=values["starts_on"],
            ends_on=values["ends_on"],
            ended_on=values["ended_on"],
            idle=idle_of(values["idle_weeks"]),
        ),
        News(
            opened_on=values["news_opened_on"],
            recorded_on=day_of(values["created_at"]),
            talk_on=values["news_talk_on"],
            left_on=left_on,
            at_work_at_exit=left_on is not None and values["news_exit_outcome"] == ExitOutcome.EMPLOYED,
            learnt_after_exit=left_on is not None
            and bool(values["told_late"])
            and told_at is not None
            and values["created_at"] > told_at,
            verified_on=values["news_verified_on"],
            died_on=left_on if values["news_exit_reason"] == ExitReason.DEATH else None,
        ),
    )


def known_jobs(jobs: Iterable[Employment]) -> list[Known]:
    """The contracts of loaded rows and what is known of them; those that were called off are left out. At most one
    statement, none when they were read `with_news`.
    """
    rows = [job for job in jobs if job.cancelled_on is None]
    if any(not hasattr(job, "news_left_on") for job in rows):
        found = with_news(Employment.objects.filter(pk__in=[job.pk for job in rows])).in_bulk()
        rows = [found[job.pk] for job in rows]
    return [known_of({name: getattr(row, name) for name in (*CONTRACT_COLUMNS, *NEWS_COLUMNS)}) for row in rows]


def news_of(case_ids: Any) -> "QuerySet[Employment]":
    """The contracts of these cases that were not called off, with what is known of them, in order."""
    return with_news(Employment.objects.effective().filter(case__in=case_ids)).order_by("starts_on", "pk")

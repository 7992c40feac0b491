"""Observed work, day by day, as docs/definitions.md tells it: what was seen of each contract on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.recount.days import ONE, each_day, later
from tests.recount.raw import Row, Tables, day_of

CONTRACTS = ("CDI", "CDD", "INTERIM", "ART_60", "ART_61", "OTHER")
APART = ("STAGE", "PFI", "FREELANCE")
COUNTED = ("CDI", "CDD", "INTERIM")
GAP = 7
HELD_IN = ("IN_PERSON", "PHONE", "VIDEO")


def employer_on(firms: dict[Any, Row], firm: Any, day: date) -> Any:
    """The employer behind a record on a day: a place is its enterprise, a firm taken over is who took it over."""
    for _step in firms:
        row = firms[firm]
        if row["taken_over_on"] is not None and row["taken_over_on"] <= day:
            firm = row["taken_over_by_id"]
        elif row["main_id"] is not None:
            firm = row["main_id"]
        else:
            break
    return firm


def family(firms: dict[Any, Row]) -> dict[Any, Any]:
    """For each record, one of those that any tie joins to it, whatever its day; the same one for all of them."""
    group = {firm: {firm} for firm in firms}
    for firm, row in firms.items():
        for other in (row["main_id"], row["taken_over_by_id"]):
            if other is not None and group[other] is not group[firm]:
                group[firm] |= group[other]
                for one in group[firm]:
                    group[one] = group[firm]
    return {firm: min(found) for firm, found in group.items()}


def idle_days(tables: Tables, contract: Row) -> set[date]:
    """The days of the weeks of which only nothing was stated."""
    found: set[date] = set()
    for week in tables.weeks.get(contract["id"], ()):
        if not week["days"] and not week["hours"]:
            found.update(each_day(week["monday"], week["monday"] + timedelta(days=6)))
    return found


def last_day(contract: Row) -> date | None:
    """The earlier of the written last day and of that told."""
    return min((day for day in (contract["ends_on"], contract["ended_on"]) if day is not None), default=None)


@dataclass
class Seen:
    """A contract as far as it was seen: the days under contract, and whether it still ran on the last one."""

    row: Row
    until: date
    censored: bool
    days: list[date] = field(default_factory=list)

    @property
    def runs(self) -> list[tuple[date, date]]:
        """The days in a row, each as its first and its last."""
        found: list[tuple[date, date]] = []
        for day in self.days:
            if found and found[-1][1] + ONE == day:
                found[-1] = (found[-1][0], day)
            else:
                found.append((day, day))
        return found


def exit_of(tables: Tables, case: Row) -> Row | None:
    """The stay that is the exit."""
    return next((stay for stay in reversed(tables.stays[case["id"]]) if stay["phase"] == "EXIT"), None)


def outcomes(tables: Tables, case: Row, on: date) -> list[Seen]:
    """The contracts of a case begun since its opening, as far as they were seen on a day."""
    return tables.once(("outcomes", case["id"], on), lambda: _outcomes(tables, case, on))


def _outcomes(tables: Tables, case: Row, on: date) -> list[Seen]:
    left, gone = case["closed_on"], exit_of(tables, case)
    died = left if gone is not None and gone["exit_reason"] == "DEATH" else None
    written = tables.contracts.get(case["id"], [])
    begun = [one for one in written if _first_day_is_seen(tables, one, on, left, died, gone)]
    found = []
    for contract in begun:
        end, limit = last_day(contract), on
        if died is not None:
            limit = min(limit, died)
        if contract["ended_on"] is None:
            limit = min(limit, _last_news(tables, case, contract, begun, gone))
        until = limit if end is None or end > limit else end
        if contract["starts_on"] < case["opened_on"]:
            continue
        idle = idle_days(tables, contract)
        days = [day for day in each_day(contract["starts_on"], until) if day not in idle]
        found.append(Seen(contract, until, end is None or end > limit, days))
    return found


def _learnt_after(contract: Row, gone: Row | None) -> bool:
    return gone is not None and contract["told_late"] and contract["created_at"] > gone["created_at"]


def _verified(tables: Tables, contract: Row) -> date | None:
    seen = [row["seen_on"] for row in tables.verifications.get(contract["id"], ())]
    return max(seen, default=None)


def _first_day_is_seen(
    tables: Tables, contract: Row, on: date, left: date | None, died: date | None, gone: Row | None
) -> bool:
    first, verified = contract["starts_on"], _verified(tables, contract)
    if first > on or (died is not None and first > died):
        return False
    return (
        left is None
        or first <= left
        or contract["ended_on"] is not None
        or _learnt_after(contract, gone)
        or (verified is not None and verified >= first)
    )


def _last_news(tables: Tables, case: Row, contract: Row, begun: Iterable[Row], gone: Row | None) -> date:
    left, written = case["closed_on"], day_of(contract["created_at"])
    eve = None if left is None else left - ONE
    days = [contract["starts_on"]]
    for talk in tables.contacts.get(case["id"], ()):
        told = talk["outcome"] == "HELD" and talk["channel"] in HELD_IN and (left is None or talk["on"] <= left)
        same = (
            talk["company_id"] is not None
            and _families(tables)[talk["company_id"]] == (_families(tables)[contract["company_id"]])
        )
        if told and (talk["party"] in ("BENEFICIARY", "BOTH") or (talk["party"] == "EMPLOYER" and same)):
            days.append(talk["on"])
    if not _learnt_after(contract, gone):
        days.append(written if eve is None else min(written, eve))
    elif contract["ends_on"] is not None and contract["ends_on"] <= written:
        days.append(contract["ends_on"])
    if gone is not None and eve is not None and gone["exit_outcome"] == "EMPLOYED":
        days.append(eve)
    verified = _verified(tables, contract)
    if verified is not None:
        days.append(verified)
    for other in begun:
        day = other["starts_on"]
        if employer_on(tables.firms, other["company_id"], day) == employer_on(
            tables.firms, contract["company_id"], day
        ):
            days.append(day)
    return max(days)


def _families(tables: Tables) -> dict[Any, Any]:
    return tables.once("families", lambda: family(tables.firms))


@dataclass
class Job:
    """Contracts with one employer, a few days apart at most: the parts of each, in the order of their first days."""

    parts: list[tuple[Seen, date, date]]

    @property
    def first(self) -> date:
        return self.parts[0][1]

    @property
    def last(self) -> date:
        return max(last for _seen, _first, last in self.parts)

    @property
    def contract(self) -> Row:
        """The first contract."""
        return self.parts[0][0].row

    @property
    def censored(self) -> bool:
        """Whether one of its contracts still ran when last seen, these days of it being the last."""
        return any(seen.censored and seen.days[-1] == last for seen, _first, last in self.parts)

    @property
    def days(self) -> set[date]:
        return {day for _seen, first, last in self.parts for day in each_day(first, last)}

    def same_employer_as(self, tables: Tables, job: "Job") -> bool:
        """Whether both have one employer on the first day of this one."""
        firms = (self.contract["company_id"], job.parts[-1][0].row["company_id"])
        return len({employer_on(tables.firms, firm, self.first) for firm in firms}) == 1

    def runs_on(self, day: date) -> bool:
        """From its first day to its last one: the few days between two contracts belong to it."""
        return self.first <= day <= self.last


def jobs(tables: Tables, seen: Iterable[Seen], types: Iterable[str], *, permanent_is_new: bool = False) -> list[Job]:
    """The jobs of contracts of some types: each part goes on the job that was last added to, of the same employer."""
    parts = [(one, first, last) for one in seen if one.row["contract_type"] in types for first, last in one.runs]
    found: list[Job] = []
    parts.sort(
        key=lambda part: (
            part[1],
            permanent_is_new and part[0].row["contract_type"] != "CDI",
            part[0].row["starts_on"],
            part[0].row["id"],
        )
    )
    latest: dict[int, int] = {}
    for number, part in enumerate(parts):
        one, first, _last = part
        employer = employer_on(tables.firms, one.row["company_id"], first)
        goes_on = None
        for job in sorted(found, key=lambda job: -latest[id(job)]):
            before = job.parts[-1][0].row
            new = permanent_is_new and one.row["contract_type"] == "CDI" and before["contract_type"] != "CDI"
            near = (first - job.last).days - 1 <= GAP
            if near and not new and employer_on(tables.firms, before["company_id"], first) == employer:
                goes_on = job
                break
        if goes_on is None:
            goes_on = Job([])
            found.append(goes_on)
        goes_on.parts.append(part)
        latest[id(goes_on)] = number
    return sorted(found, key=lambda job: job.first)


def is_placed(seen: Iterable[Seen]) -> bool:
    return first_placement(seen) is not None


def first_placement(seen: Iterable[Seen]) -> date | None:
    return min((one.row["starts_on"] for one in seen if one.row["contract_type"] in CONTRACTS), default=None)


def is_durable(tables: Tables, seen: Iterable[Seen], on: date) -> bool:
    """Three months in a row with one employer or 182 days in all, each seen on a day before the day asked."""
    counted = [one for one in seen if one.row["contract_type"] in COUNTED]
    worked = {day for one in counted for day in one.days if day < on}
    if len(worked) >= 182:
        return True
    for job in jobs(tables, counted, COUNTED):
        needed = later(job.first, 3) - ONE
        if any(needed <= day < on for day in job.days):
            return True
    return False

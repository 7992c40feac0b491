"""Which days the 24 months and the follow-up of jobs cover, counted day by day (domain: sections 5 and 6)."""

from datetime import date
from typing import Any

from tests.recount.days import ONE, each_day, later
from tests.recount.raw import Row, Tables
from tests.recount.work import Seen, idle_days, jobs, last_day

STOPPING = ("CDI", "CDD", "INTERIM")


class Mandate:
    """The days of one case, as the rows stand today; none is looked at after `horizon`."""

    def __init__(self, tables: Tables, case: Row, horizon: date) -> None:
        self.tables, self.case, self.horizon = tables, case, horizon
        self.closed_on = case["closed_on"]
        stays = tables.stays[case["id"]]
        self.stays = stays
        self.began = next((stay["starts_on"] for stay in stays if stay["phase"] == "PRE_HIRE"), None)
        self.used_up = self._used_up()
        self.followed = self._followed()

    def phase_on(self, on: date) -> str:
        """The phase of a day; of two on one day, that which the case went on to."""
        phase = self.stays[0]["phase"]
        for stay in self.stays:
            if stay["starts_on"] <= on:
                phase = stay["phase"]
        return phase

    def why_outside(self, on: date) -> str:
        """`after_exit`, `after_clock`, or nothing for a day that is covered."""
        if self.closed_on is not None and on >= self.closed_on:
            return "after_exit"
        return "after_clock" if on in self.used_up and on not in self.followed else ""

    def _as_written(self, case: Row) -> list[Seen]:
        found = []
        for contract in self.tables.contracts.get(case["id"], ()):
            until = min(last_day(contract) or self.horizon, self.horizon)
            idle = idle_days(self.tables, contract)
            days = [day for day in each_day(contract["starts_on"], until) if day not in idle]
            found.append(Seen(contract, until, False, days))
        return found

    def _stopped(self, case: Row, *others: Row) -> set[date]:
        """The days at work and those suspended; work that begins in a suspension ends it."""
        work = [one for own in (case, *others) for one in self._as_written(own) if one.row["contract_type"] in STOPPING]
        days = {day for one in work for day in one.days}
        for pause in self.tables.suspensions.get(case["id"], ()):
            if pause["state"] != "APPROVED":
                continue
            for day in each_day(pause["starts_on"], min(pause["ends_on"] or self.horizon, self.horizon)):
                if any(one.row["starts_on"] == day for one in work):
                    break
                days.add(day)
        return days

    def _used_up(self) -> set[date]:
        """The days on which all days granted by then had been used."""
        if self.began is None:
            return set()
        former = self.tables.case.get(self.case["previous_case_id"])
        stopped = self._stopped(self.case, *([former] if former else []))
        used, outside = self._carried(former), set()
        for day in each_day(self.began, self.horizon):
            months = 24 + sum(
                one["months"]
                for one in self.tables.extensions.get(self.case["id"], ())
                if one["granted_on"] <= day and one["taken_back_on"] is None
            )
            if used >= (later(self.began, months) - self.began).days:
                outside.add(day)
            used += day not in stopped
        return outside

    def _carried(self, former: Row | None) -> int:
        """The days that the former case had used, when the person came back within a year."""
        if former is None or self.case["opened_on"] >= later(former["closed_on"], 12):
            return 0
        began = next(
            (stay["starts_on"] for stay in self.tables.stays[former["id"]] if stay["phase"] == "PRE_HIRE"), None
        )
        if began is None:
            return 0
        stopped = self._stopped(former, self.case)
        return sum(day not in stopped for day in each_day(began, former["closed_on"] - ONE))

    def _followed(self) -> set[date]:
        """The days of the follow-up of a job: six months, until its end or until a permanent contract there."""
        found: set[date] = set()
        windows: list[Any] = jobs(self.tables, self._as_written(self.case), STOPPING, permanent_is_new=True)
        for job in windows:
            until = min(job.last, later(job.first, 6) - ONE)
            for other in windows:
                if other.first > job.first and other.same_employer_as(self.tables, job):
                    until = min(until, other.first - ONE)
            found.update(each_day(job.first, until))
        return found

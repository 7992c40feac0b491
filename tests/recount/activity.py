"""The activity report, counted naively: table, row and column, as docs/definitions.md and the notes tell them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from tests.recount.activity_work import WorkFigures
from tests.recount.days import ONE, Share, each_day, later, per_person, rounded
from tests.recount.period import Figures, commune_of, cross, rate
from tests.recount.raw import Row
from tests.recount.work import APART, CONTRACTS, Job, exit_of, is_durable, is_placed, jobs


class Activity(WorkFigures):
    """The figures of a period."""

    def figures(self) -> Figures:
        return {
            **self.summary(),
            **self.moves(),
            **self.eligibility(),
            **self.profiles(),
            **self.contact_figures(),
            **self.session_figures(),
            **self.firm_figures(),
            **self.vacancy_figures(),
            **self.contract_figures(),
            **self.insertion(),
            **self.exits(),
            **self.obstacle_figures(),
            **self.staff(),
        }

    # --- the figures, section by section ------------------------------------------------------------------------------

    def summary(self) -> Figures:
        contracts = self.begun(CONTRACTS)
        signed = {self.of_contract(one)["id"] for one in contracts}
        held = [row for row, why in self.contacts if row["outcome"] == "HELD" and not why]
        values = {
            "companies": len(self.firms),
            "people": len(self.accompanied),
            "received": len(self.received),
            "contracts": len(contracts),
            "hired": len(signed),
            "per_person": per_person(len(contracts), len(signed)),
            "contacts": len(held),
            "hours": sum(row["minutes"] for row in held),
            "sessions": len(self.sessions),
        }
        return {"summary": {key: {"count": value} for key, value in values.items()}}

    def moves(self) -> Figures:
        first, last = self.asked.first, self.asked.last
        closed = [case for case in self.cases if case["closed_on"] is not None and case["closed_on"] <= last]
        standing = [case for case in self.cases if case not in closed]
        movement = {
            "before": sum(case["opened_on"] < first for case in self.cases),
            "opened": sum(case["opened_on"] >= first for case in self.cases),
            "active": len(self.cases),
            "closed": len(closed),
            "remaining": len(standing),
        }
        phases: dict[str, dict[str, int]] = {}
        for phase in ("PREPARATORY", "PRE_HIRE", "HIRE", "FOLLOW_UP"):
            phases[phase] = {
                "entered": sum(
                    any(stay["phase"] == phase and stay["starts_on"] >= first for stay in self.stays(case))
                    for case in self.cases
                ),
                "left": sum(
                    [stay["phase"] for stay in self.stays(case) if stay["phase"] != "EXIT"][-1] == phase
                    for case in closed
                ),
                "standing": sum(self.stays(case)[-1]["phase"] == phase for case in standing),
            }
        anywhere = sum(
            any(stay["phase"] != "EXIT" and stay["starts_on"] >= first for stay in self.stays(case))
            for case in self.cases
        )
        phases["total"] = {"entered": anywhere, "left": len(closed), "standing": len(standing)}
        return {"cases": {key: {"count": value} for key, value in movement.items()}, "phases": phases}

    def eligibility(self) -> Figures:
        def line(cases: list[Row]) -> dict[str, int]:
            entered = [case for case in cases if (self.first_in(case, "PRE_HIRE") or date.min) >= self.asked.first]
            return {"entered": len(entered), "active": len(cases)}

        rows: dict[str, list[Row]] = defaultdict(list)
        for case in self.cases:
            check = self.t.checks.get(case["id"])
            rows["total"].append(case)
            if check is None or check["checked_on"] > self.asked.last:
                rows["unchecked"].append(case)
                continue
            rows["derogation" if check["is_derogation"] else "criteria"].append(case)
            if check["over_quota"]:
                rows["over_quota"].append(case)
            if not check["is_derogation"]:
                for code in set(check["criteria"]):
                    rows[f"{check['regime'].lower()}-{code}"].append(case)
        return {"eligibility": {key: line(found) for key, found in rows.items()}}

    def profiles(self) -> Figures:
        people = list(self.accompanied.values())

        def of(case: Row) -> Row:
            return self.t.people[case["beneficiary_id"]]

        def age(case: Row) -> str:
            born, years = of(case)["birth_date"], -1
            if born is None:
                return ""
            while later(born, 12 * (years + 1)) <= self.asked.last:
                years += 1
            return "under_25" if years < 25 else "25_to_45" if years <= 45 else "over_45"

        def without_work(case: Row) -> str:
            since = of(case)["jobseeker_since"]
            if since is None or since > case["opened_on"]:
                return ""
            for months, key in ((36, "36_or_more"), (24, "24_to_35"), (12, "12_to_23"), (6, "6_to_11")):
                if later(since, months) <= case["opened_on"]:
                    return key
            return "under_6"

        def referrer(case: Row) -> str:
            return str(self.t.partners[case["referrer_id"]]["kind"]) if case["referrer_id"] else ""

        asked: dict[str, Callable[[Row], str]] = {
            "age": age,
            "origin": lambda case: of(case)["origin"],
            "education": lambda case: of(case)["education"],
            "unemployment": without_work,
            "referrer": referrer,
            "commune": lambda case: commune_of(of(case)["town"]),
        }
        return {code: cross(people, value, self.gender) for code, value in asked.items()}

    # --- contracts and insertion --------------------------------------------------------------------------------------

    def contract_figures(self) -> Figures:
        def length(one: Row) -> str:
            if one["ends_on"] is None:
                return "open_ended"
            for months, key in ((12, "12_or_more"), (6, "6_to_11"), (3, "3_to_5"), (1, "1_to_2")):
                if later(one["starts_on"], months) <= one["ends_on"] + ONE:
                    return key
            return "under_1"

        def hours(one: Row) -> str:
            weekly = one["weekly_hours"]
            for change in self.t.amendments.get(one["id"], ()):
                stands = change["effective_on"] <= self.asked.last
                if stands and change["weekly_hours"] is not None:
                    weekly = change["weekly_hours"]
            if weekly is None:
                return ""
            return "under_half" if weekly < 19 else "half_or_more" if weekly < 38 else "full"

        def aid(one: Row) -> str:
            return str(self.t.aids[one["aid_id"]]["code"]) if one["aid_id"] else ""

        def followed(one: Row) -> str:
            agreed = self.t.agreements.get(one["id"])
            if agreed is None:
                return ""
            return "ACCEPTED" if agreed["accepted_from"] else str(agreed["mode"])

        def place(one: Row) -> str:
            firm = self.t.firms[one["user_company_id"] or one["company_id"]]
            return "abroad" if firm["country"] != "BE" else commune_of(firm["town"])

        asked: dict[str, Callable[[Row], str]] = {
            "contracts": lambda one: one["contract_type"],
            "contracts_duration": length,
            "contracts_time": hours,
            "contracts_sector": lambda one: self.t.firms[one["company_id"]]["sector"],
            "contracts_aid": aid,
            "contracts_origin": lambda one: one["origin"],
            "contracts_followup": followed,
            "contracts_place": place,
        }

        def gender(one: Row) -> str:
            return str(self.of_contract(one)["gender"])

        signed = self.begun(CONTRACTS)
        found = {code: cross(signed, value, gender) for code, value in asked.items()}
        return {**found, "apart": cross(self.begun(APART), lambda one: one["contract_type"], gender)}

    def insertion(self) -> Figures:
        people = len(self.accompanied)
        placed = sum(is_placed(some) for some in self.seen.values())
        durable = sum(is_durable(self.t, some, self.asked.last) for some in self.seen.values())
        reached = {case["beneficiary_id"] for case in self.cases if self.first_in(case, "FOLLOW_UP")}
        entered = {
            phase: len({case["beneficiary_id"] for case in self.cases if self.within(self.first_in(case, phase))})
            for phase in ("PRE_HIRE", "FOLLOW_UP")
        }
        fte = self.fte(("JOBCOACH",))
        volume = None if self.asked.project or not fte else rounded(people / fte)
        flow = rate(entered["FOLLOW_UP"], entered["PRE_HIRE"], "value")
        return {
            "insertion": {
                "placed": rate(placed, people),
                "durable": rate(durable, people),
                "durable_placed": rate(durable, placed),
            },
            "drivers": {
                "volume": {"count": people, "among": fte, "value": volume},
                "insertion": rate(len(reached & set(self.accompanied)), people, "value"),
                "entered": flow,
            },
            "retention": {f"after_{months}": self._kept(months) for months in (1, 3, 6)},
        }

    @cached_property
    def jobs(self) -> list[tuple[Job, list[Job]]]:
        """The jobs begun in the period, each with all jobs of the person."""
        found = []
        for some in self.seen.values():
            own = jobs(self.t, some, CONTRACTS)
            found += [(job, own) for job in own if self.within(job.first)]
        return found

    def _kept(self, months: int) -> dict[str, Any]:
        observed = same = employed = 0
        for job, own in self.jobs:
            day = later(job.first, months)
            if day > self.asked.last or (job.censored and not job.runs_on(day)):
                continue
            observed += 1
            same += job.runs_on(day)
            employed += any(other.runs_on(day) for other in own)
        return {
            "observed": observed,
            "same": same,
            "same_rate": Share(same, observed),
            "employed": employed,
            "employed_rate": Share(employed, observed),
        }

    def exits(self) -> Figures:
        closed = [case for case in self.cases if case["closed_on"] is not None and case["closed_on"] <= self.asked.last]

        def told(name: str) -> Callable[[Row], str]:
            return lambda case: str((exit_of(self.t, case) or {})[name])

        return {
            "exits_reason": cross(closed, told("exit_reason"), self.gender),
            "exits_outcome": cross(closed, told("exit_outcome"), self.gender),
        }

    def obstacle_figures(self) -> Figures:
        here = {case["id"] for case in self.cases}
        found = [
            row
            for row in self.t.obstacles
            if row["case_id"] in here
            and row["identified_on"] <= self.asked.last
            and (row["lifted_on"] is None or row["lifted_on"] >= self.asked.first)
        ]

        def line(some: list[Row]) -> dict[str, int]:
            lifted = sum(row["lifted_on"] is not None and row["lifted_on"] <= self.asked.last for row in some)
            return {
                "raised": sum(row["identified_on"] >= self.asked.first for row in some),
                "lifted": lifted,
                "standing": len(some) - lifted,
                "people": len({row["case_id"] for row in some}),
            }

        rows = {kind: line([row for row in found if row["kind"] == kind]) for kind in {row["kind"] for row in found}}
        return {"obstacles": {**rows, "total": line(found)}}

    # --- staff --------------------------------------------------------------------------------------------------------

    def held(self, roles: Iterable[str]) -> list[Row]:
        return [
            row
            for row in self.t.memberships
            if row["organisation_id"] in self.asked.organisations
            and row["role"] in roles
            and row["starts_on"] <= self.asked.last
            and (row["ends_on"] is None or row["ends_on"] >= self.asked.first)
        ]

    def fte(self, roles: Iterable[str]) -> Decimal:
        """Full-time equivalents of an average day."""
        total, days = Decimal(0), list(each_day(self.asked.first, self.asked.last))
        for row in self.held(roles):
            worked = sum(row["starts_on"] <= day and (row["ends_on"] is None or day <= row["ends_on"]) for day in days)
            total += row["fte"] * worked
        return rounded(total / len(days), "0.01")

    def staff(self) -> Figures:
        days = list(each_day(self.asked.first, self.asked.last))
        opened = sum(
            case["opened_on"] <= day and (case["closed_on"] is None or day < case["closed_on"])
            for case in self.cases
            for day in days
        )
        mean, fte = rounded(Decimal(opened) / len(days)), self.fte(("JOBCOACH",))
        cut = self.asked.project is not None or not fte
        load = None if cut else rounded(mean / fte)
        values = {
            "open": mean,
            "fte": fte,
            "load": load,
            "norm": 20,
            "gap": None if load is None else load - 20,
            "supported": None if cut else rounded(len(self.accompanied) / fte),
        }
        return {
            "staff": {
                role: {"people": len({row["user_id"] for row in self.held((role,))}), "fte": self.fte((role,))}
                for role in ("JOBCOACH", "COORDINATOR", "ADMIN")
            },
            "caseload": {key: {"value": value} for key, value in values.items()},
        }

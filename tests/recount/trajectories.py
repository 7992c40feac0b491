"""« Trajectoires », counted naively: cohorts, courses, bounces, waits, and how long jobs hold."""

import itertools
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from tests.recount.days import ONE, Asked, Share, per_person, rounded
from tests.recount.period import Figures, belonged
from tests.recount.raw import Row, Tables
from tests.recount.work import CONTRACTS, Seen, first_placement, is_durable, jobs, outcomes

ORDER = ("PREPARATORY", "PRE_HIRE", "HIRE", "FOLLOW_UP", "EXIT")
TYPES = ("CDI", "CDD", "INTERIM", "ART_60", "ART_61", "OTHER")
HORIZONS = (0, 30, 91, 182, 365)
WAITS = (0, 91, 182, 273, 365, 456, 547)


class Watched(NamedTuple):
    """So many days seen, and whether it ended then."""

    days: int
    ended: bool


def left_after(watched: list[Watched], day: int) -> Fraction:
    """The share still there after a day (Kaplan-Meier): each ending takes its part of those watched until then."""
    share = Fraction(1)
    for one in sorted({each.days for each in watched if each.ended and each.days <= day}):
        at_risk = sum(each.days >= one for each in watched)
        share *= Fraction(at_risk - sum(each.ended and each.days == one for each in watched), at_risk)
    return share


def percent(share: Fraction) -> Decimal:
    return rounded(Decimal(share.numerator) * 100 / Decimal(share.denominator))


def told_days(watched: list[Watched]) -> list[int]:
    """The days on which something happened that at least five were watched until."""
    return sorted({one.days for one in watched if sum(each.days >= one.days for each in watched) >= 5})


def day_of_share(watched: list[Watched], share: Fraction) -> int | None:
    return next((day for day in told_days(watched) if left_after(watched, day) <= share), None)


def share_at(watched: list[Watched], day: int) -> Decimal | None:
    return percent(left_after(watched, day)) if sum(one.days >= day for one in watched) >= 5 else None


def curve(watched: list[Watched], days: tuple[int, ...]) -> dict[str, Any]:
    """The steps of a curve, where it stops, and the numbers at risk."""
    told = told_days(watched)
    ends = {one.days for one in watched if one.ended}
    return {
        "at 0": Decimal("100.0"),
        **{f"at {day}": percent(left_after(watched, day)) for day in told if day in ends and day <= days[-1]},
        "until": min(days[-1], told[-1]) if told else 0,
        **{f"risk {day}": sum(one.days >= day for one in watched) for day in days},
    }


class Trajectories:
    """The cases opened in a period and what had become of them on its last day."""

    def __init__(self, tables: Tables, asked: Asked) -> None:
        self.t, self.asked = tables, asked
        self.cases = [
            case
            for case in tables.cases
            if case["organisation_id"] in asked.organisations
            and asked.first <= case["opened_on"] <= asked.last
            and belonged(tables, case["id"], asked)
        ]
        self.people = list(dict.fromkeys(case["beneficiary_id"] for case in self.cases))

    def stays(self, case: Row) -> list[str]:
        return [stay["phase"] for stay in self.t.stays[case["id"]] if stay["starts_on"] <= self.asked.last]

    def left_on(self, case: Row) -> date | None:
        closed: date | None = case["closed_on"]
        return closed if closed is not None and closed <= self.asked.last else None

    @cached_property
    def seen(self) -> dict[Any, list[Seen]]:
        """By case, the outcomes of people accompanied."""
        accompanied = {case["beneficiary_id"] for case in self.cases if "PRE_HIRE" in self.stays(case)}
        return {
            case["id"]: outcomes(self.t, case, self.asked.last) if case["beneficiary_id"] in accompanied else []
            for case in self.cases
        }

    def figures(self) -> Figures:
        return {**self.cohorts(), **self.courses(), **self.bounces(), **self.contracts(), **self.survival()}

    def groups(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for case in self.cases:
            opened = case["opened_on"]
            found[f"{opened.year}-{(opened.month - 1) // 3 + 1}"].append(case)
        return {**found, "total": self.cases}

    def cohorts(self) -> Figures:
        cohorts, waits = {}, {}
        for key, cases in self.groups().items():
            accompanied = [case for case in cases if "PRE_HIRE" in self.stays(case)]
            left = sum(self.left_on(case) is not None for case in cases)
            placed = sum(first_placement(self.seen[case["id"]]) is not None for case in accompanied)
            durable = sum(is_durable(self.t, self.seen[case["id"]], self.asked.last) for case in accompanied)
            cohorts[key] = {
                "entries": len(cases),
                "open": len(cases) - left,
                "left": left,
                "accompanied": len(accompanied),
                "placed": placed,
                "placed_rate": Share(placed, len(accompanied)),
                "durable": durable,
                "durable_rate": Share(durable, len(accompanied)),
            }
            waited = [(case, self.wait(case)) for case in cases]
            watched = [wait for _case, wait in waited]
            names = {"first_quartile": 3, "median": 2, "third_quartile": 1}
            waits[key] = {
                "entries": len(cases),
                "found": sum(wait.ended for wait in watched),
                "left": sum(not wait.ended and self.left_on(case) is not None for case, wait in waited),
                "waiting": sum(not wait.ended and self.left_on(case) is None for case, wait in waited),
                **{
                    name: day_of_share(watched, Fraction(part, 4)) if len(cases) >= 5 else None
                    for name, part in names.items()
                },
            }
        if len(self.cases) >= 5:
            waits["curve 0"] = curve([self.wait(case) for case in self.cases], WAITS)
        return {"cohorts": cohorts, "wait": waits}

    def wait(self, case: Row) -> Watched:
        opened, left = case["opened_on"], self.left_on(case)
        first = first_placement(self.seen[case["id"]])
        if first is not None and (left is None or first <= left):
            return Watched((first - opened).days, True)
        until = min(left or self.asked.last + ONE, self.asked.last + ONE)
        return Watched((until - opened).days, False)

    # --- paths --------------------------------------------------------------------------------------------------------

    def path(self, case: Row) -> list[str]:
        found: list[str] = []
        for phase in self.stays(case):
            if not found or found[-1] != phase:
                found.append(phase)
        return found

    def courses(self) -> Figures:
        counted: dict[tuple[str, ...], int] = defaultdict(int)
        for case in self.cases:
            counted[tuple(self.path(case))] += 1
        ranked = sorted(counted, key=lambda path: (-counted[path], len(path), [ORDER.index(phase) for phase in path]))
        rows = {"-".join(path).lower(): counted[path] for path in ranked[:15]}
        rows["others"] = sum(counted[path] for path in ranked[15:])
        return {"courses": self._shares({**rows, "total": len(self.cases)}, len(self.cases))}

    @staticmethod
    def _shares(rows: dict[str, int], whole: int) -> dict[str, dict[str, Any]]:
        return {key: {"count": number, "share": Share(number, whole)} for key, number in rows.items() if number or key}

    def returns(self, case: Row) -> list[str]:
        path = self.path(case)
        names = {"FOLLOW_UP": "job_ended", "HIRE": "fell_through"}
        return [names[a] for a, b in itertools.pairwise(path) if b == "PRE_HIRE" and a in names]

    def bounces(self) -> Figures:
        rows: dict[str, dict[str, Any]] = {}
        for kind in ("job_ended", "fell_through", "total"):
            found = [[one for one in self.returns(case) if kind in (one, "total")] for case in self.cases]
            rows[kind] = {"count": sum(map(len, found)), "cases": sum(map(bool, found))}
        mean = per_person(rows["total"]["count"], len(self.people))
        rows["per_person"] = {"count": mean, "cases": None}
        numbers: dict[Any, int] = dict.fromkeys(self.people, 0)
        for case in self.cases:
            numbers[case["beneficiary_id"]] += len(self.returns(case))
        return {"bounces": rows, "bounces_per_person": self._spread(numbers)}

    def _spread(self, numbers: dict[Any, int]) -> dict[str, dict[str, Any]]:
        rows = {str(one): sum(min(number, 3) == one for number in numbers.values()) for one in range(4)}
        return self._shares({**rows, "total": len(numbers)}, len(numbers))

    def contracts(self) -> Figures:
        numbers: dict[Any, int] = dict.fromkeys(self.people, 0)
        for case in self.cases:
            numbers[case["beneficiary_id"]] += sum(
                one.row["contract_type"] in CONTRACTS for one in self.seen[case["id"]]
            )
        people, signed = sum(map(bool, numbers.values())), sum(numbers.values())
        summary = {"contracts": signed, "people": people, "mean": per_person(signed, people)}
        return {
            "contracts": {key: {"count": value} for key, value in summary.items()},
            "contracts_per_person": self._spread(numbers),
        }

    # --- jobs ---------------------------------------------------------------------------------------------------------

    def survival(self) -> Figures:
        held: dict[str, list[Watched]] = defaultdict(list)
        for case in self.cases:
            for job in jobs(self.t, self.seen[case["id"]], CONTRACTS):
                seen = Watched((job.last - job.first).days + 1, not job.censored)
                held[job.contract["contract_type"]].append(seen)
                held["total"].append(seen)
        if not held:
            return {}
        whole = held["total"]
        rows: dict[str, dict[str, Any]] = {
            str(day): {
                "at_risk": self.at_risk(whole, day),
                "ended": sum(one.ended and one.days <= day for one in whole),
                "censored": sum(not one.ended and one.days < day for one in whole),
                "share": share_at(whole, day),
            }
            for day in HORIZONS
        }
        drawn = [held[kind] for kind in TYPES if len(held[kind]) >= 5][:3]
        curves = [whole, *drawn] if len(whole) >= 5 else drawn
        for number, one in enumerate(curves[:1] if len(curves) == 2 else curves):
            rows[f"curve {number}"] = curve(one, HORIZONS)
        kinds = {kind: some for kind, some in held.items() if some}
        return {
            "survival": rows,
            "at_risk_by_type": {
                kind: {str(day): self.at_risk(some, day) for day in HORIZONS} for kind, some in kinds.items()
            },
            "survival_by_type": {
                kind: {str(day): share_at(some, day) for day in HORIZONS[1:]} for kind, some in kinds.items()
            },
        }

    @staticmethod
    def at_risk(watched: Iterable[Watched], day: int) -> int:
        return sum(one.days >= day for one in watched)

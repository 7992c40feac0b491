"""What a period holds: its cases, its people, what was seen of their contracts, its contacts."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any

from tests.recount.days import Asked, Share, each_day
from tests.recount.mandate import Mandate
from tests.recount.raw import Row, Tables
from tests.recount.work import Seen, outcomes

Figures = dict[str, dict[str, dict[str, Any]]]
#: sections and former communes that the crowd lives in, and their commune
COMMUNES = {"heusy": "verviers", "stembert": "verviers", "jambes": "namur", "angleur": "liege"}


def commune_of(town: str) -> str:
    """The class of the commune of a town, however it is spelt; "" when it is not known."""
    plain = town.strip().lower().replace("è", "e").replace(" ", "-")
    return f"commune-{COMMUNES.get(plain, plain)}" if plain else ""


def stay_on(tables: Tables, case: Any, day: date) -> Row | None:
    """Where a case belonged on a day."""
    for row in tables.belongings.get(case, ()):
        if row["starts_on"] <= day and (row["ends_on"] is None or day < row["ends_on"]):
            return row
    return None


def belonged(tables: Tables, case: Any, asked: Asked, day: date | None = None) -> bool:
    """Whether a case belonged to the project asked on a day, or on one day of the period."""
    if asked.project is None:
        return True
    days = each_day(asked.first, asked.last) if day is None else [day]
    stays = (stay_on(tables, case, one) for one in days)
    return any(stay is not None and stay["project_id"] == asked.project for stay in stays)


def cross(found: Iterable[Any], down: Callable[[Any], str], gender: Callable[[Any], str]) -> dict[str, dict[str, Any]]:
    """Rows by a characteristic and by gender, with totals and the share of each in the whole."""
    everyone = list(found)
    table: dict[str, dict[str, Any]] = {}
    for key in {*map(down, everyone), "total"}:
        chosen = [one for one in everyone if key in (down(one), "total")]
        line: dict[str, Any] = defaultdict(int)
        for one in chosen:
            line[gender(one) or "unknown"] += 1
        table[key or "unknown"] = {**line, "total": len(chosen), "share": Share(len(chosen), len(everyone))}
    return table


def rate(number: int, among: int, name: str = "rate") -> dict[str, Any]:
    return {"count": number, "among": among, name: Share(number, among)}


class Period:
    """The rows of a period."""

    def __init__(self, tables: Tables, asked: Asked) -> None:
        self.t, self.asked = tables, asked

    def within(self, day: date | None) -> bool:
        return day is not None and self.asked.first <= day <= self.asked.last

    # --- people -------------------------------------------------------------------------------------------------------

    @cached_property
    def cases(self) -> list[Row]:
        """The cases open on a day of the period; the day of the exit counts when it is the first of the period."""
        return [
            case
            for case in self.t.cases
            if case["organisation_id"] in self.asked.organisations
            and case["opened_on"] <= self.asked.last
            and (case["closed_on"] is None or case["closed_on"] >= self.asked.first)
            and belonged(self.t, case["id"], self.asked)
        ]

    def stays(self, case: Row) -> list[Row]:
        return [stay for stay in self.t.stays[case["id"]] if stay["starts_on"] <= self.asked.last]

    def first_in(self, case: Row, phase: str) -> date | None:
        return next((stay["starts_on"] for stay in self.stays(case) if stay["phase"] == phase), None)

    @cached_property
    def accompanied(self) -> dict[Any, Row]:
        """By person, the last of their cases that entered pre-hire."""
        return {case["beneficiary_id"]: case for case in self.cases if self.first_in(case, "PRE_HIRE")}

    @cached_property
    def received(self) -> set[Any]:
        return {case["beneficiary_id"] for case in self.cases} - set(self.accompanied)

    def gender(self, case: Row) -> str:
        return str(self.t.people[case["beneficiary_id"]]["gender"])

    @cached_property
    def seen(self) -> dict[Any, list[Seen]]:
        """By person accompanied, the outcomes of all their cases of the period."""
        found: dict[Any, list[Seen]] = {person: [] for person in self.accompanied}
        for case in self.cases:
            if case["beneficiary_id"] in found:
                found[case["beneficiary_id"]] += outcomes(self.t, case, self.asked.last)
        return found

    def begun(self, types: Iterable[str]) -> list[Row]:
        return [
            one.row
            for some in self.seen.values()
            for one in some
            if one.row["contract_type"] in types and self.within(one.row["starts_on"])
        ]

    def of_contract(self, contract: Row) -> Row:
        return self.t.people[self.t.case[contract["case_id"]]["beneficiary_id"]]

    # --- contacts -----------------------------------------------------------------------------------------------------

    def mandate(self, case: Any) -> Mandate:
        return self.t.once(("mandate", case), lambda: Mandate(self.t, self.t.case[case], self.t.today))

    @cached_property
    def contacts(self) -> list[tuple[Row, str]]:
        """The contacts of the period, each with why it is outside the mandate, if it is."""
        return [
            (row, self.mandate(row["case_id"]).why_outside(row["on"]))
            for some in self.t.contacts.values()
            for row in some
            if row["organisation_id"] in self.asked.organisations
            and self.within(row["on"])
            and belonged(self.t, row["case_id"], self.asked, row["on"])
        ]

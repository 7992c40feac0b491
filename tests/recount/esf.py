"""The report of the ESF+, counted naively: who was there, who entered, what each indicator counts."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from tests.recount.days import Share, later
from tests.recount.period import Figures, Period
from tests.recount.raw import Row
from tests.recount.work import exit_of

GENDERS = {"F": "women", "M": "men", "X": "non_binary", "": "unknown"}
QUESTIONS = ("foreign_background", "disability", "minority", "homeless", "rural")
Who = dict[str, Any]


def age(one: Who) -> int:
    """In completed years, on the day of the entry."""
    years = 0
    while later(one["born"], 12 * (years + 1)) <= one["entry"]:
        years += 1
    return years


def long_term(one: Who) -> bool:
    months = 6 if age(one) < 25 else 12
    return bool(one["status"] == "unemployed" and later(one["since"], months) < one["entry"])


def says(question: int) -> Callable[[Who], bool]:
    return lambda one: bool(one["answers"][question] == "Y")


def reached(moment: str, name: str, *statuses: str) -> Callable[[Who], bool]:
    """Whether something was found after the exit of somebody who came in one of these situations."""
    return lambda one: bool(
        one["left"] and one["status"] in statuses and one["results"].get(moment, {}).get(name, False)
    )


EVERYBODY = ("unemployed", "inactive", "employed")
OUT_OF_WORK = ("unemployed", "inactive")
OUTPUTS: dict[str, Callable[[Who], bool]] = {
    "EECO02": lambda one: one["status"] == "unemployed",
    "EECO03": long_term,
    "EECO04": lambda one: one["status"] == "inactive",
    "EECO05": lambda one: one["status"] == "employed",
    "EECO06": lambda one: age(one) < 18,
    "EECO07": lambda one: 18 <= age(one) <= 29,
    "EECO08": lambda one: age(one) >= 55,
    "EECO09": lambda one: one["isced"] <= 2,
    "EECO10": lambda one: one["isced"] in (3, 4),
    "EECO11": lambda one: one["isced"] >= 5,
    "EECO12": says(1),
    "EECO13": lambda one: one["nationality"] in ("third_country", "stateless"),
    "EECO14": says(0),
    "EECO15": says(2),
    "EECO16": says(3),
    "EECO17": says(4),
}
RESULTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "EECR01": ("EXIT", "job_searching", ("inactive",)),
    "EECR02": ("EXIT", "in_training", EVERYBODY),
    "EECR03": ("EXIT", "qualification", EVERYBODY),
    "EECR04": ("EXIT", "employed", OUT_OF_WORK),
    "EECR05": ("SIX_MONTHS", "employed", OUT_OF_WORK),
    "EECR06": ("SIX_MONTHS", "improved", ("employed",)),
}


class Esf:
    """The participants of one operation over a period."""

    def __init__(self, period: Period) -> None:
        self.t, self.asked, self.period = period.t, period.asked, period
        self.who = [self.participant(person) for person in dict.fromkeys(c["beneficiary_id"] for c in period.cases)]

    def in_operation(self, case: Row) -> list[Row]:
        """The stays of a case in the operation that began by the last day."""
        return [
            stay
            for stay in self.t.belongings.get(case["id"], ())
            if stay["project_id"] == self.asked.project and stay["starts_on"] <= self.asked.last
        ]

    def participant(self, person: Any) -> Who:
        own = [
            case
            for case in self.t.cases
            if case["beneficiary_id"] == person and case["opened_on"] <= self.asked.last and self.in_operation(case)
        ]
        case = own[-1]
        gone_on = self.in_operation(case)[-1]["ends_on"]
        left = gone_on or case["closed_on"]
        left = left if left is not None and left <= self.asked.last else None
        record = next(
            (
                one
                for one in self.t.participations
                if one["beneficiary_id"] == person and one["project_id"] == self.asked.project
            ),
            None,
        )
        known, about = record or {}, self.t.people[person]
        gone = exit_of(self.t, case)
        return {
            "gender": about["gender"],
            "born": about["birth_date"],
            "entry": known.get("entry_on") or self.in_operation(own[0])[0]["starts_on"],
            "record": record,
            "status": known.get("status", ""),
            "since": known.get("unemployed_since"),
            "isced": known.get("isced"),
            "nationality": known.get("nationality", ""),
            "answers": known.get("answers", "-----"),
            "refusals": {row["question"] for row in self.t.refusals.get(known.get("id"), ())},
            "left": left,
            "asked": left is not None and gone_on != left and not (gone and gone["exit_reason"] == "DEATH"),
            "results": self.results(record, case, left) if record and left else {},
        }

    def results(self, record: Row, case: Row, left: date) -> dict[str, Row]:
        """Those of that exit: seen since, at their moment."""
        return {
            row["moment"]: row
            for row in self.t.results.get(record["id"], ())
            if row["case_id"] == case["id"] and row["seen_on"] >= (left if row["moment"] == "EXIT" else later(left, 6))
        }

    @staticmethod
    def complete(one: Who) -> bool:
        needed = [one["gender"], one["born"], one["status"], one["isced"] is not None]
        return all(needed) and (one["status"] != "unemployed" or one["since"] is not None)

    def figures(self) -> Figures:
        entered = [one for one in self.who if self.asked.first <= one["entry"] <= self.asked.last]
        return {
            "outputs": self.outputs(self.who),
            "entries": self.outputs(entered),
            "results": self.result_rows(),
            **self.records(),
        }

    @staticmethod
    def by_gender(found: Iterable[Who]) -> dict[str, Any]:
        some = list(found)
        return {
            **{name: sum(one["gender"] == gender for one in some) for gender, name in GENDERS.items()},
            "total": len(some),
        }

    def outputs(self, who: list[Who]) -> dict[str, dict[str, Any]]:
        whole = [one for one in who if self.complete(one)]
        rows = {code: self.by_gender(filter(counts, whole)) for code, counts in OUTPUTS.items()}
        return {"EECO01": self.by_gender(who), **rows}

    def result_rows(self) -> dict[str, dict[str, Any]]:
        gone = [one for one in self.who if self.complete(one) and one["left"]]
        rows = {}
        for code, (moment, name, statuses) in RESULTS.items():
            found = list(filter(reached(moment, name, *statuses), gone))
            concerned = sum(one["status"] in statuses for one in gone)
            rows[code] = {**self.by_gender(found), "concerned": concerned, "share": Share(len(found), concerned)}
        return rows

    def records(self) -> Figures:
        who, gone = self.who, [one for one in self.who if one["left"]]
        whole = sum(map(self.complete, who))
        completeness = {
            "complete": whole,
            "incomplete": len(who) - whole,
            "none": sum(one["record"] is None for one in who),
            "left": len(gone),
            "at_exit": sum("EXIT" in one["results"] for one in gone),
            "later": sum("SIX_MONTHS" in one["results"] for one in gone),
            "total": len(who),
        }
        missing: dict[str, int] = {}
        for one in who:
            for code in {*self.missing(one), *(("total",) if self.missing(one) else ())}:
                missing[code] = missing.get(code, 0) + 1
        answers = {
            question: {
                "answered": sum(one["answers"][number] in "YN" for one in who),
                "declined": sum(question in one["refusals"] for one in who),
                "unasked": sum(one["answers"][number] == "-" for one in who),
            }
            for number, question in enumerate(QUESTIONS)
        }
        return {
            "completeness": {key: {"count": value} for key, value in completeness.items()},
            "missing": {key: {"count": value} for key, value in missing.items()},
            "answers": answers,
        }

    def missing(self, one: Who) -> set[str]:
        """What one does not know of somebody today."""
        known = {"gender": "gender", "birth_date": "born", "status": "status", "nationality": "nationality"}
        found = {code for code, name in known.items() if not one[name]}
        found |= {question for number, question in enumerate(QUESTIONS) if one["answers"][number] == "-"}
        if one["isced"] is None:
            found.add("isced")
        if one["status"] == "unemployed" and one["since"] is None:
            found.add("unemployed_since")
        if one["asked"]:
            if self.t.today > one["left"] + timedelta(weeks=4) and "EXIT" not in one["results"]:
                found.add("result_exit")
            if self.t.today >= later(one["left"], 6) and "SIX_MONTHS" not in one["results"]:
                found.add("result_six_months")
        return found

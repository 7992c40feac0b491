"""« Heures prestées », counted naively from contacts, sessions, visits, entries and what was signed (decision 9)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.recount.period import Figures, Period, stay_on
from tests.recount.raw import Row

KINDS = ("contact", "session", "prospection", "other")
Line = dict[str, Any]


class Hours:
    """The lines of work of a period, by coach and month, and their figures."""

    def __init__(self, period: Period) -> None:
        self.t, self.asked, self.period = period.t, period.asked, period

    def line(self, row: Row, kind: str, project: Any, why: str = "") -> Line:
        known = self.t.projects[project] if project else None
        if not why and known and not (known["starts_on"] <= row["on"] <= (known["ends_on"] or row["on"])):
            why = "project_dates"
        return {
            "ref": str(row["id"]),
            "kind": kind,
            "on": row["on"].isoformat(),
            "minutes": row["minutes"],
            "project_id": str(project or ""),
            "project": known["code"] if known else "",
            "apart": why,
            "activity": row.get("activity", ""),
            "words": row.get("words", "") if kind == "other" else "",
        }

    def present(self) -> dict[tuple[Any, date], list[Line]]:
        """What was worked, by coach and month."""
        found: dict[tuple[Any, date], list[Line]] = defaultdict(list)

        def add(coach: Any, row: Row, line: Line) -> None:
            found[coach, row["on"].replace(day=1)].append(line)

        for row, why in self.period.contacts:
            if row["outcome"] == "HELD":
                stay = stay_on(self.t, row["case_id"], row["on"])
                reason = "clock_used_up" if why == "after_clock" else why
                add(row["coach_id"], row, self.line(row, "contact", stay["project_id"] if stay else None, reason))
        for row in self.t.sessions:
            if row["organisation_id"] in self.asked.organisations and self.period.within(row["on"]):
                project = self.project_of(row)
                if self.asked.project in (None, project):
                    add(row["leader_id"], row, self.line(row, "session", project))
        for row in self.t.visits:
            here = row["organisation_id"] in self.asked.organisations and self.period.within(row["on"])
            if here and row["minutes"] and self.asked.project in (None, row["project_id"]):
                add(row["coach_id"], row, self.line(row, "prospection", row["project_id"]))
        for row in self.t.entries:
            here = row["organisation_id"] in self.asked.organisations and self.period.within(row["on"])
            if here and self.asked.project in (None, row["project_id"]):
                add(self.t.sheets[row["sheet_id"]]["coach_id"], row, self.line(row, "other", row["project_id"]))
        return found

    def project_of(self, session: Row) -> Any:
        """The project of everybody who has a place, when it is the same."""
        places = [one for one in self.t.attendances.get(session["id"], ()) if one["state"] != "WITHDRAWN"]
        stays = [stay_on(self.t, one["case_id"], session["on"]) for one in places]
        found = {stay["project_id"] if stay else None for stay in stays}
        return found.pop() if len(found) == 1 else None

    def signed(self) -> dict[tuple[Any, date], list[Line]]:
        """The lines of the scope in the signatures that stand, by coach and month."""
        found = {}
        for row in self.t.signatures:
            sheet = self.t.sheets[row["sheet_id"]]
            month = sheet["month"]
            if sheet["organisation_id"] in self.asked.organisations and (
                self.asked.first.replace(day=1) <= month <= self.asked.last
            ):
                found[sheet["coach_id"], month] = [
                    line
                    for line in row["lines"]
                    if self.period.within(date.fromisoformat(line["on"]))
                    and self.asked.project
                    in (None, *[key for key in self.t.projects if str(key) == line["project_id"]])
                ]
        return found

    def figures(self) -> Figures:
        present, signed = self.present(), self.signed()
        projects: dict[str, list[Line]] = defaultdict(list)
        sheets: dict[str, list[Line]] = defaultdict(list)
        apart: dict[str, list[Line]] = defaultdict(list)
        states: dict[str, dict[str, Any]] = {}
        for coach, month in {*present, *signed}:
            now, then = present.get((coach, month), []), signed.get((coach, month))
            lines = now if then is None else then
            moved = None if then is None else _moved(then, now)
            if not lines and not moved:
                continue
            key = f"{coach}-{month:%Y%m}"
            counted = [line for line in lines if not line["apart"]]
            states[key] = {"minutes": sum(line["minutes"] for line in counted), "moved": moved}
            for line in counted:
                for rows, name in ((projects, ""), (sheets, f"{key}-")):
                    rows[f"{name}{line['project_id'] or 'none'}"].append(line)
                    rows["total"] += [line]
            for line in lines:
                if line["apart"]:
                    apart[f"{key}-{line['apart']}"].append(line)
                    apart["total"].append(line)
        return {
            "projects": {key: _minutes(lines) for key, lines in projects.items()},
            "sheets": {key: _minutes(lines) for key, lines in sheets.items()},
            "apart": {key: _minutes(lines) for key, lines in apart.items()},
            "states": states,
        }


def _moved(then: Iterable[Line], now: Iterable[Line]) -> int:
    """How many lines came, went or changed."""
    before, after = ({(line["kind"], line["ref"]): line for line in lines} for lines in (then, now))
    return sum(before.get(key) != after.get(key) for key in {*before, *after})


def _minutes(lines: list[Line]) -> dict[str, int]:
    found = {kind: sum(line["minutes"] for line in lines if line["kind"] == kind) for kind in KINDS}
    return {**found, "total": sum(found.values())}

"""The activity report, counted naively: contacts, sessions, firms, jobs to be filled."""

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import Any

from tests.recount.days import Share
from tests.recount.period import Figures, Period, belonged, rate
from tests.recount.raw import Row


class WorkFigures(Period):
    """What was done, with people and with firms."""

    def contact_figures(self) -> Figures:
        held = [row for row, why in self.contacts if not why and row["outcome"] == "HELD"]
        missed = [row for row, why in self.contacts if not why and row["outcome"] == "NO_SHOW"]
        whole = sum(row["minutes"] for row in held)

        def line(found: list[Row]) -> dict[str, Any]:
            minutes = sum(row["minutes"] for row in found if row["outcome"] == "HELD")
            return {"count": len(found), "minutes": minutes, "share": Share(minutes, whole)}

        def phase(row: Row) -> str:
            return self.mandate(row["case_id"]).phase_on(row["on"])

        asked: dict[str, Callable[[Row], str]] = {
            "contacts_phase": phase,
            "contacts": lambda row: row["channel"],
            "contacts_place": lambda row: row["place"],
            "contacts_party": lambda row: row["party"],
        }
        found: Figures = {}
        for code, value in asked.items():
            keys = {value(row) for row in held}
            found[code] = {key or "unknown": line([row for row in held if value(row) == key]) for key in keys}
            found[code]["total"] = line(held)
        found["contacts"]["no_show"] = line(missed)
        outside = {
            why: line([row for row, reason in self.contacts if reason and why in (reason, "total")])
            for why in ("after_exit", "after_clock", "total")
        }
        found["contacts_outside"] = {
            why: {"count": one["count"], "minutes": one["minutes"]} for why, one in outside.items()
        }
        return found

    # --- sessions -----------------------------------------------------------------------------------------------------

    def places(self, session: Row) -> list[Row]:
        return [
            place
            for place in self.t.attendances.get(session["id"], ())
            if place["state"] != "WITHDRAWN" and belonged(self.t, place["case_id"], self.asked, session["on"])
        ]

    @cached_property
    def sessions(self) -> list[Row]:
        held = [
            row
            for row in self.t.sessions
            if row["organisation_id"] in self.asked.organisations and self.within(row["on"])
        ]
        return held if self.asked.project is None else [row for row in held if self.places(row)]

    def session_figures(self) -> Figures:
        def line(held: list[Row]) -> dict[str, int]:
            places = [place for row in held for place in self.places(row)]
            present = [place for place in places if place["state"] == "PRESENT"]
            return {
                "sessions": len(held),
                "people": len({place["case_id"] for place in present}),
                "presences": len(present),
                "absences": sum(place["state"] in ("ABSENT", "EXCUSED") for place in places),
                "minutes": sum(row["minutes"] for row in held),
                "person_minutes": sum(place["minutes"] for place in present),
            }

        series = {row["series_id"] for row in self.sessions}
        rows = {str(key): line([row for row in self.sessions if row["series_id"] == key]) for key in series}
        return {"sessions": {**rows, "total": line(self.sessions)}}

    # --- firms --------------------------------------------------------------------------------------------------------

    @cached_property
    def visits(self) -> list[Row]:
        here = self.asked.organisations
        return [row for row in self.t.visits if row["organisation_id"] in here and self.within(row["on"])]

    @cached_property
    def firms(self) -> dict[Any, list[bool]]:
        """By record of a firm, its contacts: by word of mouth, or not."""
        found: dict[Any, list[bool]] = defaultdict(list)
        for row, _why in self.contacts:
            if row["outcome"] == "HELD" and row["company_id"] and row["party"] in ("EMPLOYER", "BOTH"):
                found[row["company_id"]].append(row["channel"] in ("IN_PERSON", "PHONE", "VIDEO"))
        for row in self.visits:
            found[row["company_id"]].append(row["channel"] in ("VISIT", "PHONE", "VIDEO"))
        return found

    def firm_figures(self) -> Figures:
        talks = [direct for some in self.firms.values() for direct in some]
        spoken = sum(any(some) for some in self.firms.values())
        companies = {
            "direct": {"count": spoken, "contacts": sum(talks)},
            "written": {"count": len(self.firms) - spoken, "contacts": len(talks) - sum(talks)},
            "total": {"count": len(self.firms), "contacts": len(talks)},
        }

        def line(found: list[Row]) -> dict[str, int]:
            firms = {row["company_id"] for row in found}
            return {"count": len(found), "companies": len(firms), "minutes": sum(row["minutes"] for row in found)}

        channels = {row["channel"] for row in self.visits}
        prospection = {key: line([row for row in self.visits if row["channel"] == key]) for key in channels}
        return {"companies": companies, "prospection": {**prospection, "total": line(self.visits)}}

    @cached_property
    def proposals(self) -> list[Row]:
        return [
            row
            for row in self.t.matches
            if row["organisation_id"] in self.asked.organisations
            and self.within(row["proposed_on"])
            and belonged(self.t, row["case_id"], self.asked, row["proposed_on"])
        ]

    def vacancy_figures(self) -> Figures:
        first, last = self.asked.first, self.asked.last
        proposed = {row["vacancy_id"] for row in self.proposals}
        jobs_open = [
            row
            for row in self.t.vacancies
            if row["organisation_id"] in self.asked.organisations
            and row["opened_on"] <= last
            and (row["closed_on"] is None or row["closed_on"] >= first)
            and (self.asked.project is None or row["id"] in proposed)
        ]
        closed = [row for row in jobs_open if row["closed_on"] is not None and row["closed_on"] <= last]
        groups = {
            "announced": [row for row in jobs_open if row["opened_on"] >= first],
            "filled": [row for row in closed if row["state"] == "FILLED"],
            "withdrawn": [row for row in closed if row["state"] == "WITHDRAWN"],
            "open": [row for row in jobs_open if row not in closed],
            "total": jobs_open,
        }
        stated = [one for row in jobs_open for one in self.t.requirements.get(row["id"], ())]
        asking = [row for row in jobs_open if self.t.requirements.get(row["id"])]
        worked_on = [row for row in asking if any(one["objectivated"] for one in self.t.requirements[row["id"]])]
        objectivated = sum(bool(one["objectivated"]) for one in stated)
        here = {case["id"] for case in self.cases}
        offers = [row for row in self.proposals if row["case_id"] in here]
        hired = {one["match_id"] for some in self.t.contracts.values() for one in some} - {None}

        def willing(row: Row) -> bool:
            return bool(row["person_decision"] == "ACCEPTED")

        matches = {
            "person_pending": [row for row in offers if row["person_decision"] == "PENDING"],
            "person_refused": [row for row in offers if row["person_decision"] == "REFUSED"],
            "employer_pending": [row for row in offers if willing(row) and row["employer_decision"] == "PENDING"],
            "employer_refused": [row for row in offers if willing(row) and row["employer_decision"] == "REFUSED"],
            "accepted": [
                row
                for row in offers
                if willing(row) and row["employer_decision"] == "ACCEPTED" and row["id"] not in hired
            ],
            "hired": [row for row in offers if row["id"] in hired],
            "total": offers,
        }
        return {
            "vacancies": {
                key: {"count": len(found), "positions": sum(row["positions"] for row in found)}
                for key, found in groups.items()
            },
            "objectivation": {
                "requirements": rate(objectivated, len(stated)),
                "vacancies": rate(len(worked_on), len(asking)),
            },
            "matches": {
                key: {"count": len(found), "share": Share(len(found), len(offers))} for key, found in matches.items()
            },
        }

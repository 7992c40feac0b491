"""The rows as they lie in the tables: no manager, selector or rule of the project between them and the count."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.apps import apps

Row = dict[str, Any]
Value = TypeVar("Value")
BRUSSELS = ZoneInfo("Europe/Brussels")


def rows(model: str) -> list[Row]:
    """Every row of a table."""
    return list(apps.get_model(model)._base_manager.order_by().values())


def day_of(moment: datetime) -> date:
    """The day of a moment, in Brussels."""
    return moment.astimezone(BRUSSELS).date()


class Tables:
    """Every table that the reports count, read once."""

    def __init__(self, today: date) -> None:
        self.today = today
        #: what was counted of a case, for whoever asks it again over another period
        self.counted: dict[Any, Any] = {}

    def _by(self, model: str, key: str, *order: str) -> dict[Any, list[Row]]:
        found: dict[Any, list[Row]] = defaultdict(list)
        for row in sorted(rows(model), key=lambda one: tuple(one[name] for name in order)):
            found[row[key]].append(row)
        return found

    def _keyed(self, model: str, key: str = "id") -> dict[Any, Row]:
        return {row[key]: row for row in rows(model)}

    def once(self, key: Any, count: Callable[[], Value]) -> Value:
        """What is counted under a key, counted once."""
        if key not in self.counted:
            self.counted[key] = count()
        found: Value = self.counted[key]
        return found

    @cached_property
    def people(self) -> dict[Any, Row]:
        return self._keyed("beneficiaries.Beneficiary")

    @cached_property
    def cases(self) -> list[Row]:
        return sorted(rows("beneficiaries.CoachingCase"), key=lambda row: (row["opened_on"], row["id"]))

    @cached_property
    def case(self) -> dict[Any, Row]:
        return {row["id"]: row for row in self.cases}

    @cached_property
    def stays(self) -> dict[Any, list[Row]]:
        return self._by("beneficiaries.PhaseSpell", "case_id", "sequence")

    @cached_property
    def belongings(self) -> dict[Any, list[Row]]:
        return self._by("beneficiaries.CaseBelonging", "case_id", "starts_on")

    @cached_property
    def partners(self) -> dict[Any, Row]:
        return self._keyed("beneficiaries.Partner")

    @cached_property
    def checks(self) -> dict[Any, Row]:
        return self._keyed("beneficiaries.EligibilityCheck", "case_id")

    @cached_property
    def obstacles(self) -> list[Row]:
        return rows("beneficiaries.Obstacle")

    @cached_property
    def firms(self) -> dict[Any, Row]:
        return self._keyed("employers.Company")

    @cached_property
    def visits(self) -> list[Row]:
        return rows("employers.ProspectionContact")

    @cached_property
    def vacancies(self) -> list[Row]:
        return rows("employers.Vacancy")

    @cached_property
    def requirements(self) -> dict[Any, list[Row]]:
        return self._by("employers.VacancyRequirement", "vacancy_id")

    @cached_property
    def matches(self) -> list[Row]:
        return rows("placements.Match")

    @cached_property
    def contracts(self) -> dict[Any, list[Row]]:
        """The contracts of each case that were not called off, by first day."""
        found = self._by("placements.Employment", "case_id", "starts_on", "id")
        return {case: [row for row in some if row["cancelled_on"] is None] for case, some in found.items()}

    @cached_property
    def weeks(self) -> dict[Any, list[Row]]:
        return self._by("placements.WorkWeek", "employment_id", "monday")

    @cached_property
    def amendments(self) -> dict[Any, list[Row]]:
        return self._by("placements.Amendment", "employment_id", "effective_on", "created_at")

    @cached_property
    def agreements(self) -> dict[Any, Row]:
        return {row["employment_id"]: row for row in rows("placements.FollowUpAgreement")}

    @cached_property
    def verifications(self) -> dict[Any, list[Row]]:
        return self._by("placements.EmploymentVerification", "employment_id", "seen_on")

    @cached_property
    def aids(self) -> dict[Any, Row]:
        return self._keyed("placements.HiringAid")

    @cached_property
    def suspensions(self) -> dict[Any, list[Row]]:
        return self._by("placements.ClockSuspension", "case_id", "starts_on")

    @cached_property
    def extensions(self) -> dict[Any, list[Row]]:
        return self._by("placements.ClockExtension", "case_id", "granted_on", "rank")

    @cached_property
    def contacts(self) -> dict[Any, list[Row]]:
        return self._by("followup.Contact", "case_id", "on")

    @cached_property
    def sessions(self) -> list[Row]:
        return [row for row in rows("followup.CollectiveSession") if row["cancelled_on"] is None]

    @cached_property
    def attendances(self) -> dict[Any, list[Row]]:
        return self._by("followup.Attendance", "session_id")

    @cached_property
    def memberships(self) -> list[Row]:
        return rows("accounts.Membership")

    @cached_property
    def projects(self) -> dict[Any, Row]:
        return self._keyed("accounts.Project")

    @cached_property
    def sheets(self) -> dict[Any, Row]:
        return self._keyed("timesheets.TimeSheet")

    @cached_property
    def entries(self) -> list[Row]:
        return rows("timesheets.TimeEntry")

    @cached_property
    def signatures(self) -> list[Row]:
        return [row for row in rows("timesheets.SheetSignature") if row["reopened_on"] is None]

    @cached_property
    def participations(self) -> list[Row]:
        return rows("esf.EsfParticipation")

    @cached_property
    def refusals(self) -> dict[Any, list[Row]]:
        return self._by("esf.EsfRefusal", "participation_id")

    @cached_property
    def results(self) -> dict[Any, list[Row]]:
        return self._by("esf.EsfResult", "participation_id")

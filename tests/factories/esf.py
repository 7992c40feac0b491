"""Participants of an ESF+ operation, told through the real services."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.enums import Funder
from accounts.models import Project, User
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.phases import exit_case
from esf.enums import Moment, Question, ResultSource
from esf.models import EsfParticipation, EsfResult
from esf.rules.indicators import Answer, Nationality
from esf.services.participants import EntryStatement, record_entry
from esf.services.results import ResultStatement, record_result
from foundation.clock import today
from tests.factories import stories
from tests.factories.accounts import ProjectFactory

EVERY_NO = dict.fromkeys(Question.values, Answer.NO.value)


def an_esf_project(coach: User, **fields: Any) -> Project:
    """A co-financed project of the coach's organisation, with its references."""
    known = {
        "funder": Funder.FSE,
        "code": "FSE-24",
        "name": "Vers l’emploi durable",
        "starts_on": date(2024, 1, 1),
        "agreement_number": "W-2024-117",
        "programme": "FSE+ 2021-2027, axe 3",
        "cofinancing_rate": "40 %",
    }
    project: Project = ProjectFactory(organisation=coach.current_organisation, **(known | fields))
    return project


def a_participant(
    coach: User, project: Project | None = None, *, opened_on: date | None = None, **person: Any
) -> CoachingCase:
    """An open case of a co-financed project, today unless told otherwise."""
    opening = CaseOpening(coach=coach, opened_on=opened_on or today(), project=project or an_esf_project(coach))
    return open_case(beneficiary=stories.a_person(coach, **person), opening=opening, actor=coach)


def an_entry(**stated: Any) -> EntryStatement:
    """A complete entry: unemployed for years, upper secondary, Belgian, every question answered no."""
    known: dict[str, Any] = {
        "status": "unemployed",
        "unemployed_since": date(2020, 1, 6),
        "isced": 3,
        "nationality": Nationality.BELGIAN,
        "answers": EVERY_NO,
    }
    return EntryStatement(**(known | stated))


def entered(case: CoachingCase, *, actor: User | None = None, **stated: Any) -> EsfParticipation:
    """The record of the entry, complete unless told otherwise."""
    return record_entry(case=case, statement=an_entry(**stated), actor=actor or case.coach)


def left(case: CoachingCase, on: date | None = None, outcome: str = "JOB_SEEKING") -> CoachingCase:
    """The case closed on a day (today by default)."""
    exit_case(case=case, on=on or today(), exit_reason="WITHDRAWAL", exit_outcome=outcome, actor=case.coach)
    return CoachingCase.objects.select_related("project").get(pk=case.pk)


def a_result(case: CoachingCase, moment: Moment = Moment.EXIT, **stated: Any) -> EsfResult:
    """The situation after the exit, learnt today from the person; in employment unless told otherwise."""
    known: dict[str, Any] = {"employed": True, "source": ResultSource.TALK, "seen_on": today()}
    reason = stated.pop("reason", "")
    return record_result(
        case=case, moment=moment, statement=ResultStatement(**(known | stated)), actor=case.coach, reason=reason
    )

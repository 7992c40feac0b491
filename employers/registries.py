"""The pages of a firm and of a job are composed: upper apps bring what they know, none of them is known from here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from accounts.models import Organisation, User
from employers.models import Company, Vacancy
from foundation.registry import Registry

Label = Any  # a lazy translation


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyPanel:
    """A part of a firm's page: its template, its place, and the function that gives the template what it shows."""

    template: str
    order: int
    context: Callable[[Company, User, date], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyPanel:
    """A part of a job's page: its template, its place, and the function that gives the template what it shows."""

    template: str
    order: int
    context: Callable[[Vacancy, User, date], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A column of counts in a list of firms or of jobs: `counts` gives the non-zero ones of the rows shown."""

    label: Label
    order: int
    counts: Callable[[Sequence[UUID], date], Mapping[UUID, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Somebody of ours spoke to a firm: the day, who, how, and whether it concerned a person whom we coach."""

    company_id: UUID
    on: date
    coach_id: UUID
    coach: str
    how: str
    about_someone: bool = False


# The latest talk of each of our people with each firm asked for, and perhaps earlier ones.
TalkProvider = Callable[[Sequence[UUID]], Iterable[Talk]]

# How often a coach works for each project of an organisation, by key, whatever the unit: asked when no visit tells.
HabitProvider = Callable[[User, Organisation, date], Mapping[UUID, int]]

# Told which firms changed employer: who holds contracts with them settles what follows.
FirmWatcher = Callable[[Sequence[UUID]], None]

company_panels: Registry[CompanyPanel] = Registry(key=lambda panel: panel.template, order=lambda panel: panel.order)
vacancy_panels: Registry[VacancyPanel] = Registry(key=lambda panel: panel.template, order=lambda panel: panel.order)
company_figures: Registry[Figure] = Registry(order=lambda figure: figure.order)
vacancy_figures: Registry[Figure] = Registry(order=lambda figure: figure.order)
talk_providers: Registry[TalkProvider] = Registry()
habit_providers: Registry[HabitProvider] = Registry()
firm_watchers: Registry[FirmWatcher] = Registry()


def company_panels_for(company: Company, user: User, on: date) -> list[dict[str, Any]]:
    """The parts of a firm's page in order: each with its `template` and what it shows."""
    return [{"template": panel.template, **panel.context(company, user, on)} for panel in company_panels]


def vacancy_panels_for(vacancy: Vacancy, user: User, on: date) -> list[dict[str, Any]]:
    """The parts of a job's page in order: each with its `template` and what it shows."""
    return [{"template": panel.template, **panel.context(vacancy, user, on)} for panel in vacancy_panels]


def talks_with(companies: Sequence[UUID]) -> list[Talk]:
    """The talks that every app knows of with these firms, latest first; one statement or so per app."""
    found = [talk for provider in talk_providers for talk in provider(companies)] if companies else []
    return sorted(found, key=lambda talk: talk.on, reverse=True)

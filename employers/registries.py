"""The pages of a firm and of a job are composed: upper apps bring what they know, none of them is known from here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from accounts.models import User
from employers.models import Company, Vacancy

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

_company_panels: list[CompanyPanel] = []
_vacancy_panels: list[VacancyPanel] = []
_company_figures: list[Figure] = []
_vacancy_figures: list[Figure] = []
_talk_providers: list[TalkProvider] = []


def register_company_panel(panel: CompanyPanel) -> None:
    """Add a part to the page of every firm; called once, from `AppConfig.ready`."""
    _company_panels.append(panel)


def register_vacancy_panel(panel: VacancyPanel) -> None:
    """Add a part to the page of every job; called once, from `AppConfig.ready`."""
    _vacancy_panels.append(panel)


def register_company_figure(figure: Figure) -> None:
    """Add a column to the list of firms; called once, from `AppConfig.ready`."""
    _company_figures.append(figure)


def register_vacancy_figure(figure: Figure) -> None:
    """Add a column to the list of jobs; called once, from `AppConfig.ready`."""
    _vacancy_figures.append(figure)


def register_talks(provider: TalkProvider) -> None:
    """Add the talks with firms that an app knows of; called once, from `AppConfig.ready`."""
    _talk_providers.append(provider)


def company_panels_for(company: Company, user: User, on: date) -> list[dict[str, Any]]:
    """The parts of a firm's page in order: each with its `template` and what it shows."""
    return [
        {"template": panel.template, **panel.context(company, user, on)}
        for panel in sorted(_company_panels, key=lambda panel: panel.order)
    ]


def vacancy_panels_for(vacancy: Vacancy, user: User, on: date) -> list[dict[str, Any]]:
    """The parts of a job's page in order: each with its `template` and what it shows."""
    return [
        {"template": panel.template, **panel.context(vacancy, user, on)}
        for panel in sorted(_vacancy_panels, key=lambda panel: panel.order)
    ]


def company_figures() -> list[Figure]:
    """The columns that apps add to the list of firms, in order."""
    return sorted(_company_figures, key=lambda figure: figure.order)


def vacancy_figures() -> list[Figure]:
    """The columns that apps add to the list of jobs, in order."""
    return sorted(_vacancy_figures, key=lambda figure: figure.order)


def talks_with(companies: Sequence[UUID]) -> list[Talk]:
    """The talks that every app knows of with these firms, latest first; one statement or so per app."""
    found = [talk for provider in _talk_providers for talk in provider(companies)] if companies else []
    return sorted(found, key=lambda talk: talk.on, reverse=True)

"""The case file is composed: each app brings its own tab and its own part of the header, none is known from here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from beneficiaries.models import CoachingCase

Label = Any  # a lazy translation


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTab:
    """A page of the case file: its label, the name of its address (taking `case_id`), its place in the row, and for
    whom.
    """

    label: Label
    url_name: str
    order: int
    visible: Callable[[User, CoachingCase], bool] = lambda user, case: True


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderPanel:
    """A part of the header: its template, its place, and the function that gives the template what it shows."""

    template: str
    order: int
    context: Callable[[CoachingCase, User, date], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNotice:
    """Something that must be read first, above the header of every tab; its function answers `None` when there is
    nothing to say.
    """

    template: str
    order: int
    context: Callable[[CoachingCase, User, date], Mapping[str, Any] | None]


_tabs: list[CaseTab] = []
_header: list[HeaderPanel] = []
_notices: list[CaseNotice] = []


def register_tab(tab: CaseTab) -> None:
    """Add a page to the case file; called once, from `AppConfig.ready`."""
    _tabs.append(tab)


def register_header_panel(panel: HeaderPanel) -> None:
    """Add a part to the header of the case file; called once, from `AppConfig.ready`."""
    _header.append(panel)


def register_notice(notice: CaseNotice) -> None:
    """Add what may have to be read first; called once, from `AppConfig.ready`."""
    _notices.append(notice)


def tabs_for(user: User, case: CoachingCase) -> list[CaseTab]:
    """The pages of the file that this user may open, in order."""
    return sorted((tab for tab in _tabs if tab.visible(user, case)), key=lambda tab: tab.order)


def header_for(user: User, case: CoachingCase, on: date) -> list[dict[str, Any]]:
    """The parts of the header in order: each with its `template` and what it shows."""
    return [
        {"template": panel.template, **panel.context(case, user, on)}
        for panel in sorted(_header, key=lambda panel: panel.order)
    ]


def notices_for(user: User, case: CoachingCase, on: date) -> list[dict[str, Any]]:
    """What must be read first, in order: each with its `template` and what it shows."""
    told = ((notice, notice.context(case, user, on)) for notice in sorted(_notices, key=lambda notice: notice.order))
    return [{"template": notice.template, **said} for notice, said in told if said is not None]

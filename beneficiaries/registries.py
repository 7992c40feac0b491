"""The case file is composed: each app brings its own tab and its own part of the header, none is known from here."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import Field

from accounts.models import User
from beneficiaries.models import Beneficiary, CoachingCase, ExceptionRequest
from beneficiaries.rules.eligibility import KnownWork
from foundation.asking import Question
from foundation.registry import Registry

Label = Any  # a lazy translation
Words = Any  # a lazy translation


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


# Which rows of a room belong to a case, as querysets of their keys' models.
RowSource = Callable[[CoachingCase], Sequence[QuerySet[Any]]]
# What a room knows of a case on a day, by the name of the fact.
FactProvider = Callable[[CoachingCase, date], Mapping[str, bool]]
# One sentence for each contradiction that a room can see in a case.
CoherenceCheck = Callable[[CoachingCase], Iterator[str]]
# What taking back the exit of a case would bring back or not, in sentences.
UndoneExitWords = Callable[[CoachingCase, date], Iterator[str]]
# The contracts of a person that a room holds, in all the person's cases.
WorkSource = Callable[[Beneficiary], Iterable[KnownWork]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWords:
    """How the history speaks of one kind of rows: « a noté un frein », « a fait le point sur un frein ».

    ``named`` adds what the row is called. ``noise`` names the fields whose change alone says nothing that another row
    of the same act does not say better.
    """

    created: Words
    changed: Words
    named: bool = True
    noise: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySource:
    """A room's part of the history of a case: its rows, and the words for each kind of them."""

    rows: RowSource
    words: Mapping[type[Model], RowWords]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitQuestion:
    """What a room asks when a case ends: its fields on that page, what its answers lack, what it doubts of an exit on
    a day in a situation (`ExitOutcome`), and who writes the answers down.
    """

    fields: Callable[[CoachingCase, date], Mapping[str, Field]]
    errors: Callable[[Mapping[str, Any]], Mapping[str, ValidationError]]
    tell: Callable[[CoachingCase, Mapping[str, Any], User], None]
    doubts: Callable[[CoachingCase, date, str, Mapping[str, Any]], Sequence[Question]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionKind:
    """One kind of exception: what is asked, and what its answer changes; each function is part of an act on the case,
    already locked.

    Attributes:
        code: an `ExceptionCode`.
        fields: which of `months`, `starts_on` and `ends_on` are asked, and may be amended by whoever decides.
        ask_page: the page that asks for it, which takes the case.
        page: the page where it shows, which takes the case.
        may_ask: whether it can be asked for the case on a day.
        check: refuses what makes no sense, asked or amended.
        grant, refuse, withdraw: what follows from an answer, or from its author's change of mind.
        end: takes back what was granted, from a day on.
        reopen: brings back what was there before an answer that is undone on its day.
    """

    code: str
    fields: tuple[str, ...]
    ask_page: str
    page: str
    may_ask: Callable[[CoachingCase, date], bool]
    check: Callable[[ExceptionRequest], None]
    grant: Callable[[ExceptionRequest, User], None]
    end: Callable[[ExceptionRequest, date, str, User], None]
    refuse: Callable[[ExceptionRequest, User], None] = lambda request, actor: None
    withdraw: Callable[[ExceptionRequest, User], None] = lambda request, actor: None
    reopen: Callable[[ExceptionRequest], None] = lambda request: None


exception_kinds: Registry[ExceptionKind] = Registry(key=lambda kind: kind.code)
tabs: Registry[CaseTab] = Registry(key=lambda tab: tab.url_name, order=lambda tab: tab.order)
header_panels: Registry[HeaderPanel] = Registry(key=lambda panel: panel.template, order=lambda panel: panel.order)
notices: Registry[CaseNotice] = Registry(key=lambda notice: notice.template, order=lambda notice: notice.order)
history_sources: Registry[HistorySource] = Registry()
fact_providers: Registry[FactProvider] = Registry()
coherence_checks: Registry[CoherenceCheck] = Registry()
undone_exit_words: Registry[UndoneExitWords] = Registry()
work_sources: Registry[WorkSource] = Registry()
exit_questions: Registry[ExitQuestion] = Registry()


def tabs_for(user: User, case: CoachingCase) -> list[CaseTab]:
    """The pages of the file that this user may open, in order."""
    return [tab for tab in tabs if tab.visible(user, case)]


def header_for(user: User, case: CoachingCase, on: date) -> list[dict[str, Any]]:
    """The parts of the header in order: each with its `template` and what it shows."""
    return [{"template": panel.template, **panel.context(case, user, on)} for panel in header_panels]


def known_work(person: Beneficiary) -> list[KnownWork]:
    """Every contract of the person that a room holds."""
    return [work for source in work_sources for work in source(person)]


def notices_for(user: User, case: CoachingCase, on: date) -> list[dict[str, Any]]:
    """What must be read first, in order: each with its `template` and what it shows."""
    told = ((notice, notice.context(case, user, on)) for notice in notices)
    return [{"template": notice.template, **said} for notice, said in told if said is not None]

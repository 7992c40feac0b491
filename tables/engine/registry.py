"""The reports that exist: each is one module that registers its definition."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import override

from accounts.enums import Funder
from accounts.models import User
from accounts.permissions import allows
from foundation.clock import today
from foundation.registry import Registry
from tables.engine.freezing import without_refs
from tables.engine.gaps import Gap
from tables.engine.scope import Scope
from tables.engine.tables import Document


def no_gaps(scope: Scope) -> Sequence[Gap]:
    """For a report that always holds what it needs."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreFile:
    """A workbook that a report gives besides its tables, and whose leaving is written down.

    Attributes:
        code: the end of its address, a slug.
        label: what the button says.
        permission: the right, asked of the organisation whose page it is.
        make: the act that makes it; takes `scope` and `actor`, returns the bytes and the file's name without ending.
    """

    code: str
    label: str
    permission: str
    make: Callable[..., tuple[bytes, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDefinition:
    """A report: its stable name, what it says to whom, the source of its rules, who may ask for it, and how it is
    built.

    `permission` is the right to read it as it stands, that of whoever answers for the team unless the report says
    otherwise; `drafting` that to prepare it and to read its drafts, the same unless the report says otherwise.
    `consolidated` reports run over every organisation of the installation and show aggregates only. `gaps` finds what
    is missing over a scope: a report with gaps can be drafted, never submitted. `project_funder`: the report is that of
    one project that this funder subsidises. `default_years` is the period proposed first: this year until today, after
    the whole years that the report needs to say something. `place` orders the list of reports, then their title does.
    """

    name: str
    title: str
    purpose: str
    source: str
    build: Callable[[Scope], Document]
    permission: str = "accounts.read_reports"
    drafting: str = ""
    consolidated: bool = False
    gaps: Callable[[Scope], Sequence[Gap]] = no_gaps
    default_years: int = 1
    project_funder: Funder | None = None
    more_files: tuple[MoreFile, ...] = ()
    place: int = 50

    @property
    def has_gaps(self) -> bool:
        """Whether something may be missing of it."""
        return self.gaps is not no_gaps

    @property
    def drafting_permission(self) -> str:
        """The right to prepare it and to read its drafts."""
        return self.drafting or self.permission

    def missing(self, scope: Scope) -> Sequence[Gap]:
        """What is missing over what can be seen of a scope today.

        Raises:
            PeriodToCome: nothing of the period has happened yet.
        """
        return self.gaps(scope.observed(today()))

    def compute(self, scope: Scope) -> Document:
        """The report over what can be seen of a scope today; a consolidated one keeps no identifier of any row.

        It speaks the language of the source whoever asks: it is frozen, compared with others and sent to authorities
        that read French.

        Raises:
            PeriodToCome: nothing of the period has happened yet.
        """
        seen = scope.observed(today())
        with override(settings.LANGUAGE_CODE):
            document = replace(self.build(seen), is_provisional=seen.is_provisional)
        return without_refs(document) if self.consolidated else document


reports: Registry[ReportDefinition] = Registry(key=lambda report: report.name, order=lambda report: report.name)


def reports_for(user: User) -> list[ReportDefinition]:
    """The reports that somebody may ask for, in the order of the list."""
    return sorted((one for one in reports if allows(user, one.permission)), key=lambda one: (one.place, one.title))


def reports_drafted_by(user: User) -> list[ReportDefinition]:
    """The reports that somebody may prepare, and whose drafts they read, by name."""
    return [one for one in reports if allows(user, one.drafting_permission)]


def consolidated_names() -> frozenset[str]:
    """The names of the reports that run over every organisation."""
    return frozenset(report.name for report in reports if report.consolidated)

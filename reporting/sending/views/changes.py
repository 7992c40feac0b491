"""« Ce qui a bougé depuis »: the frozen figures beside those of today, figure by figure, row by row."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from foundation.views import PageView
from foundation.ways import Way
from reporting.preview.selectors.figures import named_rows
from reporting.preview.views.figures import record_naming
from reporting.sending.selectors import parameters_moved, scope_of
from reporting.sending.views.runs import TO_RUN, RunMixin
from tables.engine.comparison import Comparison, RowsMoved, compare, rows_moved
from tables.engine.registry import reports
from tables.engine.scope import PeriodToCome
from tables.engine.tables import Cell, Document, Subject

# Names shown on each side of one figure; beyond, the number says enough.
SHOWN = 100
ENTERED_AND_LEFT = (gettext_lazy("Dossiers entrés dans le rapport"), gettext_lazy("Dossiers sortis du rapport"))
CAME_AND_WENT = (gettext_lazy("Entrées dans ce chiffre"), gettext_lazy("Sorties de ce chiffre"))


class ChangesMixin(RunMixin):
    """Computes the report anew; for whoever may prepare one."""

    # Today's figures are those of a draft.
    permission = "reporting.prepare_report"

    @cached_property
    def present(self) -> Document:
        """The same report as it would be computed today.

        Raises:
            Http404: it exists no longer, or nothing of its period has happened yet.
        """
        try:
            report = reports[self.run.report]
        except KeyError as error:
            raise Http404 from error
        try:
            return report.compute(scope_of(self.run))
        except PeriodToCome as error:
            raise Http404 from error

    @cached_property
    def comparison(self) -> Comparison:
        """The frozen figures and today's.

        Raises:
            Http404: nothing is frozen yet, or the report exists no longer.
        """
        return compare(self.frozen(), self.present)

    def sides(
        self, titles: tuple[Any, Any], subject: Subject | None, came: Sequence[UUID], went: Sequence[UUID]
    ) -> list[dict[str, Any]]:
        """What came in and what went out, with the names; one statement, or none when nothing did."""
        wanted = (*came[:SHOWN], *went[:SHOWN])
        named = named_rows(subject, wanted, self.actor) if subject and wanted else {}
        record_naming(subject, wanted, self.actor)
        return [
            {
                "title": title,
                "number": len(refs),
                "rows": [named[ref] for ref in refs[:SHOWN] if ref in named],
                "unnamed": len(refs) - sum(ref in named for ref in refs[:SHOWN]),
            }
            for title, refs in zip(titles, (came, went), strict=True)
        ]


class RunChangesView(ChangesMixin, PageView):
    """Every figure that moved."""

    template_name = "reporting/run_changes.html"
    page_title = gettext_lazy("Ce qui a bougé depuis")
    leads_to = TO_RUN

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the cases that entered the report or left it, then the figures and the parameters that moved."""
        people = rows_moved(self.frozen(), self.present, Subject.CASE) if self.opens_figures else RowsMoved((), ())
        return super().get_context_data(
            run=self.run,
            comparison=self.comparison,
            opens=self.opens_figures,
            parameters=parameters_moved(self.run),
            sides=self.sides(ENTERED_AND_LEFT, Subject.CASE, people.came, people.went)
            if people.came or people.went
            else [],
            **kwargs,
        )


class RunFigureChangeView(ChangesMixin, PageView):
    """The rows that one figure counts now and did not then, and the other way round."""

    template_name = "reporting/run_figure_change.html"
    page_title = gettext_lazy("Ce qui a bougé dans ce chiffre")
    leads_to = Way("reporting:run_changes", "run.pk", words=gettext_lazy("Ce qui a bougé depuis"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both lists; a row that no longer exists, or that the user may not see, is counted and not named."""
        if not self.opens_figures:
            raise PermissionDenied
        try:
            change = self.comparison.table(kwargs["table"])
            figure = change.figure(kwargs["row"], kwargs["column"])
        except KeyError:
            return super().get_context_data(change=None, **self._unmoved(kwargs))
        return super().get_context_data(
            change=change, figure=figure, sides=self.sides(CAME_AND_WENT, figure.subject, figure.came, figure.went)
        )

    def _unmoved(self, kwargs: dict[str, Any]) -> dict[str, Cell]:
        """The frozen figure, which is still the same.

        Raises:
            Http404: the report never had such a figure.
        """
        try:
            return {"cell": self.frozen().table(kwargs["table"]).cell(kwargs["row"], kwargs["column"])}
        except KeyError as error:
            raise Http404 from error

"""« Ce qui a bougé depuis »: the frozen figures beside those of today, figure by figure, row by row."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from accounts.permissions import allows
from foundation.views import PageView
from reporting.engine.comparison import Comparison, FigureChange, compare
from reporting.engine.registry import report_named
from reporting.engine.tables import Cell
from reporting.selectors.figures import named_rows
from reporting.selectors.runs import parameters_moved, scope_of
from reporting.views.runs import RunMixin

# Names shown on each side of one figure; beyond, the number says enough.
SHOWN = 100


class ChangesMixin(RunMixin):
    """Computes the report anew; for whoever may prepare one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Today's figures are those of a draft."""
        if not allows(request.user, "reporting.prepare_report"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def comparison(self) -> Comparison:
        """The frozen figures and today's.

        Raises:
            Http404: nothing is frozen yet, or the report exists no longer.
        """
        frozen = self.frozen()
        try:
            report = report_named(self.run.report)
        except KeyError as error:
            raise Http404 from error
        return compare(frozen, report.compute(scope_of(self.run)))


class RunChangesView(ChangesMixin, PageView):
    """Every figure that moved."""

    template_name = "reporting/run_changes.html"
    page_title = gettext_lazy("Ce qui a bougé depuis")

    def get_back(self) -> tuple[str, Any]:
        """To the run."""
        return self.run_url(), self.run.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the figures that moved, table by table, and the parameters that did."""
        return super().get_context_data(
            run=self.run,
            comparison=self.comparison,
            opens=self.opens_figures,
            parameters=parameters_moved(self.run),
            **kwargs,
        )


class RunFigureChangeView(ChangesMixin, PageView):
    """The rows that one figure counts now and did not then, and the other way round."""

    template_name = "reporting/run_figure_change.html"
    page_title = gettext_lazy("Ce qui a bougé dans ce chiffre")

    def get_back(self) -> tuple[str, Any]:
        """To all that moved."""
        return reverse("reporting:run_changes", args=[self.run.pk]), gettext_lazy("Ce qui a bougé depuis")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both lists; a row that no longer exists, or that the user may not see, is counted and not named."""
        if not self.opens_figures:
            raise PermissionDenied
        try:
            change = self.comparison.table(kwargs["table"])
            figure = change.figure(kwargs["row"], kwargs["column"])
        except KeyError:
            return super().get_context_data(change=None, **self._unmoved(kwargs))
        return super().get_context_data(change=change, figure=figure, sides=self._sides(figure))

    def _unmoved(self, kwargs: dict[str, Any]) -> dict[str, Cell]:
        """The frozen figure, which is still the same.

        Raises:
            Http404: the report never had such a figure.
        """
        try:
            return {"cell": self.frozen().table(kwargs["table"]).cell(kwargs["row"], kwargs["column"])}
        except KeyError as error:
            raise Http404 from error

    def _sides(self, figure: FigureChange) -> list[dict[str, Any]]:
        """What came in and what went out, with the names; one statement."""
        came, went = figure.came, figure.went
        wanted = (*came[:SHOWN], *went[:SHOWN])
        named = named_rows(figure.subject, wanted, self.actor) if figure.subject else {}
        return [
            {
                "title": title,
                "number": len(refs),
                "rows": [named[ref] for ref in refs[:SHOWN] if ref in named],
                "unnamed": len(refs) - sum(ref in named for ref in refs[:SHOWN]),
            }
            for title, refs in (
                (gettext_lazy("Entrées dans ce chiffre"), came),
                (gettext_lazy("Sorties de ce chiffre"), went),
            )
        ]

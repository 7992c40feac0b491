"""The list of cases, and the same list as a file."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.permissions import allows
from accounts.views.first_steps import first_visit
from accounts.views.mixins import PermissionRequiredMixin
from followup.forms.case_filters import EVERYONE, CaseFilter, defaulted
from followup.models import CaseStatus, CaseView
from followup.models.querysets import CaseStatusQuerySet
from followup.rules.case_lists import COUNT_LIMIT, Column, capped, columns_of, kept_pairs
from followup.selectors.case_choices import CaseChoices, case_choices, numbers
from followup.selectors.case_views import VIEW, Tab, kept_views, pairs_of, start_view, written
from followup.selectors.cases import case_rows, cases, export_header, export_rows, shown, sort_keys
from foundation.clock import today
from foundation.keys import key_of
from foundation.keyset import PAGE_PARAMETERS, KeyPage
from foundation.spreadsheets import csv_file
from foundation.views import PAGE_SIZE, FilteredListMixin, PageView
from privacy.audit import record_accesses

_TOTAL = "total"
# What an address ticks: cases one by one, or all those of the filter.
TICKED, ALL = "d", "tous"


def keys_in(query: QueryDict) -> list[UUID]:
    """The cases that an address or a form ticks; what is no key is none."""
    return [key for ticked in query.getlist(TICKED) if (key := key_of(ticked)) is not None]


class CaseListMixin(PermissionRequiredMixin, FilteredListMixin):
    """Whoever reads names sees the list; the address says which part of it."""

    permission = "followup.list_cases"
    filterset_class = CaseFilter

    @cached_property
    def on(self) -> date:
        """Today."""
        return today()

    @property
    def sort(self) -> str:
        """The order that the address asks for."""
        return self.request.GET.get("sort", "")

    @cached_property
    def choices(self) -> CaseChoices:
        """What the filters offer, read once."""
        return case_choices(self.actor)

    def get_queryset(self) -> CaseStatusQuerySet:
        """In the order of the address."""
        return cases(self.actor, self.sort, self.on)

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        """With what the filters offer."""
        return super().get_filterset_kwargs(filterset_class) | {"choices": self.choices}


class CaseListView(CaseListMixin, PageView):
    """Cases one line each, with the filters that were chosen, kept views as tabs, orders, columns and pages."""

    template_name = "followup/case_list.html"
    page_title = _("Dossiers")
    per_page = PAGE_SIZE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An address that asks for nothing is that of the view that one starts with."""
        start = start_view(self.actor) if not request.GET else None
        if start is not None:
            return redirect(request.path + Tab(label=start.name, query=start.query, view=start).url)
        return super().get(request, *args, **kwargs)

    @cached_property
    def tabs(self) -> Sequence[Tab]:
        """The lists that everybody finds, then the kept ones."""
        own = self.choices.own
        usual = [Tab(label=_gettext("Équipe, en cours"), query=urlencode({"coach": EVERYONE}))]
        if own:
            usual.insert(0, Tab(label=_gettext("Mes dossiers"), query=urlencode({"coach": own})))
        return [*usual, *(Tab(label=view.name, query=view.query, view=view) for view in kept_views(self.actor))]

    def _found_by(self, query: str) -> Any:
        """The cases that a tab holds, as many as its number tells."""
        found = CaseStatus.objects.visible_to(self.actor).with_due(self.on)
        asked = CaseFilter(QueryDict(query), queryset=found, request=self.request, choices=self.choices)
        return asked.qs.order_by()[: COUNT_LIMIT + 1]

    def get_page(self) -> KeyPage:
        """The page of the address, with every number that the page says in one statement."""
        found = self.filters.qs
        page = KeyPage(found, sort_keys(self.sort), self.request.GET, self.per_page, whole=self.get_queryset())
        asked = {str(place): self._found_by(tab.query) for place, tab in enumerate(self.tabs)}
        asked[_TOTAL] = found.order_by()
        self.counted = numbers(self.actor.current_organisation_id, asked)
        rows = page.fetch(lambda part: shown(part, self.actor, self.sort, self.on, reverse=page.reverse))
        return page.fill(rows, self.counted[_TOTAL])

    def get_rows(self, page: list[CaseStatus]) -> list[Any]:
        """With both clocks of each, and what the reader may do."""
        return case_rows(page, self.actor, self.on)

    def counted_tabs(self) -> list[Tab]:
        """The tabs with their numbers; the one that the address names or tells is the current one."""
        here = self._kept(self.request.GET)
        # However the list is ordered and shown, it is that of the team, or one's own.
        filtered = tuple(pair for pair in here if pair[0] not in ("sort", "col"))
        named = self.request.GET.get(VIEW, "")
        like = [self._kept(QueryDict(tab.query)) == (here if tab.view else filtered) for tab in self.tabs]
        by_name = [tab.view is not None and str(tab.view.pk) == named for tab in self.tabs]
        current = by_name.index(True) if any(by_name) else like.index(True) if any(like) else None
        return [
            Tab(
                label=tab.label,
                query=tab.query,
                view=tab.view,
                count=capped(self.counted[str(place)]),
                current=place == current,
            )
            for place, tab in enumerate(self.tabs)
        ]

    def _kept(self, query: QueryDict) -> Any:
        return kept_pairs(pairs_of(defaulted(query, self.choices.own or EVERYONE)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add tabs, columns, and the addresses of what is done with the list."""
        context = super().get_context_data(**kwargs)
        tabs = self.counted_tabs()
        view = next((tab.view for tab in tabs if tab.current), None)
        query = self.request.GET.copy()
        for name in PAGE_PARAMETERS:
            query.pop(name, None)
        columns = columns_of(self.request.GET.getlist("col"))
        visit = None if context["page_obj"].paginator.count else first_visit(self.actor)[0]
        return context | {
            "today": self.on,
            "first_visit": visit if visit and not visit.has_people else None,
            "export_url": f"{reverse('followup:case_export')}?{query.urlencode()}",
            "kept_query": written(pairs_of(defaulted(self.request.GET, self.choices.own or EVERYONE))),
            "may_open": allows(self.actor, "beneficiaries.open_case"),
            "may_hand_over": allows(self.actor, "beneficiaries.hand_over"),
            "may_remind": allows(self.actor, "followup.remind"),
            "view_tabs": tabs,
            "view": view,
            "view_unknown": self.filters.unknown if view else [],
            "changed_view": self._changed(view),
            "columns": columns,
            "column_choices": [(column, column in columns) for column in Column],
            "carried": [(name, value) for name, value in pairs_of(query) if name != "col"],
            "carried_apart": [(name, value) for name, value in pairs_of(query) if name in ("sort", "col", VIEW)],
            "carried_all": pairs_of(query),
        }

    def _changed(self, view: CaseView | None) -> bool:
        """Whether the address shows something else than the view, which the reader may change."""
        if view is None or not allows(self.actor, "followup.change_view", view):
            return False
        return bool(self._kept(self.request.GET) != self._kept(QueryDict(view.query)))


class CaseExportView(CaseListMixin, View):
    """The list as it is filtered and ordered, as a file; who took which cases away is kept."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found, ticked = self.filters.qs, keys_in(request.GET)
        if ticked and ALL not in request.GET:
            found = self.get_queryset().filter(case__in=ticked)
        statuses = list(found)
        record_accesses(self.actor, [status.case for status in statuses], "export")
        response = HttpResponse(
            csv_file([export_header(), *export_rows(statuses)]), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="dossiers-{self.on:%Y-%m-%d}.csv"'
        return response

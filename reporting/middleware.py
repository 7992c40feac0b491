"""What identifies somebody and was typed into the filter of a list is looked for by the search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from accounts.permissions import allows
from foundation.clock import today
from foundation.views import FilteredListMixin
from reporting.search.rules import LONGEST, read
from reporting.search.views import leads_to


class NumbersLeaveAddressesMiddleware:
    """A list's address never keeps a national number, a telephone or an e-mail address as its ``q``.

    What looks like one leads where the search leads, under a key that says nothing. Whoever may not search is sent to
    the list without it. Scripts send it by POST before any address holds it (`numbers.js`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *given: Any) -> HttpResponse | None:
        """Answer before the list is read."""
        typed = request.GET.get("q", "").strip()[:LONGEST]
        if not typed or not issubclass(getattr(view, "view_class", object), FilteredListMixin):
            return None
        if not read(typed, today()).is_personal:
            return None
        if allows(request.user, "beneficiaries.view_case"):
            answer = leads_to(request, typed)
        else:
            kept = request.GET.copy()
            del kept["q"]
            answer = redirect(f"{request.path}?{kept.urlencode()}" if kept else request.path)
        return HttpResponseClientRedirect(answer["Location"]) if request.headers.get("HX-Request") else answer

"""The one search field."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.views.mixins import PermissionRequiredMixin
from foundation.views import PageView
from reporting.search.selectors import case_of_national_number, search

NATIONAL_NUMBER_DIGITS = 11


class SearchView(PermissionRequiredMixin, PageView):
    """People, firms and jobs. Asked by POST, so that a national number never stands in an address or a log."""

    template_name = "reporting/search.html"
    permission = "beneficiaries.view_case"
    page_title = _("Recherche")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send a national number to its case, and words to the page that finds them."""
        typed = request.POST.get("q", "").strip()
        digits = sum(character.isdigit() for character in typed)
        if digits == NATIONAL_NUMBER_DIGITS and not typed.startswith("+"):
            case = case_of_national_number(typed, self.actor)
            if case is not None:
                return redirect("followup:case_summary", case.pk)
            messages.info(request, str(_("Aucune personne ne porte ce numéro national ici.")))
            return redirect("reporting:search")
        return redirect(f"{reverse('reporting:search')}?{urlencode({'q': typed})}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.get("q", "").strip()
        groups = search(query, self.actor)
        return super().get_context_data(query=query, groups=groups, **kwargs)

"""The search: its page, what it answers while one types, and the palette, all at one address.

What is typed never stands in an address: it is sent as a form, kept with the session, encrypted, under a key that says
nothing, and the address carries the key. Neither logs, nor the history of the browser, nor `Referer` hold a name or a
number.
"""

import secrets
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.views.mixins import PermissionRequiredMixin
from beneficiaries.models import CoachingCase
from foundation.clock import today
from foundation.views import PageView
from privacy.audit import record_accesses
from privacy.cipher import TamperedValue, decrypt, encrypt
from reporting.search.rules import LONGEST, Reading, read
from reporting.search.selectors.finding import NOTES, case_of_national_number
from reporting.search.selectors.recent import recent_people
from reporting.search.selectors.results import FEW, KINDS, SOME, page_of, results_of

SESSION = "searched"
CONTEXT = "session.searched"
# As many searches as somebody may go back to in one session.
KEPT = 12


def keep(request: HttpRequest, typed: str) -> str:
    """Keep what was typed for this session; the key under which it is found again."""
    kept: dict[str, str] = request.session.get(SESSION, {})
    key = secrets.token_urlsafe(6)
    latest = list(kept.items())[1 - KEPT :]
    request.session[SESSION] = {**dict(latest), key: encrypt(typed, CONTEXT)}
    return key


def recall(request: HttpRequest, key: str) -> str | None:
    """What was typed under that key, `None` when it is not kept any more."""
    sealed = request.session.get(SESSION, {}).get(key)
    try:
        return decrypt(sealed, CONTEXT) if sealed else None
    except TamperedValue:
        # The key that it was encrypted with was taken away since.
        return None


def leads_to(request: HttpRequest, typed: str) -> HttpResponse:
    """A national number leads to its case, anything else to the page of its results, whose address says nothing."""
    reading = read(typed, today())
    if reading.national_number:
        case = case_of_national_number(reading.national_number, request.user)  # type: ignore[arg-type]
        if case is not None:
            return redirect("followup:case_summary", case.pk)
        messages.info(request, _nobody(reading))
    if reading.national_number or not reading.asks:
        return redirect("reporting:search")
    into = NOTES if NOTES in (request.POST.get("dans"), request.GET.get("dans")) else ""
    return redirect(f"{reverse('reporting:search')}?r={keep(request, typed)}{into and f'&dans={into}'}")


def _nobody(reading: Reading) -> str:
    if reading.is_wrong_number:
        return _(
            "Ce numéro national n’est pas valide : vérifiez les onze chiffres, les deux derniers sont un contrôle."
        )
    return _("Aucune personne ne porte ce numéro national ici.")


class SearchView(PermissionRequiredMixin, PageView):
    """People, firms, jobs and words of notes.

    A form that is sent leads to the page of its results. The same form sent by htmx is answered at once, for the page
    or, with ``part=palette``, for the palette.
    """

    template_name = "reporting/search.html"
    permission = "beneficiaries.view_case"
    page_title = gettext_lazy("Recherche")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; words that somebody put into the address are taken out of it."""
        if asked := request.GET.get("q", "").strip()[:LONGEST]:
            return leads_to(self.request, asked)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer htmx with a part; lead anything else to where the answer is."""
        typed = request.POST.get("q", "").strip()[:LONGEST]
        if not request.htmx:  # type: ignore[attr-defined]
            return leads_to(self.request, typed)
        reading, palette = read(typed, today()), request.POST.get("part") == "palette"
        results = results_of(reading, self.actor, today(), FEW if palette else SOME, acts=palette)
        self._tell(results.read, "found")
        context = {"query": typed, "reading": reading, "results": results}
        if palette and not reading.asks:
            context["recent"] = recent_people(self.actor, today())
        response = render(request, f"reporting/{'palette_list' if palette else 'search_results'}.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def _tell(self, cases: Sequence[CoachingCase], action: str) -> None:
        """Write on the files that they were found, or read."""
        record_accesses(self.actor, cases, action)

    @cached_property
    def typed(self) -> str | None:
        """What the address stands for, `None` when that is not kept any more."""
        key = self.request.GET.get("r", "")
        return recall(self.request, key) if key else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reading, kind = read(self.typed or "", today()), self.request.GET.get("dans", "")
        context = super().get_context_data(
            query=self.typed or "",
            reading=reading,
            kept=self.request.GET.get("r", "") if self.typed else "",
            is_forgotten=self.typed is None,
            **kwargs,
        )
        if reading.asks and kind in KINDS:
            shown = page_of(kind, reading, self.request, self.actor, today())
            self._tell(shown["read"], "found_words" if kind == NOTES else "found")
            return context | {"kind": KINDS[kind][0], **shown}
        results = results_of(reading, self.actor, today(), SOME)
        self._tell(results.read, "found")
        return context | {
            "results": results,
            "recent": [] if reading.asks else recent_people(self.actor, today()),
        }

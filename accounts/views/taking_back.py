"""« Retirer » : one page for all that can be taken back."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.taking_back import TakeBackForm
from accounts.models import TakenBack
from accounts.registries import Frozen, Takable, Told, takables
from accounts.selectors.frozen import frozen_over
from accounts.selectors.records import Record, record_of, taken_already
from accounts.services.taking_back import take_back
from accounts.views.mixins import PermissionRequiredMixin
from foundation.errors import DomainError
from foundation.formatting import date_words
from foundation.views import ConfirmActView, safe_next
from foundation.ways import Way


class TakeBackView(PermissionRequiredMixin, ConfirmActView):
    """What will happen, which figures that were sent it moves, and why: then it is taken back.

    What somebody else has just taken back is told, not missed.
    """

    template_name = "accounts/take_back.html"
    permission = "accounts.take_back"
    form_class = TakeBackForm
    submit_label = gettext_lazy("Retirer")
    leads_to = Way("home")
    row: Any = None

    @cached_property
    def kind(self) -> Takable:
        """The kind that the address names."""
        if self.kwargs["kind"] not in takables:
            raise Http404
        return takables[self.kwargs["kind"]]

    @cached_property
    def told(self) -> Told:
        """What the row says of itself."""
        return self.kind.told(self.row)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say of a row that is gone by whom and why it was taken back."""
        self.row = self.kind.rows(self.actor).filter(pk=kwargs["row_id"]).first()
        if self.row is None:
            trace = taken_already(kwargs["kind"], kwargs["row_id"], self.actor)
            if trace is None:
                raise Http404
            messages.info(request, told_already(trace))
            return redirect(safe_next(request) or "home")
        return super().dispatch(request, *args, **kwargs)

    def get_permission_object(self) -> Record:
        return record_of(self.row, self.told.reach.organisation)

    def get_page_title(self) -> str | Promise:
        return self.kind.title

    def get_page_lead(self) -> str | Promise:
        return f"{self.told.whom} – {self.told.words}" if self.told.whom else self.told.words

    def get_form_kwargs(self) -> dict[str, Any]:
        """The reasons that are commonest for this kind."""
        return super().get_form_kwargs() | {"reasons": self.kind.reasons}

    def get_cancel_url(self) -> str:
        return safe_next(self.request) or self.told.back

    def get_success_url(self) -> str:
        return self.get_cancel_url()

    @cached_property
    def refusal(self) -> DomainError | None:
        """Why it cannot be taken back now."""
        try:
            self.kind.refuse(self.row, self.actor)
        except DomainError as error:
            return error
        return None

    def get_consequences(self) -> tuple[str | Promise, ...]:
        # Eight people of a session are told in the same words: one line, and how many.
        told = Counter(kind.told(row).words for kind, row in self.kind.along(self.row))
        along = [
            _("Part avec : %(words)s.") % {"words": words if count == 1 else f"{words} × {count}"}
            for words, count in told.items()
        ]
        return (
            _("Plus aucune liste, aucun compteur, aucun rapport ne le compte."),
            *self.kind.consequences(self.row),
            *along,
            _("L’historique garde ce qui était écrit, votre nom, la date et le motif."),
        )

    def get_frozen(self) -> list[Frozen]:
        """What was sent or signed already."""
        return frozen_over(self.told.reach, self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        refusal = self.refusal if self.request.method == "GET" else None
        return super().get_context_data(frozen=self.get_frozen(), refusal=refusal, **kwargs)

    def act(self, form: TakeBackForm) -> TakenBack:
        return take_back(kind=self.kind, row=self.row, reason=form.why, actor=self.actor)

    def form_valid(self, form: Any) -> HttpResponse:
        # The address is read from the row, which is gone afterwards.
        self.told  # noqa: B018
        return super().form_valid(form)

    def get_success_message(self, form: Any) -> str | Promise:
        words = _("C’est retiré : %(words)s.") % {"words": self.told.words}
        if self.get_frozen():
            words += " " + _("« Ce qui a bougé depuis » le montre sur ce qui était déjà envoyé ou signé.")
        return words


def told_already(trace: TakenBack) -> str:
    """By whom, when and why something was taken back."""
    return _("Déjà retiré par %(name)s le %(date)s : %(words)s. Motif : %(reason)s") % {
        "name": trace.taken_by.get_full_name(),
        "date": date_words(trace.taken_on),
        "words": trace.words,
        "reason": trace.reason,
    }

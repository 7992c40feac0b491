"""What is done with several cases at once: a sheet of calls, passing them on, asking for news of them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from beneficiaries.models import CoachingCase
from beneficiaries.rules.caseload import Load, exchanges
from beneficiaries.selectors.caseloads import Caseload, caseloads, loads_of
from beneficiaries.services.handover import hand_over_each
from followup.forms.case_batches import BatchHandOverForm
from followup.models import CaseStatus
from followup.rules.case_lists import BATCH_LIMIT
from followup.selectors.case_cells import due_cell
from followup.selectors.case_views import pairs_of
from followup.services.asks import ask_for_news
from followup.views.cases import ALL, TICKED, CaseListMixin, keys_in
from foundation.batches import Batch
from foundation.clock import today
from foundation.forms import AncrageForm
from foundation.keyset import PAGE_PARAMETERS
from foundation.views import ActFormView, FilteredListMixin, PageView
from foundation.ways import Way
from privacy.audit import record_accesses


def list_query(query: QueryDict) -> QueryDict:
    """The list that one came from: its parameters without what was ticked."""
    left = query.copy()
    for name in (TICKED, ALL, *PAGE_PARAMETERS):
        left.pop(name, None)
    return left


class BatchMixin(CaseListMixin):
    """The cases that were ticked, or all those of the filter, as many as one press may touch; no pages.

    An address that ticks none, or that means too many, leads back to the list, which says so.
    """

    nothing_is_all = False

    def list_address(self) -> str:
        """The list as it was."""
        asked = list_query(self.request.GET).urlencode()
        return reverse("followup:case_list") + (f"?{asked}" if asked else "")

    @cached_property
    def statuses(self) -> Sequence[CaseStatus]:
        """The chosen ones, and one more than may be touched when there are too many."""
        ticked = keys_in(self.request.POST if self.request.method == "POST" else self.request.GET)
        if self.request.method == "GET" and (ALL in self.request.GET or (self.nothing_is_all and not ticked)):
            return list(self.filters.qs[: BATCH_LIMIT + 1])
        return list(self.get_queryset().filter(case__in=ticked[: BATCH_LIMIT + 1]))

    @property
    def chosen(self) -> list[CoachingCase]:
        """The cases themselves."""
        return [status.case for status in self.statuses]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or back to the list with the reason why not."""
        words = ""
        if not self.statuses and (TICKED in request.GET or not self.nothing_is_all):
            words = _("Cochez au moins une personne.")
        elif len(self.statuses) > BATCH_LIMIT:
            words = _("Pas plus de %(n)s personnes à la fois : resserrez les filtres.") % {"n": BATCH_LIMIT}
        if words:
            messages.warning(request, words)
            return redirect(self.list_address())
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer


class CasePrintView(BatchMixin, PageView):
    """The sheet of calls of the chosen people, for paper; who printed which cases is kept."""

    template_name = "followup/case_print.html"
    page_title = gettext_lazy("Liste d’appels")
    nothing_is_all = True

    def get_back(self) -> tuple[str, str | Promise]:
        return self.list_address(), _("Dossiers")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record_accesses(self.actor, self.chosen, "print")
        lines = [{"status": status, "case": status.case, "due": due_cell(status, self.on)} for status in self.statuses]
        return super(FilteredListMixin, self).get_context_data(lines=lines, today=self.on, **kwargs)


class BatchActView(BatchMixin, ActFormView):
    """One act for each chosen case, once it is confirmed; those refused are shown again, each with its reason."""

    template_name = "followup/case_batch.html"
    form_class = AncrageForm
    leads_to = Way(
        "followup:case_list", words=gettext_lazy("Dossiers"), query=lambda view: pairs_of(list_query(view.request.GET))
    )
    refused: Sequence[tuple[CoachingCase, str]] = ()

    def perform(self, cases: Sequence[UUID], form: Any) -> Batch[CoachingCase]:
        """Do it for each case, by one service."""
        raise NotImplementedError

    def done_words(self, number: int) -> str:
        """What was done, in one sentence."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        """Do what can be done; lead back to the list, or say of each one that is left why it was refused."""
        batch = self.perform([case.pk for case in self.chosen[:BATCH_LIMIT]], form)
        if batch.done:
            messages.success(self.request, self.done_words(len(batch.done)))
        if not batch.refused:
            return redirect(self.get_success_url())
        self.refused = batch.refused
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        left = [case for case, _words in self.refused] or self.chosen[:BATCH_LIMIT]
        return super(FilteredListMixin, self).get_context_data(cases=left, refused=self.refused, **kwargs)


class BatchRemindView(BatchActView):
    """Asking the coaches for news of the chosen people."""

    permission = "followup.remind"
    submit_label = gettext_lazy("Rappeler")

    def get_page_title(self) -> str | Promise:
        number = min(len(self.statuses), BATCH_LIMIT)
        return ngettext("Rappeler %(n)s personne ?", "Rappeler %(n)s personnes ?", number) % {"n": number}

    def get_page_lead(self) -> str | Promise:
        return _(
            "Chaque jobcoach voit la demande dans Ma journée aussitôt, et dans ses rappels demain matin. "
            "Le prochain contact consigné avec la personne y répond."
        )

    def perform(self, cases: Sequence[UUID], form: Any) -> Batch[CoachingCase]:
        return ask_for_news(cases=cases, actor=self.actor)

    def done_words(self, number: int) -> str:
        return ngettext("%(n)s personne est rappelée.", "%(n)s personnes sont rappelées.", number) % {"n": number}


class BatchHandOverView(BatchActView):
    """Passing the chosen people on to a colleague, whoever carries each, once the loads were seen."""

    permission = "beneficiaries.hand_over"
    form_class = BatchHandOverForm
    submit_label = gettext_lazy("Voir ce que ça change")

    def get_page_title(self) -> str | Promise:
        number = min(len(self.statuses), BATCH_LIMIT)
        return ngettext("Passer %(n)s dossier à un·e collègue", "Passer %(n)s dossiers à un·e collègue", number) % {
            "n": number
        }

    @cached_property
    def people(self) -> dict[UUID, Caseload]:
        """Who may receive, and whoever carries one of the cases."""
        found = caseloads(self.actor, today())
        for case in self.chosen:
            coach: User = case.coach
            found.setdefault(coach.pk, Caseload(coach, False, Decimal(0), Load(0, Decimal(0))))
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"people": self.people}

    def form_valid(self, form: BatchHandOverForm) -> HttpResponse:
        """Show what becomes of the loads, until it is confirmed or corrected."""
        if "correct" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if form.cleaned_data["confirmed"]:
            return super().form_valid(form)
        return self.render_to_response(self.get_context_data(form=form, preview=self.preview(form)))

    def preview(self, form: BatchHandOverForm) -> dict[str, Any]:
        """Every load that moves, before and after."""
        receiver = form.receiver
        moves = [(case.coach_id, receiver.pk) for case in self.chosen[:BATCH_LIMIT]]
        return {
            "on": form.cleaned_data["on"],
            "receiver": receiver,
            "shifts": [
                (self.people[shift.coach], shift.before, shift.after)
                for shift in exchanges(loads_of(self.people), moves)
            ],
            "carried": [form[name] for name in form.fields if name != "confirmed"],
        }

    def perform(self, cases: Sequence[UUID], form: Any) -> Batch[CoachingCase]:
        data = form.cleaned_data
        return hand_over_each(
            cases=cases,
            coach=form.receiver,
            on=data["on"],
            note=data["note"],
            actor=self.actor,
            submission_id=data["submission_id"],
        )

    def done_words(self, number: int) -> str:
        return ngettext("%(n)s dossier est transmis.", "%(n)s dossiers sont transmis.", number) % {"n": number}

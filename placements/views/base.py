"""What the pages of acts on a person's jobs share: back to the tab « Emploi », the contract of the address."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from beneficiaries.views.case_file import CaseActView, to_case
from foundation.views import PageMixin
from placements.models import Employment
from placements.selectors.clocks import ClockFacts
from placements.selectors.jobs import load_jobs, loaded_clock_facts
from placements.selectors.what_if import Shift, shift

JOBS_TAB = "placements:case_jobs"
TO_JOBS = to_case(JOBS_TAB)


class JobActView(CaseActView):
    """The page of one act on a person's jobs or proposals."""

    template_name = "placements/act.html"
    leads_to = TO_JOBS
    consequences: Any = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("consequences", self.consequences)
        return super().get_context_data(**kwargs)


class EffectActView(JobActView):
    """An act that moves the 24-month deadline: the page says by how much before it is done.

    « Voir l’effet » sends the form without writing anything, and shows what the typed values would change.
    """

    template_name = "placements/effect_act.html"
    can_preview: ClassVar[bool] = True
    effect_label: Any = gettext_lazy("Ensuite")

    def trial(self, facts: ClockFacts, values: dict[str, Any]) -> ClockFacts | None:
        """The facts as these values of the form would leave them; ``None`` as long as they say too little."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the effect, or act."""
        if "apercu" not in request.POST or not self.can_preview:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        required = [field for field in form.fields.values() if field.required]
        # What is not typed yet does not keep anybody from seeing what the rest would change.
        for field in required:
            field.required = False
        status = 200 if form.is_valid() else 422
        for field in required:
            field.required = True
        return self.render_to_response(self.get_context_data(form=form, previewed=True), status=status)

    def effect(self, form: Any) -> Shift | None:
        """What the typed values would change; before anything is typed, those that the form proposes."""
        values = form.cleaned_data if form.is_bound and form.is_valid() else {} if form.is_bound else self.get_initial()
        facts = loaded_clock_facts(self.case).started_by(self.on)
        trial = self.trial(facts, values)
        return shift(facts, trial, self.on) if trial is not None else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["effect"] = self.effect(context["form"])
        context["can_preview"] = self.can_preview
        context["effect_label"] = self.effect_label
        context.setdefault("previewed", False)
        return context


class EmploymentMixin(PageMixin):
    """A page about one contract of the case: `self.employment`; the contract of another case is a 404."""

    case: Any
    kwargs: dict[str, Any]

    @cached_property
    def employment(self) -> Employment:
        """The contract that the address names."""
        found = next((job for job in load_jobs(self.case) if job.pk == self.kwargs["employment_id"]), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(employment=self.employment, **kwargs)

"""What every page of a case has in common, whichever app serves it.

- ``CaseMixin`` finds the case, refuses who may not, and writes down who looked;
- ``CaseFileMixin`` adds the header and the tabs: for a tab, whose template extends ``beneficiaries/case_base.html`` and
  fills its block ``tab``;
- ``CaseActView`` is the page of one act on the case: form, service, back to the file; its template extends
  ``beneficiaries/case_act.html``, which keeps the first line of the header and the tabs in sight.

The address takes the case's key as ``case_id``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Prefetch, Value, prefetch_related_objects
from django.db.models.functions import Concat
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy

from accounts.models import Absence, User
from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from beneficiaries.models import CaseBelonging, CoachingCase, PhaseSpell
from beneficiaries.registries import CaseTab, header_for, line_for, notices_for, tabs_for
from foundation.clock import today
from foundation.rules.periods import age_on
from foundation.views import ActFormView, PageMixin
from foundation.ways import Way
from privacy.audit import record_access

# The page of the case that an act comes back to when nothing else is asked.
HOME_TAB = "beneficiaries:case_path"


def to_case(page: str) -> Way:
    """The way from an act back to a page of the case file that shows what it did; ``.at()`` names where on it."""
    return Way(page, "case.pk", words=gettext_lazy("Retour au dossier"), next_wins=True)


TO_PATH = to_case(HOME_TAB)

HEADER_RELATIONS = ("beneficiary", "coach", "organisation", "site", "project", "referrer", "previous_case")


class CaseMixin(PermissionRequiredMixin, PageMixin):
    """A page about one case: ``self.case``, ``self.actor`` and ``self.on`` (today).

    A case that the user may not see is a 404, an act that they may not do on it a 403. ``case_select`` and
    ``case_prefetch`` name what the page needs besides the header, so that it is read together.
    """

    permission = "beneficiaries.view_case"
    # How the trail calls the reading: a key of `privacy.history.ACCESS_VERBS`.
    access: ClassVar[str] = "view"
    case_select: ClassVar[tuple[str, ...]] = ()
    case_prefetch: ClassVar[tuple[str | Prefetch, ...]] = ()

    @cached_property
    def on(self) -> date:
        """Today."""
        return today()

    @cached_property
    def case(self) -> CoachingCase:
        """The case of the address, with its phases."""
        found: CoachingCase = get_object_or_404(self.get_case_queryset(), pk=self.kwargs["case_id"])
        load_spells(found)
        return found

    def get_permission_object(self) -> Any:
        return self.case

    def admit(self) -> None:
        """Keep trace of the reading, once the page may be shown."""
        super().admit()
        if self.request.method in ("GET", "HEAD"):
            record_access(self.actor, self.get_accessed(), self.access)

    def get_accessed(self) -> Model:
        """What the reading is written down for: the case, or a row of it that is more telling."""
        return self.case

    def get_readable_cases(self) -> Any:
        """The cases that exist for the reader; any other is not found."""
        return CoachingCase.objects.visible_to(self.actor)

    def get_case_queryset(self) -> Any:
        """The cases among which the page looks, with what it shows of them, the case that followed if any, whether it
        ever belonged elsewhere, and until when the coach is away (``coach_back_after``, ``stand_in``)."""
        away = Absence.objects.running_on(self.on).filter(organisation=OuterRef("organisation"), user=OuterRef("coach"))
        later = CoachingCase.objects.filter(previous_case=OuterRef("pk")).order_by("-opened_on", "id")
        return (
            self.get_readable_cases()
            .select_related(*HEADER_RELATIONS, *self.case_select)
            .prefetch_related(*self.case_prefetch)
            .annotate(
                has_moved=Exists(CaseBelonging.objects.filter(case=OuterRef("pk"), ends_on__isnull=False)),
                next_case_id=later.values("pk")[:1],
                next_case_opened_on=later.values("opened_on")[:1],
                coach_back_after=away.values("ends_on")[:1],
                stand_in=away.values(name=Concat("replacement__first_name", Value(" "), "replacement__last_name"))[:1],
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.setdefault("case", self.case)
        context.setdefault("today", self.on)
        # Asked for by a template that shows them: the answer of a row shows neither.
        context.setdefault("line_panels", lambda: line_for(self.actor, self.case, self.on))
        context.setdefault("tabs", lambda: _shown_tabs(tabs_for(self.actor, self.case), self.case, ""))
        return context


def load_spells(case: CoachingCase) -> None:
    """Read the phases of a case and of the former one, whose used days it may carry over; one statement for both."""
    cases = [case, case.previous_case] if case.previous_case else [case]
    prefetch_related_objects(cases, Prefetch("spells", PhaseSpell.objects.select_related("actor").order_by("sequence")))


@dataclass(frozen=True, slots=True)
class NextCase:
    """The case that followed this one, when the person came back."""

    pk: UUID
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHead:
    """What the header says of the case besides the panels of other apps."""

    age: int | None
    phase: str
    spells: list[PhaseSpell]
    exit: PhaseSpell | None
    next_case: NextCase | None
    can_change: bool
    can_tell: bool
    can_hand_over: bool
    can_reopen: bool
    can_correct: bool


class CaseFileMixin(CaseMixin):
    """A tab of the case file: adds ``tabs``, ``case_notices``, ``header_panels`` and ``head`` to the context.

    ``tab_name`` is the name of the tab's address when the page's own differs (a second page of the same tab).
    """

    tab_name = ""

    def get_page_title(self) -> str | Promise:
        """The person's name; the tab's label follows it in the window's title."""
        return self.case.beneficiary.full_name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        match = self.request.resolver_match
        current = self.tab_name or (match.view_name if match else "")
        tabs = _shown_tabs(tabs_for(self.actor, self.case), self.case, current)
        context["tabs"] = tabs
        context["current_tab"] = next((tab["label"] for tab in tabs if tab["current"]), "")
        context["head"] = case_head(self.case, self.actor, self.on)
        context["header_panels"] = header_for(self.actor, self.case, self.on)
        context["case_notices"] = notices_for(self.actor, self.case, self.on)
        return context


def _shown_tabs(tabs: list[CaseTab], case: CoachingCase, current: str) -> list[Mapping[str, Any]]:
    return [
        {"label": tab.label, "url": reverse(tab.url_name, args=[case.pk]), "current": tab.url_name == current}
        for tab in tabs
    ]


def case_head(case: CoachingCase, actor: User, on: date) -> CaseHead:
    """Read the header from the case that the page loaded, without any statement."""
    spells = list(case.spells.all())
    last = spells[-1]
    birth = case.beneficiary.birth_date
    key = getattr(case, "next_case_id", None)
    following = NextCase(key, getattr(case, "next_case_opened_on", on)) if key else None
    return CaseHead(
        age=age_on(birth, on) if birth else None,
        phase=last.phase,
        spells=spells,
        exit=None if case.is_open else last,
        next_case=following,
        can_change=allows(actor, "beneficiaries.change_case", case),
        can_tell=allows(actor, "beneficiaries.tell_of_case", case),
        can_hand_over=case.is_open and allows(actor, "beneficiaries.hand_over", case),
        can_reopen=not case.is_open and following is None and allows(actor, "beneficiaries.open_case", case),
        can_correct=allows(actor, "beneficiaries.correct_case", case),
    )


class CaseActView(CaseMixin, ActFormView):
    """The page of one act on the case; it leads back to the page of the file that shows what it did."""

    template_name = "beneficiaries/case_act.html"
    permission = "beneficiaries.change_case"
    leads_to: Way = TO_PATH

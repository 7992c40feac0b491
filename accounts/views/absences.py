"""Who is away, and who stands in."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.absences import AbsenceForm, NewAbsenceForm
from accounts.forms.settings import initial_of
from accounts.models import Absence, User
from accounts.permissions import allows
from accounts.selectors import absences as reads
from accounts.selectors.records import takable_rows, with_todays_author
from accounts.services.absences import cancel_absence, change_absence, declare_absence
from accounts.views.mixins import PermissionRequiredMixin
from foundation.clock import today
from foundation.formatting import date_words, of_name
from foundation.views import ActFormView, ConfirmActView, PageMixin, PageView, paginate_by_key
from foundation.ways import Way


class AbsenceListView(PermissionRequiredMixin, PageView):
    """The team's absences: today's, those to come, those just over."""

    template_name = "accounts/absence_list.html"
    permission = "accounts.view_absences"
    page_title = gettext_lazy("Absences")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the absences; each says whether this reader may change it."""
        on = today()
        found = with_todays_author(reads.listed_absences(self.actor, on), self.actor)
        page = paginate_by_key(self.request, found, reads.LISTED)
        rows = [{"absence": one, "may_change": allows(self.actor, "accounts.manage_absence", one)} for one in page]
        return super().get_context_data(
            today=on,
            page_obj=page,
            takable=takable_rows([row["absence"] for row in rows], self.actor.current_organisation_id, self.actor),
            may_declare=allows(self.actor, "accounts.declare_absence"),
            running=[row for row in rows if row["absence"].has_begun(on) and not row["absence"].is_over(on)],
            coming=[row for row in rows if not row["absence"].has_begun(on)],
            over=[row for row in rows if row["absence"].is_over(on)],
            **kwargs,
        )


class AbsenceActMixin(PermissionRequiredMixin, PageMixin):
    """An act about an absence; it leads back to the list, or where it was asked for."""

    leads_to = Way("accounts:absence_list", words=gettext_lazy("Absences"))


class AbsenceCreateView(AbsenceActMixin, ActFormView):
    permission = "accounts.declare_absence"
    form_class = NewAbsenceForm
    page_title = gettext_lazy("Déclarer une absence")
    page_lead = gettext_lazy("Personne ne doit rester sans nouvelles pendant ce temps.")
    submit_label = gettext_lazy("Déclarer l’absence")

    def get_initial(self) -> dict[str, Any]:
        """Somebody named by a link, else oneself."""
        return {"user": self.request.GET.get("personne") or self.actor.pk}

    def get_form_kwargs(self) -> dict[str, Any]:
        """A coordinator declares anybody's."""
        for_anybody = allows(self.actor, "accounts.manage_absence")
        return {**super().get_form_kwargs(), "viewer": self.actor, "for_anybody": for_anybody}

    def act(self, form: NewAbsenceForm) -> Absence:
        data = form.cleaned_data
        user: User = data.get("user") or self.actor
        return declare_absence(user=user, plan=form.plan(), actor=self.actor, submission_id=data["submission_id"])

    def get_success_message(self, form: Any) -> str | Promise:
        """Say who is away and who stands in."""
        return _absence_words(self.result)


class OneAbsenceMixin(AbsenceActMixin):
    """An act on one absence: another organisation's is not found, a colleague's is refused."""

    permission = "accounts.manage_absence"

    @cached_property
    def absence(self) -> Absence:
        """The absence that the address names."""
        found: Absence = get_object_or_404(reads.absences(self.actor), pk=self.kwargs["absence_id"])
        return found

    def get_permission_object(self) -> Any:
        return self.absence


class AbsenceEditView(OneAbsenceMixin, ActFormView):
    """The days or the replacement change."""

    template_name = "accounts/absence_edit.html"
    form_class = AbsenceForm
    page_title = gettext_lazy("Modifier une absence")

    def get_page_lead(self) -> str | Promise:
        return str(self.absence.user)

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.absence, AbsenceForm)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Nobody replaces themself."""
        return {**super().get_form_kwargs(), "viewer": self.actor, "absent": self.absence.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(absence=self.absence, today=today(), **kwargs)

    def act(self, form: AbsenceForm) -> Absence:
        return change_absence(absence=self.absence, plan=form.plan(), actor=self.actor)

    def get_success_message(self, form: Any) -> str | Promise:
        return _absence_words(self.result)


class AbsenceCancelView(OneAbsenceMixin, ConfirmActView):
    """Somebody stays, or is back before time."""

    danger = False

    def get_page_title(self) -> str | Promise:
        if self.absence.has_begun(today()):
            return _("%(name)s est de retour ?") % {"name": self.absence.user}
        return _("Annuler l’absence %(of_name)s ?") % {"of_name": of_name(str(self.absence.user))}

    def get_consequences(self) -> tuple[str | Promise, ...]:
        if self.absence.starts_on < today():
            first = _("L’absence se termine hier au lieu du %(day)s.") % {"day": date_words(self.absence.ends_on)}
        else:
            first = _("L’absence du %(first)s au %(last)s n’aura pas lieu.") % {
                "first": date_words(self.absence.starts_on),
                "last": date_words(self.absence.ends_on),
            }
        return (
            first,
            _("La personne qui remplace n’écrit plus dans ces dossiers ; ce qu’elle a consigné y reste, sous son nom."),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The verb depends on whether it has begun."""
        begun = self.absence.has_begun(today())
        label = _("Mettre fin à l’absence") if begun else _("Annuler l’absence")
        return super().get_context_data(submit_label=label, **kwargs)

    def act(self, form: Any) -> Absence:
        return cancel_absence(absence=self.absence, actor=self.actor)

    def get_success_message(self, form: Any) -> str | Promise:
        return _("%(name)s n’est plus en absence.") % {"name": self.absence.user}


def _absence_words(absence: Absence) -> str:
    words = {
        "name": absence.user,
        "first": date_words(absence.starts_on),
        "last": date_words(absence.ends_on),
        "replacement": absence.replacement or "",
    }
    if absence.replacement is None:
        return _("%(name)s : absence du %(first)s au %(last)s, sans remplacement.") % words
    return _("%(name)s : absence du %(first)s au %(last)s, remplacement par %(replacement)s.") % words

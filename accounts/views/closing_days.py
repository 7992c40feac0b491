"""The days on which the organisation is closed."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.closing_days import ClosingDayForm
from accounts.models import ClosingDay
from accounts.rules.closing_days import left_to_replace
from accounts.selectors.workdays import LISTED, closing_days, listed_closings, standing_closings
from accounts.services.closing_days import add_closing, withdraw_closing
from accounts.views.base import SettingsMixin
from foundation.clock import today
from foundation.formatting import date_words
from foundation.views import ActFormView, ConfirmActView, PageView, paginate_by_key
from foundation.ways import Way
from foundation.workdays import holiday_name, working_days

_BACK = Way("accounts:closing_list", words=gettext_lazy("Jours de fermeture"))


class ClosingListView(SettingsMixin, PageView):
    """Those of this year and to come first, those of before folded; and the holidays that nothing makes up for yet."""

    template_name = "accounts/closing_list.html"
    section = "accounts:closing_list"
    page_title = gettext_lazy("Jours de fermeture")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        on = today()
        page = paginate_by_key(self.request, listed_closings(self.actor, on), LISTED)
        rows = list(page)
        closings = standing_closings(self.actor)
        waiting = [
            (day, holiday_name(day))
            for year in (on.year, on.year + 1)
            for day in left_to_replace(working_days(on), closings, year)
            if day >= on
        ]
        return super().get_context_data(
            page_obj=page,
            coming=[row for row in rows if row.ends_on.year >= on.year],
            past=[row for row in rows if row.ends_on.year < on.year],
            waiting=waiting,
            **kwargs,
        )


class ClosingCreateView(SettingsMixin, ActFormView):
    """Days off are added; `?ferie=2026-08-15` opens the form for the day that makes up for it."""

    form_class = ClosingDayForm
    section = "accounts:closing_list"
    page_title = gettext_lazy("Ajouter des jours de fermeture")
    page_lead = gettext_lazy(
        "Ces jours ne comptent plus comme ouvrables : échéances, rappels, séances et prestations en tiennent compte."
    )
    submit_label = gettext_lazy("Ajouter")
    leads_to = _BACK

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "holidays": self.holidays}

    @cached_property
    def holidays(self) -> list[tuple[str, str]]:
        """The holidays on a weekend that nothing makes up for yet, those of the year that has passed too."""
        on = today()
        closings = standing_closings(self.actor)
        days = [
            day
            for year in (on.year - 1, on.year, on.year + 1)
            for day in left_to_replace(working_days(on), closings, year)
        ]
        words = _("%(name)s, %(date)s")
        return [(f"{day:%Y-%m-%d}", words % {"name": holiday_name(day), "date": date_words(day)}) for day in days]

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("ferie", "")
        name = next((words for day, words in self.holidays if day == asked), "")
        return {"replaces": asked, "name": _("Remplace : %(holiday)s") % {"holiday": name}} if name else {}

    def act(self, form: ClosingDayForm) -> ClosingDay:
        return add_closing(
            closing=form.closing(),
            submission_id=form.cleaned_data["submission_id"],
            confirmed=form.said_yes_to,
            actor=self.actor,
        )

    def get_success_message(self, form: Any) -> str | Promise:
        return _("%(name)s : ces jours ne sont plus ouvrables.") % {"name": self.result.name}


class ClosingWithdrawView(SettingsMixin, ConfirmActView):
    """The organisation works on these days after all."""

    section = "accounts:closing_list"
    leads_to = _BACK
    submit_label = gettext_lazy("Retirer")

    @cached_property
    def closing_day(self) -> ClosingDay:
        """The row of the address."""
        found: ClosingDay = get_object_or_404(closing_days(self.actor), pk=self.kwargs["closing_id"])
        return found

    def get_page_title(self) -> str | Promise:
        return _("Retirer « %(name)s » ?") % {"name": self.closing_day.name}

    def get_consequences(self) -> tuple[str | Promise, ...]:
        words = {"first": date_words(self.closing_day.starts_on), "last": date_words(self.closing_day.ends_on)}
        return (
            _("Du %(first)s au %(last)s, les jours de semaine comptent de nouveau comme ouvrables.") % words,
            _("Les échéances sont recalculées ; les rappels et feuilles déjà envoyés restent ce qu’ils sont."),
        )

    def act(self, form: Any) -> ClosingDay:
        return withdraw_closing(closing_day=self.closing_day, actor=self.actor)

    def get_success_message(self, form: Any) -> str | Promise:
        return _("%(name)s : retiré.") % {"name": self.result.name}

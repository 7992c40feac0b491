"""Time sheets: the month of a coach, what is added to it, who signs it, and the team's."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation, Project, User
from accounts.permissions import allows, organisation_of
from accounts.selectors.workdays import working_days_of
from accounts.views.mixins import PermissionRequiredMixin
from foundation.clock import today
from foundation.dates import month_of_address
from foundation.formatting import of_name
from foundation.rules.dates import DEFAULT
from foundation.rules.periods import ONE_DAY, add_months
from foundation.views import ActFormView, ConfirmActView, PageMixin, PageView
from foundation.ways import Way
from timesheets.forms import EntryForm, ReopenForm, SignForm
from timesheets.models import SheetSignature, TimeEntry, TimeSheet
from timesheets.rules.sheets import month_of
from timesheets.selectors.page import SheetPage
from timesheets.selectors.sheets import Sheet, projects_of, sheet_of, team_sheets
from timesheets.services import add_entry, correct_entry, countersign_sheet, remove_entry, reopen_sheet, sign_sheet


def month_words(month: date) -> str:
    """A month as people read it: « mars 2025 »."""
    return date_format(month, "F Y")


def sheet_address(coach: User, month: date) -> str:
    """The page of a sheet."""
    return reverse("timesheets:sheet", args=[coach.pk, f"{month:%Y-%m}"])


class SheetListView(PermissionRequiredMixin, PageView):
    """The sheets of the team for a month (`?mois=2025-03`); whoever only coaches is led to their own."""

    template_name = "timesheets/sheet_list.html"
    permission = "timesheets.view_time_sheets"
    page_title = gettext_lazy("Prestations de l’équipe")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead a jobcoach to their present month."""
        if not allows(self.actor, "timesheets.check_time_sheet", _of_somebody(self.actor)):
            return redirect(sheet_address(self.actor, month_of(today())))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        on = today()
        month = _month_asked(self.request.GET.get("mois", ""), month_of(on))
        workdays = working_days_of(self.actor.current_organisation_id, month)
        sheets = team_sheets(organisation_of(self.actor), month)
        rows = [
            {
                "sheet": sheet,
                "state": sheet.state(on, workdays),
                "url": sheet_address(sheet.coach, month),
                "is_late": sheet.signature is None and bool(sheet.present) and on > sheet.ends_on,
            }
            for sheet in sheets
        ]
        return super().get_context_data(
            rows=rows,
            month=month,
            months=_neighbours(month, on),
            signed=sum(sheet.signature is not None for sheet in sheets),
            own_url=sheet_address(self.actor, month)
            if allows(self.actor, "timesheets.fill_time_sheet", _own(self.actor, month))
            else "",
            **kwargs,
        )


class SheetMixin(PermissionRequiredMixin, PageMixin):
    """A page about one sheet: 403 to whoever has no part in time sheets or in this one, 404 for who is not of here."""

    permission = "timesheets.read_time_sheet"
    coach: User
    month: date
    leads_to: Way | None = Way("timesheets:sheet", "coach.pk month_name", words=gettext_lazy("La feuille"))

    def admit(self) -> None:
        """Find whose sheet it is for who has a part in time sheets, then ask about this one."""
        self.ask("timesheets.view_time_sheets")
        self.find(**self.kwargs)
        super().admit()

    def get_permission_object(self) -> Any:
        return self.row

    def find(self, **kwargs: Any) -> None:
        """Read the address: a month that has not come, or that is none, is 404."""
        try:
            self.month = date.fromisoformat(f"{kwargs['month']}-01")
        except ValueError as error:
            raise Http404 from error
        if not DEFAULT.earliest <= self.month <= today():
            raise Http404
        people = User.objects.visible_to(self.actor)
        own = kwargs["user_id"] == self.actor.pk
        self.coach = self.actor if own else get_object_or_404(people, pk=kwargs["user_id"])

    @property
    def month_name(self) -> str:
        """The month as addresses write it: « 2025-03 »."""
        return f"{self.month:%Y-%m}"

    @property
    def organisation(self) -> Organisation:
        """Where the hours were worked."""
        return organisation_of(self.actor)

    @cached_property
    def row(self) -> TimeSheet:
        """The sheet to ask rights about, whether or not anything was written in it."""
        return TimeSheet(organisation=self.organisation, coach=self.coach, month=self.month)

    @cached_property
    def projects(self) -> dict[UUID, Project]:
        """The projects of the organisation."""
        return projects_of([self.organisation])

    @cached_property
    def sheet(self) -> Sheet:
        """The sheet with everything that was worked."""
        return sheet_of(self.coach, self.organisation, self.month, self.projects)

    @property
    def is_own(self) -> bool:
        """Whether the user looks at their own hours."""
        return self.coach == self.actor

    def get_page_lead(self) -> str | Promise:
        return f"{self.coach.get_full_name()}, {month_words(self.month)}"

    def entry_form(self, **kwargs: Any) -> EntryForm:
        """The form that adds work, with today's date when it belongs to the month."""
        on = today()
        initial = {"on": on} if month_of(on) == self.month else {}
        return EntryForm(initial=initial, projects=self.projects.values(), month=self.month, **kwargs)


class SheetView(SheetMixin, PageView):
    """A sheet: its hours by day and project, what may be added, and its signatures. `?jour=2025-03-04` tells a day."""

    template_name = "timesheets/sheet.html"

    def get_page_title(self) -> str | Promise:
        return (
            _("Mes prestations")
            if self.is_own
            else _("Prestations %(of)s") % {"of": of_name(self.coach.get_full_name())}
        )

    def get_page_lead(self) -> str | Promise:
        """Nothing: the month stands below."""
        return ""

    def get_leads_to(self) -> Way | None:
        """To the team, for whoever answers for it."""
        if not allows(self.actor, "timesheets.check_time_sheet", _of_somebody(self.actor)):
            return None
        return Way(
            "timesheets:sheet_list",
            words=_("Prestations de l’équipe"),
            query=lambda page: {"mois": page.month_name},
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the hours and what the user may do with them."""
        on, sheet = today(), self.sheet
        workdays = working_days_of(self.actor.current_organisation_id, self.month)
        signed = sheet.signature is not None
        may_fill = not signed and allows(self.actor, "timesheets.fill_time_sheet", self.row)
        may_check = signed and allows(self.actor, "timesheets.check_time_sheet", self.row)
        address = sheet_address(self.coach, self.month)
        # The address names its month as text: here it is a day.
        kwargs["month"] = self.month
        return super().get_context_data(
            page=SheetPage(sheet, self.actor, _day_asked(self.request.GET.get("jour", ""))),
            sheet=sheet,
            state=sheet.state(on, workdays),
            months=_neighbours(self.month, on),
            today=on,
            is_own=self.is_own,
            may_fill=may_fill,
            may_check=may_check,
            signable_from=sheet.signable_from(workdays),
            entry_form=self.entry_form() if may_fill else None,
            sign_form=SignForm() if may_fill else None,
            address=address,
            formats=[
                (label, reverse("timesheets:sheet_file", args=[self.coach.pk, f"{self.month:%Y-%m}", extension]))
                for extension, label in (("pdf", "PDF"), ("xlsx", "XLSX"), ("csv", "CSV"))
            ],
            **kwargs,
        )


class EntryAddView(SheetMixin, ActFormView):
    """Ajouter une prestation à sa feuille."""

    permission = "timesheets.fill_time_sheet"
    page_title = gettext_lazy("Ajouter une prestation")
    submit_label = gettext_lazy("Ajouter")
    success_message = gettext_lazy("Prestation ajoutée.")

    def get_form(self, form_class: Any = None) -> EntryForm:
        """The form of this month."""
        return self.entry_form(data=self.request.POST if self.request.method == "POST" else None)

    def act(self, form: EntryForm) -> TimeEntry:
        return add_entry(month=self.month, statement=form.statement(), actor=self.actor, submission_id=form.sent_id)


class EntryMixin(SheetMixin):
    """A page about one entry of one's own sheet."""

    permission = "timesheets.fill_time_sheet"
    entry: TimeEntry

    def find(self, **kwargs: Any) -> None:
        """The entry names its sheet."""
        entries = TimeEntry.objects.visible_to(self.actor).select_related("sheet__coach", "sheet__organisation")
        self.entry = get_object_or_404(entries, pk=kwargs["entry_id"])
        self.coach, self.month = self.entry.sheet.coach, self.entry.sheet.month


class EntryEditView(EntryMixin, ActFormView):
    page_title = gettext_lazy("Corriger la prestation")
    success_message = gettext_lazy("Prestation corrigée.")

    def get_form(self, form_class: Any = None) -> EntryForm:
        """As it stands, or as it was sent."""
        entry = self.entry
        initial = {"on": entry.on, "minutes": entry.minutes, "activity": entry.activity, "words": entry.words}
        return EntryForm(
            self.request.POST if self.request.method == "POST" else None,
            initial=initial | {"project": str(entry.project_id or "")},
            projects=self.projects.values(),
            month=self.month,
        )

    def act(self, form: EntryForm) -> TimeEntry:
        return correct_entry(entry=self.entry, statement=form.statement(), actor=self.actor)


class EntryRemoveView(EntryMixin, ConfirmActView):
    page_title = gettext_lazy("Retirer cette prestation ?")
    submit_label = gettext_lazy("Retirer la prestation")
    success_message = gettext_lazy("Prestation retirée.")

    def get_consequences(self) -> tuple[str | Promise, ...]:
        return (_("« %(entry)s » disparaît de votre feuille.") % {"entry": self.entry},)

    def act(self, form: Any) -> None:
        remove_entry(entry=self.entry, actor=self.actor)


class SheetSignView(SheetMixin, ActFormView):
    permission = "timesheets.fill_time_sheet"
    form_class = SignForm
    page_title = gettext_lazy("Signer la feuille")
    submit_label = gettext_lazy("Signer")
    success_message = gettext_lazy("Feuille signée. Elle ne change plus.")

    def act(self, form: SignForm) -> SheetSignature:
        return sign_sheet(month=self.month, typed_name=form.cleaned_data["typed_name"], actor=self.actor)


class SheetCountersignView(SheetMixin, ActFormView):
    """Viser la feuille de quelqu'un."""

    permission = "timesheets.check_time_sheet"
    form_class = SignForm
    page_title = gettext_lazy("Viser la feuille")
    submit_label = gettext_lazy("Viser")
    success_message = gettext_lazy("Feuille visée.")

    def act(self, form: SignForm) -> SheetSignature:
        return countersign_sheet(sheet=self.row, typed_name=form.cleaned_data["typed_name"], actor=self.actor)


class SheetReopenView(SheetMixin, ConfirmActView):
    permission = "timesheets.check_time_sheet"
    form_class = ReopenForm
    page_title = gettext_lazy("Rouvrir la feuille ?")
    submit_label = gettext_lazy("Rouvrir la feuille")
    success_message = gettext_lazy("Feuille rouverte : elle peut être complétée et signée à nouveau.")
    consequences = (
        gettext_lazy("La signature ne vaut plus ; ce qui était signé reste lisible, avec votre motif."),
        gettext_lazy("Le ou la jobcoach complète la feuille, puis la signe à nouveau."),
        gettext_lazy("Un rapport déjà envoyé garde les chiffres de l’ancienne signature."),
    )

    def act(self, form: ReopenForm) -> SheetSignature:
        """Set the signature aside."""
        return reopen_sheet(sheet=self.row, reason=form.cleaned_data["reason"], actor=self.actor)


def _own(actor: User, month: date) -> TimeSheet:
    """The actor's own sheet, to ask rights about."""
    return TimeSheet(organisation=actor.current_organisation, coach=actor, month=month)


def _of_somebody(actor: User) -> TimeSheet:
    """A sheet of somebody else of the organisation, to ask whether the actor answers for the team."""
    return TimeSheet(organisation=actor.current_organisation, month=month_of(today()))


def _month_asked(typed: str, present: date) -> date:
    """The month of the address; the present one when it makes no sense or has not come."""
    return min(month_of_address(typed, present), present)


def _day_asked(typed: str) -> date | None:
    """The day of the address, if it is one."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _neighbours(month: date, on: date) -> dict[str, date | None]:
    """The month before, and the month after once it has come."""
    following = add_months(month, 1)
    return {"previous": month_of(month - ONE_DAY), "following": following if following <= on else None}

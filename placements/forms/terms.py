"""Forms about what happens to a contract while it runs."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from employers.enums import ContractType
from employers.forms.fields import CommitteeField
from foundation.forms import AncrageForm, FrenchDateField, FrenchDecimalField
from foundation.layouts import Layout, Row, Section
from foundation.rules import dates
from placements.enums import Idleness, Origin
from placements.models import Employment
from placements.rules.amendments import MAY_BECOME, Change
from placements.rules.contract_kinds import FREE_TERM_TYPES, PERMANENT_TYPES
from placements.rules.weeks import DAYS_IN_A_WEEK, HOURS_IN_A_WEEK, Week, WeekState
from placements.selectors.terms import WeekLine, week_words
from placements.services.amendments import Stated
from placements.services.idleness import IdleDays


class AmendmentForm(AncrageForm):
    """What an amendment changes; what is left empty stays as it is."""

    effective_on = FrenchDateField(
        label=_("Prend effet le"),
        help_text=_("Le premier jour où le changement vaut ; pour une prolongation, le jour où elle est convenue."),
        bounds=dates.CONTRACT_END,
    )
    learnt_on = FrenchDateField(label=_("Appris le"), not_future=True)
    ends_on = FrenchDateField(
        label=_("Nouveau dernier jour"),
        required=False,
        help_text=_("Prolongation ou raccourcissement ; compris. Vide s’il ne change pas."),
        bounds=dates.CONTRACT_END,
    )
    end_unknown = forms.BooleanField(label=_("Le contrat continue sans dernier jour connu"), required=False)
    weekly_hours = FrenchDecimalField(
        label=_("Heures par semaine"), required=False, min_value=1, max_value=50, max_digits=4, decimal_places=2
    )
    job_title = forms.CharField(label=_("Fonction"), max_length=150, required=False)
    joint_committee = CommitteeField()
    wage = forms.CharField(label=_("Salaire ou barème"), max_length=100, required=False)
    becomes = forms.ChoiceField(label=_("Le contrat devient"), required=False)
    note = forms.CharField(label=_("À savoir"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    layout = Layout(
        Row("effective_on", "learnt_on"),
        Section(
            _("Ce qui change"),
            "ends_on",
            "end_unknown",
            Row("weekly_hours", "job_title"),
            Row("joint_committee", "wage"),
            "becomes",
            help_text=_("Ce que vous laissez vide reste comme avant."),
        ),
        "note",
    )

    def __init__(self, *args: Any, employment: Employment, **kwargs: Any) -> None:
        """Offer what may change in a contract of this type."""
        super().__init__(*args, **kwargs)
        kind = employment.contract_type
        may_become = MAY_BECOME.get(kind, ())
        if may_become:
            becomes: Any = self.fields["becomes"]
            becomes.choices = [
                ("", _("ne change pas de type")),
                *((one, ContractType(one).label) for one in may_become),
            ]
        else:
            del self.fields["becomes"]
        if kind in PERMANENT_TYPES:
            del self.fields["ends_on"]
        if kind not in FREE_TERM_TYPES:
            del self.fields["end_unknown"]

    def clean(self) -> dict[str, Any]:
        """A last day is known or it is not."""
        data = super().clean() or self.cleaned_data
        if data.get("ends_on") and data.get("end_unknown"):
            self.add_error("ends_on", ValidationError(_now("Donnez un dernier jour, ou dites qu’il n’est pas connu.")))
        return data

    def stated(self) -> Stated:
        """What was typed, as the service reads it."""
        data = self.cleaned_data
        ends_on, unknown = data.get("ends_on"), data.get("end_unknown", False)
        return Stated(
            change=Change(
                effective_on=data["effective_on"],
                changes_end=unknown or ends_on is not None,
                ends_on=ends_on,
                weekly_hours=data["weekly_hours"],
                job_title=data["job_title"].strip(),
                joint_committee=data["joint_committee"],
                wage=data["wage"].strip(),
                becomes=data.get("becomes", ""),
            ),
            learnt_on=data["learnt_on"],
            note=data["note"],
            confirmed=self.said_yes_to,
        )


class IdlenessForm(AncrageForm):
    """Days of temporary unemployment."""

    kind = forms.ChoiceField(label=_("Cause"), choices=Idleness.choices, widget=forms.RadioSelect)
    partial = forms.BooleanField(label=_("Partiel : une partie des jours ou des heures est prestée"), required=False)
    starts_on = FrenchDateField(label=_("Premier jour"), bounds=dates.WORK_DAY)
    ends_on = FrenchDateField(
        label=_("Dernier jour"),
        required=False,
        help_text=_("Compris. Vide tant qu’il n’est pas connu."),
        bounds=dates.CONTRACT_END,
        may_be_open=True,
    )
    learnt_on = FrenchDateField(label=_("Appris le"), not_future=True)
    note = forms.CharField(label=_("À savoir"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    layout = Layout("kind", "partial", Row("starts_on", "ends_on"), "learnt_on", "note")

    def stated(self) -> IdleDays:
        """What was typed, as the service reads it."""
        return IdleDays(**self.cleaned_data, confirmed=self.said_yes_to)


class IdlenessEndForm(AncrageForm):
    """The last day of temporary unemployment."""

    ends_on = FrenchDateField(label=_("Dernier jour sans travail"), bounds=dates.CONTRACT_END)


class OriginForm(AncrageForm):
    """Where a job came from."""

    origin = forms.ChoiceField(
        label=_("D’où vient cet emploi ?"),
        choices=[choice for choice in Origin.choices if choice[0] != Origin.UNKNOWN],
        widget=forms.RadioSelect,
    )


class WeeksForm(AncrageForm):
    """The grid: one line a week, days and hours. What a line said when the grid was opened travels with it."""

    mark_optional = False

    def __init__(self, *args: Any, lines: Sequence[WeekLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weeks = lines
        for line in lines:
            week, key = line.week, line.week.monday.isoformat()
            words = {"date": f"{week.monday:%d/%m/%Y}"}
            self.fields[f"days-{key}"] = FrenchDecimalField(
                label=_("Jours prestés, semaine du %(date)s") % words,
                required=False,
                min_value=0,
                max_value=DAYS_IN_A_WEEK,
                max_digits=2,
                decimal_places=1,
                initial=week.days,
            )
            self.fields[f"hours-{key}"] = FrenchDecimalField(
                label=_("Heures prestées, semaine du %(date)s") % words,
                required=False,
                min_value=0,
                max_value=HOURS_IN_A_WEEK,
                max_digits=4,
                decimal_places=2,
                initial=week.hours,
            )
            self.fields[f"seen-{key}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=_told(week), max_length=20
            )

    def lines(self) -> list[tuple[WeekLine, BoundField, BoundField, BoundField]]:
        """Each week with its fields."""
        keys = [(line, line.week.monday.isoformat()) for line in self.weeks]
        return [(line, self[f"days-{key}"], self[f"hours-{key}"], self[f"seen-{key}"]) for line, key in keys]

    def typed(self) -> dict[date, Week]:
        """The weeks as they are typed."""
        data = self.cleaned_data
        mondays = [line.week.monday for line in self.weeks]
        return {day: Week(day, data[f"days-{day.isoformat()}"], data[f"hours-{day.isoformat()}"]) for day in mondays}

    def seen(self) -> dict[date, Week]:
        """The weeks as they stood when the grid was opened; one that tells nothing of it stood empty."""
        data = self.cleaned_data
        mondays = [line.week.monday for line in self.weeks]
        return {day: _read(day, data.get(f"seen-{day.isoformat()}", "")) for day in mondays}

    def tell_written_meanwhile(self, weeks: Mapping[date, Week]) -> None:
        """Say beside each week what somebody else wrote of it; saved again, the grid replaces it knowingly."""
        data: Any = self.data
        data = self.data = data.copy()
        for monday, week in weeks.items():
            key = monday.isoformat()
            words = _now("Enregistré entre-temps par quelqu’un d’autre : %(week)s.") % {"week": week_words(week)}
            self.add_error(f"days-{key}", ValidationError(words, code="weeks_meanwhile"))
            data[self.add_prefix(f"seen-{key}")] = _told(week)


def _told(week: Week) -> str:
    """A week as a hidden field carries it: « 5|38 », "" when nothing is stated."""
    if week.state is WeekState.UNKNOWN:
        return ""
    return "|".join("" if number is None else f"{number.normalize():f}" for number in (week.days, week.hours))


def _read(monday: date, told: str) -> Week:
    """The week that a hidden field tells; what cannot be read tells nothing."""
    days, _sep, hours = told.partition("|")
    try:
        return Week(monday, Decimal(days) if days else None, Decimal(hours) if hours else None)
    except ArithmeticError:
        return Week(monday)

"""Form fields that read what people really type in French: dates, times, durations, decimal numbers.

All of them render plain text inputs: nothing is lost when a value is not understood, the error says how to write it,
and the page works without JavaScript. Where JavaScript runs, ``static/ancrage/js/dates.js`` adds a calendar button
beside dates.
"""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.dates import fault_words
from foundation.formatting import duration_words, parse_minutes
from foundation.rules.dates import DEFAULT, WITHOUT_END, DateBounds, DateFault
from foundation.rules.text import search_key

_DAY_FIRST = re.compile(r"^(\d{1,2})\s*[./\-\s]\s*(\d{1,2})\s*[./\-\s]\s*(\d{4}|\d{2})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
# In the three languages, whoever types: no word of one means another day in another.
_RELATIVE = {
    **{"aujourd hui": 0, "auj": 0, "hier": -1, "avant hier": -2, "demain": 1, "apres demain": 2},
    **{"vandaag": 0, "gisteren": -1, "eergisteren": -2, "morgen": 1, "overmorgen": 2},
    **{"heute": 0, "gestern": -1, "vorgestern": -2, "ubermorgen": 2, "uebermorgen": 2},
}
_TIME = re.compile(r"^(\d{1,2})\s*(?:(?:[hu:.]|uur|uhr)\s*(\d{2})?)?(?:\s*uhr)?$")


class FrenchDateInput(forms.DateInput):
    """A text input for a date, with the numeric keyboard on a phone.

    ``shortcuts`` are offsets in days from today offered as buttons where JavaScript runs, e.g. ``{"Dans 1 semaine":
    7}``.
    """

    def __init__(self, attrs: Mapping[str, Any] | None = None, shortcuts: Mapping[Any, int] | None = None) -> None:
        base = {"inputmode": "numeric", "autocomplete": "off", "data-date-field": ""}
        super().__init__(attrs={**base, **(attrs or {})}, format="%d/%m/%Y")
        self.shortcuts = dict(shortcuts or {})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if self.shortcuts:
            today = clock.today()
            pairs = (f"{label}={today + timedelta(days=days):%d/%m/%Y}" for label, days in self.shortcuts.items())
            context["widget"]["attrs"]["data-shortcuts"] = ";".join(pairs)
        return context


class FrenchDateField(forms.DateField):
    """A date typed by hand: 27/03/2026, 27.3.26, 27-03-2026, 2026-03-27, « aujourd'hui », « hier », « demain ».

    A year of two digits is the one nearest to today, whatever is refused afterwards; a birth is in the past, so that
    « 58 » is 1958 there. Day and year are held to ``bounds``, as the services and the rows hold them.

    Args:
        not_future: refuse a date after today.
        not_past: refuse a date before today.
        bounds: which days can be meant.
        may_be_open: 31/12/9999 is no date: there is no end.
        shortcuts: see :class:`FrenchDateInput`.
    """

    widget = FrenchDateInput
    default_error_messages = {
        "required": _("Écrivez la date, par exemple 27/03/2026."),
        "invalid": _("Écrivez la date sous la forme jour/mois/année, par exemple 27/03/2026."),
        "impossible": _("La date %(typed)s n’existe pas dans le calendrier."),
        "future": _("La date ne peut pas être dans le futur."),
        "past": _("La date ne peut pas être dans le passé."),
    }

    def __init__(
        self,
        *,
        not_future: bool = False,
        not_past: bool = False,
        shortcuts: Mapping[Any, int] | None = None,
        bounds: DateBounds = DEFAULT,
        may_be_open: bool = False,
        **kwargs: Any,
    ) -> None:
        if shortcuts and "widget" not in kwargs:
            kwargs["widget"] = FrenchDateInput(shortcuts=shortcuts)
        super().__init__(**kwargs)
        self.not_future = not_future
        self.not_past = not_past
        self.bounds = bounds
        self.may_be_open = may_be_open

    def to_python(self, value: Any) -> date | None:
        day = self._read(value)
        return None if self.may_be_open and day == WITHOUT_END else day

    def _read(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return super().to_python(value)
        typed = str(value).strip()
        if not typed:
            return None
        if (offset := _RELATIVE.get(search_key(typed))) is not None:
            return clock.today() + timedelta(days=offset)
        if match := _ISO.match(typed):
            year, month, day = (int(part) for part in match.groups())
        elif match := _DAY_FIRST.match(typed):
            day, month, year = (int(part) for part in match.groups())
            if len(match.group(3)) == 2:
                year = self.bounds.year_meant(year, clock.today())
        else:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return self._build(year, month, day, typed)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        on = clock.today()
        fault = self.bounds.fault_of(value, on)
        # « In the future » says more than the bounds do.
        if fault is not None and not (fault is DateFault.TOO_LATE and self.not_future):
            raise ValidationError(fault_words(fault, self.bounds), code="out_of_bounds")
        if self.not_future and value > on:
            raise ValidationError(self.error_messages["future"], code="future")
        if self.not_past and value < on:
            raise ValidationError(self.error_messages["past"], code="past")

    def _build(self, year: int, month: int, day: int, typed: str) -> date:
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(
                self.error_messages["impossible"], code="impossible", params={"typed": typed}
            ) from None


class FrenchTimeInput(forms.TimeInput):
    """A text input for a time of day, shown as 14:30."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs={"autocomplete": "off", **(attrs or {})}, format="%H:%M")


class FrenchTimeField(forms.TimeField):
    """A time of day typed as 14:30, 14h30, 14 h, 14 or 1430."""

    widget = FrenchTimeInput
    default_error_messages = {
        "required": _("Écrivez l’heure, par exemple 14:30."),
        "invalid": _("Écrivez l’heure sous la forme 14:30 ou 14h30."),
    }

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        typed = str(value).strip().lower()
        if re.fullmatch(r"\d{4}", typed):
            typed = f"{typed[:2]}:{typed[2:]}"
        match = _TIME.match(typed)
        if match:
            try:
                return time(int(match.group(1)), int(match.group(2) or 0))
            except ValueError:
                pass
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class MinutesInput(forms.TextInput):
    """A text input for a duration; the value in minutes is shown as « 45 » or « 1 h 30 »."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs={"autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, int):
            return str(value) if value < 60 else duration_words(value)
        return super().format_value(value)


class MinutesField(forms.Field):
    """A duration in whole minutes, typed as « 45 », « 45 min », « 1h », « 1h30 », « 1:30 » or « 1,5 h ».

    Args:
        min_minutes: the smallest accepted duration.
        max_minutes: the largest; a day by default, since one contact does not last longer.
    """

    widget = MinutesInput
    default_error_messages = {
        "required": _("Écrivez la durée, par exemple 45 ou 1h30."),
        "invalid": _("Écrivez la durée en minutes (45) ou en heures (1h30)."),
        "min_value": _("La durée doit être d’au moins %(limit)s."),
        "max_value": _("La durée ne peut pas dépasser %(limit)s."),
    }

    def __init__(self, *, min_minutes: int = 1, max_minutes: int = 24 * 60, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.min_minutes = min_minutes
        self.max_minutes = max_minutes

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        typed = str(value).strip()
        if not typed:
            return None
        minutes = parse_minutes(typed)
        if minutes is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return minutes

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is None:
            return
        for broken, code, limit in (
            (value < self.min_minutes, "min_value", self.min_minutes),
            (value > self.max_minutes, "max_value", self.max_minutes),
        ):
            if broken:
                raise ValidationError(self.error_messages[code], code=code, params={"limit": duration_words(limit)})

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class DecimalInput(forms.TextInput):
    """A text input for a decimal number, shown with a comma."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs={"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal | float | int):
            return str(value).replace(".", ",")
        return super().format_value(value)


class FrenchDecimalField(forms.DecimalField):
    """A decimal number typed with a comma or a point, spaces allowed between thousands."""

    widget = DecimalInput
    default_error_messages = {"invalid": _("Écrivez un nombre, par exemple 0,8 ou 12,50.")}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        if isinstance(value, str):
            value = re.sub(r"[\s\u00a0\u202f€]", "", value).replace(",", ".")
            if not value:
                return None
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if not number.is_finite():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number

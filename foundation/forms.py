"""Bases of every form, so that all of them speak, look and fail alike.

Rendering is by our own small templates (``templates/forms/``) through ``{% render_form %}`` and ``{% form_fields %}``,
not by crispy-forms: Django's bound fields already carry the ARIA wiring, and what we need besides (error summary that
takes the focus, optional fields marked instead of compulsory ones, no browser bubbles, side-by-side fields) would
override most of crispy's templates. crispy stays installed for libraries that ask for it.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.boundfield import BoundField
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from foundation.fields import (
    FrenchDateField,
    FrenchDateInput,
    FrenchDecimalField,
    FrenchTimeField,
    FrenchTimeInput,
    MinutesField,
    MinutesInput,
)

__all__ = [
    "AncrageForm",
    "AncrageModelForm",
    "FieldGroup",
    "FilterForm",
    "FrenchDateField",
    "FrenchDateInput",
    "FrenchDecimalField",
    "FrenchTimeField",
    "FrenchTimeInput",
    "MinutesField",
    "MinutesInput",
    "SubmissionIdMixin",
]

_CHECKS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)
_DJANGO_REQUIRED = forms.Field.default_error_messages["required"]


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """A set of fields under one heading. A row is a field's name, or a tuple of names set side by side."""

    legend: str | Promise
    rows: Sequence[str | tuple[str, ...]]
    help_text: str | Promise = ""


@dataclass(frozen=True, slots=True)
class BoundGroup:
    """A :class:`FieldGroup` whose rows hold the bound fields, ready for the template."""

    legend: str | Promise
    rows: list[list[BoundField]]
    help_text: str | Promise = ""


class AncrageBoundField(BoundField):
    """A bound field that knows its CSS class, whether to say « (facultatif) », and where the error summary leads."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return attrs
        if isinstance(widget, _CHECKS):
            wanted = "form-check-input"
        elif isinstance(widget, forms.Select):
            wanted = "form-select"
        else:
            wanted = "form-control"
        classes = [wanted, widget.attrs.get("class", ""), "is-invalid" if self.errors else ""]
        attrs["class"] = " ".join(c for c in classes if c)
        return attrs

    @property
    def kind(self) -> str:
        """Which layout the field's template uses: ``check``, ``group`` (radios, several boxes) or ``plain``."""
        if isinstance(self.field.widget, forms.CheckboxInput):
            return "check"
        return "group" if self.use_fieldset else "plain"

    @property
    def is_optional(self) -> bool:
        """Whether the label says « (facultatif) ». A single box is a yes or a no and is never marked."""
        return bool(getattr(self.form, "mark_optional", True)) and not self.field.required and self.kind != "check"

    @property
    def group_describedby(self) -> str:
        """The ``aria-describedby`` of the fieldset of a group of options: help first, then errors."""
        ids = [f"{self.auto_id}_helptext"] if self.help_text else []
        if self.errors:
            ids.append(f"{self.auto_id}_error")
        return " ".join(ids)

    @property
    def focus_id(self) -> str:
        """The id of the control that takes the focus when the error summary is followed."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label


class FormBehaviour(forms.BaseForm):
    """What :class:`AncrageForm` and :class:`AncrageModelForm` share."""

    bound_field_class = AncrageBoundField
    use_required_attribute = False
    mark_optional: ClassVar[bool] = True
    groups: ClassVar[Sequence[FieldGroup]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.error_messages.get("required") == _DJANGO_REQUIRED:
                field.error_messages["required"] = self._required_message(name, field)

    @staticmethod
    def _required_message(name: str, field: forms.Field) -> str:
        label = field.label or name.replace("_", " ").capitalize()
        if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
            return _("Choisissez une réponse à « %(label)s ».") % {"label": label}
        if isinstance(field, forms.FileField):
            return _("Choisissez un fichier pour « %(label)s ».") % {"label": label}
        if isinstance(field, forms.BooleanField):
            return _("Cochez « %(label)s » pour continuer.") % {"label": label}
        return _("Remplissez « %(label)s ».") % {"label": label}

    def add_domain_error(self, error: DomainError) -> None:
        """Show a refusal of the domain in the form: beside its field when the form has it, at the top otherwise."""
        text = f"{error.message} {error.hint}".strip()
        field = error.field if error.field in self.fields else None
        if field is not None and self.fields[field].widget.is_hidden:
            field = None
        self.add_error(field, ValidationError(text, code=error.code))

    def grouped_fields(self) -> Iterator[BoundGroup]:
        """Yield the visible fields by group; those that no group names come last, under no heading."""
        named: set[str] = set()
        for group in self.groups:
            rows: list[list[BoundField]] = []
            for row in group.rows:
                names = (row,) if isinstance(row, str) else row
                named.update(names)
                # A form may drop a field that a role cannot fill: the group shows what is left.
                bound = [self[name] for name in names if name in self.fields and not self[name].is_hidden]
                if bound:
                    rows.append(bound)
            if rows:
                yield BoundGroup(group.legend, rows, group.help_text)
        rest = [[field] for field in self.visible_fields() if field.name not in named]
        if rest:
            yield BoundGroup("", rest)

    def summary_errors(self) -> list[tuple[str, str]]:
        """Return (id of the control or "", message) for each error, the whole form first, then the fields."""
        found: list[tuple[str, str]] = [("", str(message)) for message in self.non_field_errors()]
        for name in self.fields:
            if name == NON_FIELD_ERRORS or name not in self.errors:
                continue
            bound = self[name]
            target = "" if bound.is_hidden else getattr(bound, "focus_id", bound.id_for_label)
            found.extend((target, str(message)) for message in self.errors[name])
        return found


class AncrageForm(FormBehaviour, forms.Form):
    """A form that is not tied to one row. See :class:`FormBehaviour`."""


class FilterForm(AncrageForm):
    """A form sent by GET to narrow a list: every field is optional, none is marked.

    A filter that is not understood is ignored by the list and told beside its field.
    """

    mark_optional = False


def _french(field: forms.Field) -> forms.Field:
    """Replace the date, time and decimal fields that Django builds from a model by those that read French."""
    common = {
        "required": field.required,
        "label": field.label,
        "initial": field.initial,
        "help_text": field.help_text,
        "disabled": field.disabled,
    }
    if type(field) is forms.DateField:
        return FrenchDateField(**common)
    if type(field) is forms.TimeField:
        return FrenchTimeField(**common)
    if type(field) is forms.DecimalField:
        return FrenchDecimalField(
            **common,
            max_value=cast("Decimal | None", field.max_value),
            min_value=cast("Decimal | None", field.min_value),
            max_digits=field.max_digits,
            decimal_places=field.decimal_places,
        )
    return field


class AncrageModelForm(FormBehaviour, forms.ModelForm):
    """A form built from a model. It validates; a service writes: ``save()`` is refused so that no write escapes the
    audit.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in list(self.fields.items()):
            self.fields[name] = french = _french(field)
            if french is not field:
                for key in ("required", "invalid"):
                    french.error_messages.setdefault(key, field.error_messages.get(key, ""))

    def save(self, commit: bool = True) -> Any:
        """Refuse: only services write.

        Raises:
            TypeError: always.
        """
        raise TypeError("services write, forms do not: pass cleaned_data to a service")


class SubmissionIdMixin(metaclass=DeclarativeFieldsMetaclass):
    """Adds the hidden ``submission_id``: the same id twice is the same act, sent twice by a tired finger or a slow
    network.

    The service keeps the id with what it writes (unique), and answers the second call with the first result.
    """

    submission_id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def clean_submission_id(self) -> uuid.UUID:
        """Return the id sent, or a new one for a client that sent none."""
        sent: uuid.UUID | None = self.cleaned_data.get("submission_id")  # type: ignore[attr-defined]
        return sent or uuid.uuid4()

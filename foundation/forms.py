"""Bases of every form, so that all of them speak, look and fail alike.

They are laid out and rendered by crispy-forms with a template pack of ours (:mod:`foundation.layouts`). Django's bound
fields carry the ARIA wiring; what stands here is what neither of them says: messages that name their field, optional
fields marked instead of compulsory ones, errors listed for the summary that takes the focus, refusals of the domain.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField
from django.forms.forms import DeclarativeFieldsMetaclass
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foundation.asking import Question, Unconfirmed
from foundation.choosing import only_searches
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
from foundation.formatting import NBSP, number_words
from foundation.kept_files import TICKET, KeptFile
from foundation.layouts import Layout, SheetHelper

__all__ = [
    "AncrageForm",
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


# What the boxes of all questions are called when the form is sent.
ANSWERS = "asked_once"


@dataclass(frozen=True, slots=True)
class AnswerBox:
    """The box under a question: ticked, it says yes."""

    id: str
    code: str
    label: str
    ticked: bool


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
    def boxes(self) -> list[AnswerBox]:
        """What is asked about the value."""
        return self.form.boxes(self.name) if isinstance(self.form, FormBehaviour) else []

    @property
    def kept_file(self) -> KeptFile | None:
        """The file that was chosen before something else was refused."""
        return self.form.kept_files.get(self.html_name) if isinstance(self.form, FormBehaviour) else None

    @property
    def ticket_name(self) -> str:
        """What the page calls the ticket of that file."""
        return TICKET.format(self.html_name)

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
    """What :class:`AncrageForm` and the forms of libraries that we take over share."""

    bound_field_class = AncrageBoundField
    use_required_attribute = False
    mark_optional: ClassVar[bool] = True
    # What crispy-forms follows; without any, the fields in order.
    layout: Layout | None = None
    # What the form itself says of its sheet: the words of its button, its method… (arguments of `SheetHelper`).
    sheet: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.questions: list[tuple[str | None, Question]] = []
        self.kept_files: dict[str, KeptFile] = {}
        for name, field in self.fields.items():
            _tell_instead_of_cutting(field)
            if field.error_messages.get("required") == _DJANGO_REQUIRED:
                field.error_messages["required"] = self._required_message(name, field)

    @cached_property
    def helper(self) -> SheetHelper:
        """How crispy-forms shows the whole form; a page that knows more tells it."""
        return SheetHelper(self, **self.sheet)

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

    @cached_property
    def said_yes_to(self) -> frozenset[str]:
        """The codes of the questions to which whoever sent the form answered yes."""
        if not isinstance(self.data, QueryDict):
            return frozenset(self.data.get(ANSWERS, ()))
        return frozenset(self.data.getlist(ANSWERS))

    def is_valid(self) -> bool:
        """Whether the act may be tried; never when the form was sent to look for something to choose."""
        return not self.only_searches and super().is_valid()

    @property
    def only_searches(self) -> bool:
        """Whether « Chercher » was pressed: what is typed is kept and not judged."""
        return self.is_bound and only_searches(self)

    def full_clean(self) -> None:
        """Judge what was typed, unless it is still being written."""
        if self.only_searches:
            self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
            return
        super().full_clean()

    def add_domain_error(self, error: DomainError) -> None:
        """Show a refusal of the domain in the form: beside its field when the form has it, at the top otherwise.

        What else is wrong with the same act is shown with it.
        """
        for one in error.also:
            self.add_domain_error(one)
        if isinstance(error, Unconfirmed):
            self._add_questions(error)
            return
        text = f"{error.message} {error.hint}".strip()
        self.add_error(self._shown_field(error.field), ValidationError(text, code=error.code))

    def _add_questions(self, asked: Unconfirmed) -> None:
        """Show what is asked, each beside its field with its box; what was answered already stays ticked."""
        for question in asked.questions:
            self.questions.append((self._shown_field(question.field), question))
        for question in asked.waiting:
            self.add_error(self._shown_field(question.field), ValidationError(question.sentence, code=question.code))

    def _shown_field(self, name: str | None) -> str | None:
        """The name when somebody sees that field in this form."""
        shown = name is not None and name in self.fields and not self.fields[name].widget.is_hidden
        return name if shown else None

    def boxes(self, field: str | None = None) -> list[AnswerBox]:
        """The boxes of the questions about a field, or about the whole form."""
        return [
            AnswerBox(f"id_{ANSWERS}_{number}", question.code, question.answer, question.code in self.said_yes_to)
            for number, (about, question) in enumerate(self.questions)
            if about == field
        ]

    @property
    def carried_answers(self) -> list[str]:
        """The codes answered before, whose question the page does not show again because something else is wrong."""
        shown = {question.code for _about, question in self.questions}
        return sorted(self.said_yes_to - shown)

    def summary_errors(self) -> list[tuple[str, str]]:
        """Return (id of the control or "", message) for each error, the whole form first, then the fields."""
        found: list[tuple[str, str]] = [("", str(message)) for message in self.non_field_errors()]
        for name in self.fields:
            if name == NON_FIELD_ERRORS or name not in self.errors:
                continue
            bound = self[name]
            target = "" if bound.is_hidden else getattr(bound, "focus_id", bound.id_for_label)
            found.extend((target, _naming(bound.label, str(message))) for message in self.errors[name])
        return found


def _tell_instead_of_cutting(field: forms.Field) -> None:
    """A browser cuts what is pasted at ``maxlength`` without a word: the page counts, the answer says how many."""
    most = field.widget.attrs.pop("maxlength", None)
    if isinstance(field, forms.CharField) and most is not None:
        field.widget.attrs["data-most"] = most
    field.validators = [
        NotTooLong(one.limit_value) if type(one) is MaxLengthValidator else one for one in field.validators
    ]


def _naming(label: Any, message: str) -> str:
    """A line of the summary, which stands far from its field: with the name of the field when it says none."""
    name = str(label or "").strip()
    return message if not name or name.lower() in message.lower() else f"{name}{NBSP}: {message}"


class NotTooLong(MaxLengthValidator):
    """Says by how much a text is too long; nothing of it is cut."""

    def __call__(self, value: Any) -> None:
        limit = self.limit_value() if callable(self.limit_value) else self.limit_value
        over = len(value) - limit
        if over > 0:
            words = ngettext(
                "%(over)s signe de trop : %(most)s au plus. Rien n’est coupé, raccourcissez.",
                "%(over)s signes de trop : %(most)s au plus. Rien n’est coupé, raccourcissez.",
                over,
            ) % {"over": number_words(over), "most": number_words(limit)}
            raise ValidationError(words, code="max_length")


class AncrageForm(FormBehaviour, forms.Form):
    """A form that is not tied to one row. See :class:`FormBehaviour`."""


class FilterForm(AncrageForm):
    """A form sent by GET to narrow a list: every field is optional, none is marked.

    A filter that is not understood is ignored by the list and told beside its field.
    """

    mark_optional = False
    # What is looked for narrows nothing yet, and the rest of the list stays narrowed meanwhile.
    only_searches = False


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

"""How forms are laid out: crispy-forms' helper and layout objects, as the template pack ``ancrage`` shows them.

The pack stands in ``templates/ancrage/`` and is reached by crispy's own names: ``{% crispy form %}`` for a whole form,
``{{ form|crispy }}`` for its fields inside a ``<form>`` of the page, ``{{ form.held_on|as_crispy_field }}`` for one
field, ``{{ form|as_crispy_errors }}`` for the summary of errors.
"""

from typing import Any

from crispy_forms import layout as crispy
from crispy_forms.helper import FormHelper
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.shortcuts import resolve_url
from django.template import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

SAVE = _("Enregistrer")


class WhatIsLeft(crispy.LayoutObject):
    """Shows the fields that the form still has: a form may drop or hide a field that a role cannot fill."""

    fields: list[Any]

    def get_rendered_fields(
        self, form: Any, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> Any:
        left = crispy.Layout(*(one for one in self.fields if not isinstance(one, str) or is_shown(form, one)))
        return crispy.LayoutObject.get_rendered_fields(left, form, context, template_pack, **kwargs)


def is_shown(form: forms.BaseForm, name: str) -> bool:
    """Whether the form has a field of this name that somebody sees."""
    return name in form.fields and not form[name].is_hidden


class Layout(WhatIsLeft, crispy.Layout):
    """The fields of a form in order, by :class:`Section` and :class:`Row`. Hidden fields come first, once.

    Fields that no layout names come last: the helper sees to it.
    """

    def render(self, form: Any, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        hidden = form.hidden_fields()
        form.rendered_fields.update(field.name for field in hidden)
        shown = super().render(form, context, template_pack=template_pack, **kwargs)
        return mark_safe("".join(str(field) for field in hidden) + shown)  # noqa: S308 - both are rendered templates


class Row(WhatIsLeft, crispy.Row):
    """Fields side by side; one that is left alone takes the whole line."""

    def render(self, form: Any, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        shown = [name for name in self.fields if is_shown(form, name)]
        if len(shown) > 1:
            rendered: SafeString = super().render(form, context, template_pack=template_pack, **kwargs)
            return rendered
        alone: SafeString = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return alone


class Section(WhatIsLeft, crispy.Fieldset):
    """Rows under one heading, with perhaps a sentence of help; nothing when none of its fields is left."""

    template = "%s/layout/section.html"

    def __init__(self, legend: str | Promise, *fields: Any, help_text: str | Promise = "") -> None:
        super().__init__(legend, *fields)
        self.help_text = help_text

    def render(self, form: Any, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        # Not crispy's own: it would read the heading as the source of a template.
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        if not fields.strip():
            return SafeString()
        told = {"section": self, "fields": fields, "open": self.is_open(form)}
        return render_to_string(self.get_template_name(template_pack), told)

    def is_open(self, form: Any) -> bool:
        """Whether its fields are seen at once."""
        return True


class Folded(Section):
    """A section that few people need: folded until somebody opens it, something is in it or it is refused."""

    template = "%s/layout/folded.html"

    def is_open(self, form: Any) -> bool:
        names = [pointer.name for pointer in self.get_field_names()]
        return any(form[name].value() or form[name].errors for name in names if is_shown(form, name))


class SheetHelper(FormHelper):
    """A form as a sheet of its own: token, summary of errors, fields, then the button of the act and the way out.

    Args:
        form: the form; its ``layout`` is followed, or its fields in order.
        submit: the words of the button.
        method: ``post`` or ``get``.
        action: name of an address, or an address; the page itself when empty.
        cancel: likewise, where « Annuler » leads; no link when empty.
        danger: whether the act is hard to undo.
    """

    render_unmentioned_fields = True
    include_media = False
    form_class = "form-sheet"

    def __init__(
        self,
        form: Any,
        *,
        submit: str | Promise = SAVE,
        method: str = "post",
        action: str = "",
        cancel: str = "",
        danger: bool = False,
    ) -> None:
        super().__init__(form)
        self.form_method = method
        self.form_action = action
        self.tell(submit=submit, cancel=cancel, danger=danger)

    def tell(self, *, submit: str | Promise, cancel: str = "", next_url: str = "", danger: bool = False) -> None:
        """Set what only the page knows: its words, its way out, where to go after the act."""
        self.submit = submit
        self.cancel_url = resolve_url(cancel) if cancel else ""
        self.next_url = next_url
        self.danger = danger

    def build_default_layout(self, form: Any) -> Layout:
        """The form's own layout, or its fields in order."""
        return form.layout or Layout(*form.fields)

    @property
    def inside(self) -> FormHelper:
        """The fields alone, for a ``<form>`` that the page writes itself."""
        helper = SheetHelper(self.form)
        helper.form_tag = False
        return helper

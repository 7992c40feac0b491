"""Fields of forms about firms and contracts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from employers.rules.joint_committees import JOINT_COMMITTEES, committee_number, committee_words


class CommitteeInput(forms.TextInput):
    """A number, or words of a name: the browser offers those of the list that hold what is typed."""

    def format_value(self, value: Any) -> str | None:
        return committee_words(str(value)) if value in JOINT_COMMITTEES else super().format_value(value)

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The field and the list that it offers."""
        key = f"{(attrs or {}).get('id', name)}-liste"
        field = super().render(name, value, {**(attrs or {}), "list": key, "autocomplete": "off"}, renderer)
        offered = format_html_join("", '<option value="{}">', ((committee_words(one),) for one in JOINT_COMMITTEES))
        return format_html('{}<datalist id="{}">{}</datalist>', field, key, offered)


class CommitteeField(forms.CharField):
    """The joint committee: its number, or a name of which there is but one."""

    widget = CommitteeInput
    default_error_messages = {
        "committee": _("Écrivez le numéro de la commission paritaire, par exemple 322.01, ou choisissez son nom."),
    }

    def __init__(self, **kwargs: Any) -> None:
        texts = {
            "label": _("Commission paritaire"),
            "help_text": _("Numéro (121, 322.01) ou nom (nettoyage, titres-services). Il est sur la fiche de paie."),
        }
        super().__init__(**{"required": False, "max_length": 100} | texts | kwargs)

    def clean(self, value: Any) -> str:
        """The number alone; "" when nothing is typed."""
        typed = super().clean(value)
        try:
            return committee_number(typed)
        except ValueError as error:
            raise ValidationError(self.error_messages["committee"], code="committee") from error

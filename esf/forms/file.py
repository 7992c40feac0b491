"""Forms of the participant file's columns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from esf.file.sources import Source, grouped_choices
from esf.services.file import MOST_COLUMNS, ColumnStatement
from foundation.forms import AncrageForm, FrenchDateField
from foundation.layouts import Layout, Row, Section

CODE_LENGTH = 60


class LayoutForm(AncrageForm):
    """A new form of the file: from when, and according to what."""

    valid_from = FrenchDateField(
        label=_("En vigueur depuis le"),
        help_text=_("Il sert aux fichiers dont la période se termine ce jour-là ou plus tard."),
    )
    source = forms.CharField(
        label=_("D’après"),
        max_length=200,
        required=False,
        help_text=_("Par exemple « fichier stagiaires 2025 de l’Agence FSE »."),
    )

    layout = Layout("valid_from", "source")


class ColumnForm(AncrageForm):
    """What every column states."""

    header = forms.CharField(label=_("En-tête"), max_length=120, help_text=_("Exactement comme l’autorité l’écrit."))
    position = forms.IntegerField(
        label=_("Place"),
        min_value=1,
        max_value=MOST_COLUMNS,
        required=False,
        help_text=_("1 est la première colonne. Vide : la dernière."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Écrivez un nombre, par exemple 3."),
            "min_value": _("La première place est 1."),
            "max_value": _("Un fichier a au plus 100 colonnes."),
        },
    )


class ColumnAddForm(ColumnForm):
    """A column to add; its codes come once the datum is known."""

    source = forms.ChoiceField(label=_("Donnée"), choices=[("", _("Choisissez…")), *grouped_choices()])

    layout = Layout("source", "header", "position")

    def statement(self) -> ColumnStatement:
        """What the service receives."""
        return ColumnStatement(header=self.cleaned_data["header"], position=self.cleaned_data["position"])


class ColumnEditForm(ColumnForm):
    """A column with one field per value that a code may replace."""

    mark_optional = False

    def __init__(self, *args: Any, column_source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.column_source = column_source
        self.code_fields = tuple(
            (f"code_{number}", value) for number, (value, _label) in enumerate(column_source.values)
        )
        for name, value in self.code_fields:
            self.fields[name] = forms.CharField(
                label=column_source.words_of(value),
                max_length=CODE_LENGTH,
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        codes = tuple(name for name, _value in self.code_fields)
        help_text = _("Sans code, la valeur s’écrit en toutes lettres.")
        self.layout = Layout(
            Row("header", "position"), Section(_("Codes écrits à la place des valeurs"), *codes, help_text=help_text)
        )

    def statement(self) -> ColumnStatement:
        """What the service receives."""
        data = self.cleaned_data
        codes = {value: data[name] for name, value in self.code_fields}
        return ColumnStatement(header=data["header"], position=data["position"], codes=codes)

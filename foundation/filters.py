"""Lists that the address narrows: django-filter's sets of filters, each of which can be taken away again."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from foundation.choosing import ChoosingField
from foundation.components import FilterTag
from foundation.formatting import date_words
from foundation.forms import FilterForm
from foundation.keyset import PAGE_PARAMETERS
from foundation.rules.text import search_key


class BoxFilter(django_filters.Filter):
    """A box that narrows to the rows of value ``ticked`` when it is ticked, and asks nothing when it is not."""

    field_class = forms.BooleanField

    def __init__(self, *args: Any, ticked: Any = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ticked = ticked

    def filter(self, qs: QuerySet[Any], value: bool) -> QuerySet[Any]:
        return super().filter(qs, self.ticked) if value else qs


class WordsFilter(django_filters.CharFilter):
    """Words that a stored key (:func:`foundation.rules.text.search_key`) must all hold, in any order."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__holds": search_key(value or "")})


class ChoosingFilter(django_filters.Filter):
    """One row of a source, chosen by typing; what the set of filters is asked by may choose it."""

    field_class = ChoosingField

    def __init__(self, source: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, source=source, **{"nobody": _("toutes"), **kwargs})


class ListFilter(django_filters.FilterSet):
    """The filters of one list. What is not understood does not narrow it, and is told beside its field.

    Give the parameters of the address as they are, even empty: a set may have filters that hold by default.
    """

    class Meta:
        form: ClassVar[type[FilterForm]] = FilterForm

    @cached_property
    def form(self) -> FilterForm:
        """The form of the filters; where one chooses by typing, among what whoever asks may see."""
        form: FilterForm = super().form
        for field in form.fields.values():
            if isinstance(field, ChoosingField):
                field.offer(self.request.user)
        return form

    def tags(self) -> list[FilterTag]:
        """Return one tag per chosen value, each with the address of the list without it, from page 1.

        A box that is ticked shows its label alone; a field with several values gives one tag per value.
        """
        return [tag for name in self.filters if name not in self.form.errors for tag in self.tags_of(name)]

    def tags_of(self, name: str) -> list[FilterTag]:
        """The tags of one filter that was understood."""
        bound, value = self.form[name], self.form.cleaned_data[name]
        if value in (None, "", [], (), False) or (isinstance(value, QuerySet) and not value):
            return []
        several: Iterable[Any] = value if isinstance(value, list | tuple | set | QuerySet) else [value]
        is_box = isinstance(bound.field, forms.BooleanField)
        return [
            FilterTag(bound.label, "" if is_box else _value_words(bound, one), self._address_without(name, one))
            for one in several
        ]

    @property
    def clear_url(self) -> str:
        """The list without any filter."""
        return str(self.request.path)

    def address(self, **changed: str | list[str]) -> str:
        """The address of the list, from page 1, with other values in some parameters."""
        query = self.request.GET.copy()
        for name in PAGE_PARAMETERS:
            query.pop(name, None)
        for name, value in changed.items():
            query.setlist(name, [value] if isinstance(value, str) else value)
        rest = query.urlencode()
        return f"{self.request.path}?{rest}" if rest else str(self.request.path)

    def _address_without(self, name: str, value: Any) -> str:
        """The address without one value of a filter; the other values of that filter stay."""
        sent = str(value.pk) if isinstance(value, Model) else str(value)
        typed = self.request.GET.getlist(name)
        return self.address(**{name: [one for one in typed if one != sent] if len(typed) > 1 else []})


def _value_words(bound: forms.BoundField, value: Any) -> str:
    """What a chosen value is called in its own list of choices, else as it is written."""
    if isinstance(value, Model):
        return str(value)
    wanted = str(value)
    for key, label in getattr(bound.field, "choices", ()):
        for inner_key, inner_label in label if isinstance(label, list | tuple) else ((key, label),):
            if str(inner_key) == wanted:
                return str(inner_label)
    return date_words(value) if isinstance(value, date) else wanted

"""No form and no set of filters sends a list of all there is: what grows is chosen by typing."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import django_filters
import pytest
from django import forms

from foundation.choosing import ChoosingField
from foundation.forms import FormBehaviour
from tests.rooms import ROOMS

pytestmark = pytest.mark.once

# What may be drawn whole, by form and field, and why it stays short.
SHORT = {
    "site": "the places of one organisation: a handful, opened by an administrator",
    "project": "the subsidised projects of one organisation, opened by an administrator",
    "successor": "the running projects of one organisation",
    "contact": "the people of one firm, or of it and the one where an agency's work is done",
    "met": "the people of one firm",
    "objectives": "the active goals of one case",
    "follows": "the versions of one hiring aid of the law",
    "aid": "the hiring aids of the law on the days of one contract",
    "cases": "the people that a search found, at most so many (followup/selectors/sessions.py)",
    "ScopeForm.coach": "whoever carries cases in one organisation, read by those who may open no address with names",
    "PrepareForm.coach": "as for ScopeForm",
    # A closed list of words, or one of the things of one case, drawn of values and not of rows.
    "CaseFilter.coach": "whoever carries cases in one organisation, beside « toute l’équipe »",
    "WhatIfForm.employeur": "the firms where one person worked",
    "CompanyFilter.town": "the towns where firms are known: one of several hundred communes at most",
}


def every(kind: type) -> Iterator[type]:
    """The classes under one, each once."""
    for found in dict.fromkeys(kind.__subclasses__()):
        yield found
        yield from every(found)


def rooms_read() -> None:
    """Read every module of forms."""
    for room in ROOMS:
        package = import_module(room)
        for module in walk_packages(package.__path__, f"{room}."):
            if "forms" in module.name.split("."):
                import_module(module.name)


def drawn_whole() -> list[str]:
    """Fields that draw one option for each row of a table."""
    rooms_read()
    found = []
    for form in every(FormBehaviour):
        if form.__module__.startswith("tests."):
            continue
        for name, field in getattr(form, "base_fields", {}).items():
            found += [f"{form.__name__}.{name}"] if is_list_of_rows(field) else []
    for filters in every(django_filters.FilterSet):
        if filters.__module__.startswith("tests."):
            continue
        for name, one in filters.base_filters.items():
            found += [f"{filters.__name__}.{name}"] if isinstance(one, django_filters.ModelChoiceFilter) else []
    return found


def is_list_of_rows(field: Any) -> bool:
    """Whether a field would draw every row that it may take."""
    return isinstance(field, forms.ModelChoiceField) and not isinstance(field, ChoosingField)


def test_what_grows_is_chosen_by_typing():
    whole = drawn_whole()
    assert not [one for one in dict.fromkeys(whole) if one not in SHORT and one.split(".")[1] not in SHORT]


def test_the_walk_meets_the_forms_of_the_house():
    whole = set(drawn_whole())
    assert {"VisitForm.met", "BelongingForm.project", "ContactForm.objectives"} <= whole
    assert len(list(every(FormBehaviour))) > 60
    assert is_list_of_rows(forms.ModelChoiceField(queryset=None))

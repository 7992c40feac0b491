"""Nothing that is written can be forgotten: every model that reaches a case is declared, with what follows from it."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

from beneficiaries.case_facts import CaseFact, case_facts
from beneficiaries.models import CoachingCase
from followup.models import Deadline
from followup.services.status import prefetches


def models_that_reach_a_case() -> set[type[Model]]:
    """The case, what names it, and what names something that names it."""
    reach: set[type[Model]] = {CoachingCase}
    while True:
        more = {model for model in apps.get_models() if model not in reach and set(_named_by(model)) & reach}
        if not more:
            return reach
        reach |= more


def _named_by(model: type[Model]) -> Iterator[type[Model]]:
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            yield field.related_model


def declared() -> set[type[Model]]:
    return {fact.model for fact in case_facts}


def read_by_the_rebuild() -> set[type[Model]]:
    """Every model that the relations lead through from which dates and deadlines of a case are computed."""
    found: set[type[Model]] = {CoachingCase}
    for path in prefetches():
        model: type[Model] = CoachingCase
        for step in getattr(path, "prefetch_to", path).split("__"):
            model = model._meta.get_field(step).related_model
            found.add(model)
    return found


def test_every_model_that_reaches_a_case_is_declared() -> None:
    missing = sorted(model._meta.label for model in models_that_reach_a_case() - declared())
    assert not missing, f"Say in AppConfig.ready what follows from these rows (beneficiaries/case_facts.py): {missing}"


def test_only_models_that_reach_a_case_are_declared() -> None:
    assert declared() <= models_that_reach_a_case()


def test_what_the_rebuild_reads_is_never_exempt() -> None:
    exempt = {fact.model for fact in case_facts if fact.exempt}
    # The stored deadlines are read to be compared with the computed ones.
    assert read_by_the_rebuild() & exempt == {Deadline}


@pytest.mark.parametrize("fact", list(case_facts), ids=lambda fact: fact.model._meta.label)
def test_the_way_to_the_case_leads_there(fact: CaseFact) -> None:
    found: type[Model] = fact.model
    for step in filter(None, fact.path.split("__")):
        found = found._meta.get_field(step).related_model
    assert found is CoachingCase
    assert not fact.exempt or len(fact.exempt.split()) > 3, "a reason is a sentence"

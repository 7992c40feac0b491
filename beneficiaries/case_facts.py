"""Which rows are facts of a case, and what writing one of them makes untrue.

Every room declares its models here, from `AppConfig.ready`: those from which something is derived (dates, deadlines,
what is planned), and the others with the reason why nothing follows from them (tests/house/test_case_facts.py walks
all models). From then on nobody has to remember anything: writing a row in an act has its case settled once, before
the act commits, and what the act had read of that case is read anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, prefetch_related_objects
from django.db.models.signals import post_delete, post_save

from beneficiaries.models import CoachingCase
from foundation.registry import Registry
from foundation.unit_of_work import Topic, forget, kept_already

#: the cases of which a fact was written in the act: what follows from them is settled by the rooms above
CASES = Topic("cases")


@dataclass(frozen=True, slots=True)
class CaseFact:
    """How the rows of a model belong to a case.

    Attributes:
        model: the model.
        path: the foreign keys that lead to the case, as in a lookup; "" for the case itself.
        exempt: why nothing is derived from these rows; "" when something is.
    """

    model: type[Model]
    path: str
    exempt: str = ""


case_facts: Registry[CaseFact] = Registry(key=lambda fact: fact.model)


def declare_fact(model: type[Model], path: str = "case") -> None:
    """Declare that something derived of a case depends on the rows of `model`; called once, from `AppConfig.ready`."""
    _declare(CaseFact(model, path))


def declare_no_fact(model: type[Model], why: str, *, path: str = "case") -> None:
    """Declare that nothing derived of a case depends on the rows of `model`, and why."""
    _declare(CaseFact(model, path, why))


def case_key(case: UUID) -> tuple[str, UUID]:
    """Under what an act keeps the row of a case that it has locked."""
    return ("case", case)


def read_once(case: CoachingCase, *relations: str) -> None:
    """Have these relations read once per act, until a row of theirs is written, when `case` is the one that the act
    has locked; a case that is only looked at is left as it is.
    """
    if kept_already(case_key(case.pk)) is case:
        prefetch_related_objects([case], *relations)


def _declare(fact: CaseFact) -> None:
    case_facts.add(fact)
    relation = _relation_of_case(fact.model, fact.path)
    if fact.exempt and relation not in _READ_ONCE:
        return
    told = _teller(fact, relation)
    for signal in (post_save, post_delete):
        signal.connect(told, sender=fact.model, weak=False, dispatch_uid=f"case_facts.{fact.model._meta.label}")


# Relations of models from which nothing is derived, and that acts read of the case that they have locked.
_READ_ONCE = frozenset({"agreements", "belongings", "coachability", "eligibility", "matches"})


def _teller(fact: CaseFact, relation: str) -> Callable[..., None]:
    """What is done when a row of the model was written."""

    def written(instance: Any, **kwargs: Any) -> None:
        key = _case_of(instance, fact.path)
        if key is None:
            # Of no case: a paper made for a session.
            return
        held = kept_already(case_key(key))
        if held is not None and not relation:
            if held is not instance:
                # Another instance of the locked row was saved: ours no longer tells what the database holds.
                forget(case_key(key))
        elif held is not None:
            getattr(held, "_prefetched_objects_cache", {}).pop(relation, None)
            held._state.fields_cache.pop(relation, None)
        if not fact.exempt:
            CASES.mark(key)

    return written


def _case_of(instance: Any, path: str) -> UUID | None:
    """The key of the case to which a row belongs, if any."""
    found: UUID | None
    if not path:
        found = instance.pk
        return found
    *way, last = path.split("__")
    for step in way:
        instance = getattr(instance, step)
    found = getattr(instance, f"{last}_id")
    return found


def _relation_of_case(model: type[Model], path: str) -> str:
    """By what name a case reads the rows through which those of `model` belong to it."""
    if not path:
        return ""
    field: Any = None
    for step in path.split("__"):
        field = model._meta.get_field(step)
        model = field.related_model
    name: str = field.remote_field.get_accessor_name()
    return name

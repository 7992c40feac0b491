"""Every figure of the reports against a naive count over raw rows, of some hundred random people.

`RECOUNT_SEED` and `RECOUNT_PEOPLE` choose others; `RECOUNT_SEEDS` counts so many seeds, from that one on (bin/long).
"""

import os
from datetime import date

import pytest

from tables.engine.registry import reports
from tables.engine.scope import Scope
from tests.recount.activity import Activity
from tests.recount.compare import differences
from tests.recount.crowd import Crowd, House
from tests.recount.days import Asked
from tests.recount.esf import Esf
from tests.recount.hours import Hours
from tests.recount.raw import Tables
from tests.recount.trajectories import Trajectories

pytestmark = pytest.mark.django_db

SEED = int(os.environ.get("RECOUNT_SEED", "1"))
SEEDS = range(SEED, SEED + int(os.environ.get("RECOUNT_SEEDS", "1")))
PEOPLE = int(os.environ.get("RECOUNT_PEOPLE", "300"))
TODAY = date(2026, 6, 17)

#: a past year, a quarter, and a period that ends after today
PERIODS = (
    (date(2025, 1, 1), date(2025, 12, 31)),
    (date(2026, 1, 1), date(2026, 3, 31)),
    (date(2026, 4, 1), date(2026, 12, 31)),
)
#: what « Trajectoires » begins with: whole years, until today
YEARS = (date(2023, 1, 1), date(2026, 12, 31))


def scopes(houses: list[House]):
    """Each period of both organisations together, of each alone, and of one project."""
    for first, last in (*PERIODS, YEARS):
        both = tuple(house.organisation for house in houses)
        for organisations in (both, *((one,) for one in both)):
            yield Scope(organisations=organisations, first=first, last=last)
        for project in houses[0].projects:
            yield Scope(organisations=(houses[0].organisation,), first=first, last=last, project=project)


def asked_by(scope: Scope) -> Asked:
    here = frozenset(one.pk for one in scope.organisations)
    return Asked(here, scope.first, min(scope.last, TODAY), scope.project.pk if scope.project else None)


def counts(tables: Tables, asked: Asked):
    """Each report with its figures, counted."""
    yield "trajectoires", Trajectories(tables, asked).figures()
    if asked.first == YEARS[0]:
        return
    period = Activity(tables, asked)
    yield "activite", period.figures()
    yield "prestations", Hours(period).figures()
    if asked.project and tables.projects[asked.project]["funder"] == "FSE":
        yield "fse", Esf(period).figures()


def words(scope: Scope) -> str:
    return ", ".join(value for _label, value in scope.in_words())


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_is_that_of_a_naive_count(frozen, seed) -> None:
    frozen(TODAY)
    houses = Crowd(seed, TODAY).build(PEOPLE)
    tables, wrong = Tables(TODAY), []
    for scope in scopes(houses):
        for name, counted in counts(tables, asked_by(scope)):
            told = differences(reports[name].compute(scope), counted)
            wrong += [f"{name}, {words(scope)}: {one}" for one in told]
    assert not wrong, "\n".join([f"RECOUNT_SEED={seed} RECOUNT_PEOPLE={PEOPLE}", *wrong[:60], f"{len(wrong)} in all"])

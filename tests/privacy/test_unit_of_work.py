"""One act, one unit of work: what was marked is settled once, by the outermost act, in its transaction and its name."""

from collections.abc import Callable
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.db import connection

from accounts.models import Site, User
from foundation.unit_of_work import Topic, forget, kept, kept_already, unit_of_work
from privacy.audit import act
from tests.factories.accounts import SiteFactory, UserFactory

pytestmark = pytest.mark.django_db


class Settled:
    """A topic, and what its settler was asked, in order."""

    def __init__(self) -> None:
        self.topic = Topic("test")
        self.calls: list[list[Any]] = []
        self.also: Callable[[], None] = lambda: None
        self.topic.settlers.add(self._settle)

    def _settle(self, keys: list[Any]) -> None:
        self.calls.append(keys)
        self.also()


@pytest.fixture
def settled() -> Settled:
    return Settled()


@act
def mark(*, settled: Settled, keys: list[Any], actor: User | None) -> None:
    settled.topic.mark(*keys)


@act
def mark_in_steps(*, settled: Settled, steps: list[list[Any]], actor: User | None) -> None:
    for keys in steps:
        mark(settled=settled, keys=keys, actor=actor)
        assert settled.calls == [], "an inner act settles nothing"


def test_the_outermost_act_settles_once_what_its_acts_have_marked(settled):
    mark_in_steps(settled=settled, steps=[["a"], ["b", "a"], ["a"]], actor=None)
    assert settled.calls == [["a", "b"]]


def test_one_act_after_another_settles_each_its_own(settled):
    mark(settled=settled, keys=["a"], actor=None)
    mark(settled=settled, keys=["a"], actor=None)
    assert settled.calls == [["a"], ["a"]]


def test_outside_any_act_nothing_is_noted(settled):
    settled.topic.mark("a")
    mark(settled=settled, keys=[], actor=None)
    assert settled.calls == []


def test_what_is_settled_is_signed_by_the_author_and_undone_with_the_act(settled):
    actor, site = UserFactory(), SiteFactory(name="Avant")

    def write() -> None:
        assert connection.in_atomic_block
        site.name = "Après"
        site.save()

    settled.also = write
    mark(settled=settled, keys=["a"], actor=actor)
    assert LogEntry.objects.get_for_object(site).latest("pk").actor == actor

    def write_and_fail() -> None:
        Site.objects.filter(pk=site.pk).update(name="Perdu")
        raise RuntimeError

    settled.also = write_and_fail
    with pytest.raises(RuntimeError):
        mark(settled=settled, keys=["a"], actor=actor)
    site.refresh_from_db()
    assert site.name == "Après"


def test_an_act_that_fails_settles_nothing_and_leaves_nothing_behind(settled):
    @act
    def fail(*, actor: User | None) -> None:
        settled.topic.mark("a")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail(actor=None)
    mark(settled=settled, keys=["b"], actor=None)
    assert settled.calls == [["b"]]


def test_what_settling_writes_about_others_is_settled_too_and_about_itself_is_not(settled):
    settled.also = lambda: settled.topic.mark("a", "b")
    mark(settled=settled, keys=["a"], actor=None)
    assert settled.calls == [["a"], ["b"]]


def test_whoever_must_read_before_the_end_has_it_settled_then(settled):
    with unit_of_work():
        settled.topic.mark("a")
        settled.topic.settle()
        assert settled.calls == [["a"]]
        settled.topic.settle()
        settled.topic.mark("a", "b")
    assert settled.calls == [["a"], ["a", "b"]]


def test_what_is_kept_is_read_once_per_act_and_never_longer():
    read = iter(range(10))
    with unit_of_work():
        assert [kept("row", lambda: next(read)), kept("row", lambda: next(read)), kept_already("row")] == [0, 0, 0]
        forget("row")
        assert [kept_already("row"), kept("row", lambda: next(read))] == [None, 1]
    assert kept_already("row") is None
    assert [kept("row", lambda: next(read)), kept("row", lambda: next(read))] == [2, 3]


def test_what_an_inner_act_that_failed_may_have_changed_is_read_anew():
    read = iter(range(10))
    with unit_of_work():
        kept("row", lambda: next(read))
        with pytest.raises(RuntimeError), unit_of_work():
            raise RuntimeError
        assert kept("row", lambda: next(read)) == 1

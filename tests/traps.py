"""Faults that no single test looks for, and that fail whichever test runs into them.

An unknown variable in one of our templates, an unordered queryset in a list, a page that our own Content Security
Policy would break, a test that skips on the machine that must run everything. Two more traps need no code here: rows
read one by one (zeal's middleware, in config/settings/test.py), and any warning, a naive datetime included
(`filterwarnings` in pyproject.toml). tests/house/test_traps.py proves that each of them bites.
"""

import os
import sys
from collections.abc import Callable, Generator, Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.template.base import Node
from django.template.defaulttags import ForNode
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent


class UnknownVariable(AssertionError):
    """A template of ours shows a variable that its view never gave."""


class UnorderedList(AssertionError):
    """A template of ours loops over rows that the database may give in another order tomorrow."""


class PolicyBreach(AssertionError):
    """A page holds what the Content Security Policy forbids a browser to use."""


# --- Templates --------------------------------------------------------------------------------------------------------


def is_ours(origin: Any) -> bool:
    """Tell whether a template's origin is a file of this repository."""
    name = getattr(origin, "name", "")
    try:
        path = Path(name).relative_to(ROOT).as_posix()
    except ValueError:
        return False
    return not path.startswith(".venv/")


def _node_being_rendered(frame: FrameType | None) -> Node | None:
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None) is not None:
            return node
        frame = frame.f_back
    return None


class _Unknown(str):
    """Stands for `string_if_invalid`. Django formats it with the unknown variable, which is where we look around."""

    def __mod__(self, variable: object) -> str:
        node = _node_being_rendered(sys._getframe(1))
        if node is not None and is_ours(node.origin):
            raise UnknownVariable(f"{node.origin}, line {node.token.lineno if node.token else '?'}: {variable}")
        return ""


def _ordered_length(original: Callable[[QuerySet], int]) -> Callable[[QuerySet], int]:
    loop = ForNode.render.__code__

    def length(self: QuerySet) -> int:
        caller = sys._getframe(1)
        if caller.f_code is loop and not self.ordered:
            node = caller.f_locals["self"]
            if is_ours(node.origin):
                raise UnorderedList(f"{node.origin}, line {node.token.lineno}: {self.model._meta.label} has no order")
        return original(self)

    return length


# --- Pages ------------------------------------------------------------------------------------------------------------


class _PolicyReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.breaches: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        # Data for scripts (json_script) is not executed, and so not concerned by the policy.
        data_only = (given.get("type") or "").endswith("json")
        if tag == "style" or (tag == "script" and not given.get("src") and not data_only):
            self._breach(f"inline <{tag}>")
        for name, value in attrs:
            target = (value or "").strip().lower()
            if name == "style" or name.startswith("on") or target.startswith("javascript:"):
                self._breach(f'<{tag} {name}="{value}">')
            elif self._fetched(tag, name) and target.startswith(("http:", "https:", "//")):
                self._breach(f'<{tag} {name}="{value}"> comes from another site')

    @staticmethod
    def _fetched(tag: str, attribute: str) -> bool:
        return attribute in {"src", "srcset"} or (tag == "link" and attribute == "href")

    def _breach(self, what: str) -> None:
        line, _ = self.getpos()
        self.breaches.append(f"line {line}: {what}")


def check_policy(response: HttpResponseBase) -> None:
    """Raise PolicyBreach when an HTML response holds inline style, inline script or a file of another site."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    reader = _PolicyReader()
    reader.feed(response.content.decode(response.charset))  # type: ignore[attr-defined]
    if reader.breaches:
        raise PolicyBreach("\n".join(reader.breaches))


def _checked_request(original: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    def request(self: Client, **environ: Any) -> HttpResponseBase:
        response = original(self, **environ)
        check_policy(response)
        return response

    return request


@pytest.fixture(autouse=True, scope="session")
def _traps_set() -> Iterator[None]:
    """Set the traps once: every template engine and every test client of the run is concerned."""
    from django.template import engines

    with pytest.MonkeyPatch.context() as patch:
        for engine in engines.all():
            patch.setattr(engine.engine, "string_if_invalid", _Unknown("%s"))  # type: ignore[attr-defined]
        patch.setattr(QuerySet, "__len__", _ordered_length(QuerySet.__len__))
        patch.setattr(Client, "request", _checked_request(Client.request))
        yield


# --- Skips ------------------------------------------------------------------------------------------------------------


def must_run_everything() -> bool:
    """Tell whether this is the machine whose verdict counts, where a test that skips hides something."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail") and must_run_everything():
        report.outcome = "failed"
        report.longrepr = f"A test may not skip under CI: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a test into its failure under CI."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn the skip of a whole module into its failure under CI."""
    report = yield
    _refuse_skip(report)
    return report

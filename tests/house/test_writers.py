"""Services are the only writers: what writes elsewhere escapes permissions, rules and the audit trail."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.conftest import python_files
from tests.rooms import ROOMS
from tests.traps import ROOT

WRITES = {
    "abulk_create",
    "abulk_update",
    "acreate",
    "adelete",
    "asave",
    "aupdate",
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "save",
    "update",
    "update_or_create",
}

# Not rows: the cache, the session, a dictionary that answers to the same word.
NOT_ROWS = {"cache", "session", "context", "kwargs", "attrs", "params", "headers", "digest", "hasher"}

# Files outside the services that write, and why.
ALLOWED = {
    "accounts/parameters/seeds.py": "called by the data migrations: the values that the installation starts with",
    "accounts/models/querysets.py": "Django asks the user manager to create users (createsuperuser, allauth)",
    "foundation/kept_files.py": "files that wait for their form, in a folder of their own; no row is written",
    "foundation/kept_words.py": "what waits for its form, in the same folder; no row is written",
    "foundation/migration_rows.py": "an operation of migrations: rows that were there before a column or a form was",
    "foundation/migration_state.py": "an operation of migrations: content types follow their model to another app",
    "foundation/persistence.py": "the one way in which services save: validated, with readable refusals",
    "privacy/audit.py": "the audit trail itself: who took many rows away at once",
    "privacy/rotation.py": "encrypts the same facts with a newer key: no fact changes, nothing to audit",
}


# Invented people: what is loaded of them before anybody works there, and what only a demonstration adds.
INVENTED = (("demo", "acts"), ("demo", "loading"))


def writes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and the method of each call that writes rows."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        method, owner = node.func.attr, node.func.value
        if method not in WRITES or _name(owner) in NOT_ROWS:
            continue
        if isinstance(owner, ast.Call) and _name(owner.func) == "super":
            continue
        # A queryset is updated by keywords, a dictionary or a set by a value.
        if method == "update" and (node.args or not node.keywords):
            continue
        yield node.lineno, method


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def may_write(path: Path) -> bool:
    relative = path.relative_to(ROOT)
    return (
        "services" in relative.parts
        or relative.name == "services.py"
        or relative.as_posix() in ALLOWED
        or relative.parts[:2] in INVENTED
    )


def found_in(source: str) -> list[str]:
    return [method for _, method in writes(ast.parse(source))]


def test_nothing_but_services_writes() -> None:
    offenders = [
        f"{path.relative_to(ROOT)}:{line} .{method}("
        for path in python_files(*ROOMS)
        if not may_write(path)
        for line, method in writes(ast.parse(path.read_text()))
    ]
    assert not offenders, "Move these writes to a service:\n" + "\n".join(offenders)


def test_every_exception_still_writes() -> None:
    for name in ALLOWED:
        assert list(writes(ast.parse((ROOT / name).read_text()))), f"{name} writes no more: drop its exception"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Case.objects.create(person=p)", ["create"]),
        ("case.save()", ["save"]),
        ("form.save()", ["save"]),
        ("Case.objects.filter(pk=1).update(coach=None)", ["update"]),
        ("Case.objects.filter(pk=1).delete()", ["delete"]),
        ("Case.objects.bulk_create(rows)", ["bulk_create"]),
        ("Case.objects.get_or_create(pk=1)", ["get_or_create"]),
        ("context.update({'a': 1})", []),
        ("found.update(other)", []),
        ("super().save(*args)", []),
        ("cache.delete('key')", []),
    ],
)
def test_what_counts_as_a_write(source: str, expected: list[str]) -> None:
    assert found_in(source) == expected

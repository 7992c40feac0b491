"""No circles among imports: whoever follows an import from module to module never comes back where they began.

Imports for types alone count, and so do those inside functions, which hide a circle and do not undo it. Only
``AppConfig.ready`` may look upwards: it runs once every model is there (it wires rooms together).
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.house.conftest import python_files
from tests.rooms import ROOMS
from tests.traps import ROOT

Graph = Mapping[str, set[str]]


def name_of(path: Path) -> str:
    """The dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def statements(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Every import of a file, but those of ``AppConfig.ready``."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef) and node.name == "ready":
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        yield from statements(node)


def imported(source: str, modules: Iterable[str]) -> set[str]:
    """The modules among ``modules`` that a file imports; a package by name is its ``__init__``."""
    known, found = set(modules), set()
    for node in statements(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif node.module:
            # `from a import b` reads the module `a.b` when there is one, and else what `a` defines.
            found |= {
                f"{node.module}.{alias.name}" if f"{node.module}.{alias.name}" in known else node.module
                for alias in node.names
            }
    return found & known


def graph_of(paths: Iterable[Path]) -> dict[str, set[str]]:
    """What each module imports, among these modules."""
    named = {name_of(path): path for path in paths}
    return {name: imported(path.read_text(), named) - {name} for name, path in named.items()}


def circles(graph: Graph) -> list[list[str]]:
    """The sets of modules that reach one another (strongly connected components of two or more), sorted."""
    reached = {start: _reached_from(start, graph) for start in graph}
    found = {
        tuple(sorted(other for other in reached[start] if start in reached[other]))
        for start in graph
        if start in reached[start]
    }
    return sorted(list(one) for one in found)


def _reached_from(start: str, graph: Graph) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting.extend(graph[module])
    return seen


def rooms_of(graph: Graph) -> dict[str, set[str]]:
    """What each room imports of the others."""
    found: dict[str, set[str]] = {}
    for module, others in graph.items():
        room = module.split(".")[0]
        found.setdefault(room, set()).update({other.split(".")[0] for other in others} - {room})
    return found


def test_no_module_comes_back_to_itself() -> None:
    graph = graph_of(python_files(*ROOMS))
    assert graph["accounts.views.users"] >= {"accounts.permissions", "accounts.models"}
    assert circles(graph) == []


def test_no_room_comes_back_to_itself() -> None:
    graph = rooms_of(graph_of(python_files(*ROOMS)))
    assert graph["followup"] >= {"accounts", "beneficiaries"}
    assert circles(graph) == []


def test_a_circle_is_found() -> None:
    graph = {"a": {"b"}, "b": {"c", "d"}, "c": {"a"}, "d": set()}
    assert circles(graph) == [["a", "b", "c"]]


def test_imports_for_types_and_inside_functions_count() -> None:
    source = """
from typing import TYPE_CHECKING
import room.one
if TYPE_CHECKING:
    from room.two import Two
def later():
    from room import three
class Room:
    def ready(self):
        from room import four
"""
    known = ["room", "room.one", "room.two", "room.three", "room.four"]
    assert imported(source, known) == {"room.one", "room.two", "room.three"}

"""bin/mutate [files]: changes the rules one by one, asks the tests, and says which changes none of them sees.

cosmic-ray makes the changes, on copies of the checkout in var/mutation, one for each process: an interrupted run leaves
no rule changed. Each change is tried in a fork of a process that has the libraries at hand and none of our modules.
"""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

# Only to have them at hand in each fork.
import holidays  # noqa: F401
import hypothesis.strategies  # noqa: F401
import pytest
import yaml  # noqa: F401
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.plugins import get_operator, operator_names

from tests.mutation.plan import asked_of, is_worth_making, rules_of

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("ANCRAGE_VAR") or ROOT / "var") / "mutation"
WORKERS = max(1, int(os.environ.get("ANCRAGE_WORKERS") or 2))

# A change that makes a loop endless is seen by the clock: so many times what the tests take, and never less (seconds).
PATIENCE, AT_LEAST = 8, 15

# No plugin but those named, no conftest, nothing written.
PYTEST = (
    *("-x", "-q", "--noconftest", "--assert=plain", "-p", "no:cacheprovider"),
    *("-p", "tests.examples", "-p", "tests.mutation.bare"),
    *("-o", "addopts=--import-mode=importlib", "-o", "filterwarnings=", "-o", "strict_config=false"),
)


@dataclass(frozen=True, slots=True)
class Survivor:
    """A change that no test sees: the line that was changed, what it was, what it became."""

    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the mutants of a file; `made` is None when its tests fail before anything is changed."""

    rule: Path
    made: int | None
    survivors: tuple[Survivor, ...] = ()
    seconds: float = 0


def say(text: str) -> None:
    """Tell whoever waits, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def a_copy(number: int) -> Path:
    """Return a copy of what git holds or will hold."""
    copy = FOLDER / f"copy-{number}"
    shutil.rmtree(copy, ignore_errors=True)
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    for name in sorted(set(listed.stdout.split("\0")) - {""}):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    return copy


def enter(copies: "multiprocessing.Queue[Path]") -> None:
    """Have a process work in a copy of its own, and import from there."""
    copy = copies.get()
    os.chdir(copy)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.path.insert(0, str(copy))
    for name in [name for name in sys.modules if name.split(".")[0] == "tests"]:
        del sys.modules[name]


def pass_in_a_fork(tests: list[str], seconds: int, profile: str = "dev") -> bool:
    """Tell whether tests pass on the copy as it is at this moment, within so many seconds; without any, all is well.

    `profile` says how many examples hypothesis tries (tests/examples.py).
    """
    child = os.fork() if tests else None
    if child == 0:
        code = 3
        try:
            signal.alarm(seconds)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            sys.dont_write_bytecode = True
            os.environ["HYPOTHESIS_PROFILE"] = profile
            code = int(pytest.main([*PYTEST, "--rootdir", os.getcwd(), *tests]))
        finally:
            os._exit(code)
    return child is None or os.waitpid(child, 0)[1] == 0


def changes(source: str) -> Iterator[tuple[Survivor, str]]:
    """Yield each change worth making of a module: what it is, and the whole module with it."""
    lines, tree = source.splitlines(), get_ast(source)
    for name in operator_names():
        operator = get_operator(name)
        if operator.arguments():
            continue
        places = [start for node in ast_nodes(tree) for start, _end in operator().mutation_positions(node)]
        for occurrence, (row, _column) in enumerate(places):
            if is_worth_making(name, lines[row - 1]):
                changed = MutationVisitor.mutate_code(source, operator(), occurrence)
                if changed is not None and changed != source:
                    yield difference(row, lines, changed.splitlines()), changed


def difference(row: int, before: list[str], after: list[str]) -> Survivor:
    """Say a change in words: the first and the last line that differ, and what is between."""
    same = next((n for n, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), 0)
    rest = next((n for n, (old, new) in enumerate(zip(before[::-1], after[::-1], strict=False)) if old != new), 0)
    old, new = before[same : len(before) - rest], after[same : len(after) - rest]
    return Survivor(row, " ".join(line.strip() for line in old), " ".join(line.strip() for line in new))


def mutate(rule: Path) -> Outcome:
    """Make each change of a file of this process's copy, one after the other, and ask the tests that reach it."""
    began, source = time.monotonic(), rule.read_text(encoding="utf-8")
    tests = asked_of(rule, Path())
    if not pass_in_a_fork(tests, 600):
        return Outcome(rule, None)
    patience = max(AT_LEAST, round(PATIENCE * (time.monotonic() - began)))
    made, survivors = 0, []
    for change, changed in changes(source):
        made += 1
        rule.write_text(changed, encoding="utf-8")
        if pass_in_a_fork(tests, patience, "glance") and pass_in_a_fork(tests, patience):
            survivors.append(change)
            say(told_of(rule, change))
    rule.write_text(source, encoding="utf-8")
    return Outcome(
        rule, made, tuple(sorted(survivors, key=lambda one: (one.line, one.after))), time.monotonic() - began
    )


def told_of(rule: Path, one: Survivor) -> str:
    """Say what no test sees, as `file:line`, before and after."""
    return f"  {rule}:{one.line}\n    - {one.before}\n    + {one.after or '(rien)'}"


def told(outcome: Outcome) -> str:
    """Say what became of a file."""
    if outcome.made is None:
        return f"{outcome.rule} : ses tests échouent avant tout changement"
    return f"{outcome.rule} : {outcome.made} mutants, {len(outcome.survivors)} en vie, {outcome.seconds:.0f} s"


def main(arguments: list[str]) -> int:
    """Mutate the files named, or every rule; 1 when a mutant survives, 2 when nothing could be asked."""
    known = rules_of(ROOT)
    chosen = [Path(name) for name in arguments] or known
    unknown = [str(path) for path in chosen if path not in known]
    if unknown:
        say(f"Ce ne sont pas des règles : {', '.join(unknown)}")
        return 2
    forks = multiprocessing.get_context("fork")
    copies = forks.Queue()
    for number in range(WORKERS):
        copies.put(a_copy(number))
    outcomes: list[Outcome] = []
    with ProcessPoolExecutor(WORKERS, mp_context=forks, initializer=enter, initargs=(copies,)) as pool:
        for done in as_completed([pool.submit(mutate, rule) for rule in chosen]):
            outcomes.append(done.result())
            say(told(outcomes[-1]))
    made, alive = sum(one.made or 0 for one in outcomes), sum(len(one.survivors) for one in outcomes)
    say(f"\n== {made} mutants, {made - alive} tués, {alive} en vie.")
    return 2 if any(one.made is None for one in outcomes) else int(alive > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

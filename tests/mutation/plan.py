"""What is changed, and who must notice: the rules, the changes worth making, the tests that reach a rule.

Only tests that know no Django are asked: they start in half a second, and a mutant costs no more than that.
"""

import ast
import re
from functools import cache
from pathlib import Path

# Changes that say something new of a test. Other operators in the place of `+`, `<` in the place of `is`… fail in the
# first line that runs, or say what one of these says already.
CHANGES = re.compile(
    r"core/(?:"
    r"ReplaceBinaryOperator_(?:Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Div|Mod_Mul|BitAnd_BitOr)"
    r"|ReplaceComparisonOperator_(?:Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Lt_NotEq|Gt_NotEq|LtE_Eq|GtE_Eq)"
    r"|ReplaceComparisonOperator_(?:Eq_NotEq|NotEq_Eq|Is_IsNot|IsNot_Is)"
    r"|ReplaceUnaryOperator_Delete_(?:Not|USub)"
    r"|AddNot|ReplaceTrueWithFalse|ReplaceFalseWithTrue|ReplaceAndWithOr|ReplaceOrWithAnd"
    r"|ReplaceBreakWithContinue|ReplaceContinueWithBreak|NumberReplacer|RemoveDecorator|ZeroIterationForLoop"
    r")$"
)

# `frozen`, `slots` and `kw_only` keep programmers from mistakes and decide nothing.
NO_RULE = re.compile(r"\s*@(?:dataclasses\.)?dataclass\(")


def rules_of(root: Path) -> list[Path]:
    """Return the modules of rules, relative to the root: of each room, and of the topics of reporting."""
    found = [*root.glob("*/rules/**/*.py"), *root.glob("*/*/rules/**/*.py")]
    names = {path.relative_to(root) for path in found if path.name != "__init__.py"}
    return sorted(name for name in names if name.parts[0] != "tests" and not name.parts[0].startswith("."))


def is_worth_making(change: str, line: str) -> bool:
    """Tell whether a change, by its name in cosmic-ray, of this line of code is made."""
    if NO_RULE.match(line) and change.endswith("WithFalse"):
        return False
    # The `*` before keyword arguments counts as a product.
    if change.endswith("Mul_Div") and " * " not in line:
        return False
    return bool(CHANGES.match(change))


def module_name(path: Path) -> str:
    """Return the name under which a file, relative to the root, is imported."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


@cache
def _imports(path: Path) -> frozenset[str]:
    """Return every name that a file imports, `package.module` and `package.module.name` alike."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
    return frozenset(found)


@cache
def _knows_rules_only(path: Path, root: Path) -> bool:
    """Tell whether a file imports nothing of Django, and of the rooms nothing but rules and what is as plain."""
    for name in _imports(path):
        first, *parts = name.split(".")
        if first in {"django", "pytest_django", "config"}:
            return False
        if first == "tests" or "rules" in parts or not (root / first / "__init__.py").is_file():
            continue
        modules = (root.joinpath(first, *parts[:depth]).with_suffix(".py") for depth in range(1, len(parts) + 1))
        plain = next((module for module in modules if module.is_file()), None)
        if plain is None or not _knows_rules_only(plain, root):
            return False
    return True


def asked_of(rule: Path, root: Path) -> list[str]:
    """Return the tests that reach a module of rules, nearest first: each knows rules only."""
    files = {module_name(path.relative_to(root)): path for path in [*root.glob("*/**/rules/**/*.py")]}
    helpers = [*root.glob("tests/rules/*.py"), *root.glob("tests/conformance/*.py")]
    tests = {path for path in root.glob("tests/*/test_*.py") if _knows_rules_only(path, root)}
    files |= {module_name(path.relative_to(root)): path for path in [*helpers, *tests]}
    reached, edge = {module_name(rule): 0}, {module_name(rule)}
    while edge:
        near = {
            name
            for name, path in files.items()
            if name not in reached and any(_is_named(_imports(path), to) for to in edge)
        }
        reached |= dict.fromkeys(near, max(reached.values()) + 1)
        edge = near
    chosen = [(distance, files[name]) for name, distance in reached.items() if name in files and files[name] in tests]
    return [path.relative_to(root).as_posix() for _distance, path in sorted(chosen)]


def _is_named(imported: frozenset[str], module: str) -> bool:
    return module in imported or any(name.startswith(f"{module}.") for name in imported)

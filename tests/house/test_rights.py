"""Rights are told once: permissions are asked by name, and a role is named where roles are kept and nowhere else."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.urls import get_resolver
from rules import perm_exists

from accounts.models.organisations import OrganisationOwned
from accounts.views.mixins import PermissionRequiredMixin
from config.navigation import ASIDE, ENTRIES
from tables.engine.registry import reports
from tests.house.conftest import python_files
from tests.house.test_addresses import addresses
from tests.rooms import ROOMS
from tests.traps import ROOT

# Invented people have roles; they decide of nothing.
PRODUCT = tuple(room for room in ROOMS if room != "demo")

# Files that name a role, and why.
NAMING = {
    "accounts/enums.py": "the roles, and the sets by which memberships are looked for",
    "accounts/permissions.py": "the predicates that every permission is made of",
    "accounts/models/people.py": "what roles somebody holds; the database asks an end of an inspector's membership",
    "accounts/forms/settings.py": "the form of a membership offers them all",
    "accounts/services/organisations.py": "an organisation is founded with its first administrator",
    "accounts/services/users.py": "somebody must be left to administer the organisation",
}

# Files that ask what roles somebody holds, whichever they are.
HOLDING = {
    "accounts/models/people.py": NAMING["accounts/models/people.py"],
    "accounts/permissions.py": NAMING["accounts/permissions.py"],
    "accounts/models/querysets.py": "colleagues are seen by whoever has any role here",
    "accounts/services/organisations.py": "at log-in, one works where one has any role",
}

# Addresses that ask no permission of the mixin, and why.
OPEN = {
    "road:page": "a browser keeps it to open without network; it names nobody",
    "road:worker": "a browser asks for it again by itself; it holds no data",
    "road:manifest": "a browser asks for it without cookies",
    "home": "leads each to their own page",
    "livez": "for whoever restarts processes",
    "readyz": "for whoever sends visitors to processes",
    "accessibility": "the law wants it open",
    "forget_words": "what waits in a page for oneself; nobody else's is named",
    "account_signup": "closed to all",
    "account_email": "closed to all",
    "account_email_verification_sent": "closed to all",
    "account_confirm_email": "closed to all",
    "account_set_password": "closed to all",
    "account_confirm_login_code": "closed to all",
    "usersessions_list": "closed to all",
    "accounts:profile": "one’s own",
    "accounts:sessions": "one’s own",
    "accounts:shortcuts": "one’s own",
    "accounts:language": "one’s own",
    "accounts:switch_organisation": "among one’s own; the service refuses",
    "accounts:user_invite": "a function: asks by itself, and the service again",
    "followup:calendar": "a telephone reads it by its secret; asks for whoever the secret is",
    "followup:free_busy": "others read it by the secret that they were given; asks for whoever the secret is",
}

# The predicates over one role or several; rooms compose their permissions of them.
PREDICATES = {
    "accompanies",
    "answers_for_team",
    "is_admin",
    "is_analyst",
    "is_coordinator",
    "is_inspector",
    "is_jobcoach",
    "reads_names",
    "reads_scopes",
}


def roles_named(tree: ast.AST) -> Iterator[str]:
    """Each place where a file names a role of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            if owner == "Role":
                yield f"{node.lineno} Role.{node.attr}"
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Role":
            yield f"{node.lineno} Role[…]"
        elif isinstance(node, ast.ImportFrom) and node.module == "accounts.enums":
            yield from (f"{node.lineno} Role as {a.asname}" for a in node.names if a.name == "Role" and a.asname)


def roles_held(tree: ast.AST) -> Iterator[str]:
    """Each place where a file looks at the roles that somebody holds."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"has_role", "roles"}:
            yield f"{node.lineno} .{node.attr}"


def predicates_borrowed(tree: ast.AST) -> Iterator[str]:
    """Each predicate over roles that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "accounts.permissions":
            yield from (f"{node.lineno} {alias.name}" for alias in node.names if alias.name in PREDICATES)


def refusing_dispatches(tree: ast.AST) -> Iterator[str]:
    """Each `dispatch` that refuses by hand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == "dispatch":
            named = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
            if named & {"PermissionDenied", "allows", "require"}:
                yield f"{node.lineno} dispatch"


def found_in(search: object, *, but: object) -> list[str]:
    """What a search finds in the product's files, some left out."""
    assert callable(search)
    assert callable(but)
    return [
        f"{path.relative_to(ROOT).as_posix()}:{found}"
        for path in python_files(*PRODUCT)
        if not but(path.relative_to(ROOT))
        for found in search(ast.parse(path.read_text()))
    ]


def test_a_role_is_named_where_roles_are_kept() -> None:
    found = found_in(roles_named, but=lambda path: path.as_posix() in NAMING)
    assert not found, "Ask a permission by name (accounts/permissions.py):\n" + "\n".join(found)


def test_nobody_looks_at_the_roles_that_somebody_holds() -> None:
    found = found_in(roles_held, but=lambda path: path.as_posix() in HOLDING)
    assert not found, "Ask a permission by name (accounts/permissions.py):\n" + "\n".join(found)


def test_predicates_over_roles_make_permissions_and_nothing_else() -> None:
    found = found_in(predicates_borrowed, but=lambda path: path.name == "permissions.py")
    assert not found, "Declare a permission and ask it by name:\n" + "\n".join(found)


def test_one_mixin_admits_to_pages() -> None:
    found = found_in(refusing_dispatches, but=lambda path: path.as_posix() == "accounts/views/mixins.py")
    assert not found, "Derive from PermissionRequiredMixin (accounts/views/mixins.py):\n" + "\n".join(found)


def test_every_page_is_asked_for_by_a_permission() -> None:
    unasked = set()
    for name, _, pattern in addresses(get_resolver()):
        view = pattern.callback
        page = getattr(view, "view_class", view)
        if page.__module__.split(".")[0] not in PRODUCT:
            continue
        if not (isinstance(page, type) and issubclass(page, PermissionRequiredMixin) and perm_exists(page.permission)):
            unasked.add(name)
    assert unasked == OPEN.keys()


def test_templates_ask_for_no_role() -> None:
    naming = {
        path.relative_to(ROOT).as_posix()
        for folder in ("templates", *PRODUCT)
        for path in (ROOT / folder).rglob("*.html")
        if re.search(r"\.(roles|has_role)\b", path.read_text())
    }
    assert naming == {"templates/403.html"}, "Only the page of refusal says that no role is left"


@pytest.mark.parametrize("name", NAMING)
def test_every_exception_still_names_a_role(name: str) -> None:
    assert list(roles_named(ast.parse((ROOT / name).read_text()))), f"{name} names none: drop its exception"


@pytest.mark.parametrize("name", HOLDING)
def test_every_exception_still_looks_at_roles(name: str) -> None:
    assert list(roles_held(ast.parse((ROOT / name).read_text()))), f"{name} looks at none: drop its exception"


@pytest.mark.parametrize(
    ("search", "source"),
    [
        (roles_named, "held.role == Role.ADMIN"),
        (roles_named, "held.role == enums.Role.ADMIN"),
        (roles_named, "Role['ADMIN']"),
        (roles_named, "from accounts.enums import Role as R"),
        (roles_held, "user.has_role(*wanted)"),
        (roles_held, "user.roles & wanted"),
        (predicates_borrowed, "from accounts.permissions import allows, is_admin"),
        (refusing_dispatches, "def dispatch(self):\n    raise PermissionDenied"),
        (refusing_dispatches, "def dispatch(self):\n    if not allows(self.user, 'a'):\n        raise Http404"),
    ],
)
def test_what_is_refused(search: object, source: str) -> None:
    assert callable(search)
    assert len(list(search(ast.parse(source)))) == 1


def test_what_is_not_refused() -> None:
    tree = ast.parse("members.with_role(*CASE_CARRYING_ROLES); Role; RoleForm.base_fields; def_role.x")
    assert not [*roles_named(tree), *roles_held(tree), *predicates_borrowed(tree), *refusing_dispatches(tree)]


def test_the_list_of_predicates_is_that_of_the_module() -> None:
    tree = ast.parse((ROOT / "accounts/permissions.py").read_text())
    made = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.islower()
    }
    assert made == PREDICATES


def test_what_is_named_by_models_reports_and_navigation_is_declared() -> None:
    owned = [model for model in apps.get_models() if issubclass(model, OrganisationOwned)]
    names = {model.read_permission for model in owned}
    names |= {name for report in reports for name in (report.permission, report.drafting_permission)}
    names |= {name for entry in ENTRIES for name in (entry.permission, entry.work) if name}
    names |= {permission for _, _, permission in ASIDE}
    assert len(names) > 15
    assert not {name for name in names if not perm_exists(name)}

"""Every address of the site: who serves it, who may see it without logging in, what its last character is."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.login_urls import closed

# What a person reaches before logging in, and why.
OPEN = {
    "accessibility": "the law asks that anybody can read it",
    "set_language": "the entrance speaks to anybody",
    "livez": "for the machine that restarts processes",
    "readyz": "for the machine that sends visitors to processes",
    "followup:calendar": "for a telephone, which shows the secret of its address",
    "followup:free_busy": "for a calendar program, which shows the secret of its address: hours alone",
    "road:page": "a browser keeps it to open without network; it names nobody",
    "road:worker": "a browser asks for it again by itself; it holds no data",
    "road:manifest": "a browser asks for it without cookies",
    "account_login": "to log in",
    "account_reset_password": "to ask for a new password",
    "account_reset_password_done": "to ask for a new password",
    "account_reset_password_from_key": "to choose a new password, by the link received",
    "account_reset_password_from_key_done": "to choose a new password",
    "account_inactive": "says that the account is closed",
    "account_logout": "to log out twice",
    "account_reauthenticate": "sends who is not logged in to the log-in page",
    "mfa_authenticate": "the second step of logging in",
    "mfa_reauthenticate": "sends who is not logged in to the log-in page",
}

SPACES = {
    "accounts",
    "beneficiaries",
    "employers",
    "placements",
    "followup",
    "timesheets",
    "road",
    "esf",
    "documents",
    "inspection",
    "reporting",
}


def addresses(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Yield the full name, the route and the pattern of each address below a resolver."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, route, inner)
        else:
            yield f"{space}{pattern.name}", route, pattern


# What the house does not offer of allauth answers 404 to everybody; the library's own page stands behind, unreached.
ALL = [address for address in addresses(get_resolver()) if address[2].callback is not closed]
CLOSED = {name for name, _, pattern in addresses(get_resolver()) if pattern.callback is closed}


def test_each_address_of_ours_has_a_name_of_its_own() -> None:
    assert not [route for name, route, _ in ALL if name.endswith("None")]
    # A page of allauth may be replaced by ours under its name: the first one wins.
    names = [name for name, _, pattern in ALL if not pattern.lookup_str.startswith("allauth.")]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)


def test_only_the_listed_addresses_are_open() -> None:
    served = {name for name, _, pattern in ALL if not getattr(pattern.callback, "login_required", True)} - CLOSED
    assert served <= set(OPEN), "Reachable without logging in, and not listed: " + ", ".join(sorted(served - set(OPEN)))


@pytest.mark.parametrize(("name", "route"), [(name, route) for name, route, _ in ALL if name.split(":")[0] in SPACES])
def test_a_page_of_ours_ends_with_a_slash_a_file_with_its_extension(name: str, route: str) -> None:
    last = route.removesuffix("$").rsplit("/", 1)[-1]
    assert route == "" or last == "" or "." in last, f"{name}: {route}"


@pytest.mark.django_db
def test_who_is_not_logged_in_is_sent_to_the_log_in_page_from_everywhere(client: Client) -> None:
    login = reverse("account_login")
    for name, route, _ in ALL:
        if name in {*OPEN, *CLOSED} or "<" in route or "(?P" in route:
            continue
        response = client.get(reverse(name))
        assert response.status_code == 302, name
        assert response["Location"].startswith(login), name


def test_what_is_closed_answers_404_to_everybody(client: Client) -> None:
    assert {"account_signup", "account_email"} <= CLOSED
    for name in CLOSED - {"account_confirm_email"}:
        assert client.get(reverse(name)).status_code == 404, name

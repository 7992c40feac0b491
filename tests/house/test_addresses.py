"""Every address of the site: who serves it, who may see it without logging in, what its last character is."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

# What a person reaches before logging in, and why.
OPEN = {
    "livez": "for the machine that restarts processes",
    "readyz": "for the machine that sends visitors to processes",
    "account_login": "to log in",
    "account_signup": "says that accounts are opened by an administrator",
    "account_reset_password": "to ask for a new password",
    "account_reset_password_done": "to ask for a new password",
    "account_reset_password_from_key": "to choose a new password, by the link received",
    "account_reset_password_from_key_done": "to choose a new password",
    "account_confirm_email": "to confirm an address, by the link received",
    "account_email_verification_sent": "to confirm an address",
    "account_inactive": "says that the account is closed",
    "account_logout": "to log out twice",
    "account_reauthenticate": "sends who is not logged in to the log-in page",
    "account_confirm_login_code": "a way of logging in that is not in use: sends back to the log-in page",
    "mfa_authenticate": "the second step of logging in",
    "mfa_reauthenticate": "sends who is not logged in to the log-in page",
}

ROOMS = {"accounts", "privacy", "beneficiaries", "employers", "placements", "followup", "reporting"}


def addresses(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Yield the full name, the route and the pattern of each address below a resolver."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, route, inner)
        else:
            yield f"{space}{pattern.name}", route, pattern


ALL = list(addresses(get_resolver()))


def test_each_address_has_a_name_of_its_own() -> None:
    names = [name for name, _, _ in ALL]
    assert not [name for name in names if name.endswith("None")]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)


def test_only_the_listed_addresses_are_open() -> None:
    served = {name for name, _, pattern in ALL if not getattr(pattern.callback, "login_required", True)}
    assert served <= set(OPEN), "Reachable without logging in, and not listed: " + ", ".join(sorted(served - set(OPEN)))


@pytest.mark.parametrize(("name", "route"), [(name, route) for name, route, _ in ALL if name.split(":")[0] in ROOMS])
def test_a_page_of_ours_ends_with_a_slash_a_file_with_its_extension(name: str, route: str) -> None:
    last = route.removesuffix("$").rsplit("/", 1)[-1]
    assert route == "" or last == "" or "." in last, f"{name}: {route}"


@pytest.mark.django_db
def test_who_is_not_logged_in_is_sent_to_the_log_in_page_from_everywhere(client) -> None:
    from django.urls import reverse

    login = reverse("account_login")
    for name, route, _ in ALL:
        if name in OPEN or "<" in route or "(?P" in route:
            continue
        response = client.get(reverse(name))
        assert response.status_code == 302, name
        assert response["Location"].startswith(login), name

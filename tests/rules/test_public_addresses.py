"""Which addresses may be asked for on somebody's behalf."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.public_addresses import NotPublic, is_public, public_address

PUBLIC = "93.184.216.34"


@pytest.mark.parametrize(
    "typed",
    [
        "http://agenda.example.org/a.ics",
        "ftp://agenda.example.org/a.ics",
        "https://agenda.example.org:8443/a.ics",
        "https://moi:secret@agenda.example.org/a.ics",
        "https://localhost/a.ics",
        "https:///a.ics",
        "https://agenda.example.org/a b.ics",
        "https://agenda.example.org/\r\nHost: x",
        "https://[::1",
        "agenda.example.org",
        "",
        "https://agenda.example.org/" + "a" * 3000,
    ],
)
def test_addresses_that_are_refused(typed):
    with pytest.raises(NotPublic):
        public_address(typed)


def test_an_address_and_what_calendars_call_https():
    asked = public_address("webcal://agenda.example.org/prive/a.ics?jeton=1")
    assert (asked.host, asked.target) == ("agenda.example.org", "/prive/a.ics?jeton=1")


@pytest.mark.parametrize(
    "number",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.1.2.3",
            "224.0.0.1",
        ),
        *("::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1"),
        *("nom", ""),
    ],
)
def test_numbers_that_only_we_could_reach(number):
    assert not is_public(number)


@pytest.mark.parametrize("number", [PUBLIC, "2606:2800:220:1::1"])
def test_public_numbers(number):
    assert is_public(number)


@given(st.integers(0, 2**24 - 1))
def test_no_number_of_a_private_range_passes_dressed_as_another(low):
    number = f"10.{low >> 16}.{low >> 8 & 255}.{low & 255}"
    assert not is_public(number)
    assert not is_public(f"::ffff:{number}")

"""What our worker may ask for on somebody's behalf: public https addresses, a bounded text, and no leap elsewhere."""

from __future__ import annotations

import http.client
from io import BytesIO

import pytest

from foundation import fetching
from foundation.fetching import AddressRefused, FetchFailed, NotThere, TooLarge, fetch

PUBLIC = "93.184.216.34"


class Answer:
    def __init__(self, status: int, content: bytes = b"", location: str = "") -> None:
        self.status, self.location, self._content = status, location, BytesIO(content)

    def getheader(self, name: str) -> str:
        return self.location

    def read1(self, size: int) -> bytes:
        return self._content.read(size)


@pytest.fixture
def net(monkeypatch):
    """A network of names and answers; what was connected to is told."""
    names: dict[str, list[str]] = {"agenda.example.org": [PUBLIC]}
    answers: list[Answer] = []
    reached: list[tuple[str, str]] = []

    class Connection:
        sock = None

        def __init__(self, host: str, number: str, timeout: float) -> None:
            self.host, self.number = host, number

        def request(self, method: str, target: str, headers: dict[str, str]) -> None:
            reached.append((self.number, target))

        def getresponse(self) -> Answer:
            return answers.pop(0)

        def close(self) -> None:
            pass

    def resolve(host, port, type):
        if host not in names:
            raise OSError
        return [(2, 1, 6, "", (number, port)) for number in names[host]]

    monkeypatch.setattr(fetching, "_Connection", Connection)
    monkeypatch.setattr(fetching.socket, "getaddrinfo", resolve)
    return names, answers, reached


def test_the_very_number_that_was_judged_is_reached(net):
    _names, answers, reached = net
    answers.append(Answer(200, b"BEGIN"))
    assert fetch("https://agenda.example.org/a.ics") == b"BEGIN"
    assert reached == [(PUBLIC, "/a.ics")]


@pytest.mark.parametrize("numbers", [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["::1"]])
def test_a_name_that_means_one_of_ours_is_not_reached(net, numbers):
    names, _answers, reached = net
    names["agenda.example.org"] = numbers
    with pytest.raises(AddressRefused):
        fetch("https://agenda.example.org/a.ics")
    assert reached == []


@pytest.mark.parametrize(
    "location", ["http://agenda.example.org/b.ics", "https://10.0.0.1/", "https://prive.example.org/", "file:///etc/x"]
)
def test_a_leap_is_judged_as_the_first_address_was(net, location):
    names, answers, reached = net
    names |= {"prive.example.org": ["192.168.0.1"], "10.0.0.1": ["10.0.0.1"]}
    answers.append(Answer(302, location=location))
    with pytest.raises(AddressRefused):
        fetch("https://agenda.example.org/a.ics")
    assert len(reached) == 1


def test_leaps_to_public_addresses_are_followed_and_counted(net):
    _names, answers, _reached = net
    answers += [Answer(301, location="/b.ics"), Answer(200, b"x")]
    assert fetch("https://agenda.example.org/a.ics") == b"x"
    answers += [Answer(302, location="/a.ics")] * 9
    with pytest.raises(AddressRefused):
        fetch("https://agenda.example.org/a.ics")


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Answer(404), NotThere),
        (Answer(500), FetchFailed),
        (Answer(200, b"x" * (fetching.MOST_BYTES + 1)), TooLarge),
    ],
)
def test_what_goes_wrong_never_names_the_address(net, answer, fault):
    net[1].append(answer)
    with pytest.raises(fault) as failed:
        fetch("https://agenda.example.org/tres-secret.ics")
    assert "secret" not in str(failed.value)


def test_a_slow_server_is_left(net, monkeypatch):
    net[1].append(Answer(200, b"x"))
    monkeypatch.setattr(fetching, "SECONDS", 0.0)
    with pytest.raises(FetchFailed):
        fetch("https://agenda.example.org/a.ics")


def test_an_error_of_the_network_does_not_carry_the_address_along(net, monkeypatch):
    def broken(self) -> None:
        raise http.client.BadStatusLine("https://agenda.example.org/tres-secret.ics")

    monkeypatch.setattr(fetching._Connection, "getresponse", broken)
    with pytest.raises(FetchFailed) as failed:
        fetch("https://agenda.example.org/tres-secret.ics")
    assert failed.value.__suppress_context__

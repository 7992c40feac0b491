"""What the tests of pages share."""

from collections.abc import Callable
from html import unescape

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User


def browser(user: User) -> Client:
    """A browser where this person is logged in."""
    client = Client()
    client.force_login(user)
    return client


def words(response: HttpResponse) -> str:
    """The page, with entities read and white space as a reader sees it."""
    return " ".join(unescape(response.content.decode()).split())


def error_beside(response: HttpResponse, field: str) -> str:
    """The sentence beside a field, empty when there is none; the page must have been refused."""
    assert response.status_code == 422, response.status_code
    page = words(response)
    marker = f'id="id_{field}_error"'
    if marker not in page:
        return ""
    return page.split(marker, 1)[1].split("</div>", 1)[0].rsplit("</span>", 2)[1]


def statements(visit: Callable[[], HttpResponse]) -> int:
    """How many SQL statements a visit costs; it must succeed. The second visit counts: caches are warm."""
    assert visit().status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as caught:
        visit()
    return len(caught)

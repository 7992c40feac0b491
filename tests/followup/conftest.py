"""What the tests of these pages share: somebody logged in, and the statements of a page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User


@pytest.fixture
def page_of() -> Callable[..., Any]:
    """`page_of(user, url)`: the answer to somebody who has logged in; `.statements` is what it cost."""

    def get(user: User, url: str, **data: Any) -> Any:
        client = Client()
        client.force_login(user)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url, data)
        response.statements = len(captured)
        response.sql = [query["sql"] for query in captured]
        return response

    return get


@pytest.fixture
def send() -> Callable[..., Any]:
    """`send(user, url, data)`: post a form as somebody who has logged in."""

    def post(user: User, url: str, data: dict[str, Any], **headers: Any) -> Any:
        client = Client()
        client.force_login(user)
        return client.post(url, data, **headers)

    return post

"""What the tests that visit every page share."""

import logging

import pytest


@pytest.fixture
def refusals_are_expected(caplog: pytest.LogCaptureFixture) -> None:
    """Refusals are what is asked here: no need to log each of them."""
    caplog.set_level(logging.CRITICAL, logger="django.request")

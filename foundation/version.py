"""Which Ancrage this is."""

import tomllib
from functools import cache

from django.conf import settings


@cache
def version() -> str:
    """The version of Ancrage, as ``pyproject.toml`` states it."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        found: str = tomllib.load(file)["project"]["version"]
    return found

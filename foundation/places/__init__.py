"""The table of Belgian communes, read once from the files beside this module (`foundation.rules.places`)."""

from functools import cache
from importlib import resources

from foundation.rules.places import Places, read_places

FILES = ("communes_fr.txt", "communes_nl.txt")


@cache
def places() -> Places:
    """Every commune of the country that the project knows, with its postcodes."""
    here = resources.files(__name__)
    return read_places(line for name in FILES for line in here.joinpath(name).read_text("utf-8").splitlines())

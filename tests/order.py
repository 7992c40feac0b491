"""The order of the tests: another one each time, so that none leans on what another left behind.

pytest-random-order shuffles the modules, and the tests inside each of them; the head of the report names the seed, and
`--random-order-seed=…` gives the same order again (`--random-order-bucket=none` the order in which they are written).
"""

import pytest


def commits(item: pytest.Item) -> bool:
    """Tell whether a test really commits: it empties every table at its end."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let those that commit run last: the others expect the rows that the migrations wrote."""
    items.sort(key=commits)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say with the failures, which a reader begins with, how to meet them again in the same order."""
    if terminalreporter.stats.get("failed") or terminalreporter.stats.get("error"):
        seed = str(config.getoption("random_order_seed")).removeprefix("default:")
        terminalreporter.write_line(f"Le même ordre encore une fois : --random-order-seed={seed}")

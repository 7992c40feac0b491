"""What the tests of reports share."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tables.engine import registry
from tables.engine.registry import ReportDefinition


@pytest.fixture
def changed_report(monkeypatch: pytest.MonkeyPatch) -> Callable[..., ReportDefinition]:
    """Make a registered report behave otherwise for one test: `changed_report("activite", gaps=…)`."""

    def change(name: str, **parts) -> ReportDefinition:
        changed = replace(registry.report_named(name), **parts)
        monkeypatch.setitem(registry._reports, name, changed)
        return changed

    return change

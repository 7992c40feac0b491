"""What the tests of reports share."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tables.engine.registry import ReportDefinition, reports


@pytest.fixture
def changed_report(monkeypatch: pytest.MonkeyPatch) -> Callable[..., ReportDefinition]:
    """Make a registered report behave otherwise for one test: `changed_report("activite", gaps=…)`."""

    def change(name: str, **parts) -> ReportDefinition:
        changed = replace(reports[name], **parts)
        monkeypatch.setitem(reports._items, name, changed)
        return changed

    return change

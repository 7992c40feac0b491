"""The figures as the report of 2002 printed them, read from the data file that carries their source."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class PublishedProject:
    """One of the six projects, as the annex of the report describes it; ``None`` where nothing was printed."""

    name: str
    town: str
    kind: str
    people: int
    companies: int
    contracts: int
    men: int | None
    women: int | None
    cdi: int | None
    cdd: int | None
    remarks: str


@dataclass(frozen=True, slots=True)
class PublishedFigures:
    """The summary table at 31 December 2002 and the annex.

    ``profile`` is ``{dimension: {value: {"men": n, "women": n}}}``; ``contracts`` is ``{type: {"men": n, "women":
    n}}``.
    """

    source: str
    note: str
    companies_contacted: int
    people_coached: int
    contracts_signed: int
    men: int
    women: int
    profile: dict[str, dict[str, dict[str, int]]]
    contracts: dict[str, dict[str, int]]
    projects: tuple[PublishedProject, ...]
    known_errors: tuple[str, ...]


def _project(row: dict[str, Any]) -> PublishedProject:
    return PublishedProject(
        name=row["name"],
        town=row["town"],
        kind=row["kind"],
        people=row["people"],
        companies=row["companies"],
        contracts=row["contracts"],
        men=row.get("men"),
        women=row.get("women"),
        cdi=row.get("CDI"),
        cdd=row.get("CDD"),
        remarks=row["remarks"],
    )


@cache
def published_figures() -> PublishedFigures:
    """Return the published figures (read once per process)."""
    raw = json.loads(files("demo.plan").joinpath("data/pilot-2002.json").read_text(encoding="utf-8"))
    profile = raw["profile"]
    return PublishedFigures(
        source=raw["source"],
        note=raw["note"],
        companies_contacted=raw["totals"]["companies_contacted"],
        people_coached=raw["totals"]["people_coached"],
        contracts_signed=raw["totals"]["contracts_signed"],
        men=profile["sex"]["men"],
        women=profile["sex"]["women"],
        profile={name: profile[name] for name in ("age", "origin", "education")},
        contracts=raw["contracts"],
        projects=tuple(_project(row) for row in raw["projects"]),
        known_errors=tuple(raw["known_errors"]),
    )

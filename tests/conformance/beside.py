"""Whether the cases kept here still say what the folder ../shared/cases says, when one stands beside the checkout.

    python3 -m tests.conformance.beside

Standard library only: it runs where nothing is installed yet.
"""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / "tests" / "conformance" / "cases"
BESIDE = ROOT.parent / "shared" / "cases"


@dataclass
class Comparison:
    """What two folders of cases do not share, by the names of their files."""

    differing: list[str] = field(default_factory=list)
    only_beside: list[str] = field(default_factory=list)


def compare(copy: Path, beside: Path) -> Comparison:
    """Compare the files at the top of two folders, byte by byte; a folder that is not there differs in nothing."""
    found = Comparison()
    if not beside.is_dir():
        return found
    for path in sorted((*beside.glob("*.json"), *beside.glob("*.md"))):
        kept = copy / path.name
        if not kept.is_file():
            found.only_beside.append(path.name)
        elif kept.read_bytes() != path.read_bytes():
            found.differing.append(path.name)
    return found


def main(copy: Path = COPY, beside: Path = BESIDE) -> int:
    """Say what differs; 1 under CI when a file of the copy is of another version, else 0."""
    found = compare(copy, beside)
    if found.differing:
        print(f"Autre version dans {beside} : {', '.join(found.differing)}")  # noqa: T201
        print(f"La copie est dans {copy} : mettez-la à jour si les cas ont changé.")  # noqa: T201
    if found.only_beside:
        print(f"Absent de la copie ({copy}) : {', '.join(found.only_beside)}")  # noqa: T201
    return int(bool(found.differing) and os.environ.get("CI", "").lower() in {"1", "true"})


if __name__ == "__main__":
    sys.exit(main())

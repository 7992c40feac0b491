"""What can be said of a person and a job before they meet, from what was written down. A help to think, not a score.

The method (domain, sections 2 and 4): the person decides, and a requirement is questioned before it excludes anybody.
Nothing is inferred about the person beyond their town and the obstacles still being worked on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from foundation.rules.text import search_key


class Verdict(StrEnum):
    """What a line of the comparison says: the job suits, the employer may bend, or somebody has to look into it."""

    FITS = "fits"
    NEGOTIABLE = "negotiable"
    CHECK = "check"


class Topic(StrEnum):
    """What a line is about."""

    CONTRACT = "contract"
    PLACE = "place"
    SCHEDULE = "schedule"
    REQUIREMENT = "requirement"
    OBSTACLE = "obstacle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A requirement: what the employer states, what the tasks really need ("" when not objectivated yet)."""

    stated: str
    needed: str = ""
    negotiable: bool = True

    @property
    def words(self) -> str:
        """What counts: the need of the tasks once known, the statement until then."""
        return self.needed or self.stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job as far as it is written down."""

    contract_type: str
    place: str = ""
    schedule: str = ""
    tasks: str = ""
    requirements: Sequence[Asked] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as far as it is written down: the town, and the kinds of obstacles not lifted yet."""

    town: str = ""
    obstacles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to know: the verdict, its topic, the words of the job it rests on, the kind of obstacle it touches."""

    verdict: Verdict
    topic: Topic
    words: str = ""
    obstacle: str = ""


# Words of a job, without accents, that an obstacle may stumble on. They raise a question, they exclude nobody.
_TOUCHES = {
    "LANGUAGE": ("langue", "francais", "allemand", "neerlandais", "anglais", "parle", "lire", "lit", "ecrire", "ecrit"),
    "MOBILITY": ("permis", "vehicule", "voiture", "deplacements", "tournee"),
    "HEALTH": ("porter", "charges", "debout", "physique", "hauteur"),
    "SKILLS": ("diplome", "certificat", "experience", "calcul", "ordinateur", "informatique"),
}


def fit_lines(person: Person, job: Job, stopping_types: frozenset[str]) -> tuple[Line, ...]:
    """Return what fits, what can be negotiated and what is to be checked, in that order.

    ``stopping_types`` are the contract types that stop the 24-month clock (domain, section 5): the others are training,
    which is said. What is not known gives no line, except a schedule when childcare is an obstacle: one asks.
    """
    lines = [
        Line(Verdict.FITS if job.contract_type in stopping_types else Verdict.CHECK, Topic.CONTRACT, job.contract_type),
        *_place(person, job),
    ]
    if "CHILDCARE" in person.obstacles:
        lines.append(Line(Verdict.CHECK, Topic.SCHEDULE, job.schedule, "CHILDCARE"))
    touched = {kind: words for kind, words in _TOUCHES.items() if kind in person.obstacles}
    for asked in job.requirements:
        verdict = Verdict.NEGOTIABLE if asked.negotiable else Verdict.CHECK
        lines.append(Line(verdict, Topic.REQUIREMENT, asked.words, _touched(asked.words, touched)))
    for task in job.tasks.splitlines():
        obstacle = _touched(task, touched)
        if obstacle:
            lines.append(Line(Verdict.CHECK, Topic.OBSTACLE, task.strip(), obstacle))
    order = list(Verdict)
    return tuple(sorted(lines, key=lambda line: order.index(line.verdict)))


def _place(person: Person, job: Job) -> list[Line]:
    """Whether the job is in the person's town; another town is a question only when mobility is an obstacle."""
    if person.town and job.place and search_key(person.town) in search_key(job.place):
        return [Line(Verdict.FITS, Topic.PLACE, job.place)]
    if "MOBILITY" in person.obstacles:
        return [Line(Verdict.CHECK, Topic.PLACE, job.place, "MOBILITY")]
    return []


def _touched(words: str, touched: dict[str, tuple[str, ...]]) -> str:
    """The kind of obstacle that these words touch first, or an empty string."""
    known = set(search_key(words).split())
    return next((kind for kind, signs in touched.items() if known.intersection(signs)), "")


def weight(lines: Sequence[Line]) -> tuple[int, int]:
    """How many things are to be checked, then to be negotiated: the fewest first in a list."""
    return (
        sum(line.verdict is Verdict.CHECK for line in lines),
        sum(line.verdict is Verdict.NEGOTIABLE for line in lines),
    )

"""The path of a case as five steps, every way back shown for what it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.formatting import date_words
from method.rules.phases import Phase

_ORDER: tuple[str, ...] = tuple(Phase)


@dataclass(frozen=True, slots=True)
class PhaseStep:
    """One phase on the stepper.

    ``state`` is done, current, todo, visited (reached, then left by a way back) or skipped (the path ended without it).
    """

    number: int
    code: str
    label: str | Promise
    state: str
    state_words: str
    starts_on: date | None
    ends_on: date | None
    visits: int
    dates_words: str


@dataclass(frozen=True, slots=True)
class PhasePath:
    """The five steps, the current one, and a sentence for each way back."""

    steps: tuple[PhaseStep, ...]
    current: PhaseStep
    returns: tuple[str, ...]


def phase_steps(phase: Any, spells: Iterable[Any] = ()) -> PhasePath:
    """Return the path of a case that stands in ``phase``, having gone through ``spells`` in that order.

    Raises:
        ValueError: ``phase`` is not one of the five.
    """
    code = str(getattr(phase, "value", phase))
    if code not in _ORDER:
        raise ValueError(f"{code} is not a phase")
    here = _ORDER.index(code)
    stays = [(str(getattr(s.phase, "value", s.phase)), s.starts_on, s.ends_on) for s in spells]
    steps = tuple(_step(index, here, [s for s in stays if s[0] == _ORDER[index]]) for index in range(len(_ORDER)))
    return PhasePath(steps, steps[here], _returns(stays))


def _step(index: int, here: int, stays: list[tuple[str, date, date | None]]) -> PhaseStep:
    if index == here:
        state, words = "current", _("phase actuelle")
    elif index < here:
        state, words = ("done", _("terminée")) if stays else ("skipped", _("non parcourue"))
    else:
        state, words = ("visited", _("déjà parcourue, puis quittée")) if stays else ("todo", _("à venir"))
    if index > here and _ORDER[here] == "EXIT":
        state, words = "skipped", _("non parcourue")
    starts_on = stays[-1][1] if stays else None
    ends_on = stays[-1][2] if stays else None
    return PhaseStep(
        number=index + 1,
        code=_ORDER[index],
        label=Phase(_ORDER[index]).heading,
        state=state,
        state_words=words,
        starts_on=starts_on,
        ends_on=ends_on,
        visits=len(stays),
        dates_words=_dates(index == here, _ORDER[index], starts_on, ends_on),
    )


def _dates(current: bool, code: str, starts_on: date | None, ends_on: date | None) -> str:
    if starts_on is None:
        return ""
    if current:
        words = _("le %(date)s") if code == "EXIT" else _("depuis le %(date)s")
        return words % {"date": date_words(starts_on)}
    if ends_on is None or ends_on == starts_on:
        return _("le %(date)s") % {"date": date_words(starts_on)}
    return f"{date_words(starts_on)} – {date_words(ends_on)}"


def _returns(stays: list[tuple[str, date, date | None]]) -> tuple[str, ...]:
    sentences: list[str] = []
    for (before, _start, _end), (after, on, _last) in pairwise(stays):
        if _ORDER.index(after) >= _ORDER.index(before):
            continue
        words = (
            _("Retour en pré-embauche le %(date)s : le contrat suivi a pris fin.")
            if before == "FOLLOW_UP"
            else _("Retour en pré-embauche le %(date)s : l’embauche n’a pas abouti.")
            if before == "HIRE"
            else _("Retour à une phase précédente le %(date)s.")
        )
        sentences.append(words % {"date": date_words(on)})
    return tuple(sentences)

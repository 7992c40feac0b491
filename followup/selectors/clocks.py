"""Both clocks of a case in words, from the dates of its status."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from followup.models import CaseStatus
from foundation.formatting import date_words, relative_words
from method.rules.nearness import ClockLimits, Nearness, nearness
from method.rules.phases import Phase
from method.selectors import followup_limits, prehire_limits

_TONES = {Nearness.IMMINENT: "bad", Nearness.NEAR: "warn", Nearness.FAR: ""}


@dataclass(frozen=True, slots=True)
class ClockWords:
    """A clock as a cell shows it: the date if there is one, words that stand without it, and a tone."""

    words: str
    on: date | None = None
    tone: str = ""

    def __str__(self) -> str:
        return f"{date_words(self.on)} ({self.words})" if self.on else self.words


def is_expired(status: CaseStatus, on: date) -> bool:
    """Whether the 24 months are used up and no follow-up runs: nothing new may start or be planned."""
    deadline, start, end = status.prehire_deadline, status.followup_starts_on, status.followup_deadline
    followed = start is not None and end is not None and start <= on < end
    return deadline is not None and deadline <= on and status.phase != Phase.EXIT and not followed


def prehire_words(status: CaseStatus, on: date) -> ClockWords:
    """The 24 months: when they end, or why no date is known."""
    if status.prehire_started_on is None:
        return ClockWords(_("pas encore commencés"))
    if status.phase == Phase.EXIT:
        return ClockWords(_("dossier sorti"))
    deadline = status.prehire_deadline
    if deadline is None:
        return ClockWords(_("à l’arrêt, contrat en cours"))
    if deadline <= on:
        return ClockWords(_("épuisés %(when)s") % {"when": relative_words(deadline, on)}, deadline, "bad")
    return ClockWords(
        relative_words(deadline, on), deadline, _tone(deadline, on, prehire_limits(on, status.organisation_id))
    )


def followup_words(status: CaseStatus, on: date) -> ClockWords:
    """The six months of follow-up: when they begin or end."""
    start, deadline = status.followup_starts_on, status.followup_deadline
    if start is None or deadline is None or status.phase in (Phase.PRE_HIRE, Phase.EXIT):
        return ClockWords("–")
    if start > on:
        return ClockWords(_("commencent %(when)s") % {"when": relative_words(start, on)}, start)
    if deadline <= on:
        return ClockWords(_("terminés %(when)s") % {"when": relative_words(deadline, on)}, deadline, "warn")
    return ClockWords(
        relative_words(deadline, on), deadline, _tone(deadline, on, followup_limits(on, status.organisation_id))
    )


def _tone(deadline: date, on: date, limits: ClockLimits) -> str:
    return _TONES[nearness((deadline - on).days, limits)]

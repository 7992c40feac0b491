"""A clock as a bar: what is used, what was stopped, what is left, and what went over."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.formatting import days_words, number_words
from method.rules.nearness import ClockLimits, Nearness, nearness

_NEARNESS_LOOKS = {
    Nearness.IMMINENT: ("bad", "triangle-alert"),
    Nearness.NEAR: ("warn", "hourglass"),
    Nearness.FAR: ("calm", "hourglass"),
}
# A clock that names no limits is that of the 24 months, with the limits that its parameter begins with.
PREHIRE_LIMITS = ClockLimits()

_STILL = ("not_started", "closed", "none", "done", "upcoming")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFacts:
    """A clock ready to be shown. Every count is in days; ``deadline`` is the first day no longer covered.

    ``state`` is one of the rules' states (not_started, running, stopped, expired, closed; none, upcoming, running,
    done). ``note`` is a sentence under the bar (« Arrêtée depuis le 3 mars par un CDD »).
    ``limits`` are those of the clock on the day shown.
    """

    label: str | Promise
    state: str
    state_label: str | Promise
    used_days: int | None = 0
    stopped_days: int | None = 0
    remaining_days: int | None = None
    allowance_days: int | None = 0
    deadline: date | None = None
    overrun_days: int | None = 0
    note: str | Promise = ""
    limits: ClockLimits = PREHIRE_LIMITS
    # The name in a line where there is little room: « 24 mois ».
    short: str | Promise = ""

    @property
    def brief(self) -> str:
        """What remains, as a line says it: « 657 j »; "" when there is nothing to count."""
        if self.state == "expired" or self.overrun_days:
            return _("%(n)s j de trop") % {"n": number_words(self.overrun_days or 0)} if self.overrun_days else ""
        if self.state not in ("running", "stopped") or self.remaining_days is None:
            return ""
        return _("%(n)s j") % {"n": number_words(self.remaining_days)}

    @property
    def brief_state(self) -> str:
        """What the months do, when there is nothing to count of them; the clock's own words otherwise."""
        months = {
            "not_started": _("pas commencés"),
            "none": _("pas commencés"),
            "done": _("terminés"),
            "closed": _("clos"),
            "expired": _("épuisés"),
        }
        return months.get(self.state, str(self.state_label))


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of the bar: ``x`` and ``width`` in hundredths of its length."""

    code: str
    label: str
    days: int
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class ClockShape:
    """What the template draws: segments in order, the tone of the whole, one sentence, and where today stands."""

    segments: tuple[Segment, ...]
    legend: tuple[Segment, ...]
    tone: str
    icon: str
    sentence: str
    headline: str
    today_x: str
    pattern_id: str


def clock_shape(clock: ClockFacts) -> ClockShape:
    """Return the bar of a clock. A clock that has not started is an empty bar; nothing is drawn that is not known."""
    used = max(clock.used_days or 0, 0)
    stopped = max(clock.stopped_days or 0, 0)
    overrun = max(clock.overrun_days or 0, 0)
    allowance = max(clock.allowance_days or 0, 0)
    left = clock.remaining_days if clock.remaining_days is not None else max(allowance - used, 0)
    within = min(used, allowance) if allowance else used
    parts = (
        ("used", ngettext("utilisé", "utilisés", within), within),
        ("stopped", ngettext("arrêté", "arrêtés", stopped), stopped),
        ("left", ngettext("restant", "restants", left), max(left, 0)),
        ("over", _("au-delà"), overrun),
    )
    total = sum(days for _code, _label, days in parts) or 1
    segments: list[Segment] = []
    position = 0
    for code, label, days in parts:
        if days:
            segments.append(Segment(code, label, days, _share(position, total), _share(days, total)))
        position += days
    tone, icon = tone_of(clock.state, left, overrun, clock.limits)
    return ClockShape(
        segments=tuple(segments),
        legend=tuple(s for s in segments if clock.state not in ("not_started", "none")),
        tone=tone,
        icon=icon,
        sentence=_sentence(segments),
        headline=_headline(clock.state, left, overrun),
        today_x=_share(within + stopped, total) if clock.state in ("running", "stopped") and left else "",
        pattern_id=f"hatch-{within}-{stopped}-{left}-{overrun}",
    )


def _share(days: int, total: int) -> str:
    return f"{days * 100 / total:.2f}%"


def tone_of(state: str, left: int, overrun: int, limits: ClockLimits) -> tuple[str, str]:
    """Return the tone and the icon of a clock; ``left`` and ``overrun`` are days."""
    if overrun or state == "expired":
        return "bad", "octagon-alert"
    if state in _STILL:
        return "still", {"done": "circle-check", "closed": "circle-check"}.get(state, "circle-dashed")
    if state == "stopped":
        return "stopped", "circle-pause"
    return _NEARNESS_LOOKS[nearness(left, limits)]


def _headline(state: str, left: int, overrun: int) -> str:
    if overrun:
        return _("%(days)s de trop") % {"days": days_words(overrun)}
    if state == "expired":
        return _("Expirée")
    if state in ("not_started", "none"):
        return _("Pas encore commencée")
    if state in ("closed", "done"):
        return _("Terminée")
    return ngettext("%(days)s restant", "%(days)s restants", left) % {"days": days_words(left)}


def _sentence(segments: list[Segment]) -> str:
    if not segments:
        return _("Aucun jour compté.")
    return ", ".join(f"{days_words(s.days)} {s.label}" for s in segments) + "."

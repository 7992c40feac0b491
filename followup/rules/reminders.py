"""Who is told of what is due, from which day, by which way, and who may do without: one table.

Source: domain, sections 4 to 7. What is due, and until when it counts, is in :mod:`followup.rules.deadlines`; here is
what becomes of it on a working morning.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from beneficiaries.rules.phases import Phase
from followup.rules.deadlines import Kind
from foundation.rules.periods import ONE_DAY
from foundation.rules.workdays import WorkingDays

# What has been due for so long is told to the coordinators too.
ESCALATE_AFTER_DAYS = 14


class Audience(StrEnum):
    """Who is told at once; after :data:`ESCALATE_AFTER_DAYS` the coordinators are told of everything."""

    COACH = "coach"
    COACH_AND_COORDINATION = "coach_and_coordination"


class Channel(StrEnum):
    """How they are told: what is mailed is on the screen too."""

    MAIL = "mail"
    SCREEN = "screen"


class Tell(StrEnum):
    """From which day they are told."""

    AHEAD = "ahead"
    """From the day on which the coach's page shows it."""
    ON_THE_DAY = "on_the_day"
    """On the day it is due."""
    AFTERWARDS = "afterwards"
    """On the day it is due, once that day is there: it tells of something that has happened."""
    BY_WARNINGS = "by_warnings"
    """At each warning, so many days before the day it is due; the latest warning replaces the former."""


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """One line of the table.

    Attributes:
        code: what is due.
        name: how people call it, in French.
        asks: what a mail asks, in French: no name, no firm, no situation that a passer-by could read.
        tell: from which day.
        optional: whether people may do without the mail; the screen always tells.
    """

    code: Kind
    name: str
    asks: str
    tell: Tell
    optional: bool = False
    audience: Audience = Audience.COACH
    channel: Channel = Channel.MAIL


RULES: dict[Kind, ReminderRule] = {
    rule.code: rule
    for rule in (
        ReminderRule(Kind.FIRST_MEETING, "Premier entretien", "premier entretien à avoir", Tell.AHEAD),
        ReminderRule(Kind.CONTACT, "Contact avec la personne", "contact à prendre", Tell.ON_THE_DAY, optional=True),
        ReminderRule(
            Kind.EMPLOYER, "Contact avec l’employeur", "nouvelles à prendre de l’emploi", Tell.AHEAD, optional=True
        ),
        ReminderRule(
            Kind.APPOINTMENT,
            "Rendez-vous passé sans issue",
            "issue d’un rendez-vous à renseigner",
            Tell.AFTERWARDS,
            optional=True,
        ),
        ReminderRule(Kind.NO_SHOWS, "Absences de suite", "absences de suite, à reprendre", Tell.AFTERWARDS),
        ReminderRule(Kind.INTAKE_END, "Accueil qui dure", "accueil à conclure", Tell.AHEAD, optional=True),
        ReminderRule(
            Kind.PREHIRE_END,
            "Fin des 24 mois",
            "les 24 mois se terminent",
            Tell.BY_WARNINGS,
            audience=Audience.COACH_AND_COORDINATION,
        ),
        ReminderRule(Kind.FOLLOW_UP_MISSING, "Suivi à convenir", "suivi à convenir", Tell.AFTERWARDS),
        ReminderRule(Kind.CONTRACT_END, "Fin d’un contrat", "fin de contrat à préparer", Tell.AHEAD),
        ReminderRule(Kind.JOB_ENDED, "Emploi terminé", "emploi terminé, suite à donner", Tell.AFTERWARDS),
        ReminderRule(Kind.FOLLOW_UP_END, "Bilan de clôture", "bilan de clôture à faire", Tell.AHEAD),
        ReminderRule(
            Kind.RESULTS_4_WEEKS, "Résultats FSE+ à 4 semaines", "résultats à 4 semaines à demander", Tell.AHEAD
        ),
        ReminderRule(Kind.RESULTS_6_MONTHS, "Résultats FSE+ à 6 mois", "résultats à 6 mois à demander", Tell.AHEAD),
    )
}

OPTIONAL: tuple[ReminderRule, ...] = tuple(rule for rule in RULES.values() if rule.optional)
MAILED: frozenset[Kind] = frozenset(rule.code for rule in RULES.values() if rule.channel is Channel.MAIL)
FOR_COORDINATION: frozenset[Kind] = frozenset(
    rule.code for rule in RULES.values() if rule.audience is Audience.COACH_AND_COORDINATION
)


@dataclass(frozen=True, slots=True)
class Morning:
    """A working day, seen in the morning: what falls on the days off that follow it is told today.

    Attributes:
        on: the working day.
        horizon: the last day before the next working day.
        warnings: days before the end of the 24 months at which it is told.
    """

    on: date
    horizon: date
    warnings: Sequence[int] = (92, 31, 0)


def morning(on: date, days: WorkingDays, warnings: Sequence[int]) -> Morning | None:
    """Return the morning of a day, or ``None`` on a day off: nobody is written to."""
    return Morning(on, days.next_after(on) - ONE_DAY, warnings) if days.is_working(on) else None


def threshold_of(kind: Kind, due_on: date, shown_from: date, today: Morning) -> int | None:
    """Return which warning of a standing deadline is to be told this morning, or ``None``: not yet.

    A warning is a number of days before the due day; 0 where a rule tells once. It depends on the day alone and not on
    what was told before: a morning without a run is caught up by the next one.
    """
    rule = RULES[kind]
    if rule.tell is Tell.BY_WARNINGS:
        reached = [days for days in today.warnings if due_on - timedelta(days=days) <= today.horizon]
        return min(reached, default=None)
    told_from = shown_from if rule.tell is Tell.AHEAD else due_on
    last = today.on if rule.tell is Tell.AFTERWARDS else today.horizon
    return 0 if told_from <= last else None


def asks_a_contact_in_vain(kind: Kind, phase: str, prehire_deadline: date | None, on: date) -> bool:
    """Return whether a contact is due that no mandate covers any more: the 24 months are used up, no job is followed.

    Nobody is then asked for it (domain, section 5): what is asked is the exit or an extension.
    """
    return (
        kind is Kind.CONTACT
        and phase not in (Phase.FOLLOW_UP, Phase.EXIT)
        and prehire_deadline is not None
        and prehire_deadline <= on
    )


def escalation_limit(on: date) -> date:
    """Return the latest due day of what is told to the coordinators on a day."""
    return on - timedelta(days=ESCALATE_AFTER_DAYS)


def may_mute(codes: Iterable[str]) -> bool:
    """Return whether all of these rules may be switched off."""
    return set(codes) <= {rule.code.value for rule in OPTIONAL}

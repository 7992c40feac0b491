"""Reminders on the screen, and the state of the mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from followup.enums import MailState
from followup.models import Appointment, DailyRun, Deadline, MutedRule, OutboxMail, Reminder
from followup.registries import results_place
from followup.rules.kinds import FOR_COORDINATION, OPTIONAL, RULES, DeadlineKind, ReminderRule
from followup.selectors.reasons import when_words
from method.rules.urgency import urgency
from method.selectors import urgency_limits


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A reminder as the page shows it; `url_name` is the page that settles it, when a page of its own does;
    `appointment` is the one whose outcome it asks.
    """

    reminder: Reminder
    words: str
    when: str
    code: str
    url_name: str = ""
    appointment: Appointment | None = None


def my_reminders(user: User) -> QuerySet[Reminder]:
    """What somebody is reminded of, their own and in replacement, the oldest first."""
    found: QuerySet[Reminder] = Reminder.objects.visible_to(user).open().for_recipient(user)
    return _shown(found)


def coordination_reminders(user: User) -> QuerySet[Reminder]:
    """What the coordinators of the organisation are told of, the oldest first."""
    concerned = Q(escalated_on__isnull=False) | Q(rule__in=[kind.value for kind in FOR_COORDINATION])
    found: QuerySet[Reminder] = Reminder.objects.visible_to(user).open().filter(concerned)
    return _shown(found)


def _shown(found: QuerySet[Reminder]) -> QuerySet[Reminder]:
    # A follow-up that became discreet this morning asks for no employer any more, before the next run says so.
    standing = Deadline.objects.of_kind(DeadlineKind.EMPLOYER).filter(case=OuterRef("case"), due_on=OuterRef("due_on"))
    found = found.filter(~Q(rule=DeadlineKind.EMPLOYER.value) | Exists(standing))
    return found.select_related("case__beneficiary", "case__coach", "recipient").order_by("due_on", "pk")


def rows_of(reminders: Sequence[Reminder], on: date, organisation_id: UUID | None) -> list[ReminderRow]:
    """Reminders of an organisation in words, as of a day; one statement more when appointments are among them."""
    limits = urgency_limits(on, organisation_id)
    asked = _appointments_asked(reminders)
    return [
        ReminderRow(
            reminder=reminder,
            words=_(RULES[DeadlineKind(reminder.rule)].name),
            when=when_words(DeadlineKind(reminder.rule), reminder.due_on, on),
            url_name=results_place(reminder.rule),
            appointment=asked.get((reminder.case_id, reminder.due_on)) if _asks_outcome(reminder) else None,
            code=urgency(reminder.due_on, on, limits).value,
        )
        for reminder in reminders
    ]


def _asks_outcome(reminder: Reminder) -> bool:
    return bool(reminder.rule == DeadlineKind.APPOINTMENT)


def _appointments_asked(reminders: Sequence[Reminder]) -> dict[tuple[UUID, date], Appointment]:
    """The first appointment still without an outcome on each day that a reminder asks about, by case and day."""
    asked = [reminder for reminder in reminders if _asks_outcome(reminder)]
    if not asked:
        return {}
    waiting = Appointment.objects.planned().filter(
        case__in=[one.case_id for one in asked], on__in=[one.due_on for one in asked]
    )
    cases = {one.case_id: one.case for one in asked}
    found: dict[tuple[UUID, date], Appointment] = {}
    for appointment in waiting.order_by("-on", "-at", "-created_at"):
        appointment.case = cases[appointment.case_id]
        found[appointment.case_id, appointment.on] = appointment
    return found


@dataclass(frozen=True, slots=True)
class Preferences:
    """What somebody chose: the rules that may be switched off with whether they are mailed, and the others."""

    optional: Sequence[tuple[ReminderRule, bool]]
    compulsory: Sequence[ReminderRule]


def preferences_of(user: User) -> Preferences:
    """The choices of somebody; one statement."""
    muted = set(MutedRule.objects.filter(user=user).values_list("rule", flat=True))
    return Preferences(
        optional=[(rule, rule.code.value not in muted) for rule in OPTIONAL],
        compulsory=[rule for rule in RULES.values() if not rule.optional],
    )


def mails_visible_to(user: User) -> QuerySet[OutboxMail]:
    """The mails of the organisation, the latest first; not their text."""
    found: QuerySet[OutboxMail] = OutboxMail.objects.visible_to(user)
    return found.select_related("user").defer("body").order_by("-queued_at", "pk")


def mail_counts(user: User) -> list[tuple[str, str | Promise, int]]:
    """How many mails stand in each state: code, words, number. One statement."""
    found: dict[str, int] = dict(
        OutboxMail.objects.visible_to(user).order_by().values_list("state").annotate(n=Count("pk"))
    )
    return [(state.value, state.label, found.get(state.value, 0)) for state in MailState]


def latest_run() -> DailyRun | None:
    """The latest daily run that was finished."""
    found: Any = DailyRun.objects.filter(finished_at__isnull=False).order_by("-day").first()
    return found if isinstance(found, DailyRun) else None

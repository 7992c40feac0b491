"""The daily run: reminders follow what is due, and the mails that tell them are written in the same transaction.

Docs: docs/decisions/0006-reminders.md.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, partial
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.parameters import Key, value_on
from accounts.selectors.workdays import closed_organisations, closings_known, working_days_of
from followup.models import DailyRun, Deadline, Reminder
from followup.rules.kinds import DeadlineKind
from followup.rules.reminders import (
    Morning,
    asks_a_contact_in_vain,
    escalation_limit,
    morning,
    threshold_of,
)
from followup.services.digests import queue_digests
from followup.services.recipients import Recipients, recipients_on
from foundation.clock import today
from foundation.errors import DomainError
from foundation.workdays import working_days

# Rows written or looked up by key in one statement.
BATCH = 1000
CHUNK = 500


class RunRefused(DomainError):
    """The daily run cannot be made for that day."""


class Cause(NamedTuple):
    """What a reminder is about: it is the same reminder as long as these are."""

    case_id: UUID
    rule: str
    due_on: date
    threshold: int


class Carrier(NamedTuple):
    """Who carries a case about which something is to be told: the coach, in their organisation."""

    organisation_id: UUID
    coach_id: UUID


@dataclass(slots=True)
class _Known:
    """A reminder that is open."""

    pk: UUID
    recipient_id: UUID | None


@dataclass(slots=True)
class _Changes:
    """What a run found to write: reminders to raise, to open again and to close, and those that change hands."""

    new: list[Reminder] = field(default_factory=list)
    reopened: list[UUID] = field(default_factory=list)
    closed: list[UUID] = field(default_factory=list)
    moved: dict[UUID | None, list[UUID]] = field(default_factory=dict)


@transaction.atomic
def run_day(*, on: date) -> DailyRun:
    """Make the run of a day, once: raise, hand over, escalate and close reminders, write the mails of the morning.

    Everything or nothing is kept: a run that is killed leaves no trace, and the next one does its work. A second run of
    the day, or one of a day before the latest run, changes nothing. Two runs at once wait for each other on the row of
    the day. On a day off nobody is written to; on the closing day of an organisation, nobody of it, and its reminders
    stay as they are.

    Raises:
        RunRefused: the day has not come.
    """
    if on > today():
        raise RunRefused("future", _("Ce jour n’est pas encore venu."), field="on")
    DailyRun.objects.get_or_create(day=on)
    run: DailyRun = DailyRun.objects.select_for_update().get(day=on)
    later = DailyRun.objects.filter(day__gt=on, finished_at__isnull=False)
    if run.finished_at is not None or later.exists():
        return run
    seen = morning(on, working_days(on))
    if seen is not None:
        _work(run, seen)
    run.finished_at = timezone.now()
    run.save()
    return run


def _work(run: DailyRun, seen: Morning) -> None:
    """What a working morning does; figures go to the run."""
    recipients = recipients_on(seen.on)
    closed = closed_organisations(seen.on)
    changes = _changes(_wanted(seen, closed), recipients, seen.on, closed)
    _write(changes, seen.on)
    overdue = Q(due_on__lte=escalation_limit(seen.on)) | Q(recipient__isnull=True)
    waiting = Reminder.objects.open().filter(overdue, escalated_on__isnull=True).exclude(organisation__in=closed)
    run.escalated = waiting.update(escalated_on=seen.on)
    run.raised = len(changes.new) + len(changes.reopened)
    run.closed = len(changes.closed)
    run.mails = queue_digests(on=seen.on, recipients=recipients, begin_week=_begins_week(seen.on), closed=closed)


def _begins_week(on: date) -> Callable[[UUID], bool]:
    """Whether no earlier morning of the week that an organisation works had its run."""
    monday = on - timedelta(days=on.weekday())
    done = DailyRun.objects.filter(day__gte=monday, day__lt=on, finished_at__isnull=False)
    days = list(done.values_list("day", flat=True))
    return lambda organisation_id: not any(working_days_of(organisation_id, day).is_working(day) for day in days)


def _wanted(seen: Morning, closed: frozenset[UUID]) -> dict[Cause, Carrier]:
    """What is to be told this morning, and of whose cases: none of an organisation that is closed. One statement.

    Each organisation is told what falls on its own days off.
    """

    @cache
    def morning_of(organisation_id: UUID) -> Morning:
        return morning(seen.on, working_days_of(organisation_id, seen.on)) or seen

    horizon = max([seen.horizon, *(morning_of(key).horizon for key in closings_known())])
    rows = (
        Deadline.objects.standing_on(seen.on)
        .filter(shown_from__lte=horizon)
        .exclude(organisation__in=closed)
        .order_by("due_on", "pk")
        .values_list(
            "case_id",
            "kind",
            "due_on",
            "shown_from",
            "organisation_id",
            "case__coach_id",
            "case__status__phase",
            "case__status__prehire_deadline",
        )
    )
    wanted: dict[Cause, Carrier] = {}
    contacts: set[UUID] = set()
    warnings = cache(partial(value_on, Key.WARNING_DAYS, seen.on))
    for case_id, code, due_on, shown_from, organisation_id, coach_id, phase, prehire_deadline in rows.iterator():
        kind = DeadlineKind(code)
        here = morning_of(organisation_id)
        threshold = threshold_of(kind, due_on, shown_from, here, warnings(organisation_id))
        if (
            threshold is None
            or shown_from > here.horizon
            or asks_a_contact_in_vain(kind, phase, prehire_deadline, seen.on)
        ):
            continue
        if kind is DeadlineKind.CONTACT:
            # With several jobs the earliest contact is the one that is due.
            if case_id in contacts:
                continue
            contacts.add(case_id)
        wanted[Cause(case_id, code, due_on, threshold)] = Carrier(organisation_id, coach_id)
    return wanted


def _changes(wanted: dict[Cause, Carrier], recipients: Recipients, on: date, shut: frozenset[UUID]) -> _Changes:
    """Compare what is to be told with the reminders that there are, but those of who is `shut`. Two statements."""
    changes = _Changes()
    known = dict(_open_reminders(shut))
    closed = dict(_closed_reminders_whose_cause_is_back())
    for cause, carrier in wanted.items():
        recipient_id = recipients.of(carrier.organisation_id, carrier.coach_id)
        standing = known.pop(cause, None)
        if standing is None and cause in closed:
            standing = closed[cause]
            changes.reopened.append(standing.pk)
        if standing is None:
            changes.new.append(
                Reminder(
                    organisation_id=carrier.organisation_id,
                    case_id=cause.case_id,
                    rule=cause.rule,
                    due_on=cause.due_on,
                    threshold=cause.threshold,
                    recipient_id=recipient_id,
                    raised_on=on,
                )
            )
        elif standing.recipient_id != recipient_id:
            changes.moved.setdefault(recipient_id, []).append(standing.pk)
    changes.closed = [standing.pk for standing in known.values()]
    return changes


_CAUSE = ("case_id", "rule", "due_on", "threshold")


def _open_reminders(closed: frozenset[UUID]) -> Iterator[tuple[Cause, _Known]]:
    rows = (
        Reminder.objects.open().exclude(organisation__in=closed).order_by().values_list(*_CAUSE, "pk", "recipient_id")
    )
    for *cause, pk, recipient_id in rows.iterator():
        yield Cause(*cause), _Known(pk, recipient_id)


def _closed_reminders_whose_cause_is_back() -> Iterator[tuple[Cause, _Known]]:
    """A correction can bring back what was settled: the same reminder then, not a second one."""
    same = Deadline.objects.filter(case=OuterRef("case"), kind=OuterRef("rule"), due_on=OuterRef("due_on"))
    rows = Reminder.objects.filter(Exists(same), closed_on__isnull=False).order_by()
    for *cause, pk, recipient_id in rows.values_list(*_CAUSE, "pk", "recipient_id").iterator():
        yield Cause(*cause), _Known(pk, recipient_id)


def _write(changes: _Changes, on: date) -> None:
    """Write the changes in as many statements as there are batches.

    In bulk and unaudited: reminders are derived from facts that are audited, and nobody's act.
    """
    for keys in _chunks(changes.closed):
        Reminder.objects.filter(pk__in=keys).update(closed_on=on)
    for keys in _chunks(changes.reopened):
        Reminder.objects.filter(pk__in=keys).update(closed_on=None)
    for recipient_id, moved in changes.moved.items():
        for keys in _chunks(moved):
            Reminder.objects.filter(pk__in=keys).update(recipient_id=recipient_id)
    if changes.new:
        Reminder.objects.bulk_create(changes.new, batch_size=BATCH)


def _chunks(keys: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]

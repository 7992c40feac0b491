"""The mails of the morning: to each coach what is new for them, to the coordinators once a week what waits too long.

A reminder is told once to each person it concerns: `ReminderNotice` says in which mail. Mails hold initials and links,
never a name, a firm or an address (domain.md 6, issue 4).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from followup.enums import NoticeLevel
from followup.models import MutedRule, OutboxMail, Reminder, ReminderNotice
from followup.rules.kinds import FOR_COORDINATION, MAILED, RULES, DeadlineKind
from followup.selectors.reasons import when_words
from followup.services.recipients import Post, Recipients
from foundation.formatting import date_words, first_letter, named_day_words

BATCH = 1000
# A mail that nobody reads to its end tells nothing: beyond that, the page lists them.
LINES = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One reminder as a mail tells it."""

    initials: str
    words: str
    when: str
    url: str


@dataclass(frozen=True, slots=True)
class _Told:
    """A reminder about to be told to somebody, put into words in the language of whoever is told."""

    pk: UUID
    rule: str
    due_on: date
    case_id: UUID
    first_name: str
    last_name: str

    def line(self, on: date) -> Line:
        """What the mail of a day says of it."""
        kind = DeadlineKind(self.rule)
        names = (self.first_name, self.last_name)
        return Line(
            initials=" ".join(f"{letter}." for name in names if (letter := first_letter(name))),
            words=_(RULES[kind].asks),
            when=f"{date_words(self.due_on)}, {when_words(kind, self.due_on, on)}",
            url=address_of("followup:case_summary", case_id=self.case_id) + THREAD_PART.get(kind, ""),
        )


def queue_digests(
    *, on: date, recipients: Recipients, begin_week: Callable[[UUID], bool], closed: frozenset[UUID] = frozenset()
) -> int:
    """Write the mails of a working morning; return how many. To be called inside the daily run's transaction.

    The coordinators are written to on the morning that begins the week: Monday, or the next one that has a run when
    Monday is a day off or was missed; `begin_week` answers it for an organisation. Nobody of a `closed` one is written
    to.
    """
    digests = list(_coach_digests(on, recipients, closed))
    coordinators = {
        key: people for key, people in recipients.coordinators.items() if key not in closed and begin_week(key)
    }
    if coordinators:
        digests += _coordination_digests(on, recipients, coordinators)
    mails: list[OutboxMail] = []
    notices: list[ReminderNotice] = []
    for mail, level, told in digests:
        mails.append(mail)
        notices += [ReminderNotice(reminder_id=one.pk, user_id=mail.user_id, level=level, mail=mail) for one in told]
    if mails:
        OutboxMail.objects.bulk_create(mails, batch_size=BATCH)
        ReminderNotice.objects.bulk_create(notices, batch_size=BATCH)
    return len(mails)


_Digest = tuple[OutboxMail, NoticeLevel, Sequence[_Told]]


def _coach_digests(on: date, recipients: Recipients, closed: frozenset[UUID]) -> Iterable[_Digest]:
    """To each coach, the reminders that they have not been told yet. Two statements."""
    told_already = ReminderNotice.objects.filter(
        reminder=OuterRef("pk"), user=OuterRef("recipient"), level=NoticeLevel.COACH
    )
    muted = MutedRule.objects.filter(user=OuterRef("recipient"), rule=OuterRef("rule"))
    mailed = Reminder.objects.open().filter(recipient__isnull=False, rule__in=_codes(MAILED))
    rows = (
        mailed.filter(~Exists(told_already), ~Exists(muted))
        .exclude(organisation__in=closed)
        .order_by("organisation", "recipient", "due_on", "pk")
        .values_list("organisation_id", "recipient_id", *_LINE)
    )
    new: dict[Post, list[_Told]] = defaultdict(list)
    for organisation_id, recipient_id, *facts in rows.iterator():
        new[organisation_id, recipient_id].append(_Told(*facts))
    if not new:
        return
    counted = mailed.order_by().values("organisation_id", "recipient_id").annotate(n=Count("pk"))
    standing = {(row["organisation_id"], row["recipient_id"]): row["n"] for row in counted}
    for (organisation_id, recipient_id), told in new.items():
        older = standing[organisation_id, recipient_id] - len(told)
        house = recipients.organisations.get(organisation_id, "")
        with override(recipients.languages.get(recipient_id, settings.LANGUAGE_CODE)):
            subject = ngettext("%(n)s rappel pour vous, %(day)s", "%(n)s rappels pour vous, %(day)s", len(told))
            mail = _mail(
                f"coach:{organisation_id}:{recipient_id}:{on.isoformat()}",
                organisation_id,
                recipient_id,
                _subject(subject, told, on, house),
                render_to_string("followup/email/coach_digest.txt", _context(told, on, house) | {"older": older}),
            )
        yield mail, NoticeLevel.COACH, told


def _coordination_digests(
    on: date, recipients: Recipients, coordinators: Mapping[UUID, Sequence[UUID]]
) -> Iterable[_Digest]:
    """To each coordinator, the first working morning of the week, what waits for too long or concerns them at once.

    Two statements.
    """
    year, week, _weekday = on.isocalendar()
    concerned = Q(escalated_on__isnull=False) | Q(rule__in=_codes(FOR_COORDINATION))
    candidates = Reminder.objects.open().filter(concerned, rule__in=_codes(MAILED))
    notices = ReminderNotice.objects.filter(
        level=NoticeLevel.COORDINATION, reminder__closed_on__isnull=True
    ).values_list("reminder_id", "user_id")
    known = set(notices.iterator())
    rows = candidates.order_by("organisation", "due_on", "pk").values_list("organisation_id", *_LINE)
    by_organisation: dict[UUID, list[_Told]] = defaultdict(list)
    for organisation_id, *facts in rows.iterator():
        by_organisation[organisation_id].append(_Told(*facts))
    for organisation_id, people in coordinators.items():
        standing = by_organisation[organisation_id]
        for user_id in people:
            told = [one for one in standing if (one.pk, user_id) not in known]
            if not told:
                continue
            with override(recipients.languages[user_id]):
                subject = ngettext("%(n)s échéance à suivre, %(day)s", "%(n)s échéances à suivre, %(day)s", len(told))
                house = recipients.organisations.get(organisation_id, "")
                context = _context(told, on, house) | {"older": len(standing) - len(told)}
                mail = _mail(
                    f"coordination:{organisation_id}:{user_id}:{year}-W{week:02d}",
                    organisation_id,
                    user_id,
                    _subject(subject, told, on, house),
                    render_to_string("followup/email/coordination_digest.txt", context),
                )
            yield mail, NoticeLevel.COORDINATION, told


# What a line is made of, in the order of `_Told`.
_LINE = ("pk", "rule", "due_on", "case_id", "case__beneficiary__first_name", "case__beneficiary__last_name")


# The part of the thread where what is asked can be done.
THREAD_PART = {DeadlineKind.APPOINTMENT: "?voir=rendez-vous"}


def _subject(words: str, told: Sequence[_Told], on: date, house: str) -> str:
    """What it is about and in which organisation: some people work in two."""
    said = words % {"n": len(told), "day": _day(on)}
    return f"{said} ({Truncator(house).chars(80)})" if house else said


def _context(told: Sequence[_Told], on: date, house: str) -> dict[str, object]:
    return {
        "organisation": house,
        "day": _day(on),
        "lines": [one.line(on) for one in told[:LINES]],
        "more": max(0, len(told) - LINES),
        "reminders_url": address_of("followup:reminder_list"),
        "preferences_url": address_of("followup:reminder_preferences"),
    }


def _day(on: date) -> str:
    return named_day_words(on)


def _codes(kinds: Iterable[DeadlineKind]) -> list[str]:
    return sorted(kind.value for kind in kinds)


def address_of(name: str, **parameters: object) -> str:
    """The full address of a page, for who reads it outside of the site."""
    return f"{settings.ANCRAGE_ORIGIN}{reverse(name, kwargs=parameters)}"


def _mail(key: str, organisation_id: UUID, user_id: UUID, subject: str, body: str) -> OutboxMail:
    """A mail to be sent at once, under the identifier that its key gives it."""
    now = timezone.now()
    return OutboxMail(
        organisation_id=organisation_id,
        user_id=user_id,
        dedupe_key=key,
        message_id=message_id_of(key),
        subject=f"[Ancrage] {subject}",
        body=body,
        queued_at=now,
        next_attempt_at=now,
    )


def message_id_of(key: str) -> str:
    """The Message-ID of what a key decided: the same each time it is sent."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{domain}>"

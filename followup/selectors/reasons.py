"""Why a case needs its coach, in words: one sentence per thing due, and where it is settled."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from followup.models import CaseStatus, Deadline
from followup.registries import results_place
from followup.rules.kinds import RULES, DeadlineKind, Told
from followup.rules.row_words import Since, brief, since
from foundation.formatting import late_words, relative_words, span_words
from method.rules.urgency import DayGroup, day_group, urgency
from method.selectors import urgency_limits

# Told ahead of the week: to be prepared, not to be done now.
PREPARE = DayGroup.LATER


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: how urgent, what in words, when in words, and the page that settles it ("" for a contact).

    ``due_code`` is the style of its mark; ``firm`` is the key of the firm to talk to, when an employer is due.
    ``brief`` and ``since`` say the same in the few words that a row has.
    """

    kind: DeadlineKind
    urgency: DayGroup
    due_code: str
    due_on: date
    words: str
    when: str
    icon: str
    brief: str
    since: Since
    url_name: str = ""
    firm: UUID | None = None

    @property
    def is_contact(self) -> bool:
        """Whether a contact with the person settles it, so that it can be put off."""
        return RULES[self.kind].by_contact


def reason_of(deadline: Deadline, status: CaseStatus, on: date) -> Reason:
    """A deadline that is shown, as the coach reads it on the day ``on``."""
    kind, limits = DeadlineKind(deadline.kind), urgency_limits(on, status.organisation_id)
    rule, told = RULES[kind], _told(deadline, status, on)
    group = day_group(deadline.due_on, on, limits)
    return Reason(
        kind=kind,
        urgency=group,
        due_code=urgency(deadline.due_on, on, limits).value,
        due_on=deadline.due_on,
        words=rule.words(told),
        when=when_words(kind, deadline.due_on, on),
        icon=rule.icon,
        brief=brief(kind, told),
        since=since(kind, deadline.due_on, group, on),
        url_name=rule.page or results_place(kind),
        firm=deadline.company_id if kind is DeadlineKind.EMPLOYER else None,
    )


def _told(deadline: Deadline, status: CaseStatus, on: date) -> Told:
    """What its sentence may say."""
    last = status.last_contact_on
    return Told(
        is_due=deadline.due_on <= on,
        firm=deadline.company.name if deadline.company else _("l’employeur"),
        no_shows=status.no_shows_in_a_row,
        last_contact="" if last is None else relative_words(last, on),
    )


def when_words(kind: DeadlineKind, due_on: date, on: date) -> str:
    """When: lateness for what had to be done that day, « depuis » for what happened or ended that day."""
    days = (on - due_on).days
    if days > 0 and RULES[kind].is_since:
        return _("depuis %(span)s") % {"span": span_words(days)}
    return late_words(due_on, on)

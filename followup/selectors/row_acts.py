"""What was pressed on a page, and what was written of a case since the page saw it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, OuterRef, QuerySet, Subquery

from accounts.models import TakenBack, User
from beneficiaries.models import CoachingCase
from followup.enums import Outcome
from followup.models import Appointment, CaseStatus, CaseTask, Contact, RowAct
from followup.rules.row_acts import is_news
from privacy.history import entries_about

#: what `with_writings` adds to a status
WRITINGS = ("contact_written_at", "appointment_written_at", "task_written_at", "taken_back_at")
#: what is taken back of a case and stood on its row
_TAKEN = ("contact", "rendez-vous", "tache")


@dataclass(frozen=True, slots=True)
class Writing:
    """A row of a case that was written: its key, when, and by whom where that is known without asking the trail."""

    row: UUID
    at: datetime
    by: UUID | None = None


def with_writings(statuses: QuerySet[CaseStatus]) -> QuerySet[CaseStatus]:
    """The statuses, each with when a contact, an appointment and a task of its case were last written, or
    one of them taken back: a page that was read after a removal knows of it.
    """
    written = [_of_the_outer_case(one).annotate(last=Max("updated_at")) for one in (Contact, Appointment, CaseTask)]
    taken = TakenBack.objects.filter(subject=OuterRef("case_id"), kind__in=_TAKEN).order_by().values("subject")
    written.append(taken.annotate(last=Max("created_at")))
    return statuses.annotate(
        **{name: Subquery(one.values("last")) for name, one in zip(WRITINGS, written, strict=True)}
    )


def _of_the_outer_case(model: Any) -> Any:
    return model.objects.filter(case=OuterRef("case_id")).order_by().values("case")


def seen_of(status: CaseStatus) -> datetime | None:
    """The last writing that a page knows of a case, from a status read `with_writings`."""
    return max(filter(None, (getattr(status, name) for name in WRITINGS)), default=None)


def acts_of_page(page: UUID, author: User) -> list[RowAct]:
    """What somebody pressed on a page and did not undo, in order; one statement."""
    acts = RowAct.objects.visible_to(author).of_page(page, author).standing()
    return list(acts.select_related("case__beneficiary"))


def tries_since_last_contact(case: CoachingCase) -> int:
    """How many calls stayed without an answer since somebody last met or heard the person."""
    status = CaseStatus.objects.filter(case=case).only("last_contact_on").first()
    tries = Contact.objects.filter(case=case, outcome=Outcome.NO_REPLY)
    if status is not None and status.last_contact_on is not None:
        tries = tries.filter(on__gte=status.last_contact_on)
    return tries.count()


def written_since(case: CoachingCase, seen: datetime | None, mine: Iterable[RowAct]) -> Writing | None:
    """The last thing written or taken back of a case after ``seen``, what the acts ``mine`` wrote left out."""
    own = rows_of(mine)
    news = [one for one in _writings(case, seen) if is_news(one.row, one.at, seen, own)]
    return max(news, key=lambda one: one.at, default=None)


def rows_of(acts: Iterable[RowAct]) -> Mapping[UUID, datetime]:
    """The rows that acts wrote, each with when the last of these acts was done or undone."""
    rows: dict[UUID, datetime] = {}
    for act in sorted(acts, key=lambda one: one.updated_at):
        rows |= {UUID(key): act.updated_at for key in act.made.values()}
    return rows


def _writings(case: CoachingCase, seen: datetime | None) -> Iterator[Writing]:
    after = {} if seen is None else {"updated_at__gt": seen}
    for row in Contact.objects.filter(case=case, **after).order_by().values_list("pk", "updated_at", "recorded_by"):
        yield Writing(*row)
    for model in (Appointment, CaseTask):
        for row in model.objects.filter(case=case, **after).order_by().values_list("pk", "updated_at"):
            yield Writing(*row)
    gone = TakenBack.objects.filter(subject=case.pk, kind__in=_TAKEN)
    if seen is not None:
        for row in gone.filter(created_at__gt=seen).order_by().values_list("row", "created_at", "taken_by"):
            yield Writing(*row)


def who_wrote(writing: Writing) -> UUID | None:
    """Whoever wrote it last, as the trail tells; nobody when it was the machine."""
    last = entries_about([writing.row], accesses=False).order_by("-timestamp").first()
    return writing.by if last is None else last.actor_id

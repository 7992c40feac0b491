"""What is pressed on a row of the coach's day, and undone there: one mechanism for every act.

Each act is made of the acts that the pages of the case use, so that permissions, rules and the trail are theirs; what
stands here is that a press is one act however often it is sent, that it is refused when the row no longer shows what is
so, and that undoing brings back what was there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from accounts.registries import takables
from accounts.services.taking_back import take_back
from beneficiaries.models import CoachingCase, ExceptionRequest
from beneficiaries.services.exceptions import decide_exception, reopen_exception
from beneficiaries.services.phases import locked_case
from followup.enums import AppointmentState, Channel, Outcome, Party
from followup.models import Appointment, CaseTask, Contact, RowAct
from followup.rules.row_acts import RowActKind, UndoVerdict, undo_verdict
from followup.selectors.row_acts import Writing, tries_since_last_contact, who_wrote, written_since
from followup.services.contacts import (
    ContactStatement,
    change_appointment,
    plan_appointment,
    record_contact,
    settled_words,
)
from followup.services.drafts import Opening, discard_draft, save_draft
from followup.services.planning import AppointmentPlan
from followup.services.tasks import finish_task, reopen_task
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import save_checked
from foundation.rules.saying import sentence
from privacy.audit import act

# A call that is put off is a short one, at no hour.
CALL_MINUTES = 15


class RowActRefused(DomainError):
    """What was pressed is not done, or not undone: the sentence says what happened in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One press: the page and the row it was pressed on, what that page had seen of the case, where the row stood.

    The form of one appointment shows nothing else of the case: `is_of_one_fact`, it is refused only when that
    appointment has changed.
    """

    page: UUID
    key: UUID
    seen: datetime | None = None
    group: str = ""
    due_on: date | None = None
    is_of_one_fact: bool = False


@act
def say_outcome(
    *, appointment: Appointment, kind: str, press: Press, actor: User, cancelled_by: str = "", reason: str = ""
) -> RowAct:
    """Say what became of an appointment: the person came (`HELD`), did not (`ABSENT`), or it was called off
    (`CANCELLED`, by whom, with a reason if there is more to say).

    Somebody who came is a contact of the planned length; its words can be written on the page of the contact.

    Raises:
        NotAllowed: the case is not the actor's.
        RowActRefused: somebody wrote in the case since the row was shown.
        ContactRefused: it has an outcome already, its day has not come, or who called it off is missing.
    """
    case = locked_case(appointment.case)
    require(actor, "beneficiaries.change_case", case)
    if (known := _known(case, press, actor)) is not None:
        return known
    if kind == RowActKind.CANCELLED:
        before = _fields_of(appointment)
        change_appointment(
            appointment=appointment,
            state=AppointmentState.CANCELLED,
            cancelled_by=cancelled_by,
            reason=reason,
            actor=actor,
        )
        return _keep(case, RowActKind.CANCELLED, press, actor, {"changed": appointment.pk}, before=before)
    held = kind == RowActKind.HELD
    contact = record_contact(
        case=case,
        statement=ContactStatement(
            on=appointment.on,
            channel=appointment.channel,
            party=Party.BENEFICIARY,
            outcome=Outcome.HELD if held else Outcome.NO_SHOW,
            minutes=appointment.minutes if held else 0,
            summary=_("Rendez-vous tenu.") if held else "",
            place=appointment.place,
        ),
        appointment=appointment,
        actor=actor,
    )
    done = RowActKind.HELD if held else RowActKind.ABSENT
    return _keep(case, done, press, actor, {"contact": contact.pk, "changed": appointment.pk})


@act
def postpone(
    *,
    case: CoachingCase,
    day: date,
    press: Press,
    actor: User,
    reason: str = "",
    at: time | None = None,
    minutes: int = 0,
    appointment: Appointment | None = None,
    confirmed: frozenset[str] = frozenset(),
) -> RowAct:
    """Put off to another day: the appointment when there is one, with its hour and its length in minutes unless others
    are given, otherwise a call that is to be made that day.

    What was due stays due from its own day: putting off forgives no lateness.

    Raises:
        NotAllowed: the case is not the actor's.
        RowActRefused: somebody wrote in the case since the row was shown.
        ContactRefused: the day is past or taken, or the appointment has an outcome.
        ClockExpired: the 24 months are used up that day.
        Unconfirmed: the day is unlikely, and nobody said that it is meant.
    """
    case = locked_case(case)
    require(actor, "beneficiaries.change_case", case)
    if (known := _known(case, press, actor)) is not None:
        return known
    if appointment is None:
        plan = AppointmentPlan(on=day, at=at, channel=Channel.PHONE, minutes=CALL_MINUTES, confirmed=confirmed)
        planned = plan_appointment(case=case, plan=plan, actor=actor)
        return _keep(case, RowActKind.POSTPONED, press, actor, {"planned": planned.pk}, day=day)
    before = _fields_of(appointment)
    plan = AppointmentPlan(
        on=day,
        at=at or appointment.at,
        minutes=minutes or appointment.minutes,
        channel=appointment.channel,
        place=appointment.place,
        address=appointment.address,
        confirmed=confirmed,
    )
    already = set(_planned(case))
    change_appointment(
        appointment=appointment,
        state=AppointmentState.MOVED,
        reason=reason.strip() or _("Reporté depuis Ma journée"),
        moved_to=plan,
        actor=actor,
    )
    (moved_to,) = set(_planned(case)) - already
    made = {"planned": moved_to, "changed": appointment.pk}
    return _keep(case, RowActKind.POSTPONED, press, actor, made, before=before, day=day)


@act
def note_no_reply(*, case: CoachingCase, press: Press, actor: User) -> RowAct:
    """Write down a call that nobody answered: it is no contact, and no absence either.

    Raises:
        NotAllowed: the case is not the actor's.
        RowActRefused: somebody wrote in the case since the row was shown.
    """
    case = locked_case(case)
    require(actor, "beneficiaries.change_case", case)
    if (known := _known(case, press, actor)) is not None:
        return known
    statement = ContactStatement(on=today(), channel=Channel.PHONE, party=Party.BENEFICIARY, outcome=Outcome.NO_REPLY)
    contact = record_contact(case=case, statement=statement, actor=actor)
    rank = tries_since_last_contact(case)
    return _keep(case, RowActKind.NO_REPLY, press, actor, {"contact": contact.pk}, rank=rank)


@act
def keep_note(*, case: CoachingCase, words: str, press: Press, actor: User) -> RowAct:
    """Keep a few words for the next contact: they wait in its form, as what was begun there does.

    Raises:
        NotAllowed: the case is not the actor's.
        RowActRefused: nothing is said, or somebody wrote in the case since the row was shown.
    """
    case = locked_case(case)
    require(actor, "beneficiaries.tell_of_case", case)
    if (known := _known(case, press, actor)) is not None:
        return known
    if not words.strip():
        raise RowActRefused("no_words", _("Écrivez quelques mots."), field="words")
    form = uuid4()
    save_draft(case=case, content={"summary": words.strip()}, actor=actor, opening=Opening(form))
    return _keep(case, RowActKind.NOTE, press, actor, {"draft": form})


@act
def tick_task(*, task: CaseTask, press: Press, actor: User) -> RowAct:
    """Say on the row that a task is done today.

    Raises:
        NotAllowed: the case is not the actor's.
        RowActRefused: somebody wrote in the case since the row was shown.
        TaskRefused: it is done already.
    """
    case = locked_case(task.case)
    require(actor, "beneficiaries.change_case", case)
    if (known := _known(case, press, actor)) is not None:
        return known
    finish_task(task=task, actor=actor)
    return _keep(case, RowActKind.TASK, press, actor, {"task": task.pk})


@act
def answer_request(*, request: ExceptionRequest, granted: bool, note: str, press: Press, actor: User) -> RowAct:
    """Grant as it was asked, or refuse with a reason, on the row of a request. What was written in the case meanwhile
    changes nothing of what is asked: a request that has its answer refuses another one by itself.

    Raises:
        NotAllowed: only whoever coordinates decides.
        ExceptionRefused: it has its answer, or cannot be answered so.
    """
    case = locked_case(request.case)
    require(actor, "beneficiaries.decide_exception", case)
    if (twin := _twin(case, press, actor)) is not None:
        return twin
    decide_exception(request=request, granted=granted, on=today(), note=note, actor=actor)
    kind = RowActKind.GRANTED if granted else RowActKind.REFUSED
    return _keep(case, kind, press, actor, {"request": request.pk})


@act
def undo(*, row_act: RowAct, actor: User) -> RowAct:
    """Bring back what was there before an act; undone already, nothing more happens.

    Raises:
        NotAllowed: the case is not the actor's any more.
        RowActRefused: the day of the page is over, or something was written in the case since.
        TakeBackRefused: something rests on what the act wrote.
    """
    case = locked_case(row_act.case)
    require(actor, "beneficiaries.tell_of_case", case)
    row_act = RowAct.objects.select_for_update().get(pk=row_act.pk, author=actor)
    news = written_since(case, row_act.created_at, RowAct.objects.of_page(row_act.page, actor).filter(case=case))
    acted_on = timezone.localtime(row_act.created_at).date()
    verdict = undo_verdict(
        acted_on=acted_on, on=today(), undone=row_act.undone_at is not None, written_since=news is not None
    )
    if verdict is UndoVerdict.ALREADY:
        return row_act
    if verdict is UndoVerdict.OVER:
        raise RowActRefused(
            "over",
            _("Cette page n’est plus d’aujourd’hui : rien n’est annulé."),
            hint=_("Retirez ou corrigez depuis le dossier."),
        )
    if news is not None:
        raise _written_first(news, actor, _("rien n’est annulé"))
    _bring_back(row_act, case, actor)
    row_act.undone_at = timezone.now()
    save_checked(row_act)
    return row_act


def _bring_back(row_act: RowAct, case: CoachingCase, actor: User) -> None:
    """Take out what the act made, then plan again the appointment that it changed."""
    why = sentence("Annulé aussitôt")
    made = row_act.made
    changed = Appointment.objects.select_for_update().filter(pk=made["changed"]).first() if "changed" in made else None
    if changed is not None:
        twins = Appointment.objects.filter(case=case, on=changed.on, at=changed.at, state=AppointmentState.PLANNED)
        if twins.exclude(pk=made.get("planned")).exists():
            raise RowActRefused("taken", _("Un autre rendez-vous a pris cette heure : rien n’est annulé."))
    if "request" in made:
        asked = ExceptionRequest.objects.get(pk=made["request"])
        reopen_exception(request=asked, since=row_act.created_at, actor=actor)
    if "task" in made:
        _reopen(made["task"], row_act, actor)
    if "draft" in made:
        discard_draft(case=case, actor=actor, form=UUID(made["draft"]))
    if "contact" in made:
        # The appointment that it answered waits for its outcome again.
        take_back(kind=takables["contact"], row=Contact.objects.get(pk=made["contact"]), reason=why, actor=actor)
        return
    if "planned" in made:
        planned = Appointment.objects.get(pk=made["planned"])
        take_back(kind=takables["rendez-vous"], row=planned, reason=why, actor=actor)
    if changed is not None:
        changed.state = AppointmentState.PLANNED
        for name, value in json.loads(row_act.before).items():
            setattr(changed, name, value)
        save_checked(changed)


def _reopen(key: str, row_act: RowAct, actor: User) -> None:
    """Have the task wait again, unless it was written since: taken out, corrected, or opened elsewhere.

    Raises:
        RowActRefused: it was.
    """
    task: CaseTask | None = CaseTask.objects.filter(pk=key).first()
    if task is None or task.done_on is None or task.updated_at > row_act.created_at:
        raise RowActRefused("written_first", _("Cette tâche a changé depuis une autre page : rien n’est annulé."))
    reopen_task(task=task, actor=actor)


def _twin(case: CoachingCase, press: Press, actor: User) -> RowAct | None:
    """The same press, sent already."""
    found: RowAct | None = RowAct.objects.filter(key=press.key, case=case, author=actor).first()
    return found


def _known(case: CoachingCase, press: Press, actor: User) -> RowAct | None:
    """The same press, sent already; otherwise nothing, once it is sure that the row showed what is so.

    Raises:
        RowActRefused: it did not.
    """
    if (twin := _twin(case, press, actor)) is not None:
        return twin
    if press.is_of_one_fact:
        return None
    news = written_since(case, press.seen, RowAct.objects.of_page(press.page, actor).filter(case=case))
    if news is not None:
        raise _written_first(news, actor, _("rien n’est noté"))
    return None


def _written_first(news: Writing, actor: User, outcome: str) -> RowActRefused:
    key = who_wrote(news)
    if key == actor.pk:
        who = _("Vous avez écrit dans ce dossier depuis une autre page")
    elif key is None:
        who = _("Ce dossier a changé")
    else:
        who = _("%(name)s a écrit dans ce dossier") % {"name": User.objects.get(pk=key).get_full_name()}
    words = _("%(who)s à %(time)s : %(outcome)s.")
    words %= {"who": who, "time": f"{timezone.localtime(news.at):%H:%M}", "outcome": outcome}
    return RowActRefused("written_first", words, hint=_("Relisez, puis recommencez."))


def _fields_of(appointment: Appointment) -> Mapping[str, str]:
    """What an outcome overwrites of an appointment, as it is now.

    Raises:
        RowActRefused: it has an outcome already.
    """
    row: Appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if row.state != AppointmentState.PLANNED:
        raise RowActRefused("settled", settled_words(row))
    return {"state_reason": row.state_reason, "cancelled_by": row.cancelled_by}


def _planned(case: CoachingCase) -> list[UUID]:
    return list(Appointment.objects.planned().filter(case=case).order_by().values_list("pk", flat=True))


def _keep(
    case: CoachingCase,
    kind: RowActKind,
    press: Press,
    actor: User,
    made: Mapping[str, UUID],
    *,
    before: Mapping[str, str] | None = None,
    day: date | None = None,
    rank: int = 0,
) -> RowAct:
    """Remember what was pressed, and forget what was on the days before."""
    midnight = timezone.make_aware(datetime.combine(today(), time.min))
    RowAct.objects.filter(author=actor, created_at__lt=midnight).delete()
    row = RowAct(
        organisation=case.organisation,
        case=case,
        author=actor,
        page=press.page,
        key=press.key,
        kind=kind,
        group=press.group,
        due_on=press.due_on,
        made={name: str(key) for name, key in made.items()},
        before=json.dumps(before) if before is not None else "",
        day=day,
        rank=rank,
    )
    save_checked(row)
    return row

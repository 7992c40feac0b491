"""What happened in a case, newest first, in the words of the screen."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from beneficiaries.enums import ExitOutcome, ExitReason
from beneficiaries.models import CoachingCase, PhaseSpell
from beneficiaries.rules.agreements import AgreementKind
from employers.enums import ContractType
from followup.enums import AppointmentState, AttendanceState, CancelledBy, Channel, Outcome, Party, Place
from followup.rules.mandate import is_outside_mandate
from followup.rules.sessions import minutes_attended
from followup.selectors.confidential import notes_apart
from followup.selectors.events import EventRow, event_rows
from followup.selectors.thread_acts import acts_on, correction_of, rights_over
from foundation.clock import day_of
from foundation.components import ItemAct, TimelineItem
from foundation.formatting import date_words, duration_words, of_name, own_words
from foundation.rules.periods import Period
from method.rules.phases import Phase
from placements.enums import EndReason, Idleness
from placements.models import Amendment
from placements.models.employment import idle_of
from placements.rules.clocks import Contract
from placements.rules.windows import windows
from placements.selectors.policy import clock_policy
from placements.selectors.terms import change_words

KINDS: tuple[tuple[str, str | Promise], ...] = (
    ("contacts", gettext_lazy("Contacts")),
    ("phases", gettext_lazy("Phases")),
    ("emplois", gettext_lazy("Emplois")),
    ("documents", gettext_lazy("Documents")),
    ("rendez-vous", gettext_lazy("Rendez-vous")),
    ("seances", gettext_lazy("Séances")),
)

_CHANNEL_ICONS = {
    Channel.IN_PERSON: "users-round",
    Channel.PHONE: "phone",
    Channel.VIDEO: "video",
    Channel.EMAIL: "mail",
    Channel.LETTER: "mail",
    Channel.MESSAGE: "message-square",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline, with what sorts and filters it."""

    kind: str
    item: TimelineItem
    written_at: datetime
    minutes: int = 0
    is_missed: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether nothing but a contact took place, and in its due place: such a line may fold."""
        return self.kind == "contacts" and not self.item.tone


@dataclass(frozen=True, slots=True)
class GroupWork:
    """The collective sessions that somebody was at: how many, and for how many minutes."""

    sessions: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of a case, newest first, and how many there are of each kind."""

    events: list[Event]
    group: GroupWork

    def items(self, kind: str = "") -> list[TimelineItem]:
        """The lines of one kind, or all."""
        return [event.item for event in self.events if kind in ("", event.kind)]

    def counts(self) -> dict[str, int]:
        """How many events of each kind."""
        return {code: sum(event.kind == code for event in self.events) for code, _label in KINDS}


def timeline_of(
    case: CoachingCase, prehire_deadline: date | None, user: User, on: date, *, lapses: Sequence[Period] = ()
) -> Timeline:
    """Everything that happened in a case, and what is planned; the case's ``spells`` are prefetched.

    ``prehire_deadline`` is that of its status: contacts from that day on are marked outside the mandate, and so
    are those of its ``lapses``, whatever extension came later. Each line says what the user may do with it.
    """
    rows = event_rows(case, user)
    spells = list(case.spells.all())
    followed = _windows(case, rows, spells)
    rights = rights_over(case, rows, user)
    apart = notes_apart(case, rows, user)
    phases = [Event("phases", _phase(spell, first=spell.sequence == 1), spell.created_at) for spell in reversed(spells)]
    events: list[Event] = []
    for row in rows:
        if row.source == "contact":
            outside = is_outside_mandate(
                row.day,
                prehire_deadline=prehire_deadline,
                windows=followed,
                closed_on=case.closed_on,
                lapses=lapses,
            )
            shown = _contact(row, outside, correction_of(row, rights), acts_on(row, rights, on))
            item = replace(shown, kept_apart=apart.get(row.pk, ()))
            missed = row.outcome != Outcome.HELD
            events.append(Event("contacts", item, row.written_at, row.length, missed))
        elif row.source == "job":
            events.extend(Event("emplois", job, row.written_at) for job in _job(row, on))
        elif row.source == "amendment":
            events.append(Event("emplois", _amendment(row), row.written_at))
        elif row.source == "idleness":
            events.append(Event("emplois", _idleness(row), row.written_at))
        elif row.source == "session":
            events.append(Event("seances", _session(row, on, acts_on(row, rights, on)), row.written_at))
        elif row.source == "belonging":
            events.append(Event("phases", _belonging(row), row.written_at))
        elif row.source == "document":
            events.append(Event("documents", _document(row, acts_on(row, rights, on)), row.written_at))
        elif row.source == "appointment":
            events.append(Event("rendez-vous", _appointment(row, on, acts_on(row, rights, on)), row.written_at))
    # What was written in one and the same instant stands by its title: databases promise no order.
    events.sort(key=lambda event: str(event.item.title))
    events = sorted(phases + events, key=lambda event: (event.item.on, event.written_at), reverse=True)
    attended = [(row.outcome, row.length) for row in rows if row.source == "session" and row.called_off is None]
    times = sum(state == AttendanceState.PRESENT for state, _minutes in attended)
    return Timeline(events, GroupWork(times, minutes_attended(attended)))


def _windows(case: CoachingCase, rows: Iterable[EventRow], spells: Iterable[PhaseSpell]) -> list[Period]:
    """The follow-up windows of the jobs among the rows."""
    started = next((spell.starts_on for spell in spells if spell.phase == Phase.PRE_HIRE), None)
    contracts = [
        Contract.signed_with(
            row.firm_id,
            row.firm_ties,
            type=row.code,
            starts_on=row.day,
            ends_on=row.until,
            ended_on=row.last,
            idle=idle_of(json.loads(row.goals)),
        )
        for row in rows
        if row.source == "job" and row.called_off is None
    ]
    if not contracts:
        return []
    return [window.period for window in windows(contracts, clock_policy(started or case.opened_on))]


def _contact(row: EventRow, outside: bool, correction: str, acts: Sequence[ItemAct]) -> TimelineItem:
    held = row.outcome == Outcome.HELD
    unanswered = row.outcome == Outcome.NO_REPLY
    title = _("%(channel)s, avec %(party)s") if held else _("Personne absente (%(lower)s)")
    if unanswered:
        title = _("Essai sans réponse (%(lower)s)")
    details = [duration_words(row.length)] if row.length else []
    if row.spot:
        details.append(str(Place(row.spot).label))
    if row.firm:
        details.append(row.firm)
    if row.writer_id and row.writer_id != row.author_id:
        details.append(_("consigné par %(name)s") % {"name": row.writer})
    written_on = day_of(row.written_at)
    if written_on > row.day:
        details.append(_("écrit le %(date)s") % {"date": date_words(written_on)})
    if row.goals:
        details.append(_("objectif : %(goals)s") % {"goals": " ; ".join(row.goals.splitlines())})
    return TimelineItem(
        on=row.day,
        title=title
        % {
            "channel": _capital(Channel(row.code).label),
            "lower": Channel(row.code).label,
            "party": Party(row.party).label,
        },
        body=row.words,
        author=_holder(row),
        details=details,
        icon=_CHANNEL_ICONS[Channel(row.code)] if held else "phone-missed" if unanswered else "user-x",
        tone="warn" if outside or not (held or unanswered) else "",
        badge=_("hors mandat") if outside else "",
        href=correction,
        acts=acts,
    )


def _holder(row: EventRow) -> str:
    """Who held a contact, and in whose place."""
    if not row.in_place_of:
        return row.author
    return f"{row.author}, {_('en remplacement %(name)s') % {'name': of_name(row.in_place_of)}}"


def _phase(spell: PhaseSpell, first: bool) -> TimelineItem:
    label = Phase(spell.phase).label
    if spell.phase == Phase.EXIT:
        title = _("Sortie : %(reason)s") % {"reason": ExitReason(spell.exit_reason).label}
        details = [_("situation : %(outcome)s") % {"outcome": ExitOutcome(spell.exit_outcome).label}]
    else:
        title = _("Ouverture du dossier") if first else _("Phase : %(phase)s") % {"phase": label}
        details = []
    return TimelineItem(
        on=spell.starts_on,
        title=title,
        body=spell.reason,
        author=spell.actor.get_full_name(),
        details=details,
        icon="door-closed" if spell.phase == Phase.EXIT else "folder-open" if first else "milestone",
        tone="accent",
    )


def _belonging(row: EventRow) -> TimelineItem:
    """From that day on, the case belongs elsewhere."""
    named = (
        (_("projet : %(name)s"), row.code),
        (_("site : %(name)s"), row.spot),
        (_("prescripteur : %(name)s"), row.firm),
    )
    return TimelineItem(
        on=row.day,
        title=_("Rattachement changé"),
        body=row.words,
        author=row.author,
        details=[words % {"name": name} for words, name in named if name] or [_("aucun projet")],
        icon="folder-open",
        tone="accent",
    )


def _job(row: EventRow, on: date) -> Iterator[TimelineItem]:
    """A job gives its beginning, then its end once it is past or recorded."""
    contract = str(ContractType(row.code).label)
    where = {"contract": contract, "firm": row.firm}
    if row.called_off:
        yield TimelineItem(
            on=row.called_off,
            title=_("Embauche annulée : %(contract)s chez %(firm)s") % where,
            body=row.words,
            author=row.author,
            icon="briefcase",
            tone="warn",
        )
        return
    details = [_("jusqu’au %(date)s") % {"date": date_words(row.until)}] if row.until else []
    if row.aid:
        details.append(_("aide envisagée : %(aid)s") % {"aid": row.aid})
    yield TimelineItem(
        on=row.day,
        title=_("%(contract)s chez %(firm)s") % where,
        body=row.words,
        author=row.author,
        details=details,
        icon="briefcase",
        tone="good",
        badge=_("à venir") if row.day > on else "",
    )
    last = row.last or row.until
    if last is not None and (row.last or last < on):
        reason = [str(EndReason(row.outcome).label)] if row.outcome else [_("motif à enregistrer")]
        yield TimelineItem(
            on=last,
            title=_("Dernier jour chez %(firm)s (%(contract)s)") % where,
            author=row.author if row.last else "",
            details=reason,
            icon="briefcase",
            tone="" if row.last else "warn",
        )


def _amendment(row: EventRow) -> TimelineItem:
    told = Amendment(
        becomes=row.code,
        changes_end=bool(row.outcome),
        ends_on=row.until,
        weekly_hours=Decimal(row.spot) if row.spot else None,
        job_title=row.words,
        joint_committee=row.party,
        wage=row.goals,
    )
    return TimelineItem(
        on=row.day,
        title=_("Avenant au contrat chez %(firm)s") % {"firm": row.firm},
        author=row.author,
        details=list(change_words(told)),
        icon="file-pen-line",
    )


def _idleness(row: EventRow) -> TimelineItem:
    details = [_("jusqu’au %(date)s") % {"date": date_words(row.until)}] if row.until else []
    if row.outcome:
        details.append(_("partiel"))
    details.append(_("le contrat continue, l’horloge reste arrêtée"))
    return TimelineItem(
        on=row.day,
        title=_("Chômage temporaire chez %(firm)s (%(kind)s)") % {"firm": row.firm, "kind": Idleness(row.code).label},
        body=row.words,
        author=row.author,
        details=details,
        icon="circle-pause",
    )


def _document(row: EventRow, acts: Sequence[ItemAct]) -> TimelineItem:
    return TimelineItem(
        on=row.day,
        title=_("Signé : %(document)s") % {"document": AgreementKind(row.code).label},
        author=row.author,
        details=[_("avec %(party)s") % {"party": row.words}] if row.words else [],
        icon="file-pen-line",
        acts=acts,
    )


def _appointment(row: EventRow, on: date, acts: Sequence[ItemAct]) -> TimelineItem:
    details = [f"{row.hour:%H:%M}"] if row.hour else []
    details.append(str(Channel(row.code).label))
    if row.spot:
        details.append(str(Place(row.spot).label))
    planned = row.outcome == AppointmentState.PLANNED
    if planned and row.day < on:
        title, tone, badge = _("Rendez-vous"), "warn", _("résultat à dire")
    elif planned:
        title, tone, badge = _("Rendez-vous prévu"), "accent", ""
    else:
        title = _("Rendez-vous %(state)s") % {"state": AppointmentState(row.outcome).label}
        if row.party:
            details.append(_("annulé par %(whom)s") % {"whom": CancelledBy(row.party).label})
        tone, badge = "", ""
    return TimelineItem(
        on=row.day,
        title=title,
        body=own_words(row.words),
        author=row.author,
        details=details,
        icon="calendar" if planned else "calendar-x-2",
        tone=tone,
        badge=badge,
        acts=acts,
    )


def _session(row: EventRow, on: date, acts: Sequence[ItemAct]) -> TimelineItem:
    """A place in a collective session: it never counts for the cadence."""
    details = [f"{row.hour:%H:%M}"] if row.hour else []
    if row.length:
        details.append(duration_words(row.length))
    details.append(row.spot)
    state, tone, badge = AttendanceState(row.outcome), "", ""
    if row.called_off:
        badge = _("annulée")
    elif state == AttendanceState.REGISTERED:
        late = row.day < on
        tone, badge = ("warn", _("présence non notée")) if late else ("accent", _("à venir"))
    elif state != AttendanceState.PRESENT:
        tone, badge = "warn" if state == AttendanceState.ABSENT else "", str(state.label)
    return TimelineItem(
        on=row.day,
        title=_("Séance collective : %(title)s") % {"title": row.words},
        author=row.author,
        details=details,
        icon="presentation",
        tone=tone,
        badge=badge,
        href=reverse("followup:session_detail", args=[row.firm_id]),
        acts=acts,
    )


def _capital(words: str | Promise) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]

"""What the reader of a thread may do with each line: correct, move, take back, say what became of an appointment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import allows
from accounts.selectors.records import takable_among
from beneficiaries.models import CoachingCase
from followup.enums import AppointmentState
from followup.models import Contact
from followup.selectors.events import EventRow
from foundation.components import ItemAct

# How the registry of what can be taken back calls each source; a contract is corrected or called off instead.
_KINDS = {"contact": "contact", "appointment": "rendez-vous", "session": "presence", "document": "signature"}


@dataclass(frozen=True, slots=True)
class ThreadRights:
    """Which lines the reader may correct, take back and keep a note apart from, and whether they plan in the case."""

    case: CoachingCase
    correctable: frozenset[UUID]
    notable: frozenset[UUID]
    takable: frozenset[UUID]
    plans: bool


def rights_over(case: CoachingCase, rows: Iterable[EventRow], user: User) -> ThreadRights:
    """What a reader may do with the lines of a case; no statement."""
    rows = list(rows)
    shown = [row for row in rows if row.source in _KINDS]
    contacts = [row for row in rows if row.source == "contact"]
    # Of a contact, the right reads nothing but who held it and who wrote it down.
    granted = {
        people: allows(user, "followup.correct_contact", _contact_of(case, *people))
        for people in {(row.author_id, row.writer_id) for row in contacts}
    }
    apart = {people: allows(user, "followup.keep_confidential", _contact_of(case, *people)) for people in granted}
    return ThreadRights(
        case=case,
        correctable=frozenset(row.pk for row in contacts if granted[row.author_id, row.writer_id]),
        notable=frozenset(row.pk for row in contacts if apart[row.author_id, row.writer_id]),
        takable=takable_among(
            [(row.pk, row.written_at, row.writer_id or (user.pk if row.by_reader else None)) for row in shown],
            case.organisation_id,
            user,
        ),
        plans=allows(user, "beneficiaries.change_case", case),
    )


def _contact_of(case: CoachingCase, held_by: UUID | None, recorded_by: UUID | None) -> Contact:
    known: dict[str, Any] = {"coach_id": held_by, "recorded_by_id": recorded_by}
    return Contact(organisation_id=case.organisation_id, case=case, **known)


def correction_of(row: EventRow, rights: ThreadRights) -> str:
    """The address that corrects a contact; "" for who may not."""
    if row.pk not in rights.correctable:
        return ""
    return reverse("followup:contact_correct", args=[rights.case.pk, row.pk])


def acts_on(row: EventRow, rights: ThreadRights, on: date) -> tuple[ItemAct, ...]:
    """What may be done with one line."""
    acts: list[ItemAct] = []
    if address := correction_of(row, rights):
        acts.append(ItemAct(_("Corriger"), address))
    if row.pk in rights.notable:
        address = reverse("followup:confidential_note", args=[rights.case.pk, row.pk])
        acts.append(ItemAct(_("Note confidentielle"), address))
    if row.source == "appointment" and rights.plans and row.outcome == AppointmentState.PLANNED:
        acts += appointment_acts(rights.case, row.pk, row.day, on)
    if row.pk in rights.takable:
        if row.source == "contact":
            acts.append(ItemAct(_("Déplacer"), reverse("followup:contact_move", args=[rights.case.pk, row.pk])))
        if row.source == "document":
            address = reverse("beneficiaries:agreement_correct", args=[rights.case.pk, row.pk])
            acts.append(ItemAct(_("Corriger"), address))
        acts.append(ItemAct(_("Retirer"), reverse("accounts:take_back", args=[_KINDS[row.source], row.pk])))
    return tuple(acts)


def appointment_acts(case: CoachingCase, key: UUID, day: date, on: date) -> list[ItemAct]:
    """What may be said of an appointment that is planned: what came of it once its day has come, that it moves, that
    it is cancelled. In a case that has ended nothing is planned any more.
    """
    acts: list[ItemAct] = []
    change = reverse("followup:appointment_change", args=[case.pk, key])
    if day <= on:
        tell = f"{reverse('followup:contact_create', args=[case.pk])}?rendez-vous={key}"
        acts += [ItemAct(_("A eu lieu"), tell), ItemAct(_("Personne absente"), f"{tell}&issue=absente")]
    if case.is_open:
        acts.append(ItemAct(_("Reporter"), change))
    return [*acts, ItemAct(_("Annuler"), f"{change}?issue=annule")]

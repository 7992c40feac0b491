"""Writing down what took place, and planning what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.enums import CASE_CARRYING_ROLES
from accounts.models import User
from accounts.permissions import allows, require
from beneficiaries.models import CoachingCase, Objective
from beneficiaries.services.phases import locked_case
from employers.models import Company
from followup.enums import AppointmentState, CancelledBy, Outcome, Party
from followup.models import Appointment, Contact, ContactDraft
from followup.rules.appointments import Slot
from followup.rules.mandate import is_outside_mandate
from followup.rules.outcomes import appointment_state
from followup.rules.writing import missing_answers
from followup.selectors.planning import taken_on
from followup.services.confidential import add_note
from followup.services.discretion import refuse_guests, refuse_meeting_there, refuse_talk
from followup.services.planning import AppointmentPlan, Guests, doubts
from foundation.asking import ask
from foundation.clock import today
from foundation.errors import DomainError, refusals_of, refuse_together
from foundation.formatting import own_words
from foundation.persistence import save_checked
from placements.selectors.clocks import clock_facts
from placements.services.guards import ClockExpired
from privacy.audit import act


class ContactRefused(DomainError):
    """A contact or an appointment cannot be recorded as stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactStatement:
    """What took place: the day, how, with whom, how long in minutes, what was said, which goals it served.

    `held_by` is who held it, and whose hours it makes: whoever writes it, unless told otherwise.
    """

    on: date
    channel: str
    party: str
    outcome: str = Outcome.HELD
    minutes: int = 0
    summary: str = ""
    place: str = ""
    company: Company | None = None
    objectives: Sequence[Objective] = field(default_factory=tuple)
    held_by: User | None = None


@act
def record_contact(
    *,
    case: CoachingCase,
    statement: ContactStatement,
    actor: User,
    appointment: Appointment | None = None,
    next_appointment: AppointmentPlan | None = None,
    submission_id: UUID | None = None,
    apart: str = "",
) -> Contact:
    """Write down a contact; what took place can always be recorded, even once the clock is expired or the case is
    closed.

    Sent twice with the same `submission_id` it is kept once. The `appointment` it came from is settled, the draft of
    that form is thrown away, and the next appointment is planned in the same act. The words `apart` become the actor's
    confidential note, never a part of the contact.

    Raises:
        NotAllowed: the case is not the actor's, nor was on that day, or somebody who only carried it that day would
            speak for another or plan something.
        ContactRefused: the day has not come or is before the case was opened, or the content, the duration or the firm
            is missing, or who held it did not coach here that day; or the next appointment cannot be planned; or the
            form served already, for other words (`already_recorded`).
        EmployerHidden: the firm may not hear of the person, or the next appointment would take place there.
        ClockExpired: the next appointment would fall when the 24 months are used up.
        InvalidFact: a field is wrong.
    """
    case = locked_case(case)
    _require_writer(case, statement, actor)
    if submission_id:
        twin: Contact | None = Contact.objects.filter(submission_id=submission_id, case=case).first()
        if twin is not None:
            _refuse_other_words(twin, statement)
            add_note(contact=twin, words=apart, actor=actor)
            return twin
    if statement_refusals(case, statement):
        refuse_together(refusals_of_all(case, statement, next_appointment))
    refuse_holder(case, statement, actor)
    held = statement.outcome == Outcome.HELD
    contact = Contact(
        organisation=case.organisation,
        case=case,
        coach=statement.held_by or actor,
        recorded_by=actor,
        on=statement.on,
        channel=statement.channel,
        party=statement.party,
        outcome=statement.outcome,
        place=statement.place,
        company=statement.company,
        minutes=statement.minutes if held else 0,
        summary=statement.summary.strip(),
        submission_id=submission_id,
    )
    save_checked(contact)
    if statement.objectives:
        contact.objectives.set(statement.objectives)
    add_note(contact=contact, words=apart, actor=actor)
    if appointment is not None:
        settle_appointment(appointment, case, contact)
    if next_appointment is not None:
        require(actor, "beneficiaries.change_case", case)
        _plan(case, next_appointment, place_field="next_place")
    if submission_id:
        ContactDraft.objects.filter(author=actor, submission_id=submission_id).delete()
    return contact


def _refuse_other_words(twin: Contact, statement: ContactStatement) -> None:
    """A form that comes back with other words, by « retour » or from another tab, is not the same act sent twice.

    Raises:
        ContactRefused: `already_recorded`.
    """
    if (twin.on, twin.outcome, twin.summary) != (statement.on, statement.outcome, statement.summary.strip()):
        sentence = _("Ce formulaire a déjà servi : le contact du %(date)s est consigné.")
        raise ContactRefused(
            "already_recorded",
            sentence % {"date": f"{twin.on:%d/%m/%Y}"},
            hint=_("Si celui-ci en est un autre, consignez-le de nouveau ; sinon, corrigez celui qui est consigné."),
        )


def _require_writer(case: CoachingCase, statement: ContactStatement, actor: User) -> None:
    """Whoever may change the case writes on it; whoever carried it on a day writes what they held themselves that day.

    Raises:
        NotAllowed: neither.
    """
    if allows(actor, "beneficiaries.change_case", case):
        return
    require(actor, "beneficiaries.tell_of_case", case)
    carried = case.assignments.filter(coach=actor, starts_on__lte=statement.on, ends_on__gt=statement.on)
    if statement.held_by not in (None, actor) or not carried.exists():
        require(actor, "beneficiaries.change_case", case)


def refuse_holder(case: CoachingCase, statement: ContactStatement, actor: User) -> None:
    """Refuse that a contact be held by somebody who did not coach here that day; nothing is read when it is the actor.

    Raises:
        ContactRefused: they did not.
    """
    holder = statement.held_by
    if holder is None or holder.pk == actor.pk:
        return
    if (
        not User.objects.members_of(case.organisation_id, statement.on, *CASE_CARRYING_ROLES)
        .filter(pk=holder.pk)
        .exists()
    ):
        raise ContactRefused("held_by", _("Cette personne n’accompagnait pas ici ce jour-là."), field="held_by")


def check_statement(case: CoachingCase, statement: ContactStatement) -> None:
    """The day is possible, a contact that was held has a content and a duration, and its goals and firm are this
    case's.
    """
    refuse_together(statement_refusals(case, statement))


def statement_refusals(case: CoachingCase, statement: ContactStatement) -> list[DomainError]:
    """All that is wrong with a contact, in the order of the page."""
    found: list[DomainError] = []
    if statement.on > today():
        words = _("Cette date n’est pas encore venue : un contact à venir se planifie comme rendez-vous.")
        found.append(ContactRefused("future", words, field="on"))
    elif statement.on < case.opened_on:
        words = _("Le dossier n’est ouvert que depuis le %(date)s.") % {"date": f"{case.opened_on:%d/%m/%Y}"}
        found.append(ContactRefused("before_opening", words, field="on"))
    with_employer = statement.party in (Party.EMPLOYER, Party.BOTH)
    missing = missing_answers(
        held=statement.outcome == Outcome.HELD,
        minutes=statement.minutes,
        summary=statement.summary,
        with_employer=with_employer,
        has_firm=statement.company is not None,
    )
    asked = {
        "no_duration": (_("Indiquez la durée."), "minutes"),
        "no_content": (_("Dites en une phrase ce qui s’est dit."), "summary"),
        "no_company": (_("Indiquez l’entreprise rencontrée."), "company"),
    }
    found += [ContactRefused(code, asked[code][0], field=asked[code][1]) for code in missing]
    if statement.company is not None and statement.company.organisation_id != case.organisation_id:
        found.append(ContactRefused("company", _("Cette entreprise n’est pas connue ici."), field="company"))
    elif statement.company is not None and with_employer:
        found += refusals_of(partial(refuse_talk, case, statement.company, statement.on))
    if any(objective.case_id != case.pk for objective in statement.objectives):
        words = _("Un objectif choisi est d’un autre dossier.")
        found.append(ContactRefused("objective", words, field="objectives"))
    return found


def refusals_of_all(case: CoachingCase, statement: ContactStatement, plan: AppointmentPlan | None) -> list[DomainError]:
    """All that is wrong with a contact and with the appointment that follows it, and what is asked about that one."""
    found = statement_refusals(case, statement)
    return found + (refusals_of(partial(_check_plan, case, plan, place_field="next_place")) if plan else [])


def settle_appointment(appointment: Appointment, case: CoachingCase, contact: Contact) -> None:
    """Tie an appointment to the contact that came of it; part of an act that holds the case.

    Raises:
        ContactRefused: it has its outcome already.
    """
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if appointment.case_id != case.pk or appointment.state != AppointmentState.PLANNED:
        raise ContactRefused("appointment", settled_words(appointment))
    appointment.state = appointment_state(contact.outcome)
    appointment.contact = contact
    save_checked(appointment)


def settled_words(appointment: Appointment) -> str:
    """What became of an appointment meanwhile, for who still saw it planned."""
    words = _("Ce rendez-vous a déjà reçu un résultat : %(state)s") % {"state": appointment.get_state_display()}
    return f"{words} ({own_words(appointment.state_reason)})." if appointment.state_reason else f"{words}."


@act
def plan_appointment(*, case: CoachingCase, plan: AppointmentPlan, actor: User) -> Appointment:
    """Plan a contact with the person.

    Raises:
        NotAllowed: the case is not the actor's.
        ContactRefused: the case is closed, the day is past, or an appointment is already planned at that time.
        GuestRefused: somebody who is invited cannot be written to.
        EmployerHidden: it would take place at a firm that may not hear of the person.
        ClockExpired: the 24 months are used up that day, and no job is followed.
        Unconfirmed: the moment is unlikely (a holiday, an absence, another appointment…), and nobody said that it is
            meant.
    """
    case = locked_case(case)
    require(actor, "beneficiaries.change_case", case)
    appointment = _plan(case, plan)
    return appointment


def _plan(
    case: CoachingCase, plan: AppointmentPlan, *, place_field: str = "place", former: Appointment | None = None
) -> Appointment:
    """Save an appointment with the coach who carries the case, whoever plans it; one that takes the place of a former
    one keeps its life and its guests.
    """
    _check_plan(case, plan, place_field=place_field)
    guests = Guests.of(former) if former else plan.guests
    appointment = Appointment(
        organisation=case.organisation,
        case=case,
        coach=case.coach,
        on=plan.on,
        at=plan.at,
        minutes=plan.minutes,
        channel=plan.channel,
        place=plan.place,
        address=plan.address.strip(),
        life=former.uid_key if former else None,
        **guests.kept(),
    )
    save_checked(appointment)
    return appointment


def _check_plan(case: CoachingCase, plan: AppointmentPlan, *, place_field: str) -> None:
    """An appointment can be made, and what is unlikely about it is meant."""
    if not case.is_open:
        raise ContactRefused("closed", _("Ce dossier est sorti : plus rien ne s’y planifie."), field="next_on")
    if plan.on < today():
        raise ContactRefused("past", _("Un rendez-vous se prend aujourd’hui ou plus tard."), field="next_on")
    refuse_outside_mandate(case, plan.on)
    refuse_meeting_there(case, plan.place, plan.address, plan.on, field=place_field)
    refuse_guests(case, plan.guests)
    taken = taken_on(case, plan.on)
    if any(one.case_id == case.pk and one.at == plan.at for one in taken):
        raise ContactRefused("already_planned", _("Un rendez-vous est déjà prévu à ce moment."), field="next_on")
    ask(doubts(case, Slot(plan.on, plan.at, plan.minutes), taken), plan.confirmed)


def refuse_outside_mandate(case: CoachingCase, on: date, *, field: str = "next_on") -> None:
    """Plan nothing on a day that no mandate covers: the 24 months are used up and no follow-up runs (domain.md 5).

    Raises:
        ClockExpired: that day; `field` is the one that names it.
    """
    facts = clock_facts(case)
    clock = facts.prehire(today())
    deadline = clock.deadline if clock else None
    windows = [window.period for window in facts.windows()]
    if deadline is not None and is_outside_mandate(on, prehire_deadline=deadline, windows=windows, closed_on=None):
        raise ClockExpired(field=field, deadline=deadline if deadline > today() else None)


@act
def change_appointment(
    *,
    appointment: Appointment,
    state: str,
    actor: User,
    reason: str = "",
    cancelled_by: str = "",
    moved_to: AppointmentPlan | None = None,
) -> Appointment:
    """Cancel an appointment (by whom: `CancelledBy`), or move it to another day, with its reason; the former is kept.

    Raises:
        NotAllowed: the case is not the actor's.
        ContactRefused: it already has an outcome, who cancelled it or why it moves is missing, or its new day is past,
            taken or missing.
        ClockExpired: it would move to a day when the 24 months are used up.
    """
    case = locked_case(appointment.case)
    require(actor, "beneficiaries.change_case", case)
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if appointment.state != AppointmentState.PLANNED:
        raise ContactRefused("settled", settled_words(appointment))
    if state not in (AppointmentState.CANCELLED, AppointmentState.MOVED):
        raise ContactRefused("state", _("Choisissez ce qu’il advient du rendez-vous."), field="state")
    if state == AppointmentState.MOVED and moved_to is None:
        raise ContactRefused("no_new_day", _("Indiquez le nouveau jour."), field="next_on")
    cancelled = state == AppointmentState.CANCELLED
    if cancelled and cancelled_by not in CancelledBy:
        raise ContactRefused("by_whom", _("Dites qui annule."), field="cancelled_by")
    if not cancelled and not reason.strip():
        raise ContactRefused("reason", _("Dites pourquoi, en quelques mots."), field="reason")
    appointment.state = state
    appointment.state_reason = reason.strip()
    appointment.cancelled_by = cancelled_by if cancelled else ""
    save_checked(appointment)
    if moved_to is not None:
        _plan(case, moved_to, place_field="next_on", former=appointment)
    return appointment

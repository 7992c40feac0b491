"""What the page that records a contact is filled with before anybody types."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.permissions import allows
from beneficiaries.models import CaseAssignment, CoachingCase
from beneficiaries.selectors.finding import answering
from employers.models import Company
from followup.enums import AppointmentState, Channel, Outcome, Party
from followup.models import Appointment, CaseStatus, Contact, ContactDraft
from followup.models.querysets import carers
from followup.selectors.cases import cases
from followup.selectors.clocks import is_expired
from foundation.keys import key_of
from placements.models import Employment, Match
from placements.selectors.discretion import HIDING_MODES


def last_words(case: CoachingCase) -> Contact | None:
    """The last contact with the person that took place: its habits, and what was said."""
    held = Contact.objects.filter(case=case).held().with_person()
    found: Contact | None = held.order_by("-on", "-created_at").first()
    return found


def first_values(case: CoachingCase, appointment: Appointment | None, on: date, last: Contact | None) -> dict[str, Any]:
    """Today, the channel, place and duration of the last contact; or those of the appointment it comes from."""
    values: dict[str, Any] = {
        "on": on,
        "channel": Channel.IN_PERSON,
        "party": Party.BENEFICIARY,
        "outcome": Outcome.HELD,
    }
    if appointment is not None:
        return values | {
            "appointment": appointment.pk,
            "on": min(appointment.on, on),
            "channel": appointment.channel,
            "place": appointment.place,
            "minutes": appointment.minutes,
        }
    if last is not None:
        values |= {"channel": last.channel, "place": last.place, "minutes": last.minutes}
    return values


def values_of(contact: Contact) -> dict[str, Any]:
    """A contact as the form shows it; the form itself reads the objectives that it served."""
    return {
        "on": contact.on,
        "held_by": contact.coach_id,
        "minutes": contact.minutes or None,
        "channel": contact.channel,
        "party": contact.party,
        "outcome": contact.outcome,
        "place": contact.place,
        "company": contact.company_id,
        "summary": contact.summary,
    }


def drafts_of(case: CoachingCase, author: User) -> list[ContactDraft]:
    """What the author had typed about a case and did not record, the last first."""
    recorded = Contact.objects.filter(submission_id=OuterRef("submission_id"))
    drafts = ContactDraft.objects.filter(~Exists(recorded), case=case, author=author)
    return list(drafts.order_by("-updated_at", "pk"))


def planned_appointment(case: CoachingCase, pk: str) -> Appointment | None:
    """The appointment of this case that waits for its outcome; none when the key is unknown, wrong or settled."""
    found = appointment_asked(case, pk)
    return found if found is not None and found.state == AppointmentState.PLANNED else None


def appointment_asked(case: CoachingCase, pk: str) -> Appointment | None:
    """The appointment of this case that an address names, whatever became of it; none when the key is unknown."""
    key = key_of(pk)
    if key is None:
        return None
    found: Appointment | None = Appointment.objects.filter(case=case, pk=key).first()
    return found


def firms_to_meet(case: CoachingCase, met_before: UUID | None = None) -> QuerySet[Company]:
    """The firms of the organisation, those of the person's jobs and matches first.

    A firm that may not hear of the follow-up is not among them (docs/decisions/0004-discreet-follow-up.md), unless it
    is the one of a contact already recorded, which is being corrected.
    """
    jobs = Employment.objects.filter(Q(company=OuterRef("pk")) | Q(user_company=OuterRef("pk")), case=case)
    matches = Match.objects.filter(case=case, vacancy__company=OuterRef("pk"))
    discreet = Employment.objects.effective().filter(case=case, followup_agreement__mode__in=HIDING_MODES)
    family = Coalesce(OuterRef("kin"), OuterRef("pk"))
    hidden = discreet.filter(Q(firm_family=family) | Q(user_family=family))
    firms: QuerySet[Company] = Company.objects.filter(
        ~Exists(hidden) | Q(pk=met_before), organisation=case.organisation_id
    )
    known = Case(When(Exists(jobs) | Exists(matches), then=Value(0)), default=Value(1), output_field=IntegerField())
    return firms.annotate(known=known).order_by("known", "search_key", "id")


def is_offered(firm: str, firms: QuerySet[Company]) -> bool:
    """Whether a firm's key is among these."""
    key = key_of(firm)
    return key is not None and firms.filter(pk=key).exists()


def is_out_of_mandate(case: CoachingCase, status: CaseStatus, on: date) -> bool:
    """Whether a contact of that day lies outside the mandate, so that nothing more can be planned."""
    return not case.is_open or is_expired(status, on)


def recordable_cases(user: User, typed: str, on: date) -> QuerySet[CaseStatus]:
    """The open cases in which the user may record, an absent colleague's too (a coordinator: all); who is due first."""
    found = cases(user, "name" if typed else "due", on).open()
    found = found.filter(answering(typed, "case__beneficiary__"))
    return found if allows(user, "beneficiaries.change_case") else found.in_care_of(user)


def cases_to_tell_of(user: User) -> QuerySet[CoachingCase]:
    """The cases, open or not, in which the user may write what took place, by name."""
    found: QuerySet[CoachingCase] = CoachingCase.objects.visible_to(user)
    if not allows(user, "beneficiaries.change_case"):
        theirs = CaseAssignment.objects.filter(coach=user).values("case")
        found = found.filter(Q(coach__in=carers(user)) | Q(pk__in=theirs))
    return found.select_related("beneficiary").order_by(
        "beneficiary__last_name", "beneficiary__first_name", "-opened_on", "id"
    )


def cases_to_plan_for(user: User) -> QuerySet[CoachingCase]:
    """The open cases in which the user may plan, an absent colleague's too (a coordinator: all), by name."""
    found: QuerySet[CoachingCase] = CoachingCase.objects.visible_to(user).filter(closed_on__isnull=True)
    if not allows(user, "beneficiaries.change_case"):
        found = found.filter(coach__in=carers(user))
    return found.select_related("beneficiary").order_by(
        "beneficiary__last_name", "beneficiary__first_name", "-opened_on", "id"
    )

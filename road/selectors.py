"""The day as a telephone holds it: appointments without one word of what was said."""

from datetime import date
from typing import Any

from accounts.models import User
from accounts.parameters import value_on
from beneficiaries.models import CoachingCase
from followup.models import Appointment, Contact
from road.parameters import RoadKey
from road.rules.telling import Allowed, allowed_by, shown_name


def road_allowed(user: User, on: date) -> Allowed:
    """What the organisation of the user lets a telephone do on a day; nothing outside an organisation."""
    if user.current_organisation_id is None:
        return allowed_by(())
    return allowed_by(value_on(RoadKey.ALLOWED, on, user.current_organisation_id))


def road_day(user: User, on: date, *, in_full: bool) -> list[dict[str, Any]]:
    """The appointments of the day that wait for their outcome: who, when, the telephone, the place, what was seen."""
    found = Appointment.objects.visible_to(user).in_care_of(user).planned().filter(on=on)
    rows = list(found.select_related("case__beneficiary").order_by("at", "created_at"))
    spoken: dict[Any, str] = {}
    for case_id, contact_id in (
        Contact.objects.filter(case__in={row.case_id for row in rows}).order_by("created_at").values_list("case", "pk")
    ):
        spoken[case_id] = str(contact_id)
    return [
        {
            "case": str(row.case_id),
            "appointment": str(row.pk),
            "name": shown_name(row.case.beneficiary.first_name, row.case.beneficiary.last_name, in_full=in_full),
            "at": f"{row.at:%H:%M}" if row.at else "",
            "channel": row.channel,
            "minutes": row.minutes,
            "phone": str(row.case.beneficiary.phone or ""),
            "address": row.address,
            "seen": _facts(row.case, row, spoken.get(row.case_id, "")),
        }
        for row in rows
    ]


def last_contact(case: CoachingCase) -> Contact | None:
    """The contact of a case that was written last."""
    found: Contact | None = Contact.objects.filter(case=case).order_by("-created_at").first()
    return found


def facts_now(case: CoachingCase, appointment: Appointment | None, last: Contact | None) -> dict[str, str]:
    """What the writer would see now, in the form in which the telephone kept it."""
    return _facts(case, appointment, str(last.pk) if last else "")


def _facts(case: CoachingCase, appointment: Appointment | None, last: str) -> dict[str, str]:
    return {
        "coach": str(case.coach_id),
        "open": "yes" if case.is_open else "no",
        "appointment": str(appointment.state) if appointment else "",
        "contact": last,
    }

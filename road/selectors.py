"""The day as a telephone holds it, and who else may be met: names, hours, phases, no word of what was said."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.parameters import value_on
from beneficiaries.models import Beneficiary, CoachingCase
from followup.models import Appointment, CaseStatus, Contact
from road.parameters import RoadKey
from road.rules.telling import Allowed, allowed_by, shown_name

# Three times the norm: somebody who stands in for two colleagues. Beyond, the page with network is the place to look.
MOST_PEOPLE = 60


def road_allowed(user: User, on: date) -> Allowed:
    """What the organisation of the user lets a telephone do on a day; nothing outside an organisation."""
    if user.current_organisation_id is None:
        return allowed_by(())
    return allowed_by(value_on(RoadKey.ALLOWED, on, user.current_organisation_id))


def road_day(user: User, on: date, *, in_full: bool) -> list[dict[str, Any]]:
    """The appointments of the day that wait for their outcome: who, when, the telephone, the place, what was seen; one
    statement.
    """
    found = Appointment.objects.visible_to(user).in_care_of(user).planned().filter(on=on)
    found = found.annotate(last=_last_written(OuterRef("case"))).select_related("case__beneficiary", "case__status")
    return [
        {
            "case": str(row.case_id),
            "appointment": str(row.pk),
            "name": _name(row.case.beneficiary, in_full=in_full),
            "hint": _hint(row.case.status),
            "at": f"{row.at:%H:%M}" if row.at else "",
            "channel": row.channel,
            "minutes": row.minutes,
            "phone": str(row.case.beneficiary.phone or ""),
            "address": row.address,
            "seen": _facts(row.case, row, str(row.last or "")),
        }
        for row in found.order_by("at", "created_at")
    ]


def road_people(user: User, *, in_full: bool, but: Collection[str]) -> list[dict[str, Any]]:
    """Whom else one may meet by chance: the open cases that one carries or stands in for, without a telephone number or
    an address; one statement.

    Args:
        but: the keys of cases that are shown already.
    """
    found: Iterable[CaseStatus] = (
        CaseStatus.objects.visible_to(user)
        .open()
        .in_care_of(user)
        .exclude(case__in=but)
        .annotate(last=_last_written(OuterRef("case")))
        .select_related("case__beneficiary")
        .order_by("case__beneficiary__last_name", "case__beneficiary__first_name", "case")[:MOST_PEOPLE]
    )
    return [
        {
            "case": str(one.case_id),
            "appointment": "",
            "name": _name(one.case.beneficiary, in_full=in_full),
            "hint": _hint(one),
            "at": "",
            "channel": "",
            "minutes": "",
            "phone": "",
            "address": "",
            "seen": _facts(one.case, None, str(one.last or "")),  # type: ignore[attr-defined]  # annotated
        }
        for one in found
    ]


def last_contact(case: CoachingCase) -> Contact | None:
    """The contact of a case that was written last."""
    found: Contact | None = Contact.objects.filter(case=case).order_by("-created_at").first()
    return found


def facts_now(case: CoachingCase, appointment: Appointment | None, last: Contact | None) -> dict[str, str]:
    """What the writer would see now, in the form in which the telephone kept it."""
    return _facts(case, appointment, str(last.pk) if last else "")


def _last_written(case: OuterRef) -> Subquery:
    return Subquery(Contact.objects.filter(case=case).order_by("-created_at").values("pk")[:1])


def _name(person: Beneficiary, *, in_full: bool) -> str:
    return shown_name(person.first_name, person.last_name, in_full=in_full)


def _hint(status: CaseStatus) -> str:
    """What tells two people of the same initials apart, to whoever knows them: the phase, the last time."""
    if status.last_contact_on is None:
        return str(status.get_phase_display())
    last = _("dernier contact le %(date)s") % {"date": f"{status.last_contact_on:%d/%m}"}
    return f"{status.get_phase_display()}, {last}"


def _facts(case: CoachingCase, appointment: Appointment | None, last: str) -> dict[str, str]:
    return {
        "coach": str(case.coach_id),
        "open": "yes" if case.is_open else "no",
        "appointment": str(appointment.state) if appointment else "",
        "contact": last,
    }

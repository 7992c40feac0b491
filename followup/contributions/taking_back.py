"""What this room lets be taken back: contacts, appointments, sessions, places in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.registries import Reach, Takable, Told
from beneficiaries.contributions.taking_back import (
    NEVER_WAS,
    TWICE,
    TYPED_WRONG,
    WRONG_PERSON,
    rows_of_cases,
    told_of_case,
)
from followup.models import Appointment, Attendance, CollectiveSession, Contact
from followup.services.taking_back import (
    refuse_appointment,
    refuse_session,
    remove_appointment,
    remove_attendance,
    remove_contact,
    remove_session,
)
from foundation.formatting import date_words


def _thread(case_id: Any) -> str:
    return reverse("followup:case_summary", args=[case_id])


def _contact(contact: Contact) -> Told:
    words = _("contact (%(channel)s) du %(date)s") % {
        "channel": contact.get_channel_display(),
        "date": date_words(contact.on),
    }
    return told_of_case(contact.case, words, contact.on, _thread(contact.case_id), coach=contact.coach_id, hours=True)


def _contact_follows(contact: Contact) -> Iterator[str]:
    yield _("Échéances, cadence et feuille de prestations se recalculent sans lui.")
    if Appointment.objects.filter(contact=contact).exists():
        yield _("Le rendez-vous auquel il répondait attend de nouveau son résultat.")


def _appointment(appointment: Appointment) -> Told:
    words = _("rendez-vous du %(date)s") % {"date": date_words(appointment.on)}
    if appointment.at:
        words = _("%(words)s à %(hour)s") % {"words": words, "hour": f"{appointment.at:%H:%M}"}
    return told_of_case(
        appointment.case, words, appointment.on, _thread(appointment.case_id), coach=appointment.coach_id
    )


def _session(session: CollectiveSession) -> Told:
    return Told(
        subject=session.series_id,
        whom="",
        words=_("séance « %(title)s » du %(date)s") % {"title": session.series.title, "date": date_words(session.on)},
        reach=Reach(
            organisation=session.organisation_id, first=session.on, last=session.on, coach=session.leader_id, hours=True
        ),
        back=reverse("followup:series_detail", args=[session.series_id]),
    )


def _places_in(session: CollectiveSession) -> Iterable[tuple[Takable, Attendance]]:
    return [(PLACE, row) for row in _places_seen(Attendance.objects.filter(session=session))]


def _places_seen(rows: Any) -> Any:
    return rows.select_related("case__beneficiary", "case__organisation", "session__series")


def _place(attendance: Attendance) -> Told:
    session = attendance.session
    words = _("inscription à la séance « %(title)s » du %(date)s, %(state)s") % {
        "title": session.series.title,
        "date": date_words(session.on),
        "state": attendance.get_state_display(),
    }
    back = reverse("followup:session_detail", args=[session.pk])
    return told_of_case(attendance.case, words, session.on, back, coach=session.leader_id)


def _sessions(user: User) -> Any:
    return CollectiveSession.objects.visible_to(user).select_related("series")


PLACE = Takable(
    name="presence",
    title=gettext_lazy("Retirer une présence"),
    reasons=(gettext_lazy("Inscription d’une autre personne"), TYPED_WRONG),
    rows=lambda user: _places_seen(rows_of_cases(Attendance, user)),
    told=_place,
    remove=remove_attendance,
)

FOLLOWUP_KINDS = (
    Takable(
        name="contact",
        title=gettext_lazy("Retirer un contact"),
        reasons=(TWICE, NEVER_WAS, TYPED_WRONG),
        rows=lambda user: rows_of_cases(Contact, user),
        told=_contact,
        consequences=_contact_follows,
        remove=remove_contact,
    ),
    Takable(
        name="rendez-vous",
        title=gettext_lazy("Retirer un rendez-vous"),
        reasons=(WRONG_PERSON, TWICE, TYPED_WRONG),
        rows=lambda user: rows_of_cases(Appointment, user),
        told=_appointment,
        refuse=refuse_appointment,
        remove=remove_appointment,
    ),
    Takable(
        name="seance",
        title=gettext_lazy("Retirer une séance"),
        reasons=(TWICE, NEVER_WAS, TYPED_WRONG),
        rows=_sessions,
        told=_session,
        refuse=refuse_session,
        along=_places_in,
        remove=remove_session,
    ),
    PLACE,
)

"""What is asked before an appointment is planned at an unlikely moment (docs/decisions, « asked once »)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.selectors.workdays import day_off_name
from beneficiaries.models import CoachingCase, Partner
from employers.models import CompanyContact
from followup.models import Appointment
from followup.rules.appointments import Slot, is_skipped_hour, is_sunday, is_unusual_hour
from followup.selectors.busy import busy_between
from followup.selectors.planning import Taken, taken_on
from foundation.asking import Question, about_unlikely_date
from foundation.formatting import of_name
from foundation.rules.dates import APPOINTMENT
from foundation.workdays import holiday_name

FIELD = "next_on"


@dataclass(frozen=True, slots=True)
class Guests:
    """Who is invited to an appointment besides its coach."""

    person: bool = False
    contact: CompanyContact | None = None
    partner: Partner | None = None

    @classmethod
    def of(cls, appointment: Appointment) -> Guests:
        """Those of an appointment."""
        return cls(appointment.invites_person, appointment.invited_contact, appointment.invited_partner)

    def kept(self) -> dict[str, Any]:
        """As the columns of an appointment."""
        return {"invites_person": self.person, "invited_contact": self.contact, "invited_partner": self.partner}


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentPlan:
    """What is planned: the day, the hour, how long in minutes, how and where, who else is invited; and what was asked
    about it and confirmed (`foundation.asking`).
    """

    on: date
    channel: str
    at: time | None = None
    minutes: int = 45
    place: str = ""
    address: str = ""
    guests: Guests = Guests()
    confirmed: frozenset[str] = frozenset()


def doubts(case: CoachingCase, slot: Slot, taken: Iterable[Taken]) -> list[Question]:
    """The questions about a moment: its year, its day, the coach's absence, what else is planned, here and in the
    coach's own calendar, its hour.
    """
    when = f"{slot.on.isoformat()}T{slot.at or ''}"
    found = about_unlikely_date(slot.on, FIELD, APPOINTMENT)
    if holiday := holiday_name(slot.on):
        found.append(_about("holiday", when, _("Le %(date)s est un jour férié : %(name)s.") % _words(slot, holiday)))
    elif closing := day_off_name(case.organisation_id, slot.on):
        found.append(
            _about("closed", when, _("Le %(date)s est un jour de fermeture : %(name)s.") % _words(slot, closing))
        )
    elif is_sunday(slot.on):
        found.append(_about("sunday", when, _("Le %(date)s est un dimanche.") % _words(slot)))
    for one in taken:
        if one.is_absence:
            found.append(_about(f"absence:{one.row}", when, _absence_words(case, one)))
        elif one.is_session:
            if slot.overlaps(Slot(slot.on, one.at, one.minutes or 0)):
                found.append(_about(f"session:{one.row}", when, _session_words(one)))
        elif one.coach_id == case.coach_id and slot.overlaps(Slot(slot.on, one.at, one.minutes or 0)):
            found.append(_about(f"over:{one.row}", when, _other_words(one)))
    if (span := slot.span) and (busy := busy_between(case.coach_id, *span)):
        found.append(_about(f"busy:{busy[0]:%H%M}", when, _busy_words(case, *busy)))
    if is_skipped_hour(slot.on, slot.at):
        words = _("Le %(date)s, on passe à l’heure d’été : %(hour)s n’existe pas ce jour-là.")
        words %= _words(slot) | {"hour": _hour(slot.at)}
        found.append(Question(f"skipped:{when}", words, "next_at", _("Oui, notez %(hour)s") % {"hour": _hour(slot.at)}))
    elif is_unusual_hour(slot.at):
        words = _("%(hour)s est une heure inhabituelle pour un rendez-vous.") % {"hour": _hour(slot.at)}
        found.append(
            Question(f"hour:{when}", words, "next_at", _("Oui, c’est bien %(hour)s") % {"hour": _hour(slot.at)})
        )
    return found


def clashes_of(appointment: Appointment) -> list[str]:
    """What would be asked about the moment of an appointment that is planned, as sentences; nothing is refused."""
    case = appointment.case
    others = [one for one in taken_on(case, appointment.on) if one.row != appointment.pk]
    slot = Slot(appointment.on, appointment.at, appointment.minutes)
    return [question.sentence for question in doubts(case, slot, others)]


def _about(subject: str, when: str, sentence: str) -> Question:
    return Question(f"{subject}:{when}", sentence, FIELD, _("Oui, c’est bien ce jour-là"))


def _words(slot: Slot, name: str = "") -> dict[str, str]:
    return {"date": f"{slot.on:%d/%m/%Y}", "name": name}


def _hour(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""


def _absence_words(case: CoachingCase, absence: Taken) -> str:
    words = {
        "coach": case.coach.get_full_name(),
        "first": f"{absence.first:%d/%m/%Y}",
        "last": f"{absence.last:%d/%m/%Y}",
        "replacement": absence.name.strip(),
    }
    if not words["replacement"]:
        return _("%(coach)s est en absence du %(first)s au %(last)s, sans remplacement.") % words
    return _("%(coach)s est en absence du %(first)s au %(last)s, avec %(replacement)s en remplacement.") % words


def _session_words(session: Taken) -> str:
    return _("Une séance collective est prévue à %(hour)s : %(title)s.") % {
        "hour": _hour(session.at),
        "title": session.name,
    }


def _busy_words(case: CoachingCase, start: datetime, end: datetime) -> str:
    """Nothing more is known of what takes the time; across days, the days are said."""
    start, end = timezone.localtime(start), timezone.localtime(end)
    shown = "%H:%M" if start.date() == end.date() else "%d/%m %H:%M"
    return _("Le propre agenda %(of_coach)s est pris de %(start)s à %(end)s.") % {
        "of_coach": of_name(case.coach.get_full_name()),
        "start": start.strftime(shown),
        "end": end.strftime(shown),
    }


def _other_words(other: Taken) -> str:
    return _("Un autre rendez-vous est prévu à %(hour)s avec %(person)s.") % {
        "hour": _hour(other.at),
        "person": other.name,
    }

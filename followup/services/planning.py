"""What is asked before an appointment is planned at an unlikely moment (docs/decisions, « asked once »)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from django.utils.translation import gettext as _

from accounts.selectors.workdays import day_off_name
from beneficiaries.models import CoachingCase
from followup.rules.appointments import Slot, is_skipped_hour, is_sunday, is_unusual_hour
from followup.selectors.planning import Taken
from foundation.asking import Question, about_unlikely_date
from foundation.rules.dates import APPOINTMENT
from foundation.workdays import holiday_name

FIELD = "next_on"


def doubts(case: CoachingCase, slot: Slot, taken: Iterable[Taken]) -> list[Question]:
    """The questions about a moment: its year, its day, the coach's absence, what else is planned, its hour."""
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


def _other_words(other: Taken) -> str:
    return _("Un autre rendez-vous est prévu à %(hour)s avec %(person)s.") % {
        "hour": _hour(other.at),
        "person": other.name,
    }

"""When somebody is to be contacted, as one line of a list says it: a drawing, words, a tone."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followup.models import CaseStatus
from method.rules.phases import Phase
from method.rules.urgency import THIS_WEEK_DAYS, Urgency, urgency
from method.selectors import urgency_limits

_LOOKS = {
    Urgency.VERY_LATE: ("very", "flag"),
    Urgency.LATE: ("late", "contrast"),
    Urgency.TODAY: ("today", "circle"),
}
_WEEKS_FROM = 14


@dataclass(frozen=True, slots=True)
class DueCell:
    """Words with their tone and their drawing ("" for none); ``note`` is what is worth knowing besides, in words."""

    words: str
    tone: str = ""
    icon: str = ""
    note: str = ""


def due_cell(status: CaseStatus, on: date) -> DueCell:
    """When the person of a status read with what is due is to be contacted; why not, when nothing is."""
    due: date | None = status.contact_due_on  # type: ignore[attr-defined]
    note = _refusal(status)
    if status.phase != Phase.EXIT and status.suspended_since:  # type: ignore[attr-defined]
        return DueCell(_suspended(status), "still", "circle-pause", note)
    if due is None:
        return DueCell(_("rien à faire"), "still", note=note)
    tone, icon = _LOOKS.get(urgency(due, on, urgency_limits(on, status.organisation_id)), ("", ""))
    return DueCell(due_words(due, on), tone, icon, note)


def due_words(due: date, on: date) -> str:
    """« 3 sem. de retard », « 5 j de retard », « aujourd’hui », « demain », « jeudi 3/12 », « 12/01/2026 »."""
    late = (on - due).days
    if late >= _WEEKS_FROM:
        return _("%(n)s sem. de retard") % {"n": late // 7}
    if late > 0:
        return _("%(n)s j de retard") % {"n": late}
    if late == 0:
        return _("aujourd’hui")
    if late == -1:
        return _("demain")
    if -late <= THIS_WEEK_DAYS:
        return f"{date_format(due, 'l')} {due.day}/{due.month}"
    return f"{due:%d/%m}" if due.year == on.year else f"{due:%d/%m/%Y}"


def _suspended(status: CaseStatus) -> str:
    until: date | None = status.suspended_until  # type: ignore[attr-defined]
    review: date | None = status.suspension_review_on  # type: ignore[attr-defined]
    if until:
        return _("suspendu, %(day)s") % {"day": f"{until:%d/%m}"}
    return _("suspendu, revoir %(day)s") % {"day": f"{review:%d/%m}"} if review else _("suspendu")


def _refusal(status: CaseStatus) -> str:
    if status.phase != Phase.FOLLOW_UP:
        return ""
    refusals = {
        "EMPLOYER": _("suivi refusé par l’employeur"),
        "BOTH": _("suivi refusé par les deux"),
        "REFUSED": _("suivi refusé par la personne"),
    }
    return refusals.get(status.refused_followup or "", "")  # type: ignore[attr-defined]


def page_words(number: int) -> str:
    """How many rows the box of the heading ticks."""
    return ngettext("Choisir le dossier de la page", "Choisir les %(n)s dossiers de la page", number) % {"n": number}

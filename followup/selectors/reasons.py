"""Why a case needs its coach, in words: one sentence per thing due, and where it is settled."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followup.enums import DeadlineKind
from followup.models import CaseStatus, Deadline
from followup.registries import results_place
from foundation.formatting import late_words, relative_words, span_words
from method.rules.urgency import DayGroup, day_group, urgency
from method.selectors import urgency_limits

# Told ahead of the week: to be prepared, not to be done now.
PREPARE = DayGroup.LATER

_ICONS = {
    DeadlineKind.FIRST_MEETING: "handshake",
    DeadlineKind.CONTACT: "message-circle",
    DeadlineKind.EMPLOYER: "building-2",
    DeadlineKind.APPOINTMENT: "circle-question-mark",
    DeadlineKind.NO_SHOWS: "user-x",
    DeadlineKind.INTAKE_END: "clipboard-list",
    DeadlineKind.PREHIRE_END: "hourglass",
    DeadlineKind.FOLLOW_UP_MISSING: "handshake",
    DeadlineKind.CONTRACT_END: "calendar-x-2",
    DeadlineKind.JOB_ENDED: "undo-2",
    DeadlineKind.FOLLOW_UP_END: "flag",
    DeadlineKind.RESULTS_4_WEEKS: "clipboard-check",
    DeadlineKind.RESULTS_6_MONTHS: "clipboard-check",
}

# Where the matter is settled when a contact does not settle it; the address takes the case.
_PLACES = {
    DeadlineKind.INTAKE_END: "beneficiaries:case_path",
    DeadlineKind.PREHIRE_END: "beneficiaries:case_path",
    DeadlineKind.FOLLOW_UP_MISSING: "placements:case_jobs",
    DeadlineKind.CONTRACT_END: "placements:case_jobs",
    DeadlineKind.JOB_ENDED: "placements:case_jobs",
    DeadlineKind.FOLLOW_UP_END: "beneficiaries:case_path",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: how urgent, what in words, when in words, and the page that settles it ("" for a contact).

    ``due_code`` is the style of its mark; ``firm`` is the key of the firm to talk to, when an employer is due.
    """

    kind: str
    urgency: DayGroup
    due_code: str
    due_on: date
    words: str
    when: str
    icon: str
    url_name: str = ""
    firm: UUID | None = None

    @property
    def is_contact(self) -> bool:
        """Whether a contact with the person settles it, so that it can be put off."""
        return self.kind in (DeadlineKind.FIRST_MEETING, DeadlineKind.CONTACT, DeadlineKind.NO_SHOWS)


def reason_of(deadline: Deadline, status: CaseStatus, on: date) -> Reason:
    """A deadline that is shown, as the coach reads it on the day ``on``."""
    kind, limits = DeadlineKind(deadline.kind), urgency_limits(on)
    return Reason(
        kind=kind,
        urgency=day_group(deadline.due_on, on, limits),
        due_code=urgency(deadline.due_on, on, limits).value,
        due_on=deadline.due_on,
        words=_words(kind, deadline, status, on),
        when=when_words(kind, deadline.due_on, on),
        icon=_ICONS[kind],
        url_name=_PLACES.get(kind) or results_place(kind),
        firm=deadline.company_id if kind is DeadlineKind.EMPLOYER else None,
    )


def _words(kind: DeadlineKind, deadline: Deadline, status: CaseStatus, on: date) -> str:
    """What is due."""
    past = deadline.due_on <= on
    firm = deadline.company.name if deadline.company else _("l’employeur")
    if kind is DeadlineKind.CONTACT:
        return _contact_words(status, on)
    if kind is DeadlineKind.NO_SHOWS:
        number = status.no_shows_in_a_row
        return ngettext("%(n)s absence", "%(n)s absences de suite", number) % {"n": number}
    if kind is DeadlineKind.PREHIRE_END:
        return (
            _("Les 24 mois sont épuisés : clôturer, ou demander une prolongation")
            if past
            else _("Les 24 mois se terminent : préparer la suite")
        )
    if kind is DeadlineKind.FOLLOW_UP_END:
        return (
            _("Les six mois de suivi sont écoulés : faire le bilan et clôturer")
            if past
            else _("Le suivi se termine : préparer le bilan de clôture")
        )
    return {
        DeadlineKind.FIRST_MEETING: _("Premier entretien après l’orientation"),
        DeadlineKind.APPOINTMENT: _("Dire ce qu’il est advenu du rendez-vous"),
        DeadlineKind.RESULTS_4_WEEKS: _("FSE+ : demander la situation quatre semaines après la sortie"),
        DeadlineKind.RESULTS_6_MONTHS: _("FSE+ : demander la situation six mois après la sortie"),
        DeadlineKind.EMPLOYER: _("Prendre des nouvelles chez %(firm)s") % {"firm": firm},
        DeadlineKind.INTAKE_END: _("L’accueil dure : ouvrir la pré-embauche, ou clôturer"),
        DeadlineKind.FOLLOW_UP_MISSING: _("Le contrat a commencé : convenir du suivi"),
        DeadlineKind.CONTRACT_END: _("Fin de contrat chez %(firm)s : pérenniser, renouveler ou préparer la suite")
        % {"firm": firm},
        DeadlineKind.JOB_ENDED: _("Le contrat est terminé : retour en pré-embauche, ou sortie"),
    }[kind]


def _contact_words(status: CaseStatus, on: date) -> str:
    """A contact is due: since when there was none."""
    if status.last_contact_on is None:
        return _("Premier contact à avoir")
    return _("Contact dû, dernier %(when)s") % {"when": relative_words(status.last_contact_on, on)}


def when_words(kind: DeadlineKind, due_on: date, on: date) -> str:
    """When: lateness for what had to be done that day, « depuis » for what happened that day."""
    days = (on - due_on).days
    happened = kind in (
        DeadlineKind.NO_SHOWS,
        DeadlineKind.JOB_ENDED,
        DeadlineKind.FOLLOW_UP_MISSING,
        DeadlineKind.APPOINTMENT,
    )
    ended = kind in (DeadlineKind.PREHIRE_END, DeadlineKind.FOLLOW_UP_END)
    if days > 0 and (happened or ended):
        return _("depuis %(span)s") % {"span": span_words(days)}
    return late_words(due_on, on)

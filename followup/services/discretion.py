"""Discreet follow-up, where we speak and where we meet (docs/decisions/0004-discreet-follow-up.md)."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from beneficiaries.models import CoachingCase
from employers.models import Company
from followup.enums import AppointmentState, Place
from followup.models import Appointment
from followup.services.invitations import INVITATIONS
from followup.services.planning import Guests
from foundation.errors import DomainError
from foundation.persistence import save_checked
from foundation.rules.saying import sentence
from foundation.rules.text import search_key
from placements.models import Employment
from placements.selectors.discretion import EmployerHidden, hidden_among, hidden_jobs, is_hidden, refuse_hidden

# Shorter than that, the name of a firm or of a street proves nothing in an address.
_TELLING_LENGTH = 4


class GuestRefused(DomainError):
    """Somebody cannot be invited."""


def refuse_talk(case: CoachingCase, company: Company, on: date) -> None:
    """Refuse to record a talk with an employer who may not hear of the person, from the day of that agreement on.

    Raises:
        EmployerHidden: the firm is hidden that day.
    """
    refuse_hidden(
        case,
        company,
        _(
            "Suivi discret : aucun échange avec cette entreprise ne s’inscrit au dossier. Si elle vous a appelé·e, "
            "choisissez « la personne » et racontez-le dans ce qui s’est dit."
        ),
        field="company",
        on=on,
    )


def refuse_meeting_there(case: CoachingCase, place: str, address: str, on: date, *, field: str) -> None:
    """Refuse to plan a meeting at a firm that may not hear of the person.

    Raises:
        EmployerHidden: the place or the address is that of a hidden firm.
    """
    if (place == Place.COMPANY or address.strip()) and meets_there(case, place, address, on):
        raise EmployerHidden(
            _("Suivi discret : aucun rendez-vous ne se prend dans cette entreprise."),
            field=field,
            hint=_("Choisissez un autre lieu."),
        )


def refuse_guests(case: CoachingCase, guests: Guests) -> None:
    """Refuse to invite somebody who is not known here, who cannot be written to, or whose firm may not hear of it.

    Raises:
        GuestRefused: the guest has no address, or is none of this organisation.
        EmployerHidden: the firm is hidden.
    """
    if guests.person and not case.beneficiary.email:
        raise GuestRefused("no_address", _("Cette personne n’a pas d’adresse e-mail."), field="invites_person")
    others = [(guests.contact, guests.contact.company if guests.contact else None), (guests.partner, guests.partner)]
    for guest, owner in others:
        if guest is not None and (owner is None or owner.organisation_id != case.organisation_id or not guest.email):
            raise GuestRefused("unknown", _("Cette adresse n’est pas connue ici."), field="guest")
    if guests.contact is not None:
        words = _("Suivi discret : cette entreprise ne reçoit aucune invitation.")
        refuse_hidden(case, guests.contact.company, words, field="guest")


def meets_there(
    case: CoachingCase, place: str, address: str, on: date, known: Iterable[Employment] | None = None
) -> bool:
    """Whether a meeting of that day takes place where a hidden employer is: by its address, or « at the firm » when
    the person works or will work for nobody else. ``known`` are the contracts of the case, where they were read.
    """
    jobs = hidden_jobs(case) if known is None else [j for j in known if j.cancelled_on is None and is_hidden(j)]
    if any(_names(address, firm) for job in jobs for firm in job.firms):
        return True
    return place == Place.COMPANY and any(_lasts(job, on) for job in jobs) and not _known_employer(case, on)


def _names(address: str, company: Company) -> bool:
    """Whether an address holds the firm's name or its street."""
    typed = search_key(address)
    known = [search_key(words) for words in (company.name, company.street)]
    return any(len(words) >= _TELLING_LENGTH and words in typed for words in known)


def _lasts(job: Employment, on: date) -> bool:
    """Whether the contract runs on that day or is still to come."""
    end = job.as_contract().worked.end
    return end is None or end > on


def _known_employer(case: CoachingCase, on: date) -> bool:
    """Whether the person also works where the employer knows us."""
    jobs = case.employments.effective().select_related("followup_agreement")
    return any(_lasts(job, on) and hasattr(job, "followup_agreement") and not is_hidden(job) for job in jobs)


def call_off_meetings_there(case: CoachingCase, planned: Iterable[Appointment]) -> None:
    """Cancel what was planned at a firm that may no longer hear of the person, and have it taken out of the calendars
    of the firm wherever it takes place; part of the act that said so. The case has its jobs and their agreements
    loaded.
    """
    if not hidden_among(case.employments.all()):
        return
    for appointment in planned:
        if appointment.invited_contact_id is not None:
            INVITATIONS.mark(appointment.uid_key)
        if not appointment.place and not appointment.address:
            continue
        elsewhere = appointment.place != Place.COMPANY and not appointment.address
        if not elsewhere and meets_there(case, appointment.place, appointment.address, appointment.on):
            appointment.state = AppointmentState.CANCELLED
            appointment.state_reason = sentence("Suivi discret : plus rien dans cette entreprise")
            save_checked(appointment)

"""Being closed: an organisation says on which days, and which day makes up for a holiday."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import ClosingDay, User
from accounts.permissions import organisation_of, require
from accounts.rules.closing_days import LONGEST_DAYS, Closing, ClosingFault, closing_fault
from accounts.signals import closing_days_changed
from foundation.asking import about_unlikely_date, ask
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import save_checked
from foundation.rules.dates import DateBounds
from foundation.workdays import working_days
from privacy.audit import act

#: a closing day is told as late as one finds out that it was forgotten, and planned for the next year
BOUNDS = DateBounds(months_ahead=3 * 12, usual_months_back=12, usual_months_ahead=18)


class ClosingRefused(DomainError):
    """An organisation cannot be closed as stated."""


@act
def add_closing(
    *,
    closing: Closing,
    actor: User,
    confirmed: frozenset[str] = frozenset(),
    submission_id: UUID | None = None,
) -> ClosingDay:
    """Say that the actor's organisation is closed on these days; what is due is counted again with them.

    `submission_id` becomes the key of the row: sent twice, it gives the same row.

    Raises:
        NotAllowed: the actor does not administer the organisation.
        ClosingRefused: the days are reversed, too many or never worked, or the holiday cannot be made up for so.
        Unconfirmed: the days are far away.
        InvalidFact: the organisation is closed on one of them already, or the holiday is made up for.
    """
    organisation = organisation_of(actor)
    row = ClosingDay(organisation=organisation, created_by=actor)
    require(actor, "accounts.manage_organisation", row)
    if submission_id is not None:
        already: ClosingDay | None = ClosingDay.objects.filter(pk=submission_id, organisation=organisation).first()
        if already is not None:
            return already
        row.pk = submission_id
    fault = closing_fault(closing, working_days(closing.replaces or closing.first))
    if fault is not None:
        raise _refusal(fault, closing)
    ask(about_unlikely_date(closing.first, "starts_on", BOUNDS), confirmed)
    row.name, row.starts_on, row.ends_on = closing.name.strip(), closing.first, closing.last
    row.replaces = closing.replaces
    save_checked(row)
    _announce(row, actor)
    return row


@act
def withdraw_closing(*, closing_day: ClosingDay, actor: User) -> ClosingDay:
    """The organisation works on these days after all; what is due is counted again without them.

    Taken back twice, it is taken back once.

    Raises:
        NotAllowed: the actor does not administer the organisation.
    """
    require(actor, "accounts.manage_organisation", closing_day)
    row: ClosingDay = ClosingDay.objects.select_for_update().get(pk=closing_day.pk)
    if row.withdrawn_on is None:
        row.withdrawn_on = today()
        save_checked(row)
        _announce(row, actor)
    return row


def _announce(row: ClosingDay, actor: User) -> None:
    closing_days_changed.send(ClosingDay, organisation_id=row.organisation_id, actor=actor)


def _refusal(fault: ClosingFault, closing: Closing) -> ClosingRefused:
    """The fault in a sentence, beside its field."""
    sentences = {
        ClosingFault.ENDS_BEFORE_START: (_("Le dernier jour ne peut pas précéder le premier."), "ends_on"),
        ClosingFault.TOO_LONG: (
            _("Une fermeture compte %(days)s jours au plus. Encodez-la en plusieurs fois.") % {"days": LONGEST_DAYS},
            "ends_on",
        ),
        ClosingFault.NEVER_WORKED: (_("Aucun de ces jours n’est travaillé : rien ne change."), "starts_on"),
        ClosingFault.NO_HOLIDAY: (
            _("Le %(date)s n’est pas un jour férié légal.") % {"date": _day(closing.replaces)},
            "replaces",
        ),
        ClosingFault.NOT_ON_A_WEEKEND: (
            _("Le %(date)s tombe en semaine : il n’est pas à remplacer.") % {"date": _day(closing.replaces)},
            "replaces",
        ),
        ClosingFault.ONE_DAY_ONLY: (_("Un jour férié se remplace par un seul jour."), "ends_on"),
    }
    message, field = sentences[fault]
    return ClosingRefused(fault.value, message, field=field)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""

"""Taking back what was typed wrong of a job: the proposal, the aid of a contract, the agreement on its follow-up, and
what was told of it while it ran.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.taking_back import TakeBackRefused, gone, remove_row
from beneficiaries.services.coherence import require_coherence
from beneficiaries.services.phases import locked_case
from foundation.formatting import date_words
from foundation.persistence import save_checked
from method.rules.phases import Phase
from placements.models import (
    Employment,
    EmploymentVerification,
    FollowUpAgreement,
    Match,
    TemporaryUnemployment,
    WorkWeek,
)
from placements.services.weeks import keep_idle_weeks


def refuse_proposal(match: Match, actor: User) -> None:
    """A proposal of which a contract came is that contract's.

    Raises:
        TakeBackRefused: there is one, called off or not.
    """
    contract = match.employments.order_by("starts_on").first()
    if contract is not None:
        raise TakeBackRefused(
            "hired",
            _("Un contrat, du %(date)s, est né de cette proposition.") % {"date": date_words(contract.starts_on)},
            hint=_("Corrigez le contrat, ou annulez l’embauche : la proposition en garde la trace."),
        )


def remove_proposal(match: Match, actor: User) -> None:
    """Take a proposal out, with what each side answered.

    Raises:
        Incoherent: something else that is recorded would no longer hold.
    """
    case = locked_case(match.case)
    remove_row(match)
    require_coherence(case)


def refuse_followup(agreement: FollowUpAgreement, actor: User) -> None:
    """Follow-up in the firm rests on how it was agreed.

    Raises:
        TakeBackRefused: it has begun with this contract.
    """
    employment = agreement.employment
    followed = employment.case.spells.filter(phase=Phase.FOLLOW_UP, starts_on__gte=employment.starts_on)
    if employment.last_day is not None:
        followed = followed.filter(starts_on__lte=employment.last_day)
    spell = followed.order_by("starts_on").first()
    if spell is not None and employment.cancelled_on is None:
        raise TakeBackRefused(
            "followed",
            _("Le suivi en entreprise, commencé le %(date)s, repose sur cet accord.")
            % {"date": date_words(spell.starts_on)},
            hint=_("Notez plutôt le bon, par « Changer le suivi » : il remplace celui-ci."),
        )


def remove_followup(agreement: FollowUpAgreement, actor: User) -> None:
    """Take an agreement on the follow-up out: it is to be agreed again."""
    case = locked_case(agreement.employment.case)
    remove_row(agreement)
    require_coherence(case)


def remove_aid(employment: Employment, actor: User) -> None:
    """Take the hiring aid off a contract, which stays.

    Raises:
        TakeBackRefused: it was taken off already.
    """
    locked_case(employment.case)
    found = Employment.objects.select_for_update().filter(pk=employment.pk, aid__isnull=False).first()
    if found is None:
        raise gone()
    found.aid = None
    save_checked(found)


def remove_told(row: TemporaryUnemployment | EmploymentVerification, actor: User) -> None:
    """Take out what was told of a contract and nothing else rests on.

    Raises:
        Incoherent: something else that is recorded would no longer hold.
    """
    case = locked_case(row.employment.case)
    remove_row(row)
    require_coherence(case)


def remove_week(week: WorkWeek, actor: User) -> None:
    """Take a week out of the grid: it is to be told again, and the clocks follow.

    Raises:
        Incoherent: something else that is recorded would no longer hold.
    """
    case = locked_case(week.employment.case)
    employment = Employment.objects.select_for_update().get(pk=week.employment_id)
    remove_row(week)
    keep_idle_weeks(employment)
    require_coherence(case)

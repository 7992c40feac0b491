"""Correcting a contract: the phases that began or ended with it move along, and everything is checked again."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from accounts.services.reasons import CorrectionRefused, require_reason
from beneficiaries.models import CoachingCase
from beneficiaries.services.coherence import require_coherence
from beneficiaries.services.corrections import move_spell
from beneficiaries.services.phases import locked_case
from employers.models import Company
from foundation.asking import Question, about_unlikely_date, ask
from foundation.persistence import save_checked
from foundation.rules.dates import CONTRACT_END, WORK_DAY
from foundation.rules.periods import ONE_DAY
from method.rules.phases import Phase
from placements.enums import Origin
from placements.models import Employment, HiringAid
from placements.selectors.clocks import clock_facts
from placements.services.doubts import about_suspension
from placements.services.guards import (
    PlacementRefused,
    begin_telling,
    refuse_wrong_aid,
    refuse_wrong_days,
    refuse_wrong_end,
    refuse_wrong_user,
)
from placements.services.told_within import refuse_leaving_out
from privacy.audit import act, correcting


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedTerms:
    """The contract as it should have been written; days are inclusive."""

    contract_type: str
    job_title: str
    starts_on: date
    ends_on: date | None
    weekly_hours: Decimal | None
    ended_on: date | None = None
    end_reason: str = ""
    aid: HiringAid | None = None
    origin: str | None = None
    joint_committee: str | None = None
    user_company: Company | None = None
    confirmed: frozenset[str] = frozenset()


@act
def correct_employment(*, employment: Employment, terms: CorrectedTerms, reason: str, actor: User) -> Employment:
    """Rewrite a contract that was recorded wrongly; the phases that its first and last day opened move with it.

    Raises:
        NotAllowed: only a coordinator corrects.
        CorrectionRefused: no reason is given, or a phase cannot move that far.
        PlacementRefused: the contract was called off, its last day was moved by an amendment, its days and its end
            contradict one another, or the hiring aid does not hold on the first day.
        InvalidFact: another rule of the contract is broken.
        Incoherent: something else that is recorded would no longer hold.
        Unconfirmed: a day that changes is unlikely, or lies in a suspension, and nobody said that it is meant.
    """
    require(actor, "beneficiaries.correct_case", employment.case)
    why = require_reason(reason)
    case = locked_case(employment.case)
    employment = Employment.objects.select_for_update().get(pk=employment.pk)
    if employment.cancelled_on is not None:
        raise PlacementRefused("cancelled", _("Cette embauche a été annulée."))
    _check_terms(terms)
    refuse_wrong_aid(terms.aid, terms.starts_on)
    refuse_wrong_user(terms.contract_type, employment.company, terms.user_company)
    if employment.end_amended and terms.ends_on != employment.ends_on:
        raise PlacementRefused(
            "amended", _("Ce dernier jour vient d’un avenant : reprenez plutôt l’avenant."), field="ends_on"
        )
    refuse_leaving_out(
        employment,
        starts_on=terms.starts_on,
        last=terms.ended_on or terms.ends_on,
        field="ended_on" if terms.ended_on else "ends_on",
        agreed=True,
    )
    ask(_questions(case, employment, terms), terms.confirmed)
    first, last = employment.starts_on, employment.last_day
    employment.contract_type = terms.contract_type
    employment.job_title = terms.job_title.strip()
    employment.starts_on = terms.starts_on
    employment.ends_on = terms.ends_on
    employment.weekly_hours = terms.weekly_hours
    employment.aid = terms.aid
    employment.user_company = terms.user_company
    # What is not said stays as it is: a correction of days asks nobody where the job came from.
    employment.origin = employment.origin if terms.origin is None else terms.origin
    employment.joint_committee = employment.joint_committee if terms.joint_committee is None else terms.joint_committee
    employment.ended_on = terms.ended_on
    employment.end_reason = terms.end_reason
    employment.ended_by_death = False
    with correcting(why):
        save_checked(employment)
        _follow_first_day(case, first, terms.starts_on)
        _follow_last_day(case, last, employment.last_day)
        require_coherence(case)
    return employment


@act
def tell_origin(*, employment: Employment, origin: str, actor: User) -> Employment:
    """Say where a job came from, which nobody had said.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: it is known already: a coordinator corrects it.
        InvalidFact: it is not one of the origins.
    """
    begin_telling(employment.case, actor)
    employment = Employment.objects.select_for_update().get(pk=employment.pk)
    if employment.origin != Origin.UNKNOWN:
        raise PlacementRefused("origin_known", _("L’origine est déjà notée."), field="origin")
    employment.origin = origin
    save_checked(employment)
    return employment


def _questions(case: CoachingCase, employment: Employment, terms: CorrectedTerms) -> list[Question]:
    """What is asked about such days when a contract is first written down; a day that stays was asked about then."""
    found = []
    if terms.starts_on != employment.starts_on:
        found += about_unlikely_date(terms.starts_on, "starts_on", WORK_DAY)
        found += about_suspension(clock_facts(case), terms.contract_type, terms.starts_on)
    if terms.ends_on != employment.ends_on:
        found += about_unlikely_date(terms.ends_on, "ends_on", CONTRACT_END)
    return found


def _check_terms(terms: CorrectedTerms) -> None:
    """The contract could have been recorded so, and its end too: a last day really worked goes with its reason."""
    refuse_wrong_days(terms.contract_type, terms.starts_on, terms.ends_on)
    if terms.ended_on is not None:
        refuse_wrong_end(terms.starts_on, terms.ends_on, terms.ended_on)
    if terms.ended_on is not None and not terms.end_reason:
        raise PlacementRefused("end_reason", _("Choisissez le motif de fin."), field="end_reason")
    if terms.ended_on is None and terms.end_reason:
        raise PlacementRefused("no_last_day", _("Un motif de fin va avec le dernier jour presté."), field="ended_on")


def _follow_first_day(case: CoachingCase, old: date, new: date) -> None:
    """Move HIRE and FOLLOW_UP when they began on the contract's first day; later first, so that they never cross."""
    if old == new:
        return
    began = [s for s in case.spells.all() if s.starts_on == old and s.phase in (Phase.HIRE, Phase.FOLLOW_UP)]
    for spell in sorted(began, key=lambda s: s.sequence, reverse=new > old):
        move_spell(case, spell.sequence, new)


def _follow_last_day(case: CoachingCase, old: date | None, new: date | None) -> None:
    """Move the return to pre-hire that followed the contract's last day."""
    if old is None or new is None or old == new:
        return
    for spell in case.spells.all():
        if spell.phase == Phase.PRE_HIRE and spell.sequence > 2 and spell.starts_on == old + ONE_DAY:
            try:
                move_spell(case, spell.sequence, new + ONE_DAY)
            except CorrectionRefused as refusal:
                raise CorrectionRefused(
                    refusal.code,
                    _("Le retour en pré-embauche suit le dernier jour du contrat et passerait au %(date)s. %(why)s")
                    % {"date": f"{new + ONE_DAY:%d/%m/%Y}", "why": refusal.message},
                    field="ended_on",
                ) from refusal

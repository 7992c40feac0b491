"""Amendments (avenants): what changes in a contract while it runs, whenever it is heard of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.services.taking_back import TakeBackRefused, remove_row
from beneficiaries.models import CoachingCase
from beneficiaries.services.coherence import require_coherence
from beneficiaries.services.corrections import move_spell, withdraw_spell
from beneficiaries.services.phases import locked_case, pass_to_phase
from foundation.asking import about_unlikely_date, ask
from foundation.clock import today
from foundation.persistence import save_checked
from foundation.rules.dates import CONTRACT_END, WORK_DAY
from foundation.rules.periods import ONE_DAY
from foundation.rules.saying import sentence
from method.rules.phases import Phase
from placements.enums import EndReason
from placements.models import Amendment, Employment
from placements.rules.amendments import AgreedTerms, AmendmentFault, Change, agreed_end, fault_of, terms_on
from placements.selectors.terms import changes_of, signed_terms
from placements.services.guards import PlacementRefused, begin_telling, refuse_future
from placements.services.hiring import FollowUpTerms, Terms, bounce_day, end_employment, hire
from placements.services.told_within import refuse_leaving_out
from privacy.audit import act, correcting

_FAULTS = {
    AmendmentFault.NOTHING: (None, gettext_lazy("Dites ce que l’avenant change.")),
    AmendmentFault.ALREADY_SO: (None, gettext_lazy("C’est déjà ce que le contrat dit ce jour-là.")),
    AmendmentFault.BEFORE_START: ("effective_on", gettext_lazy("Le contrat n’avait pas commencé ce jour-là.")),
    AmendmentFault.AFTER_END: (
        "effective_on",
        gettext_lazy("Le contrat était terminé ce jour-là : au-delà, enregistrez un nouveau contrat."),
    ),
    AmendmentFault.END_BEFORE_START: ("ends_on", gettext_lazy("Le dernier jour précède le premier.")),
    AmendmentFault.END_UNFIT: ("ends_on", gettext_lazy("Ce dernier jour ne va pas avec le type du contrat.")),
    AmendmentFault.TYPE_UNFIT: (
        "becomes",
        gettext_lazy("Seul un contrat à durée déterminée devient un CDI par avenant : sinon, c’est un autre contrat."),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """An amendment as it is told: what changes, the day it was learnt, what to know about it."""

    change: Change
    learnt_on: date
    note: str = ""
    confirmed: frozenset[str] = field(default_factory=frozenset)


@act
def amend(*, employment: Employment, stated: Stated, actor: User) -> Amendment:
    """Record an amendment, before it holds, while it does, or once the contract or the case is over.

    A new last day is that of the contract from now on: the clocks, the window, the reminders and the reports follow. An
    end that had been written because the term was reached is taken back when the term moves beyond it, and so is the
    return to pre-hire that came of it. A contract that becomes permanent ends on the eve, and goes on as another one.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the contract was called off or had ended otherwise, the days are impossible, nothing changes,
            or the same amendment is already recorded (code `already_amended`: a double click).
        Unconfirmed: one of the days is unlikely, and nobody said that it is meant.
    """
    case = begin_telling(employment.case, actor)
    employment = Employment.objects.select_for_update().select_related("company").get(pk=employment.pk)
    if employment.cancelled_on is not None:
        raise PlacementRefused("cancelled", _("Cette embauche a été annulée."))
    refuse_future(stated.learnt_on, "learnt_on")
    change, known = stated.change, changes_of(employment)
    _refuse_twice(known, change)
    _refuse_fault(employment, known, change)
    ask(
        [
            *about_unlikely_date(change.effective_on, "effective_on", WORK_DAY),
            *about_unlikely_date(change.ends_on, "ends_on", CONTRACT_END),
        ],
        stated.confirmed,
    )
    amendment = Amendment(
        employment=employment,
        effective_on=change.effective_on,
        learnt_on=stated.learnt_on,
        changes_end=change.changes_end,
        ends_on=change.ends_on,
        weekly_hours=change.weekly_hours,
        job_title=change.job_title,
        joint_committee=change.joint_committee,
        wage=change.wage,
        becomes=change.becomes,
        note=stated.note.strip(),
        recorded_by=actor,
    )
    if change.becomes:
        terms = terms_on(signed_terms(employment), [*known, change], change.effective_on)
        amendment.replaced_by = _made_permanent(case, employment, terms, change, actor)
    elif change.changes_end:
        latest = _ranked(change, known)
        amendment.reopened_end = _move_end(case, employment, agreed_end(signed_terms(employment).ends_on, latest))
    save_checked(amendment)
    require_coherence(case)
    return amendment


def refuse_amendment(amendment: Amendment, actor: User) -> None:
    """A permanent contract that came of it and that has changed since is no longer undone with it.

    Raises:
        TakeBackRefused: it has ended, or was called off.
    """
    permanent = amendment.replaced_by
    if amendment.becomes and (
        permanent is None or permanent.cancelled_on is not None or permanent.ended_on is not None
    ):
        raise TakeBackRefused(
            "replaced",
            _("Le contrat qui lui a fait suite a changé depuis."),
            hint=_("Corrigez plutôt les deux contrats."),
        )


def remove_amendment(amendment: Amendment, actor: User) -> None:
    """Take an amendment out: the contract says again what it said without it.

    Raises:
        TakeBackRefused: it is gone already.
        PlacementRefused: the contract has ended since beyond the day that it would get back.
        Incoherent: something else that is recorded would no longer hold.
    """
    case = locked_case(amendment.employment.case)
    employment = Employment.objects.select_for_update().get(pk=amendment.employment_id)
    remove_row(amendment)
    if amendment.becomes:
        _made_temporary_again(employment, amendment)
    elif amendment.changes_end:
        end = agreed_end(signed_terms(employment).ends_on, changes_of(employment))
        _move_end(case, employment, end, given_back=amendment.reopened_end)
        _bounce_again(case, employment, actor)
    require_coherence(case)


def _ranked(change: Change, known: Sequence[Change]) -> list[Change]:
    """The changes with the one that is being told as the last recorded."""
    last = max((one.order for one in known), default=-1)
    return [*known, Change(**{name: getattr(change, name) for name in change.__slots__} | {"order": last + 1})]


def _refuse_twice(known: Sequence[Change], change: Change) -> None:
    """The same amendment is written once."""
    told = {name: getattr(change, name) for name in change.__slots__ if name != "order"}
    if any(all(getattr(one, name) == value for name, value in told.items()) for one in known):
        raise PlacementRefused(
            "already_amended",
            _("Cet avenant est déjà enregistré : rien n’a été écrit deux fois."),
            field="effective_on",
        )


def _refuse_fault(employment: Employment, known: Sequence[Change], change: Change) -> None:
    """The change can be made to this contract."""
    fault = fault_of(
        change,
        contract_type=employment.contract_type,
        starts_on=employment.starts_on,
        ends_on=_last_day_before(employment),
        current=terms_on(signed_terms(employment), known, change.effective_on),
    )
    if fault is not None:
        name, words = _FAULTS[fault]
        raise PlacementRefused(fault.value, str(words), field=name)


def _last_day_before(employment: Employment) -> date | None:
    """The last day of the contract as far as it is known: the one really worked, else the one agreed."""
    ended: date | None = employment.last_day
    return ended


def _move_end(
    case: CoachingCase, employment: Employment, end: date | None, *, given_back: date | None = None
) -> date | None:
    """Give the contract its last day; the end and the phase that followed from the former one follow. What is returned
    is the end that had been recorded and that holds no more.

    `given_back`: the end that was recorded before the amendment that is being taken back.
    """
    before, was = employment.last_day, employment.ends_on
    refuse_leaving_out(employment, starts_on=employment.starts_on, last=end, field="ends_on")
    signed = employment.signed_ends_on if employment.end_amended else was
    reopened = None
    if employment.ended_on is not None and not employment.ended_by_death and end != was:
        by_term = employment.end_reason == EndReason.TERM and employment.ended_on == was
        if by_term and (end is None or end > employment.ended_on):
            reopened = employment.ended_on
            employment.ended_on, employment.end_reason = None, ""
        elif by_term:
            employment.ended_on = end
        elif end is not None and end < employment.ended_on:
            raise PlacementRefused(
                "ended",
                _("Le contrat a été presté jusqu’au %(date)s.") % {"date": f"{employment.ended_on:%d/%m/%Y}"},
                field="ends_on",
            )
    elif employment.ended_on is None and given_back is not None and given_back == end:
        employment.ended_on, employment.end_reason = given_back, EndReason.TERM.value
    employment.signed_ends_on, employment.end_amended = (None, False) if end == signed else (signed, True)
    employment.ends_on = end
    if not _follow_last_day(case, before, employment.last_day):
        employment.told_late = True
    save_checked(employment)
    return reopened


def _bounce_again(case: CoachingCase, employment: Employment, actor: User) -> None:
    """Bring the person back to pre-hire once the end that a prolongation had taken back is given back."""
    day = bounce_day(case) if employment.ended_on is not None else None
    if day is not None and day <= today():
        reason = str(EndReason(employment.end_reason).label)
        pass_to_phase(case=case, to=Phase.PRE_HIRE, on=day, actor=actor, reason=reason)


def _follow_last_day(case: CoachingCase, old: date | None, new: date | None) -> bool:
    """Move the return to pre-hire that came of the former last day, or take it back when the work went on beyond it.

    Return whether the phases agree: what was lived since, another job for instance, stands.
    """
    spells = sorted(case.spells.all(), key=lambda spell: spell.sequence)
    back = [s for s in spells if s.phase == Phase.PRE_HIRE and s.sequence > 2 and old and s.starts_on == old + ONE_DAY]
    if old == new or not back:
        return True
    spell = back[-1]
    after = next((one for one in spells if one.sequence == spell.sequence + 1), None)
    bound = after.starts_on if after is not None else today() + ONE_DAY
    if new is not None and new < bound:
        with correcting(_("avenant au contrat")):
            move_spell(case, spell.sequence, new + ONE_DAY)
        return True
    if after is not None and after.phase != Phase.EXIT:
        return False
    with correcting(_("avenant au contrat")):
        withdraw_spell(case, spell.sequence)
    return True


def _made_permanent(
    case: CoachingCase, employment: Employment, terms: AgreedTerms, change: Change, actor: User
) -> Employment:
    """End the contract on the eve, and go on with the permanent one, followed as the former was."""
    agreement = getattr(employment, "followup_agreement", None)
    followup = None
    if agreement is not None:
        followup = FollowUpTerms(
            mode=agreement.mode, agreed_on=agreement.agreed_on, contact=agreement.contact, terms=agreement.terms
        )
    permanent = hire(
        case=case,
        company=employment.company,
        match=employment.match,
        terms=Terms(
            contract_type=change.becomes,
            job_title=terms.job_title,
            starts_on=change.effective_on,
            weekly_hours=terms.weekly_hours,
            origin=employment.origin,
            joint_committee=terms.joint_committee,
        ),
        followup=followup,
        actor=actor,
    )
    eve = change.effective_on - ONE_DAY
    if employment.ended_on is None:
        end_employment(employment=employment, ended_on=eve, reason=EndReason.CONVERTED, actor=actor)
    return permanent


def _made_temporary_again(employment: Employment, amendment: Amendment) -> None:
    """Call off the permanent contract that never was, and take back the end that it had given to the other one."""
    permanent = Employment.objects.select_for_update().get(pk=amendment.replaced_by_id)
    permanent.cancelled_on = today()
    permanent.cancel_reason = sentence("L’avenant dont il venait est retiré.")
    save_checked(permanent)
    if employment.end_reason == EndReason.CONVERTED:
        employment.ended_on, employment.end_reason = None, ""
        save_checked(employment)

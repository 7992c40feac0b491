"""Being away: who says so, and who stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import CASE_CARRYING_ROLES, AbsenceReason
from accounts.models import Absence, Organisation, User
from accounts.models.querysets import AbsenceQuerySet
from accounts.permissions import organisation_of, require
from accounts.registries import people_depending_on
from accounts.rules.absences import AbsenceFacts, Fault, fault_of
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import save_checked
from foundation.rules.periods import Period
from privacy.audit import act


class AbsenceRefused(DomainError):
    """An absence cannot be as stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsencePlan:
    """The first and the last day away (both included), who stands in, why, and what that person must know."""

    starts_on: date
    ends_on: date
    replacement: User | None = None
    reason: str = AbsenceReason.LEAVE
    note: str = ""


@act
def declare_absence(*, user: User, plan: AbsencePlan, actor: User, submission_id: UUID | None = None) -> Absence:
    """Say that somebody is away, and who stands in meanwhile.

    `submission_id` becomes the key of the absence: sent twice, it gives the same absence.

    Raises:
        NotAllowed: a coach declares their own absences, a coordinator everybody's in their organisation.
        AbsenceRefused: the days are impossible, people depend on the person and nobody stands in, or who should stand
            in cannot.
    """
    organisation = organisation_of(actor)
    absence = Absence(organisation=organisation, user=user)
    require(actor, "accounts.manage_absence", absence)
    if submission_id is not None:
        already: Absence | None = Absence.objects.filter(pk=submission_id, organisation=organisation, user=user).first()
        if already is not None:
            return already
        absence.pk = submission_id
    if not _coaching(user, organisation):
        raise AbsenceRefused("not_a_coach", _("Cette personne n’est pas jobcoach dans l’organisme."), field="user")
    return _save(absence, plan)


@act
def change_absence(*, absence: Absence, plan: AbsencePlan, actor: User) -> Absence:
    """Change the days, who stands in, or what they must know.

    When somebody else stands in from now on, the days behind keep the name of who stood in: the absence is cut
    yesterday and another one, returned, begins today.

    Raises:
        NotAllowed: the absence is neither the actor's nor, for a coordinator, of their organisation.
        AbsenceRefused: it is over or cancelled, its first day is past and would change, or the plan is refused.
    """
    absence = _locked(absence)
    require(actor, "accounts.manage_absence", absence)
    on = today()
    _check_standing(absence, on)
    if absence.starts_on < on and plan.starts_on != absence.starts_on:
        raise AbsenceRefused(
            "begun", _("L’absence a déjà commencé : son premier jour ne change plus."), field="starts_on"
        )
    passes_on = absence.starts_on < on and absence.replacement_id not in (None, getattr(plan.replacement, "pk", None))
    if not passes_on or plan.ends_on < on:
        return _save(absence, plan)
    _stop(absence, on)
    rest = Absence(organisation=absence.organisation, user=absence.user)
    return _save(
        rest,
        AbsencePlan(
            starts_on=on, ends_on=plan.ends_on, replacement=plan.replacement, reason=plan.reason, note=plan.note
        ),
    )


@act
def cancel_absence(*, absence: Absence, actor: User) -> Absence:
    """The person stays, or comes back before time: from today on they are no longer away.

    Raises:
        NotAllowed: the absence is neither the actor's nor, for a coordinator, of their organisation.
        AbsenceRefused: it is over or cancelled already.
    """
    absence = _locked(absence)
    require(actor, "accounts.manage_absence", absence)
    on = today()
    _check_standing(absence, on)
    _stop(absence, on)
    return absence


def stop_absences(user: User, organisation: Organisation, on: date) -> None:
    """Somebody leaves the organisation: they are no longer expected back. Runs inside the act that closes access."""
    for absence in Absence.objects.standing().filter(user=user, organisation=organisation, ends_on__gte=on):
        _stop(absence, on)


def _locked(absence: Absence) -> Absence:
    found: Absence = Absence.objects.select_for_update().get(pk=absence.pk)
    return found


def _check_standing(absence: Absence, on: date) -> None:
    if absence.cancelled_on is not None or absence.is_over(on):
        raise AbsenceRefused("settled", _("Cette absence est terminée ou annulée : elle ne change plus."))


def _stop(absence: Absence, on: date) -> None:
    """End the day before ``on``; an absence without any day left never took place."""
    if absence.starts_on < on:
        absence.ends_on = on - timedelta(days=1)
    else:
        absence.cancelled_on = on
    save_checked(absence)


def _save(absence: Absence, plan: AbsencePlan) -> Absence:
    """Check the plan on what is known of both people, who cannot change their plans meanwhile, and keep it."""
    people = [absence.user_id, *([plan.replacement.pk] if plan.replacement else [])]
    list(User.objects.select_for_update().filter(pk__in=people).order_by("pk").only("pk"))
    facts = _facts(absence, plan)
    fault = fault_of(facts, today())
    if fault is not None:
        raise _refusal(fault, absence, plan)
    absence.starts_on = plan.starts_on
    absence.ends_on = plan.ends_on
    absence.replacement = plan.replacement
    absence.reason = plan.reason
    absence.note = plan.note.strip()
    save_checked(absence)
    return absence


def _coaching(user: User, organisation: Organisation) -> list[Period]:
    """When somebody may carry cases in the organisation."""
    if not user.is_active:
        return []
    held = user.memberships.filter(organisation=organisation, role__in=CASE_CARRYING_ROLES)
    return [Period.from_inclusive(one.starts_on, one.ends_on) for one in held]


def _others(absence: Absence) -> AbsenceQuerySet:
    found: AbsenceQuerySet = Absence.objects.standing().filter(organisation=absence.organisation_id)
    return found.exclude(pk=absence.pk)


def _days(found: Iterable[Absence]) -> list[Period]:
    return [Period.from_inclusive(one.starts_on, one.ends_on) for one in found]


def _facts(absence: Absence, plan: AbsencePlan) -> AbsenceFacts:
    others, replacement = _others(absence), plan.replacement
    return AbsenceFacts(
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        has_replacement=replacement is not None,
        is_oneself=replacement == absence.user,
        depended_on=people_depending_on(absence.user, absence.organisation) > 0,
        other_absences=_days(others.filter(user=absence.user)),
        stands_in=_days(others.filter(replacement=absence.user)),
        replacement_here=_coaching(replacement, absence.organisation) if replacement else (),
        replacement_away=_days(others.filter(user=replacement)) if replacement else (),
    )


def _refusal(fault: Fault, absence: Absence, plan: AbsencePlan) -> AbsenceRefused:
    """The fault in a sentence, beside its field, with what can be done."""
    names = {"name": absence.user.get_full_name(), "replacement": str(plan.replacement or "")}
    if fault is Fault.NOBODY:
        return _nobody(absence, names["name"])
    if fault in (Fault.OVERLAPS, Fault.STANDS_IN, Fault.AWAY_TOO):
        return _clash(fault, absence, plan, names)
    sentences = {
        Fault.ENDS_BEFORE_START: (_("Le dernier jour ne peut pas précéder le premier."), "ends_on", ""),
        Fault.OVER: (
            _("Ce dernier jour est déjà passé."),
            "ends_on",
            _("Une absence se déclare tant qu’elle n’est pas terminée."),
        ),
        Fault.TOO_LONG: (
            _("Une absence se déclare pour un an au plus."),
            "ends_on",
            _("Pour un départ plus long, transmettez les dossiers."),
        ),
        Fault.ONESELF: (_("Une personne absente ne se remplace pas elle-même."), "replacement", ""),
        Fault.NOT_HERE: (
            _("%(replacement)s n’est pas jobcoach dans l’organisme pendant toute l’absence.") % names,
            "replacement",
            _("Choisissez quelqu’un d’autre."),
        ),
    }
    message, field, hint = sentences[fault]
    return AbsenceRefused(fault.value, message, field=field, hint=hint)


def _nobody(absence: Absence, name: str) -> AbsenceRefused:
    number = people_depending_on(absence.user, absence.organisation)
    sentence = ngettext(
        "%(n)s personne compte sur %(name)s : indiquez qui la suivra pendant l’absence.",
        "%(n)s personnes comptent sur %(name)s : indiquez qui les suivra pendant l’absence.",
        number,
    )
    return AbsenceRefused(Fault.NOBODY.value, sentence % {"n": number, "name": name}, field="replacement")


def _clash(fault: Fault, absence: Absence, plan: AbsencePlan, names: dict[str, str]) -> AbsenceRefused:
    """Name the other absence that stands in the way."""
    whose = {
        Fault.OVERLAPS: Q(user=absence.user),
        Fault.STANDS_IN: Q(replacement=absence.user),
        Fault.AWAY_TOO: Q(user=plan.replacement),
    }[fault]
    other = _others(absence).filter(whose).between(plan.starts_on, plan.ends_on).order_by("starts_on", "id").first()
    days = {
        "first": f"{other.starts_on:%d/%m/%Y}" if other else "",
        "last": f"{other.ends_on:%d/%m/%Y}" if other else "",
        "absent": other.user.get_full_name() if other else "",
    }
    if fault is Fault.AWAY_TOO:
        message = _("%(replacement)s est en absence du %(first)s au %(last)s.") % (names | days)
        return AbsenceRefused(fault.value, message, field="replacement", hint=_("Choisissez quelqu’un d’autre."))
    if fault is Fault.OVERLAPS:
        message = _("Une absence du %(first)s au %(last)s couvre déjà une partie de ces jours.") % days
        return AbsenceRefused(fault.value, message, field="starts_on", hint=_("Modifiez celle-là."))
    message = _("%(name)s remplace %(absent)s du %(first)s au %(last)s.") % (names | days)
    hint = _("Un·e coordinateur·rice doit d’abord désigner quelqu’un d’autre pour ce remplacement.")
    return AbsenceRefused(fault.value, message, field="starts_on", hint=hint)

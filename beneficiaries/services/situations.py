"""The dated situations of a person: noted, corrected, ended. Whoever may change the case may change them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from beneficiaries.models import CoachingCase, Situation
from beneficiaries.services.phases import locked_case
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act


class SituationRefused(DomainError):
    """A situation cannot be noted as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationStatement:
    """What is stated: the kind, the first day, the last day included (none: it still runs, or its end is not known)."""

    kind: str
    starts_on: date
    ends_on: date | None = None
    detail: str = ""


@act
def add_situation(
    *, case: CoachingCase, statement: SituationStatement, actor: User, submission_id: UUID | None = None
) -> Situation:
    """Note a situation of the person; `submission_id` sent twice gives the same row.

    Raises:
        NotAllowed: the case is not the actor's.
        SituationRefused: it begins in the future or before the birth, or its last day precedes the first.
        InvalidFact: one of the same kind is noted for some of these days.
    """
    case = locked_case(case)
    require(actor, "beneficiaries.change_case", case)
    if submission_id is not None:
        already = Situation.objects.filter(pk=submission_id, beneficiary=case.beneficiary_id).first()
        if already is not None:
            return already
    situation = Situation(beneficiary=case.beneficiary, recorded_by=actor)
    if submission_id is not None:
        situation.pk = submission_id
    _write(situation, statement)
    return situation


@act
def correct_situation(
    *, case: CoachingCase, situation: Situation, statement: SituationStatement, actor: User
) -> Situation:
    """Write a situation anew; the trail keeps what it said. Checks that are frozen do not move.

    Raises:
        NotAllowed: the case is not the actor's.
        SituationRefused, InvalidFact: as for `add_situation`.
    """
    situation = _locked(case, situation, actor)
    _write(situation, statement)
    return situation


@act
def end_situation(*, case: CoachingCase, situation: Situation, ends_on: date, actor: User) -> Situation:
    """Say the last day of a situation.

    Raises:
        NotAllowed: the case is not the actor's.
        SituationRefused: that day precedes the first one.
    """
    situation = _locked(case, situation, actor)
    statement = SituationStatement(
        kind=situation.kind, starts_on=situation.starts_on, ends_on=ends_on, detail=situation.detail
    )
    _write(situation, statement)
    return situation


def note_missing(*, case: CoachingCase, statements: list[SituationStatement], actor: User) -> list[Situation]:
    """Note what a check was told and the file did not know; what it knows already is left alone. Part of an act.

    Raises:
        SituationRefused, InvalidFact: as for `add_situation`.
    """
    noted = []
    for statement in statements:
        known = Situation.objects.filter(
            beneficiary=case.beneficiary_id,
            kind=statement.kind,
            starts_on=statement.starts_on,
            ends_on=statement.ends_on,
        )
        if not known.exists():
            situation = Situation(beneficiary=case.beneficiary, recorded_by=actor)
            _write(situation, statement)
            noted.append(situation)
    return noted


def _locked(case: CoachingCase, situation: Situation, actor: User) -> Situation:
    """The situation as it is now, in the actor's hands through a case of the same person."""
    case = locked_case(case)
    require(actor, "beneficiaries.change_case", case)
    found: Situation = Situation.objects.select_for_update().get(pk=situation.pk, beneficiary=case.beneficiary_id)
    return found


def _write(situation: Situation, statement: SituationStatement) -> None:
    if statement.starts_on > today():
        raise SituationRefused("future", _("Cette date n’est pas encore venue."), field="starts_on")
    birth = situation.beneficiary.birth_date
    if birth is not None and statement.starts_on < birth:
        raise SituationRefused("before_birth", _("La personne n’était pas née : vérifiez la date."), field="starts_on")
    if statement.ends_on is not None and statement.ends_on < statement.starts_on:
        raise SituationRefused("order", _("Le dernier jour précède le premier."), field="ends_on")
    situation.kind = statement.kind
    situation.starts_on = statement.starts_on
    situation.ends_on = statement.ends_on
    situation.detail = statement.detail.strip()
    save_checked(situation)

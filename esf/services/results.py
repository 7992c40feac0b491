"""What became of a participant: within four weeks of the exit, and six months after it (ESF-07)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import locked_case
from esf.enums import Moment, ResultSource
from esf.models import EsfParticipation, EsfResult
from esf.models.participants import seen_from
from esf.rules.indicators import EntryStatus
from esf.services.participants import EsfRefused, participation_of
from foundation.clock import today
from foundation.persistence import save_checked
from privacy.audit import act, correcting

RESULT_FIELDS = (
    "employed",
    "job_searching",
    "in_training",
    "qualification",
    "improved",
    "improvement",
    "source",
    "seen_on",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultStatement:
    """The situation as it was seen; which answers make sense depends on the moment.

    Attributes:
        employed: in employment, self-employment included.
        job_searching, in_training, qualification: asked within four weeks of the exit only.
        improved, improvement: asked six months after, of somebody employed at entry; a mere pay rise is none.
        source: how it is known, a value of `ResultSource`.
        seen_on: the day on which it was seen.
    """

    employed: bool = False
    job_searching: bool = False
    in_training: bool = False
    qualification: bool = False
    improved: bool = False
    improvement: str = ""
    source: str
    seen_on: date


@act
def record_result(
    *, case: CoachingCase, moment: Moment, statement: ResultStatement, actor: User, reason: str = ""
) -> EsfResult:
    """Write the situation of a participant after the exit of this case. Sent twice, it is written once.

    Raises:
        NotAllowed: the record is not the actor's to write.
        EsfRefused: the case is not of a co-financed project, is still open or is not the last one, the day is
            impossible, an answer does not fit the moment or the entry, or a correction lacks its reason.
        InvalidFact: a value is not of its list.
    """
    case = locked_case(case)
    require(actor, "esf.change_participation", case)
    participation = participation_of(case, actor)
    left = _last_exit(case)
    _check_day(moment, left, statement.seen_on)
    _check_answers(participation, statement)
    if participation._state.adding:
        save_checked(participation)
    known = EsfResult.objects.select_for_update().filter(case=case, moment=moment).first()
    result = known or EsfResult(participation=participation, case=case, moment=moment, recorded_by=actor)
    changed = known is not None and any(getattr(known, name) != getattr(statement, name) for name in RESULT_FIELDS)
    if known is not None and not changed:
        return result
    # What followed an exit that was undone is replaced without a word: it was no mistake.
    if known is not None and known.is_about(left) and changed and not reason.strip():
        raise EsfRefused(
            "reason_missing", _("Ce résultat est déjà enregistré : dites pourquoi vous le changez."), field="reason"
        )
    for name in RESULT_FIELDS:
        setattr(result, name, getattr(statement, name))
    with correcting(reason.strip() if changed else ""):
        save_checked(result)
    return result


def _last_exit(case: CoachingCase) -> date:
    """The day of the exit; only the last one of the project is asked about (ESF-06).

    Raises:
        EsfRefused: the case is open, or the person came back into the project.
    """
    if case.closed_on is None:
        raise EsfRefused("still_open", _("Le dossier est ouvert : les résultats se notent après la sortie."))
    later = CoachingCase.objects.filter(
        beneficiary=case.beneficiary_id, project=case.project_id, opened_on__gte=case.closed_on
    )
    if later.exclude(pk=case.pk).exists():
        raise EsfRefused(
            "came_back",
            _("Cette personne est revenue dans le projet : seule sa dernière sortie compte."),
            hint=_("Notez le résultat dans son dernier dossier."),
        )
    return case.closed_on


def _check_day(moment: Moment, left: date, seen_on: date) -> None:
    """Refuse what is seen before the day it is about, or in the future."""
    if seen_on > today():
        raise EsfRefused("future", _("Cette date n’est pas encore venue."), field="seen_on")
    asked_from = seen_from(moment, left)
    if seen_on < asked_from:
        sentence = (
            _("La personne est sortie le %(day)s : sa situation se constate à partir de ce jour.")
            if moment is Moment.EXIT
            else _("La situation six mois après la sortie se constate à partir du %(day)s.")
        )
        raise EsfRefused("too_early", sentence % {"day": f"{asked_from:%d/%m/%Y}"}, field="seen_on")


def _check_answers(participation: EsfParticipation, statement: ResultStatement) -> None:
    """Refuse what contradicts the source or the entry."""
    knows = (
        statement.employed
        or statement.job_searching
        or statement.in_training
        or statement.qualification
        or statement.improved
    )
    if statement.source == ResultSource.UNREACHED and knows:
        raise EsfRefused(
            "unreached",
            _("Une personne injoignable n’a rien pu dire : choisissez une autre source, ou aucune situation."),
            field="source",
        )
    if not statement.improved:
        return
    if participation.status != EntryStatus.EMPLOYED:
        raise EsfRefused(
            "not_employed_at_entry",
            _("L’amélioration ne concerne que les personnes à l’emploi à l’entrée."),
            field="improved",
            hint=_("Un emploi trouvé se note par « à l’emploi »."),
        )
    if not statement.improvement.strip():
        raise EsfRefused(
            "improvement_missing",
            _("Dites en quoi la situation s’est améliorée."),
            field="improvement",
            hint=_("Contrat plus stable, temps plus complet, plus d’autonomie ; une hausse de salaire ne suffit pas."),
        )

"""What was learnt of a participant at entry (ESF-06, ESF-10): recorded, completed, corrected with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.enums import Funder
from accounts.models import Project, User
from accounts.permissions import require
from beneficiaries.models import CaseBelonging, CoachingCase
from beneficiaries.services.phases import locked_case
from esf.enums import Question
from esf.models import EsfParticipation, EsfRefusal
from esf.rules.indicators import Answer, EntryStatus
from esf.selectors.participants import joined_on
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act, correcting

ENTRY_FIELDS = ("entry_on", "status", "unemployed_since", "isced", "nationality")


class EsfRefused(DomainError):
    """The ESF+ record cannot be written as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryStatement:
    """The situation at the first entry, as far as it is known.

    Attributes:
        entry_on: first day in the operation; none: the opening of the first case of the project.
        status, isced, nationality: values of the closed lists, "" or none while unknown.
        unemployed_since: first day of the unemployment that ran at entry.
        answers: `Answer` by `Question`; a question left out was not asked.
        asked_on, proof: when and how the questions now declined were asked.
    """

    entry_on: date | None = None
    status: str = ""
    unemployed_since: date | None = None
    isced: int | None = None
    nationality: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    asked_on: date | None = None
    proof: str = ""


@act
def record_entry(
    *,
    case: CoachingCase,
    statement: EntryStatement,
    actor: User,
    reason: str = "",
    project: Project | None = None,
) -> EsfParticipation:
    """Write what is known of the entry of a person into the case's project, or into `project`, to which it belonged
    before. A person who returns has one record: that of the first entry. Sent twice, it is written once.

    What is filled in for the first time needs no reason; what is changed does, and the trail keeps both values.

    Raises:
        NotAllowed: the record is not the actor's to write.
        EsfRefused: the project is not co-financed or never was the case's, a date is impossible, a refusal lacks its
            proof, or a correction lacks its reason.
        InvalidFact: a value is not of its list.
    """
    case = locked_case(case)
    require(actor, "esf.change_participation", case)
    participation = participation_of(case, actor, project)
    changed = _changed_fields(participation, statement)
    if changed and not reason.strip():
        raise EsfRefused(
            "reason_missing",
            _("Vous changez une réponse déjà donnée : dites pourquoi."),
            field="reason",
        )
    _check_days(case, participation, statement, participation.project)
    _check_refusals(participation, statement)
    participation.entry_on = statement.entry_on or participation.entry_on
    participation.status = statement.status
    participation.unemployed_since = statement.unemployed_since
    participation.isced = statement.isced
    participation.nationality = statement.nationality
    participation.answers = EsfParticipation.packed(dict(statement.answers))
    with correcting(reason.strip() if changed else ""):
        save_checked(participation)
        _keep_refusals(participation, statement, actor)
    return participation


def participation_of(case: CoachingCase, actor: User, project: Project | None = None) -> EsfParticipation:
    """The record of the case's person for its project, or for one that it belonged to before, locked; a new one, not
    saved, the first time. Part of an act.

    Raises:
        EsfRefused: the project is not co-financed by the ESF+, or never was the case's.
    """
    own = project is None or project.pk == case.project_id
    project = case.project if own else project
    if project is None or project.funder != Funder.FSE or not (own or case.belongings.filter(project=project).exists()):
        raise EsfRefused("not_esf", _("Ce dossier n’est pas rattaché à un projet FSE+."))
    known = EsfParticipation.objects.select_for_update().filter(beneficiary=case.beneficiary_id, project=project)
    found: EsfParticipation | None = known.first()
    return found or EsfParticipation(
        organisation_id=case.organisation_id,
        beneficiary_id=case.beneficiary_id,
        project=project,
        entry_on=joined_on(_first_case(case, project), project),
        recorded_by=actor,
    )


def _first_case(case: CoachingCase, project: Project) -> CoachingCase:
    """The first case of the person in a project, those that went on in another one included."""
    stays = CaseBelonging.objects.filter(project=project, case__beneficiary=case.beneficiary_id)
    cases = CoachingCase.objects.filter(pk__in=stays.order_by().values("case"))
    return cases.order_by("opened_on", "pk").first() or case


def _changed_fields(participation: EsfParticipation, statement: EntryStatement) -> list[str]:
    """What was given already and is now said otherwise."""
    if participation._state.adding:
        return []
    given: dict[str, Any] = {name: getattr(participation, name) for name in ENTRY_FIELDS}
    said: dict[str, Any] = {name: getattr(statement, name) for name in ENTRY_FIELDS}
    given |= participation.all_answers()
    said |= {question: statement.answers.get(question, "") for question in Question.values}
    if statement.entry_on is None:
        said["entry_on"] = participation.entry_on
    return [name for name, value in given.items() if value not in (None, "") and value != said[name]]


def _check_days(
    case: CoachingCase, participation: EsfParticipation, statement: EntryStatement, project: Project
) -> None:
    """Refuse an entry before the path or in the future, and an unemployment that did not run at entry."""
    entry = statement.entry_on or participation.entry_on
    first = _first_case(case, project)
    if entry > today():
        raise EsfRefused("future", _("Cette date n’est pas encore venue."), field="entry_on")
    joined = joined_on(first, project)
    if entry < joined:
        raise EsfRefused(
            "before_case",
            _("La personne est dans ce projet depuis le %(day)s : l’entrée ne peut pas le précéder.")
            % {"day": f"{joined:%d/%m/%Y}"},
            field="entry_on",
        )
    stay = first.belongings.filter(project=project).order_by("starts_on").last()
    if stay is not None and stay.ends_on is not None and entry >= stay.ends_on:
        raise EsfRefused(
            "after_move",
            _("La personne est passée dans un autre projet le %(day)s : elle est entrée avant dans celui-ci.")
            % {"day": f"{stay.ends_on:%d/%m/%Y}"},
            field="entry_on",
        )
    if first.closed_on is not None and entry > first.closed_on:
        raise EsfRefused(
            "after_exit",
            _("La personne est sortie une première fois le %(day)s : elle est entrée avant.")
            % {"day": f"{first.closed_on:%d/%m/%Y}"},
            field="entry_on",
        )
    since = statement.unemployed_since
    if since is None:
        return
    if statement.status != EntryStatus.UNEMPLOYED:
        raise EsfRefused(
            "not_unemployed",
            _("Cette date ne se donne que pour une personne sans emploi à l’entrée."),
            field="unemployed_since",
        )
    if since > entry:
        raise EsfRefused(
            "after_entry",
            _("La personne est entrée le %(day)s : la période sans emploi a commencé avant.")
            % {"day": f"{entry:%d/%m/%Y}"},
            field="unemployed_since",
        )
    born = case.beneficiary.birth_date
    if born is not None and since <= born:
        raise EsfRefused("before_birth", _("La personne n’était pas née : vérifiez la date."), field="unemployed_since")


def _check_refusals(participation: EsfParticipation, statement: EntryStatement) -> None:
    """A question newly declined needs the day it was asked, and the proof that it was."""
    if not _newly_declined(participation, statement):
        return
    if statement.asked_on is None:
        raise EsfRefused("asked_on_missing", _("Dites quand la question a été posée."), field="asked_on")
    if statement.asked_on > today():
        raise EsfRefused("future", _("Cette date n’est pas encore venue."), field="asked_on")
    if not statement.proof.strip():
        raise EsfRefused(
            "proof_missing",
            _("Dites ce qui prouve que la question a été posée."),
            field="proof",
            hint=_("Par exemple « questionnaire signé du 12/03, case cochée »."),
        )


def _declined(statement: EntryStatement) -> set[str]:
    return {question for question, answer in statement.answers.items() if answer == Answer.REFUSED}


def _newly_declined(participation: EsfParticipation, statement: EntryStatement) -> set[str]:
    """The questions declined now that were not before."""
    if participation._state.adding:
        return _declined(statement)
    known = set(participation.refusals.values_list("question", flat=True))
    return _declined(statement) - known


def _keep_refusals(participation: EsfParticipation, statement: EntryStatement, actor: User) -> None:
    """One row per question declined; a question answered since has none any more."""
    declined = _declined(statement)
    known: set[str] = set()
    for refusal in participation.refusals.order_by("question"):
        if refusal.question in declined:
            known.add(refusal.question)
        else:
            refusal.delete()
    if statement.asked_on is None:
        return
    for question in sorted(declined - known):
        save_checked(
            EsfRefusal(
                participation=participation,
                question=question,
                asked_on=statement.asked_on,
                proof=statement.proof.strip(),
                recorded_by=actor,
            )
        )

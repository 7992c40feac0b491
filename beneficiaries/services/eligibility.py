"""The check of eligibility: judged by the engine of the law on the day support starts, then frozen (MIRE-ELIG-11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import Organisation, User
from beneficiaries.enums import EvidenceKind
from beneficiaries.models import CoachingCase, CriterionProof, EligibilityCheck, Evidence, Situation
from beneficiaries.registries import known_work
from beneficiaries.rules.eligibility import (
    EligibilityPolicy,
    EligibilityResult,
    KnownWork,
    Profile,
    blocking_words,
    contradiction,
    in_reference,
)
from beneficiaries.rules.eligibility.mire import DEROGATION
from beneficiaries.rules.situations import SituationKind
from beneficiaries.selectors.derogations import DerogationQuota, quota_with
from beneficiaries.selectors.eligibility import (
    assess,
    criterion_labels,
    derogation_possible,
    known_periods,
    papers_of,
    policy_of,
    profile_of,
    regime_of,
)
from beneficiaries.selectors.snapshots import Grounds, snapshot_of
from beneficiaries.services.derogations import require_derogation
from beneficiaries.services.papers import PaperStatement, files_of_the_act, keep_paper
from beneficiaries.services.situations import SituationStatement, note_missing
from beneficiaries.services.steps import PathRefused, begin_step
from foundation.asking import Question, ask
from foundation.clock import today
from foundation.formatting import span
from foundation.persistence import save_checked
from foundation.rules.periods import Period
from privacy.audit import act


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityStatement:
    """What was checked: the law, the criteria kept (codes of the engine) or the derogation's reason, and the papers.

    `evidence_kind` and `evidence_on` state one paper seen; `papers` others, with their files; `evidence` those that the
    case has already. A paper proves every criterion kept that its kind can prove. `situations` are noted first: what
    the checker was told and the file did not know. `stayed_unoccupied`: the person stayed an unoccupied jobseeker
    during the contracts that are known (involuntary part-time, complementary activity); `confirmed` holds the questions
    to which somebody said yes.
    """

    regime: str
    checked_on: date
    evidence_kind: str = ""
    evidence_on: date | None = None
    criteria: Sequence[str] = ()
    is_derogation: bool = False
    derogation_reason: str = ""
    over_quota_confirmed: bool = False
    situations: Sequence[SituationStatement] = ()
    papers: Sequence[PaperStatement] = field(default_factory=tuple)
    evidence: Sequence[UUID] = ()
    stayed_unoccupied: bool = False
    confirmed: frozenset[str] = frozenset()

    def papers_seen(self) -> list[PaperStatement]:
        """Every new paper of the statement."""
        if self.evidence_kind and self.evidence_on:
            return [PaperStatement(kind=self.evidence_kind, dated_on=self.evidence_on), *self.papers]
        return list(self.papers)


@act
def check_eligibility(*, case: CoachingCase, statement: EligibilityStatement, actor: User) -> EligibilityCheck:
    """Judge and freeze the eligibility of a person with its papers; it is done once and never rewritten.

    Raises:
        NotAllowed: the case is not the actor's.
        PathRefused: it was already checked, the engine refuses, a criterion has no paper, a derogation lacks its
            reason, its decision or the confirmation that it goes beyond the quota, or a date is impossible.
        ExceptionRefused: nobody granted the derogation, and the actor cannot.
        SituationRefused, PaperRefused, InvalidFact: what was stated besides cannot be kept.
        Unconfirmed: contracts are known on days on which the person is said to be unoccupied, and nobody answered.
    """
    case = begin_step(case, actor, statement.checked_on, "checked_on")
    _refuse_impossible(case, statement)
    situations = _situations(case, statement)
    policy = policy_of(statement.regime, statement.checked_on)
    work = in_reference(known_work(case.beneficiary), statement.checked_on, policy.reference_months)
    ask(about_known_work(statement, situations, work, policy), statement.confirmed)
    note_missing(case=case, statements=list(statement.situations), actor=actor)
    profile = profile_of(
        case.beneficiary,
        situations,
        statement.checked_on,
        ticked=statement.criteria,
        derogation=statement.is_derogation,
        work=work,
        stayed_unoccupied=statement.stayed_unoccupied,
    )
    result = assess(statement.regime, profile, statement.checked_on)
    _refuse_what_the_engine_refuses(statement, result)
    quota = _weigh_derogation(case, statement, actor) if statement.is_derogation else None
    with files_of_the_act():
        papers = _sort_papers(statement, _papers(case, statement, actor))
        check = _freeze(
            case,
            statement,
            actor,
            profile,
            Grounds(
                regime=statement.regime,
                person=case.beneficiary,
                situations=situations,
                ticked=[] if statement.is_derogation else statement.criteria,
                policy=policy,
                result=result,
                papers=papers,
                quota=quota,
                work=work,
                stayed_unoccupied=statement.stayed_unoccupied,
            ),
        )
    return check


def _situations(case: CoachingCase, statement: EligibilityStatement) -> list[tuple[str, Period]]:
    """What the file knows, and what is stated besides; of the latter, what cannot be is refused when it is noted."""
    known = known_periods(Situation.objects.filter(beneficiary=case.beneficiary_id))
    stated = [
        (one.kind, Period.from_inclusive(one.starts_on, one.ends_on))
        for one in statement.situations
        if one.ends_on is None or one.ends_on >= one.starts_on
    ]
    return [*known, *(one for one in stated if one not in known)]


def about_known_work(
    statement: EligibilityStatement,
    situations: Sequence[tuple[str, Period]],
    work: Sequence[KnownWork],
    policy: EligibilityPolicy,
) -> list[Question]:
    """What is asked when contracts are known on days on which the person is said to be registered as unoccupied."""
    on = statement.checked_on
    registrations = [period for kind, period in situations if kind == SituationKind.REGISTERED]
    found = contradiction(registrations, work, on, policy.reference_months)
    questions = []
    if found.running:
        questions.append(
            Question(
                code=f"work_running:{on.isoformat()}:{len(found.running)}",
                sentence=_("Un contrat connu court ce jour-là, où la fiche dit la personne inoccupée : %(work)s.")
                % {"work": work_words(found.running)},
                field="checked_on",
                answer=_("Oui, elle reste inoccupée (temps partiel involontaire ou activité complémentaire)"),
            )
        )
    if found.over and not statement.stayed_unoccupied:
        days = found.days
        questions.append(
            Question(
                code=f"work_over:{on.isoformat()}:{days}",
                sentence=ngettext(
                    "%(days)s jour de contrat est connu pendant l’inscription comme inoccupée : %(work)s. "
                    "Il ne compte pas comme inoccupé.",
                    "%(days)s jours de contrat sont connus pendant l’inscription comme inoccupée : %(work)s. "
                    "Ils ne comptent pas comme inoccupés.",
                    days,
                )
                % {"days": days, "work": work_words(found.over)},
                field="checked_on",
                answer=_("Oui, ces jours étaient travaillés"),
            )
        )
    return questions


def work_words(work: Sequence[KnownWork]) -> str:
    """Contracts with their days: « CDD du 28/09/2026 au 31/10/2026, CDI depuis le 10/11/2026 »."""
    return ", ".join(f"{one.words} {span(one.period.start, one.period.last_day)}" for one in work)


def _refuse_impossible(case: CoachingCase, statement: EligibilityStatement) -> None:
    """What needs no engine to be refused."""
    if EligibilityCheck.objects.filter(case=case).exists():
        raise PathRefused("already_checked", _("L’éligibilité de cette personne est déjà vérifiée et figée."))
    if statement.regime != regime_of(case.organisation, statement.checked_on):
        raise PathRefused("regime", _("Cette organisation relève d’un autre cadre légal."))
    if any(paper.dated_on > statement.checked_on for paper in statement.papers_seen()):
        raise PathRefused(
            "evidence_later", _("La pièce ne peut pas être plus récente que la vérification."), field="evidence_on"
        )
    if statement.is_derogation and not statement.derogation_reason.strip():
        raise PathRefused("derogation_reason", _("Une dérogation demande un motif."), field="derogation_reason")
    if statement.is_derogation and not derogation_possible(statement.regime, statement.checked_on):
        raise PathRefused("closed_door", _("La loi ne permet pas de dérogation ce jour-là."), field="derogation")
    if not statement.is_derogation and not statement.criteria:
        raise PathRefused(
            "no_criterion",
            _("Aucun critère n’est établi : la personne n’est pas éligible en l’état."),
            field="criteria",
            hint=_("Cochez le critère prouvé, ou demandez une dérogation motivée."),
        )


def _refuse_what_the_engine_refuses(statement: EligibilityStatement, result: EligibilityResult) -> None:
    if result.blocking:
        code = result.blocking[0]
        raise PathRefused(code, blocking_words(code), field="registered" if code == "not_registered" else None)
    if statement.is_derogation:
        return
    found = {finding.code: finding for finding in result.findings}
    for code in statement.criteria:
        if code in result.criteria:
            continue
        finding = found.get(code)
        if finding is None or code in result.to_confirm:
            label = criterion_labels(statement.regime).get(code, code)
            sentence = _("« %(criterion)s » n’ouvre pas l’accompagnement ce jour-là.") % {"criterion": label}
            raise PathRefused("closed_door", sentence, field="criteria")
        sentence = _("« %(criterion)s » n’est pas établi. %(reason)s")
        raise PathRefused(
            "not_established", sentence % {"criterion": finding.label, "reason": finding.reason}, field="criteria"
        )


def _weigh_derogation(case: CoachingCase, statement: EligibilityStatement, actor: User) -> DerogationQuota:
    """The quota with this derogation, which was granted; beyond it, somebody must have said that they know."""
    require_derogation(case, statement.derogation_reason, today(), actor)
    # Two derogations at once would each see room for itself.
    Organisation.objects.select_for_update().get(pk=case.organisation_id)
    quota = quota_with(case, statement.checked_on)
    if quota.is_over and not statement.over_quota_confirmed:
        raise PathRefused(
            "over_quota",
            quota.sentence + ".",
            field="over_quota",
            hint=_("Confirmez que vous l’accordez au-delà du quota : l’inspection le verra."),
        )
    return quota


def _papers(case: CoachingCase, statement: EligibilityStatement, actor: User) -> list[Evidence]:
    """The papers of the statement: those that the case has, then the new ones, written now."""
    wanted = set(statement.evidence)
    known = list(case.evidences.filter(pk__in=wanted).order_by("dated_on", "created_at"))
    if len(known) != len(wanted):
        raise PathRefused("paper_unknown", _("Cette pièce n’est pas de ce dossier."), field="evidence")
    late = next((paper for paper in known if paper.dated_on > statement.checked_on), None)
    if late is not None:
        raise PathRefused(
            "evidence_later", _("La pièce ne peut pas être plus récente que la vérification."), field="evidence"
        )
    return [*known, *(keep_paper(case, paper, actor) for paper in statement.papers_seen())]


def _sort_papers(statement: EligibilityStatement, papers: Sequence[Evidence]) -> Mapping[str, Sequence[Evidence]]:
    """Which papers prove what; a criterion without paper is refused."""
    wanted = (
        {DEROGATION: frozenset({EvidenceKind.DECISION.value})}
        if statement.is_derogation
        else {code: papers_of(statement.regime, code) for code in statement.criteria}
    )
    found = {code: [paper for paper in papers if paper.kind in kinds] for code, kinds in wanted.items()}
    for code, proofs in found.items():
        if proofs:
            continue
        if code == DEROGATION:
            raise PathRefused(
                "decision", _("Une dérogation se prouve par la décision qui l’accorde."), field="evidence_kind"
            )
        kinds = " / ".join(str(kind.label) for kind in EvidenceKind if kind.value in wanted[code])
        label = criterion_labels(statement.regime)[code]
        sentence = _("« %(criterion)s » demande : %(papers)s.") % {"criterion": label, "papers": kinds}
        raise PathRefused("paper", sentence, field="evidence_kind")
    return found


def _freeze(
    case: CoachingCase, statement: EligibilityStatement, actor: User, profile: Profile, grounds: Grounds
) -> EligibilityCheck:
    first = next(iter(grounds.papers.values()))[0]
    # What is kept for ever is said once, in the language of the source: an inspector reads it, whoever checked.
    with override(settings.LANGUAGE_CODE):
        found = assess(statement.regime, profile, statement.checked_on)
        snapshot = snapshot_of(replace(grounds, result=found))
    check = EligibilityCheck(
        case=case,
        regime=statement.regime,
        checked_on=statement.checked_on,
        criteria=[] if statement.is_derogation else list(statement.criteria),
        evidence_kind=first.kind,
        evidence_on=first.dated_on,
        is_derogation=statement.is_derogation,
        derogation_reason=statement.derogation_reason.strip(),
        over_quota=grounds.quota is not None and grounds.quota.is_over,
        snapshot=snapshot,
        checked_by=actor,
    )
    save_checked(check)
    for code, papers in grounds.papers.items():
        for paper in papers:
            save_checked(CriterionProof(eligibility=check, criterion=code, evidence=paper))
    return check

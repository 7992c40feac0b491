"""What the tab « Parcours » shows, ready for its template: tasks that open pre-hire, phases, the person's facts.

Reads only what the view has loaded with the case: no statement is sent from here, but for the facts that other apps
hold on the passage to pre-hire.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import allows
from beneficiaries.enums import ObjectiveState, ObstacleState
from beneficiaries.models import CoachabilityCheck, CoachingCase, EligibilityCheck, PhaseSpell, TrustAgreement
from beneficiaries.rules.agreements import AgreementKind, OpeningRule, asked_on, is_optional, opening_rule
from beneficiaries.selectors.eligibility import criterion_labels
from beneficiaries.selectors.transitions import missing_by_target
from foundation.components import SummaryRow
from foundation.formatting import date_words
from method.rules.phases import Phase

OBSTACLE_LOOKS: dict[str, tuple[str, str]] = {
    ObstacleState.IDENTIFIED: ("warn", "circle-alert"),
    ObstacleState.IN_PROGRESS: ("accent", "hammer"),
    ObstacleState.LIFTED: ("good", "circle-check"),
}
OBJECTIVE_LOOKS: dict[str, tuple[str, str]] = {
    ObjectiveState.ACTIVE: ("accent", "target"),
    ObjectiveState.ACHIEVED: ("good", "circle-check"),
    ObjectiveState.DROPPED: ("neutral", "circle-off"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A thing to do before pre-hire: done or not, what is known of it, the verb that does it, and the signature."""

    label: str
    done: bool
    facts: tuple[str, ...]
    href: str = ""
    verb: str = ""
    optional: bool = False
    signature: TrustAgreement | None = None


@dataclass(frozen=True, slots=True)
class PathPage:
    """The page. ``missing`` says what still keeps the case out of pre-hire, in sentences; empty when nothing does."""

    tasks: tuple[Task, ...]
    agreements_rule: str
    is_preparing: bool
    missing: tuple[str, ...]
    can_write: bool
    spells: tuple[PhaseSpell, ...]
    person: tuple[SummaryRow, ...]

    @property
    def done_count(self) -> int:
        """How many compulsory tasks are done."""
        return sum(task.done for task in self.tasks if not task.optional)

    @property
    def task_count(self) -> int:
        """How many tasks are compulsory."""
        return sum(not task.optional for task in self.tasks)


def path_page(case: CoachingCase, actor: User, on: date) -> PathPage:
    """Gather the page of a case whose checks, agreements and spells are loaded."""
    spells = tuple(case.spells.all())
    phase = Phase(spells[-1].phase)
    can_write = case.is_open and allows(actor, "beneficiaries.change_case", case)
    preparing = phase is Phase.PREPARATORY
    missing = missing_by_target(case, phase, on)[Phase.PRE_HIRE] if preparing else []
    asked = asked_on(spells, on)
    return PathPage(
        tasks=tuple(_tasks(case, can_write, asked)),
        agreements_rule=_rule_words(opening_rule(asked)),
        is_preparing=preparing,
        missing=tuple(missing),
        can_write=can_write,
        spells=spells,
        person=tuple(_person_rows(case, allows(actor, "beneficiaries.change_case", case))),
    )


def _tasks(case: CoachingCase, can_write: bool, asked: date) -> Iterator[Task]:
    yield _eligibility_task(case, getattr(case, "eligibility", None), can_write)
    yield _coachability_task(case, getattr(case, "coachability", None), can_write)
    signed = {agreement.kind: agreement for agreement in case.agreements.all()}
    for kind in AgreementKind:
        yield _agreement_task(case, kind, signed.get(kind), can_write, optional=is_optional(kind, asked))


def _rule_words(rule: OpeningRule) -> str:
    """From which day the documents asked are those, and where that comes from."""
    if rule.valid_from == date.min:
        return _("Documents demandés : %(source)s.") % {"source": _(rule.source)}
    words = {"date": date_words(rule.valid_from), "source": _(rule.source)}
    return _("Documents demandés pour une entrée depuis le %(date)s : %(source)s.") % words


def _url(name: str, case: CoachingCase, can_write: bool, query: str = "") -> str:
    return reverse(f"beneficiaries:{name}", args=[case.pk]) + query if can_write else ""


def _eligibility_task(case: CoachingCase, check: EligibilityCheck | None, can_write: bool) -> Task:
    label = _("Éligibilité")
    if check is None:
        return Task(label, False, (), _url("eligibility", case, can_write), _("Vérifier l’éligibilité"))
    labels = criterion_labels(check.regime)
    reasons = [labels.get(code, code) for code in check.criteria]
    if check.is_derogation:
        reasons.append(_("Dérogation : %(reason)s") % {"reason": check.derogation_reason})
    if check.over_quota:
        reasons.append(_("Accordée au-delà du quota"))
    return Task(
        label,
        True,
        (
            *reasons,
            _("Pièce : %(kind)s, du %(date)s")
            % {"kind": check.get_evidence_kind_display(), "date": date_words(check.evidence_on)},
            _("%(regime)s, vérifiée le %(date)s par %(who)s, figée")
            % {
                "regime": check.get_regime_display(),
                "date": date_words(check.checked_on),
                "who": check.checked_by.get_full_name(),
            },
        ),
        reverse("beneficiaries:eligibility_frozen", args=[case.pk]),
        _("Voir le détail"),
    )


def _coachability_task(case: CoachingCase, check: CoachabilityCheck | None, can_write: bool) -> Task:
    label, url = _("Coachabilité"), _url("coachability", case, can_write)
    if check is None:
        return Task(label, False, (), url, _("Voir les quatre conditions"))
    conditions = (
        (check.volunteer, _("volontaire")),
        (check.informed, _("informée de la méthode")),
        (check.available, _("disponible tout de suite")),
        (check.ordinary_job, _("en mesure d’aller vers un emploi ordinaire")),
    )
    lacking = [words for met, words in conditions if not met]
    seen = _("Vues le %(date)s par %(who)s") % {
        "date": date_words(check.checked_on),
        "who": check.checked_by.get_full_name(),
    }
    if not lacking:
        return Task(
            label, True, (_("Volontaire, informée, disponible, vers un emploi ordinaire"), seen), url, _("Revoir")
        )
    met = ngettext("%(n)s condition réunie sur 4", "%(n)s conditions réunies sur 4", 4 - len(lacking)) % {
        "n": 4 - len(lacking)
    }
    lacks = _("Il manque : %(what)s") % {"what": ", ".join(lacking)}
    return Task(label, False, (met, lacks, seen), url, _("Revoir les conditions"))


def _agreement_task(
    case: CoachingCase, kind: AgreementKind, agreement: TrustAgreement | None, can_write: bool, *, optional: bool
) -> Task:
    label = kind.label[:1].upper() + kind.label[1:]
    if agreement is None:
        url = _url("agreement", case, can_write, f"?document={kind.value}")
        return Task(label, False, (), url, _("Enregistrer la signature"), optional)
    facts = [_("Signé le %(date)s") % {"date": date_words(agreement.signed_on)}]
    if agreement.third_party:
        facts.append(_("avec %(party)s") % {"party": agreement.third_party})
    if agreement.signatories:
        facts.append(_("par %(who)s") % {"who": agreement.signatories})
    facts.append(_("enregistré par %(who)s") % {"who": agreement.recorded_by.get_full_name()})
    href = reverse("beneficiaries:evidence_file", args=[case.pk, agreement.scan_id]) if agreement.scan_id else ""
    return Task(label, True, (", ".join(facts),), href, _("Ouvrir le document"), optional, agreement)


def _person_rows(case: CoachingCase, may_change: bool) -> Iterator[SummaryRow]:
    person = case.beneficiary
    href = reverse("beneficiaries:person_edit", args=[case.pk]) if may_change else ""
    address = ", ".join(part for part in (person.street, f"{person.postal_code} {person.town}".strip()) if part)
    facts = (
        (_("Date de naissance"), date_words(person.birth_date) if person.birth_date else ""),
        (_("Genre"), person.get_gender_display() if person.gender else ""),
        (_("Langue de ses papiers"), person.get_language_display()),
        (_("Diplôme le plus élevé"), person.get_education_display() if person.education else ""),
        (_("Origine"), person.get_origin_display() if person.origin else ""),
        (_("Sans emploi depuis"), date_words(person.jobseeker_since) if person.jobseeker_since else ""),
        (_("Adresse"), address),
        (_("Numéro national"), _("enregistré, chiffré") if person.niss_index else ""),
    )
    for label, value in facts:
        yield SummaryRow(label=label, value=value, href=href)

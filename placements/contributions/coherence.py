"""What must hold between the jobs, the suspensions and the phases of a case after a correction."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from beneficiaries.case_facts import read_once
from beneficiaries.models import CoachingCase
from method.rules.phases import Phase
from placements.enums import RequestState
from placements.models import Employment
from placements.selectors.clocks import CLOCK_RELATIONS, clock_facts


def placement_coherence(case: CoachingCase) -> Iterator[str]:
    """Proposals, work and suspensions come after pre-hire, follow-up begins at work, a bounce leaves no job behind."""
    read_once(case, *CLOCK_RELATIONS, "matches")
    employments = [employment for employment in case.employments.all() if employment.cancelled_on is None]
    facts = clock_facts(case, employments)
    followed = [e for e in employments if e.contract_type in facts.policy.followed_types]
    started = facts.prehire_started_on
    # The phases that were lived without knowing of a job contradict nothing.
    known = [employment for employment in followed if not employment.told_late]
    for employment in known:
        if started is None or employment.starts_on < started:
            yield _("Le contrat chez %(company)s commencerait avant la pré-embauche.") % {"company": employment.company}
    for match in case.matches.all():
        if started is None or match.proposed_on < started:
            yield _("Un poste a été proposé le %(date)s, avant la pré-embauche.") % {
                "date": f"{match.proposed_on:%d/%m/%Y}"
            }
    for spell in case.spells.all():
        if spell.phase == Phase.FOLLOW_UP and not _at_work(followed, spell.starts_on):
            yield _("Aucun contrat ne courrait le %(date)s, premier jour du suivi en entreprise.") % {
                "date": f"{spell.starts_on:%d/%m/%Y}"
            }
        if spell.phase == Phase.PRE_HIRE and any(
            e.starts_on < spell.starts_on and e.as_contract().worked.contains(spell.starts_on) for e in known
        ):
            yield _("Un contrat courrait encore le %(date)s, jour du retour en pré-embauche.") % {
                "date": f"{spell.starts_on:%d/%m/%Y}"
            }
    for suspension in case.suspensions.all():
        if suspension.state not in (RequestState.REQUESTED, RequestState.APPROVED):
            continue
        if started is None or suspension.starts_on < started:
            yield _("La suspension du %(date)s commencerait avant la pré-embauche.") % {
                "date": f"{suspension.starts_on:%d/%m/%Y}"
            }


def _at_work(employments: list[Employment], on: date) -> bool:
    """Whether one of these contracts is worked that day."""
    return any(employment.as_contract().worked.contains(on) for employment in employments)

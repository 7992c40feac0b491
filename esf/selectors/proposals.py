"""What the case file knows already of what the ESF+ asks: proposed in the forms, never written without being read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from beneficiaries.enums import Education, ExitOutcome, Origin
from beneficiaries.models import CoachingCase, Situation
from beneficiaries.rules.situations import SituationKind
from esf.enums import Isced, ResultSource
from esf.parameters import immediate_result_until, six_months_check_on
from esf.rules.indicators import Answer, EntryStatus
from foundation.rules.periods import Period
from placements.models import Employment
from placements.rules.contract_kinds import TRAINING_TYPES

# A diploma of higher education may be of four levels, an unrecognised one of any: the person is asked.
ISCED_OF = {
    Education.NONE: Isced.NONE,
    Education.CEB: Isced.PRIMARY,
    Education.CESI: Isced.LOWER_SECONDARY,
    Education.CESS: Isced.UPPER_SECONDARY,
}
UNEMPLOYED_KINDS = (SituationKind.REGISTERED, SituationKind.UNEMPLOYMENT)
INACTIVE_KINDS = (SituationKind.SICKNESS, SituationKind.NO_INCOME)
SITUATION_OF_OUTCOME = {
    ExitOutcome.EMPLOYED: "EMPLOYED",
    ExitOutcome.SELF_EMPLOYED: "EMPLOYED",
    ExitOutcome.TRAINING: "TRAINING",
    ExitOutcome.JOB_SEEKING: "JOB_SEARCHING",
    ExitOutcome.INACTIVE: "NONE",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that a form shows at first, and where it comes from."""

    value: Any
    why: str


def entry_proposals(case: CoachingCase, entry_on: date) -> dict[str, Proposal]:
    """What the file says of the person on the day of entry, by field; two statements."""
    person = case.beneficiary
    found: dict[str, Proposal] = {}
    level = ISCED_OF.get(Education(person.education))
    if level is not None:
        found["isced"] = Proposal(level.value, _("diplôme %(words)s") % {"words": person.get_education_display()})
    if person.origin == Origin.FOREIGN:
        found["foreign_background"] = Proposal(
            Answer.YES.value, _("origine %(words)s") % {"words": person.get_origin_display()}
        )
    situations = [one for one in person.situations.order_by("starts_on", "pk") if one.as_period().contains(entry_on)]
    return found | _status_proposals(case, situations, entry_on)


def _status_proposals(case: CoachingCase, situations: Sequence[Situation], on: date) -> dict[str, Proposal]:
    """The employment status on a day and, for the unemployed, since when."""
    by_kind = {SituationKind(one.kind): one for one in reversed(situations)}
    job = next((one for one in _jobs(case) if _covers(one, on, on)), None)
    if job is not None:
        return {"status": Proposal(EntryStatus.EMPLOYED.value, str(job))}
    for kinds, status in (
        ((SituationKind.WORK,), EntryStatus.EMPLOYED),
        (UNEMPLOYED_KINDS, EntryStatus.UNEMPLOYED),
        (INACTIVE_KINDS, EntryStatus.INACTIVE),
    ):
        known = next((by_kind[kind] for kind in kinds if kind in by_kind), None)
        if known is not None:
            found = {"status": Proposal(status.value, str(known))}
            if status is EntryStatus.UNEMPLOYED:
                found["unemployed_since"] = Proposal(known.starts_on, str(known))
            return found
    since = case.beneficiary.jobseeker_since
    if since is not None and since <= on:
        why = _("sans emploi depuis le %(day)s") % {"day": f"{since:%d/%m/%Y}"}
        return {
            "status": Proposal(EntryStatus.UNEMPLOYED.value, why),
            "unemployed_since": Proposal(since, why),
        }
    return {}


def exit_proposals(case: CoachingCase) -> dict[str, Proposal]:
    """What the file says of the four weeks after the exit; two statements."""
    left = case.closed_on
    if left is None:
        return {}
    situation: dict[str, str] = {}
    for job in _jobs(case):
        if _covers(job, left, immediate_result_until(left)):
            training = job.contract_type in TRAINING_TYPES
            situation["TRAINING" if training else "EMPLOYED"] = str(job)
    last = case.spells.order_by("-sequence").first()
    outcome = SITUATION_OF_OUTCOME.get(ExitOutcome(last.exit_outcome)) if last and last.exit_outcome else None
    if last is not None and outcome is not None and not (outcome == "NONE" and situation):
        situation.setdefault(outcome, _("sortie %(words)s") % {"words": last.get_exit_outcome_display()})
    return _with_source({"situation": Proposal(list(situation), " ; ".join(situation.values()))} if situation else {})


def six_months_proposals(case: CoachingCase) -> dict[str, Proposal]:
    """What the file says of the day six months after the exit; one statement."""
    if case.closed_on is None:
        return {}
    day = six_months_check_on(case.closed_on)
    job = next((one for one in _jobs(case) if one.contract_type not in TRAINING_TYPES and _covers(one, day, day)), None)
    if job is None:
        return {}
    return _with_source({"employed": Proposal("yes", str(job))})


def _with_source(found: dict[str, Proposal]) -> dict[str, Proposal]:
    """What comes from the file says so."""
    if found:
        found["source"] = Proposal(ResultSource.CASE_FILE.value, "")
    return found


def _jobs(case: CoachingCase) -> list[Employment]:
    """The contracts of the person, in whatever case, called-off ones left out."""
    jobs = Employment.objects.effective().filter(case__beneficiary=case.beneficiary_id)
    return list(jobs.select_related("company").order_by("starts_on", "pk"))


def _covers(job: Employment, first: date, last: date) -> bool:
    """Whether the contract runs on one of these days, both included."""
    worked = Period.from_inclusive(job.starts_on, job.last_day)
    return worked.overlaps(Period.from_inclusive(first, last))

"""A whole caseload changes hands: somebody leaves, or is away for long."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import organisation_of, require
from beneficiaries.models import CaseAssignment, CoachingCase
from beneficiaries.services.cases import CaseRefused, check_hand_over, hand_over
from beneficiaries.services.phases import locked_cases
from foundation.batches import Batch
from foundation.formatting import of_name
from privacy.audit import act


@act
def hand_over_many(
    *,
    coach: User,
    receivers: Mapping[UUID, User],
    on: date,
    actor: User,
    note: str = "",
    submission_id: UUID | None = None,
) -> list[CaseAssignment]:
    """Give cases of `coach` to others from the day `on`, all of them or none; `receivers` names who takes each case.

    Every case keeps its own assignment, note and trail, as when it is handed over alone. Sent twice with the same
    `submission_id`, it is done once.

    Raises:
        NotAllowed: only a coordinator hands cases over.
        CaseRefused: no case is chosen, one is not in the organisation or no longer carried by `coach`, or one cannot be
            handed over; the sentence names the person.
    """
    organisation = organisation_of(actor)
    require(actor, "beneficiaries.hand_over", organisation)
    if not receivers:
        raise CaseRefused("no_case", _("Cochez au moins un dossier à transmettre."), field="cases")
    cases = locked_cases(receivers, organisation.pk)
    if len(cases) < len(receivers):
        raise CaseRefused("unknown_case", _("Un dossier coché n’est pas connu ici."), field="cases")
    done = list(
        CaseAssignment.objects.filter(case__in=cases, submission_id=submission_id) if submission_id is not None else ()
    )
    if len(done) == len(cases):
        return done
    prefetch_related_objects(cases, "assignments")
    return [_pass_on(case, coach, receivers[case.pk], on, actor, note, submission_id) for case in cases]


@act
def hand_over_each(
    *, cases: Collection[UUID], coach: User, on: date, actor: User, note: str = "", submission_id: UUID | None = None
) -> Batch[CoachingCase]:
    """Give cases to one coach from the day `on`, whoever carries each: what is refused of one leaves it as it was, and
    the others are done. Sent twice with the same `submission_id`, each is done once.

    Raises:
        NotAllowed: only a coordinator hands cases over.
    """
    organisation = organisation_of(actor)
    require(actor, "beneficiaries.hand_over", organisation)
    found = locked_cases(cases, organisation.pk)
    prefetch_related_objects(found, "assignments")
    batch: Batch[CoachingCase] = Batch()
    for case in sorted(found, key=lambda case: (case.beneficiary.search_key, str(case.pk))):
        try:
            if not _was_sent(case, submission_id):
                # Asked before the act of each, which would have the others read anew if it failed.
                check_hand_over(case, case.assignments.all(), coach, on)
                hand_over(case=case, coach=coach, on=on, actor=actor, note=note, submission_id=submission_id)
        except CaseRefused as refusal:
            batch.refused.append((case, f"{refusal.message} {refusal.hint}".strip()))
        else:
            batch.done.append(case)
    return batch


def _was_sent(case: CoachingCase, submission_id: UUID | None) -> bool:
    """Whether this form handed the case over already."""
    return submission_id is not None and any(one.submission_id == submission_id for one in case.assignments.all())


def _pass_on(
    case: CoachingCase, coach: User, receiver: User, on: date, actor: User, note: str, submission_id: UUID | None
) -> CaseAssignment:
    """Hand one case over; a refusal names the person."""
    person = case.beneficiary.full_name
    if case.coach_id != coach.pk:
        raise CaseRefused(
            "no_longer_theirs",
            _("Le dossier %(of_person)s n’est plus suivi par %(coach)s.")
            % {"of_person": of_name(person), "coach": coach},
            field="cases",
            hint=_("Rechargez la page : la liste a changé."),
        )
    try:
        return hand_over(case=case, coach=receiver, on=on, actor=actor, note=note, submission_id=submission_id)
    except CaseRefused as refusal:
        refusal.message = _("%(person)s : %(refusal)s") % {"person": person, "refusal": refusal.message}
        raise

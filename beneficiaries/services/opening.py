"""A person who comes for the first time: the person and their case, in one act."""

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid4

from accounts.models import User
from beneficiaries.models import Beneficiary, CoachingCase
from beneficiaries.services.cases import CaseOpening, open_case, refuse_before_birth
from beneficiaries.services.doubles import LooksKnown, people_alike, refuse_alike
from beneficiaries.services.people import create_beneficiary
from foundation.persistence import InvalidFact
from privacy.audit import act

__all__ = ["LooksKnown", "open_first_case", "people_alike"]


@act
def open_first_case(
    *,
    person: dict[str, Any],
    opening: CaseOpening,
    actor: User,
    submission_id: UUID,
    other_than: Collection[UUID] = (),
) -> CoachingCase:
    """Record a person and open their first case; nothing is kept if one of the two is refused.

    `person` holds `PERSON_FIELDS`; `submission_id` becomes the key of the person: sent twice, it gives the same case.
    `other_than` are the keys of the people who look like this one, and of whom the actor said that they are not.

    Raises:
        NotAllowed: the actor opens no case here.
        LooksKnown: somebody has the same name or is reached in the same way, and has no other birth date.
        NationalNumberTaken, InvalidFact: as for `create_beneficiary`.
        CaseRefused, Unconfirmed: as for `open_case`.
    """
    already = _opened_by(submission_id, actor)
    if already is not None:
        return already
    refuse_alike(actor, person, other_than)
    # What cannot be is told before what is merely unlikely is asked.
    refuse_before_birth(person.get("birth_date"), opening.opened_on)
    try:
        beneficiary = create_beneficiary(
            actor=actor,
            key=_free_key(submission_id),
            other_than=other_than,
            confirmed=opening.confirmed,
            **person,
        )
    except InvalidFact:
        # Two clicks at once: the database let the first one through.
        already = _opened_by(submission_id, actor)
        if already is None:
            raise
        return already
    return open_case(beneficiary=beneficiary, opening=opening, actor=actor)


def _opened_by(submission_id: UUID, actor: User) -> CoachingCase | None:
    """The case that this very submission opened, when it comes a second time."""
    found: CoachingCase | None = (
        CoachingCase.objects.visible_to(actor)
        .filter(beneficiary_id=submission_id)
        .order_by("-opened_on", "-created_at")
        .first()
    )
    return found


def _free_key(asked: UUID) -> UUID:
    """The key asked for, unless a person has it already: a client's word never reaches another organisation's row."""
    return uuid4() if Beneficiary.objects.filter(pk=asked).exists() else asked

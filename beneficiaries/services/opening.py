"""A person who comes for the first time: the person and their case, in one act."""

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import Beneficiary, CoachingCase
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.people import create_beneficiary
from foundation.errors import DomainError
from foundation.persistence import InvalidFact
from foundation.rules.text import search_key
from privacy.audit import act


class LooksKnown(DomainError):
    """The person looks like somebody whom the organisation already knows; `people` says who."""

    def __init__(self, people: list[Beneficiary]) -> None:
        super().__init__(
            "looks_known",
            _("Une personne du même nom est déjà connue."),
            hint=_("Vérifiez que ce n’est pas elle avant d’ouvrir un deuxième dossier."),
        )
        self.people = people


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
        LooksKnown: somebody has the same name and the same birth date, or one of the two is not known.
        NationalNumberTaken, InvalidFact: as for `create_beneficiary`.
        CaseRefused: as for `open_case`.
    """
    already = _opened_by(submission_id, actor)
    if already is not None:
        return already
    alike = [known for known in people_alike(actor=actor, **person) if known.pk not in other_than]
    if alike:
        raise LooksKnown(alike)
    try:
        beneficiary = create_beneficiary(actor=actor, key=_free_key(submission_id), **person)
    except InvalidFact:
        # Two clicks at once: the database let the first one through.
        already = _opened_by(submission_id, actor)
        if already is None:
            raise
        return already
    return open_case(beneficiary=beneficiary, opening=opening, actor=actor)


def people_alike(
    *, actor: User, first_name: str, last_name: str, birth_date: Any = None, **rest: Any
) -> list[Beneficiary]:
    """Who has this name, whatever the accents and the order, and not another birth date; with their cases."""
    keys = {search_key(f"{last_name} {first_name}"), search_key(f"{first_name} {last_name}")}
    same = Beneficiary.objects.visible_to(actor).filter(search_key__in=keys)
    if birth_date is not None:
        same = same.filter(Q(birth_date=birth_date) | Q(birth_date=None))
    return list(same.prefetch_related("cases__coach").order_by("last_name", "first_name", "id"))


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

"""Recording people and the partners around them."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from beneficiaries.identifiers import niss_index, normalise_niss
from beneficiaries.models import Beneficiary, CoachingCase, Partner
from beneficiaries.signals import case_changed
from foundation.clock import today
from foundation.persistence import InvalidFact, save_checked
from privacy.audit import act

# What a person's form may state; anything else is not for a form to write.
PERSON_FIELDS = (
    "first_name",
    "last_name",
    "birth_date",
    "gender",
    "origin",
    "education",
    "niss",
    "phone",
    "email",
    "street",
    "postal_code",
    "town",
    "jobseeker_since",
)


@act
def create_beneficiary(*, actor: User, **person: Any) -> Beneficiary:
    """Record a person in the actor's organisation; the keywords are `PERSON_FIELDS`.

    Raises:
        NotAllowed: the actor opens no case here.
        InvalidFact: a date is in the future, or the national number is wrong or already carried by somebody.
    """
    beneficiary = Beneficiary(organisation=actor.current_organisation)
    require(actor, "beneficiaries.open_case", beneficiary)
    _write(beneficiary, person)
    return beneficiary


@act
def update_beneficiary(*, case: CoachingCase, actor: User, **person: Any) -> Beneficiary:
    """Correct what is known of the person whose case this is; the audit keeps the former values.

    Raises:
        NotAllowed: the case is not the actor's.
        InvalidFact: as for `create_beneficiary`.
    """
    require(actor, "beneficiaries.change_case", case)
    beneficiary = Beneficiary.objects.select_for_update().get(pk=case.beneficiary_id)
    _write(beneficiary, person)
    case_changed.send(sender=Beneficiary, case=case)
    return beneficiary


def _write(beneficiary: Beneficiary, person: dict[str, Any]) -> None:
    """Set the given fields, normalise the national number, check dates, save."""
    unknown = set(person) - set(PERSON_FIELDS)
    if unknown:
        raise TypeError(f"not a field of a person: {sorted(unknown)}")
    for name, value in person.items():
        setattr(beneficiary, name, value.strip() if isinstance(value, str) else value)
    beneficiary.niss = normalise_niss(beneficiary.niss)
    beneficiary.niss_index = niss_index(beneficiary.niss)
    _refuse_future("birth_date", beneficiary.birth_date, _("Une date de naissance n’est pas dans le futur."))
    _refuse_future("jobseeker_since", beneficiary.jobseeker_since, _("Cette date n’est pas encore venue."))
    save_checked(beneficiary)


def _refuse_future(field: str, value: date | None, sentence: str) -> None:
    """Refuse a date that has not come yet."""
    if value is not None and value > today():
        raise InvalidFact(sentence, field=field, code="future")


@act
def save_partner(*, actor: User, partner: Partner) -> Partner:
    """Record or correct an outside service of the actor's organisation.

    Raises:
        NotAllowed: the partner is not of the actor's organisation.
        InvalidFact: another partner has that name.
    """
    require(actor, "beneficiaries.manage_partners", partner)
    save_checked(partner)
    return partner

"""Somebody who may be known already: who they are, and the refusal that asks."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import Beneficiary, FormerNumber
from beneficiaries.rules.names import name_keys, whole
from foundation.errors import DomainError
from foundation.formatting import of_name

# What tells that two people may be one.
IDENTITY_FIELDS = ("first_name", "last_name", "other_names", "birth_date", "phone", "email")


class LooksKnown(DomainError):
    """The person looks like somebody whom the organisation already knows; `people` says who."""

    def __init__(self, people: list[Beneficiary], sentence: str = "", *, field: str | None = None) -> None:
        super().__init__(
            "looks_known",
            sentence or _("Une personne du même nom est déjà connue."),
            field=field,
            hint=_("Vérifiez que ce n’est pas elle avant d’enregistrer une deuxième personne."),
        )
        self.people = people


def people_alike(
    *,
    actor: User,
    first_name: str,
    last_name: str,
    other_names: str = "",
    birth_date: Any = None,
    phone: str = "",
    email: str = "",
    **rest: Any,
) -> list[Beneficiary]:
    """Who may be this person, with their cases: the same name or the same way to reach them, and no other birth date.

    A name is the same whatever its accents, spaces and order, also when it is a former one. A telephone is the same
    however it is written.
    """
    alike = Q()
    for key in name_keys(first_name, last_name, other_names):
        alike |= Q(known_as__contains=whole(key))
    if phone.strip():
        alike |= Q(phone=phone.strip())
    if email.strip():
        alike |= Q(email__iexact=email.strip())
    if not alike:
        return []
    same = Beneficiary.objects.visible_to(actor).filter(alike)
    if birth_date is not None:
        same = same.filter(Q(birth_date=birth_date) | Q(birth_date=None))
    return list(same.prefetch_related("cases__coach").order_by("last_name", "first_name", "id"))


def refuse_alike(actor: User, person: dict[str, Any], other_than: Collection[UUID]) -> None:
    """Ask about the people who may be this one, but for those of whom it was said that they are not.

    Raises:
        LooksKnown: there is one at least.
    """
    alike = [known for known in people_alike(actor=actor, **person) if known.pk not in other_than]
    if not alike:
        return
    keys = name_keys(person.get("first_name", ""), person.get("last_name", ""), person.get("other_names", ""))
    by_name = any(whole(key) in known.known_as for known in alike for key in keys)
    raise LooksKnown(alike, "" if by_name else _("Une personne qui se joint de la même façon est déjà connue."))


def refuse_becoming_alike(
    actor: User, beneficiary: Beneficiary, person: dict[str, Any], other_than: Collection[UUID]
) -> None:
    """Ask about the people whom a correction makes alike; those who were before it were asked about then.

    Raises:
        LooksKnown: there is one at least.
    """
    present = {name: getattr(beneficiary, name) for name in IDENTITY_FIELDS}
    corrected = {**present, **{name: person[name] for name in IDENTITY_FIELDS if name in person}}
    if corrected == present:
        return
    before = {known.pk for known in people_alike(actor=actor, **present)}
    refuse_alike(actor, corrected, {*other_than, *before, beneficiary.pk})


def refuse_former_number(beneficiary: Beneficiary, other_than: Collection[UUID]) -> None:
    """Ask when the national number was somebody else's before: a BIS number, or one written on the wrong file.

    Raises:
        LooksKnown: with that person, unless it was said that they are not the same.
    """
    if not beneficiary.niss_index:
        return
    theirs = FormerNumber.objects.filter(
        beneficiary__organisation=beneficiary.organisation_id, niss_index=beneficiary.niss_index
    )
    former = theirs.exclude(beneficiary=beneficiary.pk).select_related("beneficiary").first()
    if former is not None and former.beneficiary_id not in other_than:
        known = former.beneficiary
        raise LooksKnown(
            [known],
            _("Ce numéro national a été celui %(of_name)s.") % {"of_name": of_name(known.full_name)},
            field="niss",
        )


def keep_former_number(beneficiary: Beneficiary, former_index: str) -> None:
    """Remember the number that another one replaced; forget all of them when the number is erased.

    A number is the former one of nobody once somebody carries it.
    """
    if not beneficiary.niss_index:
        FormerNumber.objects.filter(beneficiary=beneficiary).delete()
        return
    FormerNumber.objects.filter(
        beneficiary__organisation=beneficiary.organisation_id, niss_index=beneficiary.niss_index
    ).delete()
    if former_index:
        FormerNumber.objects.get_or_create(beneficiary=beneficiary, niss_index=former_index)

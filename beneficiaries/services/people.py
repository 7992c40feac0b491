"""Recording people and the partners around them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from beneficiaries.identifiers import niss_index, normalise_niss
from beneficiaries.models import OTHER_NAMES_LENGTH, Beneficiary, CoachingCase, Partner
from beneficiaries.rules.names import with_former
from beneficiaries.rules.national_number import birth_told
from beneficiaries.services.doubles import keep_former_number, refuse_becoming_alike, refuse_former_number
from beneficiaries.services.phases import locked_case
from foundation.addresses import about_place, town_spelt
from foundation.asking import Question, about_unlikely_date, ask
from foundation.clock import today
from foundation.errors import DomainError
from foundation.formatting import date_words, of_name
from foundation.persistence import InvalidFact, save_checked
from foundation.rules.dates import BIRTH
from privacy.audit import act
from privacy.history import history_of

# What a person's form may state; anything else is not for a form to write.
PERSON_FIELDS = (
    "first_name",
    "last_name",
    "other_names",
    "birth_date",
    "gender",
    "language",
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


class NationalNumberTaken(InvalidFact):
    """Somebody else of the organisation carries this national number; `person` says who."""

    def __init__(self, person: Beneficiary) -> None:
        super().__init__(
            _("Ce numéro national est déjà celui %(of_name)s.") % {"of_name": of_name(person.full_name)},
            field="niss",
            code="niss_taken",
        )
        self.person = person


class ChangedMeanwhile(DomainError):
    """The record was changed by somebody else since the page was opened."""


@act
def create_beneficiary(
    *,
    actor: User,
    key: UUID | None = None,
    other_than: Collection[UUID] = (),
    confirmed: frozenset[str] = frozenset(),
    **person: Any,
) -> Beneficiary:
    """Record a person in the actor's organisation; the keywords are `PERSON_FIELDS`, `key` the row's key if given.

    `other_than` are the keys of people of whom the actor said that they are not this one.

    Raises:
        NotAllowed: the actor opens no case here.
        NationalNumberTaken: somebody already carries the national number.
        LooksKnown: somebody carried it before.
        InvalidFact: a date is in the future, the birth is not before the first case, or the national number is wrong.
        Unconfirmed: nobody of that age looks for work as a rule, or the national number tells another birth, and nobody
            said that it is meant.
    """
    beneficiary = Beneficiary(organisation=actor.current_organisation)
    if key is not None:
        beneficiary.pk = key
    require(actor, "beneficiaries.open_case", beneficiary)
    _write(beneficiary, person, other_than, confirmed)
    return beneficiary


@act
def update_beneficiary(
    *,
    case: CoachingCase,
    actor: User,
    version: datetime | None = None,
    other_than: Collection[UUID] = (),
    confirmed: frozenset[str] = frozenset(),
    **person: Any,
) -> Beneficiary:
    """Correct what is known of the person whose case this is; the audit keeps the former values.

    `version` is the `updated_at` that the actor had before their eyes; without it, the last word wins.
    `other_than` is that of `create_beneficiary`. A name that changes stays among the other names of the person, a
    national number that is replaced among those that find them.

    Raises:
        NotAllowed: the case is not the actor's.
        ChangedMeanwhile: somebody changed the record since that version.
        LooksKnown: the correction makes the person like somebody known, or gives a number that somebody carried.
        NationalNumberTaken, InvalidFact, Unconfirmed: as for `create_beneficiary`.
    """
    require(actor, "beneficiaries.change_case", locked_case(case))
    beneficiary: Beneficiary = Beneficiary.objects.select_for_update().get(pk=case.beneficiary_id)
    if version is not None and beneficiary.updated_at != version:
        raise _changed_meanwhile(beneficiary)
    refuse_becoming_alike(actor, beneficiary, person, other_than)
    _write(beneficiary, person, other_than, confirmed)
    return beneficiary


def _changed_meanwhile(beneficiary: Beneficiary) -> ChangedMeanwhile:
    """The refusal that says by whom and when, as the audit tells it."""
    last = next(iter(history_of([beneficiary], accesses=False, limit=1)), None)
    at = timezone.localtime(last.at if last else beneficiary.updated_at)
    return ChangedMeanwhile(
        "changed_meanwhile",
        _("%(who)s a modifié cette fiche le %(day)s à %(time)s, pendant que vous la remplissiez.")
        % {"who": (last and last.actor) or _("Quelqu’un"), "day": f"{at:%d/%m/%Y}", "time": f"{at:%H:%M}"},
        hint=_("Rien de ce que vous avez écrit n’est perdu : comparez ci-dessous, puis enregistrez à nouveau."),
    )


def _write(
    beneficiary: Beneficiary, person: dict[str, Any], other_than: Collection[UUID], confirmed: frozenset[str]
) -> None:
    """Set the given fields, normalise the national number, check dates, save, keep what finds the person."""
    unknown = set(person) - set(PERSON_FIELDS)
    if unknown:
        raise TypeError(f"not a field of a person: {sorted(unknown)}")
    former_name, former_index = (beneficiary.first_name, beneficiary.last_name), beneficiary.niss_index
    known_birth, known_place = beneficiary.birth_date, (beneficiary.postal_code, beneficiary.town)
    for name, value in person.items():
        setattr(beneficiary, name, value.strip() if isinstance(value, str) else value)
    if any(former_name):
        present = (beneficiary.first_name, beneficiary.last_name)
        beneficiary.other_names = with_former(beneficiary.other_names, former_name, present, OTHER_NAMES_LENGTH)
    try:
        beneficiary.niss = normalise_niss(beneficiary.niss)
    except ValidationError as error:
        raise InvalidFact(error.messages[0], field="niss", code="niss_invalid") from error
    beneficiary.niss_index = niss_index(beneficiary.niss)
    _refuse_future("birth_date", beneficiary.birth_date, _("Une date de naissance n’est pas dans le futur."))
    _refuse_future("jobseeker_since", beneficiary.jobseeker_since, _("Cette date n’est pas encore venue."))
    _refuse_birth_after_opening(beneficiary)
    _refuse_taken_number(beneficiary)
    if beneficiary.niss_index != former_index:
        refuse_former_number(beneficiary, other_than)
    questions = []
    if beneficiary.birth_date != known_birth:
        questions += about_unlikely_date(beneficiary.birth_date, "birth_date", BIRTH)
    if (beneficiary.birth_date, beneficiary.niss_index) != (known_birth, former_index):
        questions += _about_birth_told(beneficiary)
    if (beneficiary.postal_code, beneficiary.town) != known_place:
        beneficiary.town = town_spelt(beneficiary.postal_code, beneficiary.town)
        questions += about_place(beneficiary.postal_code, beneficiary.town)
    ask(questions, confirmed)
    save_checked(beneficiary)
    if beneficiary.niss_index != former_index:
        keep_former_number(beneficiary, former_index)


def _about_birth_told(beneficiary: Beneficiary) -> list[Question]:
    """The question about a national number that tells another birth than the record; neither is ever taken from the
    other. None when it tells nothing, or the same.
    """
    told, born = birth_told(beneficiary.niss), beneficiary.birth_date
    if told is None or born is None or told == born:
        return []
    return [
        Question(
            code=f"birth_told:{told.isoformat()}:{born.isoformat()}",
            sentence=_("Le numéro national dit %(told)s, la fiche dit %(born)s : corrigez ce qui est faux.")
            % {"told": date_words(told), "born": date_words(born)},
            field="birth_date",
            answer=_("C’est vérifié : le numéro et la date sont ceux de ses papiers"),
        )
    ]


def _refuse_taken_number(beneficiary: Beneficiary) -> None:
    """Refuse a national number that somebody else of the organisation carries, naming that person."""
    if not beneficiary.niss_index:
        return
    same = Beneficiary.objects.filter(
        organisation=beneficiary.organisation_id, niss_index=beneficiary.niss_index
    ).exclude(pk=beneficiary.pk)
    known = same.first()
    if known is not None:
        raise NationalNumberTaken(known)


def _refuse_birth_after_opening(beneficiary: Beneficiary) -> None:
    """Refuse a birth date on or after the day a case of the person was opened."""
    born = beneficiary.birth_date
    first = beneficiary.cases.order_by("opened_on").first()
    if born is not None and first is not None and born >= first.opened_on:
        raise InvalidFact(
            _("Le dossier de cette personne s’est ouvert le %(date)s : elle est née avant.")
            % {"date": f"{first.opened_on:%d/%m/%Y}"},
            field="birth_date",
            code="before_birth",
        )


def _refuse_future(field: str, value: date | None, sentence: str) -> None:
    """Refuse a date that has not come yet."""
    if value is not None and value > today():
        raise InvalidFact(sentence, field=field, code="future")


@act
def save_partner(*, actor: User, partner: Partner, submission_id: UUID | None = None) -> Partner:
    """Record or correct an outside service of the actor's organisation.

    `submission_id` becomes the key of a new one: sent twice, it gives the same partner.

    Raises:
        NotAllowed: the partner is not of the actor's organisation.
        InvalidFact: another partner has that name.
    """
    require(actor, "beneficiaries.manage_partners", partner)
    if submission_id is not None:
        already: Partner | None = Partner.objects.filter(pk=submission_id, organisation=partner.organisation_id).first()
        if already is not None:
            return already
        partner.pk = submission_id
    save_checked(partner)
    return partner

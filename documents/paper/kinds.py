"""The kinds of documents: their address, their text of origin, who signs them, and when they may be made."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from beneficiaries.rules.agreements import AgreementKind
from documents.enums import DocumentKind
from documents.paper.catalogue import (
    CERTIFICATE_FIELDS,
    COMMON_FIELDS,
    FOLLOW_UP_FIELDS,
    HOUSE_FIELDS,
    LETTER_FIELDS,
    PATH_FIELDS,
    PLAN_FIELDS,
    SESSION_FIELDS,
    SUMMARY_FIELDS,
    THIRD_PARTY_FIELDS,
    Field,
)
from documents.paper.summary import summary_values
from documents.paper.values import (
    Group,
    certificate_values,
    followup_values,
    letter_values,
    path_values,
    plan_values,
    third_party_values,
)
from documents.rules.fields import FieldNames
from documents.rules.languages import FRENCH
from documents.rules.markup import Value

TEXTS = Path(__file__).parent / "texts"

PERSON, COACH, HOUSE, EMPLOYER, THIRD = "person", "coach", "house", "employer", "third"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSpec:
    """One kind of document.

    Attributes:
        slug: its name in addresses, and the file of its text of origin.
        title: the title that the text of origin gives it.
        purpose: one sentence for whoever chooses.
        icon: the drawing beside its name.
        fields: what its text may name.
        values: what gives these fields their values for a case, besides those that every paper has.
        inputs: what is asked of whoever makes it, besides its date: names of :class:`documents.paper.order.Order`.
        signatories: who signs, in order.
        open_only: whether it makes sense for an open case only.
        states_facts: whether it tells what is: it is never dated later than the day it is made.
        agreement: the signature to record once it is signed; "" for none.
        is_letter: whether it is sent: it has an address, a place and a date.
        of_session: whether it is made for a collective session, and not about a case.
        names_firm: whether it may name somebody at a firm, which a discreet follow-up forbids.
        is_stamped: whether it is signed with the stamp of the organisation.
    """

    kind: DocumentKind
    slug: str
    title: str | Promise
    purpose: str | Promise
    icon: str
    fields: tuple[Field, ...]
    values: tuple[Group, ...] = ()
    inputs: tuple[str, ...] = ()
    signatories: tuple[str, ...] = ()
    open_only: bool = False
    states_facts: bool = False
    agreement: str = ""
    is_letter: bool = False
    of_session: bool = False
    names_firm: bool = False
    is_stamped: bool = False

    @property
    def is_about_a_job(self) -> bool:
        """Whether it is made for one followed contract, and cannot be made without."""
        return "employment" in self.inputs

    @property
    def names(self) -> FieldNames:
        """The fields that its text may name."""
        return FieldNames(self.examples())

    def examples(self) -> Mapping[str, Value]:
        """The values of a person who does not exist."""
        return {field.name: field.example for field in self.fields}

    def original_text(self, language: str = FRENCH) -> str:
        """The text that comes with Ancrage, in one of its languages."""
        return _read(self.slug, language)

    def original_title(self, language: str = FRENCH) -> str:
        """Its title, whoever reads the screen in whatever language."""
        with override(language):
            return str(self.title)


@cache
def _read(slug: str, language: str) -> str:
    folder = TEXTS if language == FRENCH else TEXTS / language[:2]
    return (folder / f"{slug}.txt").read_text(encoding="utf-8").strip()


SPECS: tuple[KindSpec, ...] = (
    KindSpec(
        kind=DocumentKind.TRUST_CONTRACT,
        slug="contrat-de-confiance",
        title=_("Contrat de confiance"),
        purpose=_("Ce que chacun peut attendre de l’autre, signé au début."),
        icon="heart-handshake",
        fields=(*COMMON_FIELDS, *PATH_FIELDS, *PLAN_FIELDS),
        values=(path_values, plan_values),
        signatories=(PERSON, COACH),
        open_only=True,
        agreement=AgreementKind.TRUST_CONTRACT,
    ),
    KindSpec(
        kind=DocumentKind.CONVENTION,
        slug="convention",
        title=_("Convention d’accompagnement"),
        purpose=_("L’accord entre la personne et l’organisme, qui ouvre la pré-embauche."),
        icon="file-pen-line",
        fields=(*COMMON_FIELDS, *PATH_FIELDS, *PLAN_FIELDS),
        values=(path_values, plan_values),
        signatories=(PERSON, HOUSE),
        open_only=True,
        agreement=AgreementKind.CONVENTION,
    ),
    KindSpec(
        kind=DocumentKind.TRIPARTITE,
        slug="convention-tripartite",
        title=_("Convention tripartite"),
        purpose=_(
            "La convention avec une troisième partie (le FOREM, le CPAS…), demandée pour entrer en pré-embauche."
        ),
        icon="users-round",
        fields=(*COMMON_FIELDS, *PATH_FIELDS, *PLAN_FIELDS, *THIRD_PARTY_FIELDS),
        values=(path_values, plan_values, third_party_values),
        inputs=("third_party",),
        signatories=(PERSON, HOUSE, THIRD),
        open_only=True,
        agreement=AgreementKind.TRIPARTITE,
    ),
    KindSpec(
        kind=DocumentKind.FOLLOW_UP,
        slug="accord-de-suivi",
        title=_("Accord de suivi en entreprise"),
        purpose=_("Comment le suivi se passe, entre la personne, l’employeur et le ou la jobcoach."),
        icon="handshake",
        fields=(*COMMON_FIELDS, *PATH_FIELDS, *FOLLOW_UP_FIELDS),
        values=(path_values, followup_values),
        inputs=("employment",),
        names_firm=True,
        signatories=(PERSON, EMPLOYER, COACH),
        open_only=True,
    ),
    KindSpec(
        kind=DocumentKind.CERTIFICATE,
        slug="attestation",
        title=_("Attestation d’accompagnement"),
        purpose=_("Que la personne est, ou a été, accompagnée : dates et nombre d’entretiens, rien d’autre."),
        icon="badge-check",
        fields=(*COMMON_FIELDS, *CERTIFICATE_FIELDS),
        values=(certificate_values,),
        inputs=("usage",),
        is_stamped=True,
        signatories=(HOUSE,),
        states_facts=True,
    ),
    KindSpec(
        kind=DocumentKind.SUMMARY,
        slug="synthese",
        title=_("Synthèse de votre dossier"),
        purpose=_("Pour la personne : où elle en est, ce qui est convenu, ses contacts, ses droits."),
        icon="scroll-text",
        fields=(*COMMON_FIELDS, *PATH_FIELDS, *SUMMARY_FIELDS),
        values=(path_values, summary_values),
        states_facts=True,
    ),
    KindSpec(
        kind=DocumentKind.LETTER,
        slug="courrier",
        title=_("Objet : {{courrier.objet}}"),
        purpose=_("Une lettre à l’en-tête de l’organisme, l’adresse déjà remplie."),
        icon="mail",
        fields=(*COMMON_FIELDS, *LETTER_FIELDS),
        values=(letter_values,),
        inputs=("address", "subject", "text"),
        is_letter=True,
        names_firm=True,
        signatories=(COACH,),
    ),
    KindSpec(
        kind=DocumentKind.ATTENDANCE,
        slug="feuille-de-presence",
        title=_("Feuille de présence : {{seance.titre}}"),
        purpose=_("La liste à signer d’une séance collective ; le tableau des signatures s’ajoute au texte."),
        icon="clipboard-pen-line",
        fields=(*HOUSE_FIELDS, *SESSION_FIELDS),
        of_session=True,
    ),
)

BY_KIND: Mapping[str, KindSpec] = {spec.kind.value: spec for spec in SPECS}
BY_SLUG: Mapping[str, KindSpec] = {spec.slug: spec for spec in SPECS}
#: the kinds that are made about a case
CASE_SPECS = tuple(spec for spec in SPECS if not spec.of_session)
#: the one that is made for a session
SESSION_SPEC = next(spec for spec in SPECS if spec.of_session)

"""Which signed documents open pre-hire.

Source: domain, sections 2, 4 and 5; MIRE-PH-03 of the regulation file: under the decree of 13 December 2023, support
towards employment begins with the signature of the convention and of the tripartite convention. What opens pre-hire is
a rule with dates: a row holds until the next one begins, and a case is asked by the row of its first entry.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from accounts.rules.decree import DECREE_FROM
from foundation.rules.lists import ClosedList
from foundation.rules.saying import say, sentence
from method.rules.phases import Phase


class AgreementKind(ClosedList):
    """The documents that a case can have signed; the value is what is stored."""

    TRUST_CONTRACT = "TRUST_CONTRACT", "contrat de confiance"
    CONVENTION = "CONVENTION", "convention avec la personne"
    TRIPARTITE = "TRIPARTITE", "convention tripartite"


@dataclass(frozen=True, slots=True)
class OpeningRule:
    """From ``valid_from`` on, pre-hire opens once all of ``kinds`` are signed; the other kinds are optional.

    ``lacking`` says what a case lacks that has not signed them all, ``source`` where the row comes from: sentences of
    the catalogues. No language joins and agrees such a list as another does, so that each row says its own.
    """

    valid_from: date
    kinds: tuple[AgreementKind, ...]
    lacking: str = ""
    source: str = ""


OPENING_RULES: tuple[OpeningRule, ...] = (
    OpeningRule(
        date.min,
        (AgreementKind.TRUST_CONTRACT, AgreementKind.CONVENTION),
        sentence("Le contrat de confiance et la convention doivent être signés."),
        sentence("Rapport de l’expérience pilote de jobcoaching (2003)"),
    ),
    OpeningRule(
        DECREE_FROM,
        (AgreementKind.TRUST_CONTRACT, AgreementKind.CONVENTION, AgreementKind.TRIPARTITE),
        sentence("Le contrat de confiance, la convention et la convention tripartite doivent être signés."),
        sentence(
            "Décret wallon du 13 décembre 2023 relatif aux missions régionales pour l’emploi (page du SPW Emploi, 2024)"
        ),
    ),
)


class Stay(Protocol):
    """A stay in a phase, kept or told."""

    @property
    def phase(self) -> str:
        """The phase, a value of :class:`Phase`."""
        ...

    @property
    def starts_on(self) -> date:
        """The first day of the stay, included."""
        ...


def asked_on(spells: Iterable[Stay], on: date) -> date:
    """Return the day whose rule is asked of a case: its first entry in pre-hire, or ``on`` while it has not entered."""
    return min((spell.starts_on for spell in spells if spell.phase == Phase.PRE_HIRE), default=on)


def opening_rule(on: date) -> OpeningRule:
    """Return the row in force on the day ``on``."""
    return max((rule for rule in OPENING_RULES if rule.valid_from <= on), key=lambda rule: rule.valid_from)


def opening_agreements(on: date) -> tuple[AgreementKind, ...]:
    """Return the kinds without which pre-hire does not open on the day ``on``, in the order of the list."""
    return opening_rule(on).kinds


def is_optional(kind: AgreementKind, on: date) -> bool:
    """Return whether pre-hire opens without that document on the day ``on``."""
    return kind not in opening_agreements(on)


def opens_prehire(signed: Collection[str], on: date) -> bool:
    """Return whether the kinds ``signed`` are all those that pre-hire needs on the day ``on``."""
    return set(opening_agreements(on)) <= set(signed)


def contradicts_entry(signed: Mapping[str, date], entered_on: date) -> bool:
    """Return whether what was signed, and when, contradicts an entry in pre-hire on ``entered_on``.

    ``signed`` gives the day of signature of each kind. A kind that only some rows ask may be absent: the entry was
    written before its row was known. It is a shortcoming that the inspection tells, no contradiction.
    """
    always = set.intersection(*(set(rule.kinds) for rule in OPENING_RULES))
    return any(
        kind in always if kind not in signed else signed[kind] > entered_on for kind in opening_agreements(entered_on)
    )


def complete_on(signed: Mapping[str, date], on: date) -> date | None:
    """Return the day from which all that pre-hire needs on the day ``on`` was signed; ``None`` while one is missing.

    ``signed`` gives the day of signature of each kind.
    """
    return max(signed[kind] for kind in opening_agreements(on)) if opens_prehire(signed, on) else None


def opening_sentence(on: date) -> str:
    """Return what a case lacks that has not signed everything, to whoever reads."""
    return say(opening_rule(on).lacking)

"""Discreet follow-up on paper: no document of a case names a firm that may not hear of the person.

A paper is left on a table, shown at a counter, kept in a drawer: it is enough that it ties the firm to the person. What
is read from the case says « un employeur » instead; what is typed is refused
(docs/decisions/0004-discreet-follow-up.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from beneficiaries.models import CoachingCase
from documents.paper.order import Order
from documents.rules.markup import Items, Prose, Value
from documents.rules.naming import names, without_name
from employers.models import Company, in_families
from foundation.phones import e164, numbers_in
from foundation.rules.text import search_key
from placements.selectors.discretion import EmployerHidden, hidden_jobs


@dataclass(frozen=True, slots=True)
class HiddenFirms:
    """The firms of a case that may not hear of the person, with the people who work there."""

    firms: tuple[Company, ...]

    def __bool__(self) -> bool:
        return bool(self.firms)

    def hides(self, company_id: object) -> bool:
        """Whether this firm is one of them."""
        return any(firm.pk == company_id for firm in self.firms)

    def named_in(self, text: str) -> Company | None:
        """The firm that a text names, by its own name or by that of somebody there."""
        return next((firm for firm in self.firms if any(names(text, name) for name in _names_of(firm))), None)

    def reached_by(self, address: str) -> Company | None:
        """The firm that an address leads to: by a name, its street, its telephone or an e-mail address."""
        typed, numbers = search_key(address), numbers_in(address)
        for firm in self.firms:
            ways = (search_key(way) for way in _ways_to(firm))
            if any(way and f" {way} " in f" {typed} " for way in ways) or numbers & _numbers_of(firm):
                return firm
        return self.named_in(address)

    def masked(self, value: Value) -> Value:
        """A value that names none of them."""
        if isinstance(value, str):
            return self._masked_words(value)
        if isinstance(value, Prose):
            return Prose(self._masked_words(value.text))
        if isinstance(value, Items):
            return replace(value, lines=tuple(map(self._masked_words, value.lines)))
        return replace(value, rows=tuple(tuple(map(self._masked_words, row)) for row in value.rows))

    def _masked_words(self, text: str) -> str:
        for firm in self.firms:
            for name in _names_of(firm):
                if names(text, name):
                    text = without_name(text, name, _("un employeur"))
        return text


def hidden_firms(case: CoachingCase) -> HiddenFirms:
    """The firms that may not hear of the person, every establishment of theirs included; two statements at most."""
    keys = {family for job in hidden_jobs(case) for family in job.families}
    if not keys:
        return HiddenFirms(())
    return HiddenFirms(
        tuple(Company.objects.filter(in_families(keys)).prefetch_related("people").order_by("name", "pk"))
    )


def refuse_typed(hidden: HiddenFirms, order: Order) -> None:
    """Refuse what was typed when it would reach or name a hidden firm.

    Raises:
        EmployerHidden: with the field where it stands.
    """
    reached = hidden.reached_by(order.address) if order.address else None
    if reached is not None:
        raise EmployerHidden(
            _("Suivi discret : aucun courrier sur cette personne ne part vers %(firm)s.") % {"firm": reached},
            field="address",
            hint=_("Choisissez un autre destinataire."),
        )
    typed: Mapping[str, str] = {
        "subject": order.subject,
        "text": order.text,
        "usage": order.usage,
        "third_party": order.third_party,
    }
    for field, words in typed.items():
        named = hidden.named_in(words)
        if named is not None:
            raise EmployerHidden(
                _("Suivi discret : ce document nommerait %(firm)s.") % {"firm": named},
                field=field,
                hint=_("Écrivez « un employeur »."),
            )


def _names_of(firm: Company) -> Iterable[str]:
    yield firm.name
    # A first name alone is that of many people.
    yield from (person.name for person in firm.people.all() if " " in person.name.strip())


def _numbers_of(firm: Company) -> frozenset[str]:
    return frozenset(map(e164, (firm.phone, *(person.phone for person in firm.people.all())))) - {""}


def _ways_to(firm: Company) -> Iterable[str]:
    yield from (firm.street, firm.phone, firm.email)
    for person in firm.people.all():
        yield from (person.phone, person.email)

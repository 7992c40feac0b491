"""A postcode and a town as they are typed: put in their one spelling, asked about when they contradict each other."""

from django.utils.translation import gettext as _

from foundation.asking import Question
from foundation.countries import HOME
from foundation.places import places
from foundation.rules.places import PlaceDoubt, place_key


def town_spelt(code: str, town: str, country: str = HOME) -> str:
    """Return the town in its one spelling (« LIEGE » is « Liège »); one that the table does not know as it is typed."""
    return places().spelling(code, town) if country == HOME else town.strip()


def about_place(code: str, town: str, country: str = HOME, field: str = "postal_code") -> list[Question]:
    """The question about a postcode that does not exist or is not that of the town; none about a place abroad.

    A code that is no number (L-4001, F-54400) is that of another country.
    """
    code = code.strip()
    doubt = places().doubt(code, town) if country == HOME and code.isdigit() else None
    if doubt is None:
        return []
    said = {"code": code, "town": town.strip()}
    if doubt is PlaceDoubt.UNKNOWN_CODE:
        sentence = _("Est-ce bien %(code)s ? Ce code postal n’est pas dans la liste des communes belges.") % said
    else:
        there = ", ".join(places().by_code[code])
        sentence = _("Est-ce bien %(code)s %(town)s ? %(code)s est le code postal de %(there)s.") % {
            **said,
            "there": there,
        }
    return [
        Question(
            code=f"place:{code}:{place_key(town)}",
            sentence=sentence,
            field=field,
            answer=_("Oui, c’est bien cette adresse"),
        )
    ]

"""Joint committees (commissions paritaires): their numbers, and the names of those that coaches meet most.

A number is that of a committee, NNN, or of one of its sub-committees, NNN.NN (law of 5 December 1968; the numbers are
those of the federal service for employment). One that is not in the list is as good: it has no name here, that is all.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from foundation.rules.text import search_key

_FORM = re.compile(r"[1-3]\d\d(?:\.\d\d)?")

JOINT_COMMITTEES: Mapping[str, str] = MappingProxyType(
    {
        "100": "Auxiliaire pour ouvriers",
        "102.09": "Carrières de calcaire non taillé et fours à chaux",
        "106.02": "Industrie du béton",
        "109": "Habillement et confection",
        "110": "Entretien du textile",
        "111": "Constructions métallique, mécanique et électrique",
        "112": "Garages",
        "115": "Industrie verrière",
        "116": "Industrie chimique (ouvriers)",
        "118": "Industrie alimentaire (ouvriers)",
        "118.03": "Boulangeries et pâtisseries",
        "119": "Commerce alimentaire (ouvriers)",
        "120": "Industrie textile",
        "121": "Nettoyage",
        "124": "Construction",
        "125": "Industrie du bois",
        "126": "Ameublement et industrie transformatrice du bois",
        "127": "Commerce de combustibles",
        "130": "Imprimerie, arts graphiques et journaux",
        "132": "Travaux techniques agricoles et horticoles",
        "136": "Transformation du papier et du carton",
        "140": "Transport et logistique",
        "140.01": "Autobus et autocars",
        "140.02": "Taxis et services de location avec chauffeur",
        "140.03": "Transport routier et logistique pour compte de tiers",
        "140.05": "Déménagement",
        "142.01": "Récupération de métaux",
        "142.04": "Récupération de produits divers",
        "144": "Agriculture",
        "145": "Entreprises horticoles",
        "145.04": "Implantation et entretien de parcs et jardins",
        "149.01": "Électriciens : installation et distribution",
        "149.04": "Commerce du métal",
        "152.01": "Enseignement libre subventionné francophone (ouvriers)",
        "200": "Auxiliaire pour employés",
        "201": "Commerce de détail indépendant",
        "202": "Commerce de détail alimentaire (employés)",
        "202.01": "Moyennes entreprises d’alimentation",
        "209": "Fabrications métalliques (employés)",
        "220": "Industrie alimentaire (employés)",
        "225.02": "Enseignement libre subventionné francophone (employés)",
        "226": "Commerce international, transport et logistique (employés)",
        "302": "Industrie hôtelière",
        "303.03": "Exploitation de salles de cinéma",
        "304": "Spectacle",
        "307": "Courtage et agences d’assurances",
        "310": "Banques",
        "311": "Grandes entreprises de vente au détail",
        "312": "Grands magasins",
        "313": "Pharmacies et offices de tarification",
        "314": "Coiffure et soins de beauté",
        "317": "Gardiennage et surveillance",
        "318.01": "Aides familiales et aides seniors (Wallonie, Bruxelles)",
        "319.02": "Établissements d’éducation et d’hébergement (Wallonie, Bruxelles)",
        "320": "Pompes funèbres",
        "322": "Travail intérimaire",
        "322.01": "Titres-services",
        "323": "Gestion d’immeubles et travailleurs domestiques",
        "327.03": "Entreprises de travail adapté (Wallonie)",
        "329.02": "Secteur socioculturel (Wallonie, Bruxelles)",
        "330": "Établissements et services de santé",
        "332": "Aide sociale et soins de santé (Wallonie, Bruxelles)",
        "337": "Auxiliaire pour le secteur non marchand",
    }
)


def is_joint_committee(number: str) -> bool:
    """Return whether a text has the form of a number: NNN or NNN.NN."""
    return _FORM.fullmatch(number) is not None


def committee_number(typed: str) -> str:
    """Return the number that somebody typed or chose, written as the law writes it; "" when there is none.

    « CP 322.01 », « 322-01 », « 32201 » and « 322.01 – Titres-services » are all 322.01. A name of the list is its
    number, and so are words that one name alone holds.

    Raises:
        ValueError: no number can be read in it.
    """
    text = typed.strip()
    if not text:
        return ""
    written = re.match(r"(?:s?cp\W*)?(\d{3})(?:[.,/\- ]?(\d{2}))?(?![.,/\- ]?\d)", text, re.IGNORECASE)
    if written:
        number = written[1] if written[2] is None else f"{written[1]}.{written[2]}"
        if is_joint_committee(number):
            return number
    named = committees_named(text)
    if len(named) == 1:
        return named[0]
    raise ValueError("not the number of a joint committee")


def committees_named(words: str) -> tuple[str, ...]:
    """Return the numbers of the list whose name holds all these words, whatever their accents and order."""
    wanted = search_key(words).split()
    exact = [number for number, name in JOINT_COMMITTEES.items() if search_key(name).split() == wanted]
    if exact or not wanted:
        return tuple(exact)
    return tuple(
        number
        for number, name in JOINT_COMMITTEES.items()
        if all(any(part.startswith(word) for part in search_key(name).split()) for word in wanted)
    )


def committee_words(number: str) -> str:
    """Return « 322.01 – Titres-services », the number alone when its name is not in the list, "" without a number."""
    name = JOINT_COMMITTEES.get(number, "")
    return f"{number} – {name}" if name else number

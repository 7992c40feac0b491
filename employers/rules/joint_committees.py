"""Joint committees (commissions paritaires): their numbers, and the names of those that coaches meet most.

A number is that of a committee, NNN, or of one of its sub-committees, NNN.NN (law of 5 December 1968; the numbers are
those of the federal service for employment). One that is not in the list is as good: it has no name here, that is all.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from foundation.rules.saying import say, sentence
from foundation.rules.text import search_key

_FORM = re.compile(r"[1-3]\d\d(?:\.\d\d)?")

JOINT_COMMITTEES: Mapping[str, str] = MappingProxyType(
    {
        "100": sentence("Auxiliaire pour ouvriers"),
        "102.09": sentence("Carrières de calcaire non taillé et fours à chaux"),
        "106.02": sentence("Industrie du béton"),
        "109": sentence("Habillement et confection"),
        "110": sentence("Entretien du textile"),
        "111": sentence("Constructions métallique, mécanique et électrique"),
        "112": sentence("Garages"),
        "115": sentence("Industrie verrière"),
        "116": sentence("Industrie chimique (ouvriers)"),
        "118": sentence("Industrie alimentaire (ouvriers)"),
        "118.03": sentence("Boulangeries et pâtisseries"),
        "119": sentence("Commerce alimentaire (ouvriers)"),
        "120": sentence("Industrie textile"),
        "121": sentence("Nettoyage"),
        "124": sentence("Construction"),
        "125": sentence("Industrie du bois"),
        "126": sentence("Ameublement et industrie transformatrice du bois"),
        "127": sentence("Commerce de combustibles"),
        "130": sentence("Imprimerie, arts graphiques et journaux"),
        "132": sentence("Travaux techniques agricoles et horticoles"),
        "136": sentence("Transformation du papier et du carton"),
        "140": sentence("Transport et logistique"),
        "140.01": sentence("Autobus et autocars"),
        "140.02": sentence("Taxis et services de location avec chauffeur"),
        "140.03": sentence("Transport routier et logistique pour compte de tiers"),
        "140.05": sentence("Déménagement"),
        "142.01": sentence("Récupération de métaux"),
        "142.04": sentence("Récupération de produits divers"),
        "144": sentence("Agriculture"),
        "145": sentence("Entreprises horticoles"),
        "145.04": sentence("Implantation et entretien de parcs et jardins"),
        "149.01": sentence("Électriciens : installation et distribution"),
        "149.04": sentence("Commerce du métal"),
        "152.01": sentence("Enseignement libre subventionné francophone (ouvriers)"),
        "200": sentence("Auxiliaire pour employés"),
        "201": sentence("Commerce de détail indépendant"),
        "202": sentence("Commerce de détail alimentaire (employés)"),
        "202.01": sentence("Moyennes entreprises d’alimentation"),
        "209": sentence("Fabrications métalliques (employés)"),
        "220": sentence("Industrie alimentaire (employés)"),
        "225.02": sentence("Enseignement libre subventionné francophone (employés)"),
        "226": sentence("Commerce international, transport et logistique (employés)"),
        "302": sentence("Industrie hôtelière"),
        "303.03": sentence("Exploitation de salles de cinéma"),
        "304": sentence("Spectacle"),
        "307": sentence("Courtage et agences d’assurances"),
        "310": sentence("Banques"),
        "311": sentence("Grandes entreprises de vente au détail"),
        "312": sentence("Grands magasins"),
        "313": sentence("Pharmacies et offices de tarification"),
        "314": sentence("Coiffure et soins de beauté"),
        "317": sentence("Gardiennage et surveillance"),
        "318.01": sentence("Aides familiales et aides seniors (Wallonie, Bruxelles)"),
        "319.02": sentence("Établissements d’éducation et d’hébergement (Wallonie, Bruxelles)"),
        "320": sentence("Pompes funèbres"),
        "322": sentence("Travail intérimaire"),
        "322.01": sentence("Titres-services"),
        "323": sentence("Gestion d’immeubles et travailleurs domestiques"),
        "327.03": sentence("Entreprises de travail adapté (Wallonie)"),
        "329.02": sentence("Secteur socioculturel (Wallonie, Bruxelles)"),
        "330": sentence("Établissements et services de santé"),
        "332": sentence("Aide sociale et soins de santé (Wallonie, Bruxelles)"),
        "337": sentence("Auxiliaire pour le secteur non marchand"),
    }
)


def is_joint_committee(number: str) -> bool:
    """Return whether a text has the form of a number: NNN or NNN.NN."""
    return _FORM.fullmatch(number) is not None


def committee_number(typed: str) -> str:
    """Return the number that somebody typed or chose, written as the law writes it; "" when there is none.

    « CP 322.01 », « PC 322.01 », « 322-01 », « 32201 » and « 322.01 – Titres-services » are all 322.01. A name of the
    list is its number, and so are words that one name alone holds.

    Raises:
        ValueError: no number can be read in it.
    """
    text = typed.strip()
    if not text:
        return ""
    written = re.match(r"(?:(?:s?cp|s?pc|pk|upk)\W*)?(\d{3})(?:[.,/\- ]?(\d{2}))?(?![.,/\- ]?\d)", text, re.IGNORECASE)
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
    # In French and in the language of whoever types.
    names = [(number, name) for number, french in JOINT_COMMITTEES.items() for name in {french, say(french)}]
    exact = sorted({number for number, name in names if search_key(name).split() == wanted})
    if exact or not wanted:
        return tuple(exact)
    found = {
        number
        for number, name in names
        if all(any(part.startswith(word) for part in search_key(name).split()) for word in wanted)
    }
    return tuple(sorted(found))


def committee_words(number: str) -> str:
    """Return « 322.01 – Titres-services », the number alone when its name is not in the list, "" without a number."""
    name = JOINT_COMMITTEES.get(number, "")
    return f"{number} – {say(name)}" if name else number

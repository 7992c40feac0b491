"""Every dated parameter: its meaning, its shape, and the value it starts with.

Sources and statuses follow ``regulation.md``, section 0.1: confirmed when the words were seen in the source, an
assumption when the house chose. An app above declares its own parameters with ``register`` from ``apps.ready()``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import ParameterStatus
from accounts.parameters.keys import Key
from accounts.parameters.kinds import Codes, Kind, Steps, Whole, WholeList, check_choices
from foundation.registry import Registry

CLOCKS = _("Horloges")
CADENCES = _("Cadences des contacts")
INTAKE = _("Accueil")
INSERTION = _("Insertion durable")
CASELOAD = _("Charge de travail")

MONTHS = _("mois")
DAYS = _("jours")
WORKING_DAYS = _("jours ouvrables")
NO_UNIT = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a parameter means.

    ``stated`` is the JSON value in force from the beginning, unless the app that owns its list of codes says which.
    """

    key: str
    group: str | Promise
    label: str | Promise
    kind: Kind
    unit: str | Promise
    stated: Any
    source: str
    status: ParameterStatus

    @property
    def default(self) -> Any:
        """The JSON value in force from the beginning."""
        return list(first_values[self.key][1]) if self.key in first_values else self.stated

    def parse(self, typed: str) -> Any:
        """The JSON value of what was typed. Raises ``InvalidParameterValue``."""
        value = self.kind.parse(typed)
        if isinstance(self.kind, Codes):
            check_choices(value, choices_of(self.key))
        return value

    def show(self, stored: Any) -> str:
        """The value in words, with its unit."""
        return f"{self.kind.show(stored)} {self.unit}".strip()


#: every parameter, in the order of the page; its first value is written at the next ``migrate``
definitions: Registry[Definition] = Registry(key=lambda definition: definition.key)
#: the codes of a closed list with their labels, by parameter: brought by the app that owns the list
closed_lists: Registry[tuple[str, Sequence[tuple[str, Any]]]] = Registry(key=itemgetter(0))
#: of these codes, those in force from the beginning, by parameter: brought by that app too
first_values: Registry[tuple[str, Sequence[str]]] = Registry(key=itemgetter(0))


def choices_of(key: str) -> Sequence[tuple[str, Any]]:
    """The codes that a parameter may hold, with their labels; empty when its list is open."""
    return closed_lists[key][1] if key in closed_lists else ()


_CONFIRMED = ParameterStatus.CONFIRMED
_ASSUMPTION = ParameterStatus.ASSUMPTION

_PILOT = "Rapport de l’expérience pilote de jobcoaching (2003)"
_DECREE = "Décret wallon du 13 décembre 2023 relatif aux missions régionales pour l’emploi, article 1er, alinéa 2"
_METHOD = "Choix de la méthode ; aucune source légale vue"
# Codes of an app above, which says which of them are in force from the beginning (`first_values`).
_OF_ITS_OWNER: list[str] = []

for _definition in (
    Definition(
        Key.PREHIRE_MONTHS,
        CLOCKS,
        _("Durée maximale de la pré-embauche"),
        Whole(1, 120),
        MONTHS,
        24,
        "Page MIRE du SPW Économie (jobcoaching « pendant maximum deux ans ») ; article du décret non vu ; " + _PILOT,
        _CONFIRMED,
    ),
    Definition(
        Key.FOLLOWUP_MONTHS,
        CLOCKS,
        _("Durée du suivi en entreprise"),
        Whole(1, 60),
        MONTHS,
        6,
        _PILOT + " ; durée non vue dans les textes en vigueur",
        _ASSUMPTION,
    ),
    Definition(
        Key.STOPPING_CONTRACT_TYPES,
        CLOCKS,
        _("Contrats qui arrêtent l’horloge des 24 mois"),
        Codes(),
        NO_UNIT,
        _OF_ITS_OWNER,
        _PILOT + " (CDI et CDD) ; intérim : choix de la méthode ; règle non vue dans les textes en vigueur",
        _ASSUMPTION,
    ),
    Definition(
        Key.FOLLOWED_CONTRACT_TYPES,
        CLOCKS,
        _("Contrats qui ouvrent un suivi en entreprise"),
        Codes(),
        NO_UNIT,
        _OF_ITS_OWNER,
        _PILOT + " (CDI et CDD) ; intérim : choix de la méthode",
        _ASSUMPTION,
    ),
    Definition(
        Key.SAME_EMPLOYER_GAP_DAYS,
        CLOCKS,
        _("Interruption tolérée entre deux contrats chez le même employeur"),
        Whole(0, 365),
        DAYS,
        7,
        _METHOD,
        _ASSUMPTION,
    ),
    Definition(
        Key.CARRY_OVER_MONTHS,
        CLOCKS,
        _("Délai pendant lequel un dossier rouvert reprend les jours déjà utilisés"),
        Whole(0, 120),
        MONTHS,
        12,
        _METHOD,
        _ASSUMPTION,
    ),
    Definition(
        Key.WARNING_DAYS,
        CLOCKS,
        _("Alertes avant la fin des 24 mois"),
        WholeList(),
        _("jours avant"),
        [92, 31, 0],
        _METHOD,
        _ASSUMPTION,
    ),
    Definition(
        Key.FOLLOWUP_WARNING_DAYS,
        CLOCKS,
        _("Alertes avant la fin du suivi en entreprise"),
        WholeList(),
        _("jours avant"),
        [31, 14],
        _METHOD,
        _ASSUMPTION,
    ),
    Definition(
        Key.FIXED_TERM_WARNING_DAYS,
        CLOCKS,
        _("Alerte avant la fin d’un CDD"),
        Whole(0, 365),
        _("jours avant"),
        30,
        _METHOD,
        _ASSUMPTION,
    ),
    Definition(
        Key.PREPARATORY_DAYS,
        CADENCES,
        _("En phase préparatoire, un contact tous les"),
        Whole(1, 365),
        DAYS,
        31,
        "Nombre non vu dans les textes (« entretiens réguliers ») ; choix de la méthode",
        _ASSUMPTION,
    ),
    Definition(
        Key.PRE_HIRE_DAYS,
        CADENCES,
        _("En pré-embauche, un contact tous les"),
        Whole(1, 365),
        DAYS,
        7,
        _PILOT + " (« un contact hebdomadaire »)",
        _ASSUMPTION,
    ),
    Definition(
        Key.HIRE_DAYS,
        CADENCES,
        _("En phase d’embauche, un contact tous les"),
        Whole(1, 365),
        DAYS,
        7,
        _METHOD,
        _ASSUMPTION,
    ),
    Definition(
        Key.FOLLOW_UP_STEPS,
        CADENCES,
        _("En suivi en entreprise, un contact tous les"),
        Steps(),
        NO_UNIT,
        [
            {"until_month": 2, "every_days": 7},
            {"until_month": 4, "every_days": 14},
            {"until_month": None, "every_days": 31},
        ],
        _PILOT + " (hebdomadaire au début, mensuel au bout des six mois) ; paliers : choix de la méthode",
        _ASSUMPTION,
    ),
    Definition(
        Key.EMPLOYER_DAYS,
        CADENCES,
        _("Pendant le suivi, un contact avec l’employeur tous les"),
        Whole(1, 365),
        DAYS,
        31,
        _METHOD,
        _ASSUMPTION,
    ),
    Definition(
        Key.DUE_SOON_DAYS,
        CADENCES,
        _("Un contact est annoncé comme proche"),
        Whole(0, 60),
        _("jours avant"),
        3,
        _METHOD,
        _ASSUMPTION,
    ),
    Definition(
        Key.VERY_LATE_DAYS,
        CADENCES,
        _("Un contact est très en retard au-delà de"),
        Whole(0, 365),
        DAYS,
        14,
        _METHOD + " (deux contacts hebdomadaires manqués)",
        _ASSUMPTION,
    ),
    Definition(
        Key.NO_SHOW_ALERT,
        CADENCES,
        _("Absences de suite qui déclenchent une alerte"),
        Whole(1, 20),
        NO_UNIT,
        3,
        _METHOD,
        _ASSUMPTION,
    ),
    Definition(
        Key.SILENCE_TOLERANCE,
        CADENCES,
        _("Une personne est vue trop rarement quand l’intervalle moyen dépasse celui de la cadence de"),
        Whole(100, 1000),
        _("% de cet intervalle"),
        150,
        "Reproche des inspections (« accompagnement non suivi ») ; seuil : choix de la méthode",
        _ASSUMPTION,
    ),
    Definition(
        Key.INTAKE_MONTHS,
        INTAKE,
        _("Durée de la phase d’accueil et de bilan"),
        Whole(1, 24),
        MONTHS,
        2,
        "Page du SPW Emploi sur la législation MIRE de 2024 (« Cette phase a une durée de deux mois »)",
        _CONFIRMED,
    ),
    Definition(
        Key.INTAKE_WARNING_DAYS,
        INTAKE,
        _("Alerte pendant la phase d’accueil, après"),
        Whole(1, 365),
        DAYS,
        45,
        _METHOD,
        _ASSUMPTION,
    ),
    Definition(
        Key.FIRST_MEETING_WORKING_DAYS,
        INTAKE,
        _("Premier entretien après l’orientation, dans les"),
        Whole(1, 120),
        WORKING_DAYS,
        15,
        "Niveau de service du programme britannique IPES, repris comme repère ; aucune source wallonne",
        _ASSUMPTION,
    ),
    Definition(
        Key.COUNTED_CONTRACT_TYPES,
        INSERTION,
        _("Contrats comptés dans l’insertion durable"),
        Codes(),
        NO_UNIT,
        _OF_ITS_OWNER,
        _METHOD,
        _ASSUMPTION,
    ),
    Definition(
        Key.SAME_EMPLOYER_MONTHS,
        INSERTION,
        _("Insertion durable : chez le même employeur, au moins"),
        Whole(1, 60),
        MONTHS,
        3,
        _DECREE,
        _CONFIRMED,
    ),
    Definition(
        Key.SEVERAL_EMPLOYERS_DAYS,
        INSERTION,
        _("Insertion durable : chez plusieurs employeurs, au moins"),
        Whole(1, 1000),
        _("jours de travail"),
        182,
        _DECREE + " (six mois) ; conversion en 182 jours : choix de la méthode",
        _ASSUMPTION,
    ),
    Definition(
        Key.CASELOAD_NORM,
        CASELOAD,
        _("Personnes accompagnées à la fois par équivalent temps plein"),
        Whole(1, 200),
        _("personnes"),
        20,
        _PILOT + " ; ancien cadre des MIRE (20 par équivalent temps plein) ; règle actuelle non vue",
        _ASSUMPTION,
    ),
):
    definitions.add(_definition)

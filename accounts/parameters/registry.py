"""Every dated parameter: its meaning, its shape, and the value it starts with.

Sources and statuses follow ``regulation.md``, section 0.1: confirmed when the words were seen in the source, an
assumption when the house chose. An app above declares its own parameters with ``register`` from ``apps.ready()``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import Owner, ParameterStatus
from accounts.parameters.keys import Key
from accounts.parameters.kinds import Codes, Kind, Steps, Whole, WholeList, check_choices
from foundation.registry import Registry

CLOCKS = _("Horloges")
CADENCES = _("Cadences des contacts")
INTAKE = _("Accueil")
INSERTION = _("Insertion durable")
CASELOAD = _("Charge de travail")
SUBSIDY = _("Part variable du subside")

MONTHS = _("mois")
DAYS = _("jours")
WORKING_DAYS = _("jours ouvrables")
NO_UNIT = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a parameter means.

    ``stated`` is the JSON value in force from the beginning, unless the app that owns its list of codes says which.
    ``owner`` has no default: a value of the law moves every organisation's cases and belongs to the steward; one of the
    house may be set by each organisation for itself, and is never read without one.
    """

    key: str
    group: str | Promise
    label: str | Promise
    kind: Kind
    unit: str | Promise
    stated: Any
    source: str
    status: ParameterStatus
    owner: Owner

    @property
    def is_of_the_house(self) -> bool:
        """Whether each organisation may have its own value."""
        return self.owner is Owner.HOUSE

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

#: of a test that a text brought: its first day, and what is known of the days before, on which it is an assumption
law_days: Registry[tuple[str, date, str]] = Registry(key=itemgetter(0))


def choices_of(key: str) -> Sequence[tuple[str, Any]]:
    """The codes that a parameter may hold, with their labels; empty when its list is open."""
    return closed_lists[key][1] if key in closed_lists else ()


_CONFIRMED = ParameterStatus.CONFIRMED
_ASSUMPTION = ParameterStatus.ASSUMPTION

# Clocks, insertion and eligibility say what is counted, and are compared from one organisation to another; cadences,
# alarms and the norm say how a house works.
_PILOT = "Rapport de l’expérience pilote de jobcoaching (2003)"
_DECREE = "Décret wallon du 13 décembre 2023 relatif aux missions régionales pour l’emploi, article 1er, alinéa 2"
_OLD_DRIVERS = "Ancien cadre des MIRE ; unité, formule et seuil de l’arrêté de 2024 non vus"
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
        Owner.LAW,
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
        Owner.LAW,
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
        Owner.LAW,
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
        Owner.LAW,
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
        Owner.LAW,
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
        Owner.LAW,
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
        Owner.HOUSE,
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
        Owner.HOUSE,
    ),
    Definition(
        Key.DECISION_DAYS,
        CLOCKS,
        _("La coordination répond à une demande d’exception dans les"),
        Whole(0, 365),
        DAYS,
        7,
        _METHOD,
        _ASSUMPTION,
        Owner.HOUSE,
    ),
    Definition(
        Key.SUSPENSION_REVIEW_DAYS,
        CLOCKS,
        _("Une suspension sans fin connue est revue tous les"),
        Whole(1, 730),
        DAYS,
        92,
        _METHOD,
        _ASSUMPTION,
        Owner.HOUSE,
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
        Owner.HOUSE,
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
        Owner.HOUSE,
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
        Owner.HOUSE,
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
        Owner.HOUSE,
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
        Owner.HOUSE,
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
        Owner.HOUSE,
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
        Owner.HOUSE,
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
        Owner.HOUSE,
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
        Owner.HOUSE,
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
        Owner.LAW,
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
        Owner.HOUSE,
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
        Owner.HOUSE,
    ),
    Definition(
        Key.PLACED_CONTRACT_TYPES,
        INSERTION,
        _("Contrats qui sont une mise à l’emploi"),
        Codes(),
        NO_UNIT,
        _OF_ITS_OWNER,
        "Tout contrat de travail ; " + _METHOD,
        _ASSUMPTION,
        Owner.LAW,
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
        Owner.LAW,
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
        Owner.LAW,
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
        Owner.LAW,
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
        Owner.HOUSE,
    ),
    Definition(
        Key.VOLUME_TARGET,
        SUBSIDY,
        _("Volume d’activité : personnes accompagnées par équivalent temps plein, au moins"),
        Whole(1, 200),
        _("personnes"),
        20,
        _OLD_DRIVERS,
        _ASSUMPTION,
        Owner.LAW,
    ),
    Definition(
        Key.INSERTION_TARGET,
        SUBSIDY,
        _("Taux d’insertion : personnes arrivées en phase 4 sur personnes arrivées en phase 3, au moins"),
        Whole(1, 100),
        "%",
        50,
        _OLD_DRIVERS,
        _ASSUMPTION,
        Owner.LAW,
    ),
):
    definitions.add(_definition)

#: the first day of the decree of 13 December 2023, whose entry into force was not seen: an assumption
DECREE_FROM = date(2024, 1, 1)
BEFORE_THE_DECREE = (
    "Ancien cadre des MIRE (décret du 11 mars 2004) : autre règle, à vérifier ; valeur du décret de 2023"
)

for _key in (Key.SAME_EMPLOYER_MONTHS, Key.SEVERAL_EMPLOYERS_DAYS, Key.INTAKE_MONTHS):
    law_days.add((_key, DECREE_FROM, BEFORE_THE_DECREE))

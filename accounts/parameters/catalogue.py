"""The dated parameters of the method: the meaning of each, its shape, and the value it starts with.

Sources and statuses follow ``regulation.md``, section 0.1: confirmed when the words were seen in the source, an
assumption when the house chose.
"""

from django.utils.translation import gettext_lazy as _

from accounts.enums import Owner, ParameterStatus
from accounts.parameters.keys import Key
from accounts.parameters.kinds import Codes, Steps, Whole, WholeList
from accounts.parameters.registry import DAYS, MONTHS, NO_UNIT, WORKING_DAYS, Definition, definitions, law_days
from accounts.rules.decree import DECREE_FROM
from foundation.rules.saying import sentence

CLOCKS = _("Horloges")
CADENCES = _("Cadences des contacts")
INTAKE = _("Accueil")
INSERTION = _("Insertion durable")
CASELOAD = _("Charge de travail")
SUBSIDY = _("Part variable du subside")

_CONFIRMED = ParameterStatus.CONFIRMED
_ASSUMPTION = ParameterStatus.ASSUMPTION

# Clocks, insertion and eligibility say what is counted, and are compared from one organisation to another; cadences,
# alarms and the norm say how a house works.
_PILOT = sentence("Rapport de l’expérience pilote de jobcoaching (2003)")
_DECREE = sentence(
    "Décret wallon du 13 décembre 2023 relatif aux missions régionales pour l’emploi, article 1er, alinéa 2"
)
_OLD_DRIVERS = sentence("Ancien cadre des MIRE ; unité, formule et seuil de l’arrêté de 2024 non vus")
_METHOD = sentence("Choix de la méthode ; aucune source légale vue")
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
        sentence(
            "Page MIRE du SPW Économie (jobcoaching « pendant maximum deux ans ») ; article du décret non vu ; "
            "Rapport de l’expérience pilote de jobcoaching (2003)"
        ),
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
        sentence("Rapport de l’expérience pilote de jobcoaching (2003) ; durée non vue dans les textes en vigueur"),
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
        sentence(
            "Rapport de l’expérience pilote de jobcoaching (2003) (CDI et CDD) ; intérim : choix de la méthode ; "
            "règle non vue dans les textes en vigueur"
        ),
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
        sentence("Rapport de l’expérience pilote de jobcoaching (2003) (CDI et CDD) ; intérim : choix de la méthode"),
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
        sentence("Nombre non vu dans les textes (« entretiens réguliers ») ; choix de la méthode"),
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
        sentence("Rapport de l’expérience pilote de jobcoaching (2003) (« un contact hebdomadaire »)"),
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
        sentence(
            "Rapport de l’expérience pilote de jobcoaching (2003) (hebdomadaire au début, mensuel au bout des "
            "six mois) ; paliers : choix de la méthode"
        ),
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
        sentence("Choix de la méthode ; aucune source légale vue (deux contacts hebdomadaires manqués)"),
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
        Key.SILENCE_TOLERANCE,
        CADENCES,
        _("Une personne est vue trop rarement quand l’intervalle moyen dépasse celui de la cadence de"),
        Whole(100, 1000),
        _("% de cet intervalle"),
        150,
        sentence("Reproche des inspections (« accompagnement non suivi ») ; seuil : choix de la méthode"),
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
        sentence("Page du SPW Emploi sur la législation MIRE de 2024 (« Cette phase a une durée de deux mois »)"),
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
        sentence("Niveau de service du programme britannique IPES, repris comme repère ; aucune source wallonne"),
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
        sentence("Tout contrat de travail ; Choix de la méthode ; aucune source légale vue"),
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
        sentence(
            "Décret wallon du 13 décembre 2023 relatif aux missions régionales pour l’emploi, article 1er, "
            "alinéa 2 (six mois) ; conversion en 182 jours : choix de la méthode"
        ),
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
        sentence(
            "Rapport de l’expérience pilote de jobcoaching (2003) ; ancien cadre des MIRE (20 par équivalent "
            "temps plein) ; règle actuelle non vue"
        ),
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

BEFORE_THE_DECREE = sentence(
    "Ancien cadre des MIRE (décret du 11 mars 2004) : autre règle, à vérifier ; valeur du décret de 2023"
)

for _key in (Key.SAME_EMPLOYER_MONTHS, Key.SEVERAL_EMPLOYERS_DAYS, Key.INTAKE_MONTHS):
    law_days.add((_key, DECREE_FROM, BEFORE_THE_DECREE))

"""What the board counts and the list of cases narrows to, under one name: codes, words, and the steps of a path.

The measure of a silent case is that of `followup.rules.pace`: the average over what was asked, never one late day.
"""

from foundation.rules.lists import ClosedList

HORIZONS = (30, 60, 90)


class Watch(ClosedList):
    """What somebody who coordinates watches; the value is what an address holds."""

    SILENT = "silencieux", "silencieux (vus trop rarement en moyenne)"
    EXPIRED = "epuise", "24 mois épuisés"
    UNCHECKED = "eligibilite", "éligibilité jamais vérifiée"
    ORPHAN = "sans-jobcoach", "sans jobcoach en fonction"
    ALONE = "sans-remplacement", "jobcoach en absence, sans remplacement"
    PREHIRE_30 = "24-mois-30", "24 mois : fin dans 30 jours"
    PREHIRE_60 = "24-mois-60", "24 mois : fin dans 60 jours"
    PREHIRE_90 = "24-mois-90", "24 mois : fin dans 90 jours"
    FOLLOWUP_30 = "suivi-30", "suivi : fin dans 30 jours"
    FOLLOWUP_60 = "suivi-60", "suivi : fin dans 60 jours"
    FOLLOWUP_90 = "suivi-90", "suivi : fin dans 90 jours"
    CONTRACT_30 = "contrat-30", "contrat : fin dans 30 jours"
    CONTRACT_60 = "contrat-60", "contrat : fin dans 60 jours"
    CONTRACT_90 = "contrat-90", "contrat : fin dans 90 jours"


class Step(ClosedList):
    """How far those who entered this year came, from the referral to a durable insertion; each holds the next."""

    REFERRED = "orientees", "orientées"
    ELIGIBLE = "eligibles", "éligibles"
    PRE_HIRE = "pre-embauche", "en pré-embauche"
    PROPOSED = "proposees", "proposées à un poste"
    HIRED = "emploi", "en emploi"
    DURABLE = "durable", "insertion durable"

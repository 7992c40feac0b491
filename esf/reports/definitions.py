"""What each indicator of the ESF+ counts, in words, as reports print it (regulation file, 4.2 and 4.3)."""

from dataclasses import asdict
from datetime import date

from django.utils.translation import gettext_lazy as _

from esf.parameters import esf_policy

_DEFINITIONS = {
    "EECO01": _("Chaque personne une fois par projet, fiche complète ou non, quel que soit le nombre d’entrées."),
    "EECO02": _("Inscrites comme demandeuses d’emploi le jour de l’entrée."),
    "EECO03": _(
        "Sans emploi depuis plus de %(long_term_months)s mois le jour de l’entrée, ou plus de "
        "%(long_term_months_young)s mois avant %(young_under)s ans. "
        "Ces personnes comptent aussi dans EECO02."
    ),
    "EECO04": _("Ni à l’emploi ni inscrites le jour de l’entrée ; études à temps plein comprises."),
    "EECO05": _("Salariées ou indépendantes le jour de l’entrée."),
    "EECO06": _("Moins de %(child_under)s ans le jour de l’entrée."),
    "EECO07": _("De %(child_under)s à %(youth_until)s ans accomplis le jour de l’entrée."),
    "EECO08": _("%(senior_from)s ans accomplis ou plus le jour de l’entrée."),
    "EECO09": _("Niveau le plus élevé obtenu à l’entrée : CITE 0 à 2."),
    "EECO10": _("Niveau le plus élevé obtenu à l’entrée : CITE 3 ou 4 (CESS, septième année)."),
    "EECO11": _("Niveau le plus élevé obtenu à l’entrée : CITE 5 à 8."),
    "EECO12": _("Handicap reconnu, déclaré par la personne. Donnée sensible : elle peut ne pas répondre."),
    "EECO13": _("Nationalité d’un pays hors de l’Union européenne, ou apatride."),
    "EECO14": _("La personne ou ses parents sont nés à l’étranger, quelle que soit sa nationalité."),
    "EECO15": _("Déclarée par la personne. Donnée sensible : elle peut ne pas répondre."),
    "EECO16": _("Sans logement, ou exclue du logement, le jour de l’entrée."),
    "EECO17": _("Domicile dans une commune rurale le jour de l’entrée."),
    "EECR01": _("Inactives à l’entrée, en recherche d’emploi dans les %(immediate_weeks)s semaines après la sortie."),
    "EECR02": _("En études ou en formation dans les %(immediate_weeks)s semaines après la sortie."),
    "EECR03": _("Une qualification obtenue au plus tard %(immediate_weeks)s semaines après la sortie."),
    "EECR04": _(
        "Sans emploi ou inactives à l’entrée, à l’emploi ou indépendantes dans les %(immediate_weeks)s semaines "
        "après la sortie."
    ),
    "EECR05": _(
        "Sans emploi ou inactives à l’entrée, à l’emploi ou indépendantes %(later_months)s mois après la sortie."
    ),
    "EECR06": _(
        "À l’emploi à l’entrée, dans une meilleure situation %(later_months)s mois après la sortie : contrat plus "
        "stable, temps plus complet, emploi plus qualifié, promotion. Une simple hausse de salaire ne compte pas."
    ),
}


def definition_of(code: str, on: date) -> str:
    """The definition of an indicator, with the thresholds in force on a day.

    Raises:
        KeyError: there is no such indicator.
    """
    return str(_DEFINITIONS[code]) % asdict(esf_policy(on))

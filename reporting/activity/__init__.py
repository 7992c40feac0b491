"""The activity report of an organisation."""

from foundation.rules.saying import sentence
from reporting.activity.report import SOURCE, build_activity
from tables.engine.registry import ReportDefinition

__all__ = ["ACTIVITY", "build_activity"]

ACTIVITY = ReportDefinition(
    name="activite",
    title=sentence("Rapport d’activité"),
    purpose=sentence("Personnes, contrats, entreprises, contacts et heures d’une période, pour le FOREM."),
    source=SOURCE,
    build=build_activity,
    place=10,
)

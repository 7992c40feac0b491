"""The activity report and its consolidation over the network: two definitions, the same tables."""

from accounts.enums import Role
from reporting.engine.registry import ReportDefinition
from reporting.reports.activity.consolidated import build_consolidated
from reporting.reports.activity.report import SOURCE, build_activity

__all__ = ["ACTIVITY", "CONSOLIDATED", "build_activity", "build_consolidated"]

ACTIVITY = ReportDefinition(
    name="activite",
    title="Rapport d’activité",
    purpose="Personnes, contrats, entreprises, contacts et heures d’une période, pour le FOREM.",
    source=SOURCE,
    roles=(Role.ADMIN, Role.COORDINATOR),
    build=build_activity,
    place=10,
)

CONSOLIDATED = ReportDefinition(
    name="consolidation",
    title="Tableau consolidé du réseau",
    purpose="Les mêmes chiffres sur tous les organismes de l’installation, sans aucun nom.",
    source=SOURCE,
    roles=(Role.ADMIN, Role.ANALYST),
    build=build_consolidated,
    consolidated=True,
    place=70,
)

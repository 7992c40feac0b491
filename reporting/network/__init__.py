"""The activity of every organisation of the network: the same tables as the activity report, side by side."""

from foundation.rules.saying import sentence
from reporting.activity.report import SOURCE
from reporting.network.report import build_consolidated
from tables.engine.registry import ReportDefinition

__all__ = ["CONSOLIDATED", "build_consolidated"]

CONSOLIDATED = ReportDefinition(
    name="consolidation",
    title=sentence("Tableau consolidé du réseau"),
    purpose=sentence("Les mêmes chiffres sur tous les organismes de l’installation, sans aucun nom."),
    source=SOURCE,
    permission="reporting.read_network",
    build=build_consolidated,
    consolidated=True,
    place=70,
)

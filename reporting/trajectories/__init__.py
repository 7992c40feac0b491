"""« Trajectoires »: what became, over time, of the people who entered in a period.

Sources: seeds/001 (bounces, contracts per person); domain, sections 4 and 9; MIRE-SUCC-02 and 03 (placed, durable).

A cohort is made of the cases opened in one calendar quarter: the opening is the one entry that every case has, those
who never reach pre-hire included; a cohort counted from pre-hire on would forget them. Everything is seen at the end of
the last day of the period: what came later is not known to the report, so that it says the same whenever it is asked.
"""

from django.utils.translation import gettext as _

from foundation.rules.saying import sentence
from placements.selectors.policy import durable_policy
from reporting.trajectories.cohorts import cohort_table, wait_table
from reporting.trajectories.jobs import jobs_of, survival_by_type_tables, survival_table
from reporting.trajectories.paths import bounce_tables, contract_tables, course_table
from reporting.trajectories.selectors import case_paths
from tables.engine.registry import ReportDefinition
from tables.engine.scope import Scope
from tables.engine.tables import Document, Section
from tables.funding import funding_of

SOURCE = "Rapport 2002 de l’expérience pilote ; parcours en cinq phases ; estimation de Kaplan-Meier"


def build_trajectories(scope: Scope) -> Document:
    """Compute the report over a scope; three statements, whatever the number of cases."""
    paths = case_paths(scope)
    policy = durable_policy(scope.last)
    jobs = jobs_of(paths, policy)
    return Document(
        name="trajectoires",
        title=_("Trajectoires"),
        coverage=scope.in_words(),
        source=SOURCE,
        sections=(
            Section(_("Cohortes d’entrée"), (cohort_table(paths, policy, scope),)),
            Section(_("Parcours de phase en phase"), (course_table(paths, scope), *bounce_tables(paths, scope))),
            Section(_("Vers le premier contrat"), (wait_table(paths, policy, scope), *contract_tables(paths))),
            Section(_("Maintien à l’emploi"), (survival_table(jobs), *survival_by_type_tables(jobs)) if jobs else ()),
        ),
        funding=funding_of(scope.project),
    )


TRAJECTORIES = ReportDefinition(
    name="trajectoires",
    title=sentence("Trajectoires"),
    purpose=sentence("Cohortes d’entrée, parcours, rebonds, attente du premier contrat et maintien à l’emploi."),
    source=SOURCE,
    build=build_trajectories,
    default_years=3,
    place=40,
)

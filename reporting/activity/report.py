"""The activity report: who was supported, how, into which contracts, with which firms, by how many people.

Sources: seeds/001, summary table of the pilot; reporting practice of the MIRE (regulation.md 1.6). Each person counts
once, whatever the number of cases and contracts.
"""

from django.utils.translation import gettext as _

from reporting.activity.cases import case_tables
from reporting.activity.contacts import contact_tables
from reporting.activity.contracts import contract_tables
from reporting.activity.drivers import drivers_table
from reporting.activity.eligibility import eligibility_table
from reporting.activity.exits import exit_tables
from reporting.activity.firms import firm_tables
from reporting.activity.insertion import retention_table
from reporting.activity.insertion_figures import insertion_table
from reporting.activity.obstacles import obstacles_table
from reporting.activity.people import profile_tables
from reporting.activity.selectors.period import read_activity
from reporting.activity.selectors.rows import Activity
from reporting.activity.sessions import sessions_table
from reporting.activity.staff import staff_tables
from reporting.activity.summary import summary_table
from tables.engine.scope import Scope
from tables.engine.tables import Document, Section
from tables.funding import funding_of

SOURCE = "Tableau de synthèse de l’expérience pilote (rapport 2002) ; rapport annuel d’activité des MIRE"


def build_activity(scope: Scope) -> Document:
    """Compute the report over a scope, in a bounded number of statements."""
    return activity_document("activite", _("Rapport d’activité"), read_activity(scope), scope)


def activity_document(name: str, title: str, activity: Activity, scope: Scope) -> Document:
    """The report of what was read."""
    return Document(
        name=name,
        title=title,
        coverage=scope.in_words(),
        source=SOURCE,
        sections=_sections(activity, scope),
        funding=funding_of(scope.project),
    )


def _sections(activity: Activity, scope: Scope) -> tuple[Section, ...]:
    people, cases = activity.accompanied, activity.cases
    contracts, apart = activity.begun(scope.first, scope.last), activity.apart(scope.first, scope.last)
    insertion = (
        insertion_table(people, activity.contracts, scope),
        drivers_table(activity, scope),
        retention_table(activity.contracts, scope),
    )
    return (
        Section(_("L’essentiel"), (summary_table(activity, scope),)),
        Section(_("Les dossiers"), case_tables(cases, scope)),
        Section(_("L’éligibilité"), (eligibility_table(cases, scope),)),
        Section(_("Les personnes accompagnées"), profile_tables(people, scope)),
        Section(_("Les contacts et les heures"), contact_tables(activity.work, scope)),
        Section(_("Les séances collectives"), (sessions_table(activity.sessions),)),
        Section(_("Les entreprises et les postes"), firm_tables(activity, scope)),
        Section(_("Les contrats de travail"), contract_tables(contracts, apart)),
        Section(_("L’insertion"), insertion),
        Section(_("Les sorties"), exit_tables(cases, scope)),
        Section(_("Les freins"), (obstacles_table(activity.obstacles, scope),)),
        Section(_("Le personnel"), staff_tables(activity.staff, cases, scope)),
    )

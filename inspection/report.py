"""The inspection screen: the checks an inspector would make, available any day, each fault with its case.

Source: criticisms of the inspections of the MIRE (regulation.md 2.3, rows 1 to 5 and 9).
"""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.parameters import value_on
from beneficiaries.models import CoachingCase
from beneficiaries.parameters import EligibilityKey
from followup.rules.pace import Pace
from foundation.formatting import number_words
from foundation.rules.rates import Rate
from foundation.rules.saying import sentence
from inspection.rules.nonconformities import Check, Finding
from inspection.selectors.nonconformities import Fault, derogation_share, faults_of, inspected
from tables.engine.registry import ReportDefinition
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Document, Kind, Section, Subject, Table, TableRow, count_cell
from tables.funding import funding_of

SOURCE = "Reproches faits aux MIRE par les inspections ; décret du 13 décembre 2023 ; paramètres datés"

CHECKS = {
    Check.ELIGIBILITY: gettext_lazy("Pré-embauche sans éligibilité vérifiée"),
    Check.COACHABILITY: gettext_lazy("Pré-embauche sans les quatre conditions de coachabilité"),
    Check.AGREEMENT: gettext_lazy(
        "Pré-embauche sans tous les documents signés que demande la règle du jour de l’entrée"
    ),
    Check.CLOCK_OVERRUN: gettext_lazy("24 mois dépassés"),
    Check.SILENCE: gettext_lazy("Personne vue trop rarement"),
    Check.CONTENT: gettext_lazy("Contact sans contenu"),
    Check.FOLLOWUP: gettext_lazy("Suivi en entreprise non formalisé"),
    Check.INTAKE: gettext_lazy("Phase préparatoire de plus de deux mois"),
    Check.DEROGATION: gettext_lazy("Prise en charge par dérogation"),
    Check.OVER_QUOTA: gettext_lazy("Dérogation accordée au-delà du quota"),
}


def build_inspection(scope: Scope) -> Document:
    """Run every check over a scope."""
    cases = inspected(scope)
    faults = faults_of(cases, scope)
    sections = [Section(_("Vue d’ensemble"), (_overview(faults), _derogations(cases, scope)))]
    for check, title in CHECKS.items():
        found = [fault for fault in faults if fault.finding.check is check]
        if found:
            sections.append(Section(str(title), (_listing(check, found),)))
    funding = funding_of(scope.project)
    return Document("inspection", _("Inspection"), scope.in_words(), SOURCE, tuple(sections), funding)


def _overview(faults: Sequence[Fault]) -> Table:
    """How many faults and how many cases, by check."""
    rows = []
    for check, title in CHECKS.items():
        found = [fault for fault in faults if fault.finding.check is check]
        cases = count_cell(found, Subject.CASE, lambda fault: fault.case_id)
        rows.append(TableRow(check.value, str(title), (cases, Cell(len(found)))))
    return Table(
        "checks",
        _("Contrôles"),
        _("Contrôle"),
        (Column("cases", _("Dossiers")), Column("findings", _("Constats"), rows_of="cases")),
        tuple(rows),
        note=_(
            "Constats dont le jour est dans la période. Une personne est vue trop rarement quand l’intervalle moyen "
            "entre deux contacts, sur le temps où des contacts étaient dus (ni suspension, ni suivi refusé), dépasse "
            "celui de la cadence de plus que la tolérance, un paramètre daté ; ou quand elle n’a pas été vue du tout."
        ),
        chart_column="cases",
    )


def _derogations(cases: Sequence[CoachingCase], scope: Scope) -> Table:
    """Derogations against the quota, counted apart (MIRE-ELIG-09c)."""
    granted, entered = derogation_share(cases, scope)
    quota = value_on(EligibilityKey.MIRE_DEROGATION_QUOTA, scope.last)
    allowed = entered * quota // 100
    share = Rate(granted, entered, _("dérogations parmi les entrées en pré-embauche de la période"))
    rows = (
        TableRow("entered", _("Entrées en pré-embauche"), (Cell(entered),)),
        TableRow("granted", _("dont par dérogation"), (Cell(granted),)),
        TableRow("share", _("Part"), (Cell(share, Kind.RATE),)),
        TableRow("allowed", _("Maximum selon le quota de %(quota)s %%") % {"quota": quota}, (Cell(allowed),)),
        TableRow("over", _("Au-delà du quota"), (Cell(max(0, granted - allowed)),), is_total=True),
    )
    return Table(
        "derogations",
        _("Dérogations"),
        "",
        (Column("count", _("Nombre")),),
        rows,
        note=_("Le quota actuel n’a pas été vu dans les textes : c’est un paramètre à confirmer."),
    )


def _listing(check: Check, faults: Sequence[Fault]) -> Table:
    """The faults of one check, case by case, the oldest first."""
    ordered = sorted(faults, key=lambda fault: (fault.finding.on, fault.person, str(fault.case_id)))
    rows = []
    seen: Counter[str] = Counter()
    for fault in ordered:
        # A key of its own, whatever comes before it: what moved since a report was sent is told line by line.
        key = f"{fault.case_id.hex}-{fault.finding.on:%Y%m%d}"
        seen[key] += 1
        person = Cell(fault.coach, Kind.TEXT, Subject.CASE, (fault.case_id,))
        on, what = f"{fault.finding.on:%d/%m/%Y}", finding_words(fault.finding)
        rows.append(
            TableRow(
                key if seen[key] == 1 else f"{key}-{seen[key]}",
                fault.person,
                (Cell(on, Kind.TEXT), Cell(what, Kind.TEXT), person),
            )
        )
    columns = (Column("on", _("Jour")), Column("detail", _("Constat")), Column("coach", _("Jobcoach")))
    return Table(check.value, str(CHECKS[check]), _("Personne"), columns, tuple(rows))


def finding_words(finding: Finding) -> str:
    """What was found, in a few words."""
    if finding.check is Check.CLOCK_OVERRUN:
        return _("%(days)s jours au-delà des 24 mois") % {"days": finding.days}
    if finding.pace is not None:
        return pace_words(finding.pace)
    if finding.check is Check.INTAKE:
        return _("%(days)s jours au-delà des deux mois") % {"days": finding.days}
    return str(CHECKS[finding.check])


def pace_words(pace: Pace) -> str:
    """How often somebody was seen, beside how often they should have been."""
    if pace.average is None:
        return _("aucun contact en %(days)s jours, pour un tous les %(asked)s jours attendu") % {
            "days": pace.due_days,
            "asked": number_words(pace.asked),
        }
    return _("un contact tous les %(average)s jours en moyenne, pour un tous les %(asked)s jours attendu") % {
        "average": number_words(pace.average),
        "asked": number_words(pace.asked),
    }


INSPECTION = ReportDefinition(
    name="inspection",
    title=sentence("Inspection"),
    purpose=sentence("Ce qu’un·e inspecteur·rice relèverait, dossier par dossier, sur une période."),
    source=SOURCE,
    permission="inspection.read_report",
    drafting="inspection.prepare_report",
    build=build_inspection,
    place=60,
)

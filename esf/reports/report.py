"""The ESF+ report of one operation: the common indicators by gender, the results, what is complete and what is not.

Source: annex I of regulation (EU) 2021/1057 and the definitions of 2014-2020 kept by default (regulation file, 4). The
rules are those of `esf.rules.indicators`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from accounts.enums import Funder
from esf.enums import Moment, Question
from esf.reports.definitions import definition_of
from esf.rules.indicators import (
    INDICATORS,
    TOTAL,
    Breakdown,
    EntryStatus,
    Gender,
    Indicator,
    Participant,
    indicator_table,
)
from esf.selectors.gaps import DATA, esf_gaps, missing_codes
from esf.selectors.participants import ParticipantFile, participant_files
from esf.services.file import participant_file
from foundation.clock import today
from foundation.rules.rates import Rate
from foundation.rules.saying import sentence
from tables.engine.registry import MoreFile, ReportDefinition
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Document, Kind, Section, Subject, Table, TableRow, count_cell
from tables.funding import funding_of

SOURCE = (
    "Règlement (UE) 2021/1057, annexe I ; définitions 2014-2020 reprises par défaut (FSE+ Common Indicators Toolbox)"
)

GENDERS: tuple[tuple[Gender | None, str, str], ...] = (
    (Gender.WOMAN, "women", "Femmes"),
    (Gender.MAN, "men", "Hommes"),
    (Gender.NON_BINARY, "non_binary", "Non binaires"),
    (None, "unknown", "Inconnu"),
)
BY_GENDER = (*(Column(key, label) for _gender, key, label in GENDERS), Column("total", "Total"))

# Whom a result concerns, among those who left: the denominator of its rate.
CONCERNED: Mapping[str, Callable[[Participant], bool]] = {
    "EECR01": lambda p: p.status == EntryStatus.INACTIVE,
    "EECR02": lambda p: True,
    "EECR03": lambda p: True,
    "EECR04": lambda p: p.status != EntryStatus.EMPLOYED,
    "EECR05": lambda p: p.status != EntryStatus.EMPLOYED,
    "EECR06": lambda p: p.status == EntryStatus.EMPLOYED,
}


def build_esf(scope: Scope) -> Document:
    """Compute the report of an operation over a period; four statements.

    Raises:
        EsfProjectNeeded: the scope names no project that the ESF+ co-finances.
    """
    files = participant_files(scope)
    entered = [file for file in files if scope.first <= file.facts.entry_on <= scope.last]
    table = indicator_table(files, lambda file: file.facts)
    outputs = [one for one in INDICATORS if one.code not in CONCERNED]
    results = [one for one in INDICATORS if one.code in CONCERNED]
    on = scope.last
    return Document(
        name="fse",
        title=_("Rapport FSE+"),
        coverage=scope.in_words(),
        source=SOURCE,
        sections=(
            Section(_("Les participants"), (_indicators(outputs, table), _entries(outputs, entered))),
            Section(_("Les résultats"), (_results(results, table, files, on),)),
            Section(_("Ce qui est complet"), (_completeness(files), _missing(files), _answers(files))),
            Section(
                _("Définitions"),
                (
                    _definitions(
                        "output_definitions", _("Ce que comptent les indicateurs de réalisation"), outputs, scope.last
                    ),
                    _definitions(
                        "result_definitions", _("Ce que comptent les indicateurs de résultat"), results, scope.last
                    ),
                ),
            ),
        ),
        funding=funding_of(scope.project),
    )


def _count(files: Iterable[ParticipantFile]) -> Cell:
    """How many participants, and which."""
    return count_cell(files, Subject.PARTICIPANT, lambda file: file.case_id)


def _by_gender(found: Breakdown[ParticipantFile]) -> tuple[Cell, ...]:
    """Participants by gender, then all of them."""
    return (*(_count(found.of(gender)) for gender, _key, _label in GENDERS), _count(found.everyone))


def _indicators(indicators: Sequence[Indicator], table: Mapping[str, Breakdown[ParticipantFile]]) -> Table:
    """The output indicators; zeros are reported too (ESF-04)."""
    rows = tuple(
        TableRow(one.code, f"{one.code} {one.label}", _by_gender(table[one.code]), is_total=one.code == TOTAL)
        for one in indicators
    )
    return Table(
        "outputs",
        _("Indicateurs de réalisation : présents dans la période"),
        _("Indicateur"),
        BY_GENDER,
        rows,
        note=_(
            "Personnes dont un dossier du projet était ouvert au moins un jour de la période, une fois chacune, selon "
            "leur situation à la première entrée. Une fiche incomplète ne compte que dans EECO01. Entre 30 et 54 ans, "
            "une personne n’est dans aucune classe d’âge : la somme des classes n’est pas le total."
        ),
    )


def _entries(indicators: Sequence[Indicator], entered: Sequence[ParticipantFile]) -> Table:
    """The same output indicators, of those alone who entered the operation in the period: two years never count one
    person twice.
    """
    table = indicator_table(entered, lambda file: file.facts)
    return replace(
        _indicators(indicators, table),
        code="entries",
        title=_("Indicateurs de réalisation : entrés dans la période"),
        note=_(
            "Parmi les personnes présentes, celles dont la première entrée dans le projet est un jour de la période : "
            "d’une période à la suivante, personne n’y compte deux fois."
        ),
    )


def _results(
    indicators: Sequence[Indicator],
    table: Mapping[str, Breakdown[ParticipantFile]],
    files: Sequence[ParticipantFile],
    on: date,
) -> Table:
    """The results of those who left, each beside the people whom it concerns."""
    leavers = [file for file in files if file.facts.exit_on is not None and file.facts.complete]
    rows = []
    for one in indicators:
        concerned = [file for file in leavers if CONCERNED[one.code](file.facts)]
        reached = table[one.code]
        share = Rate(len(reached.everyone), len(concerned), definition_of(one.code, on))
        rows.append(
            TableRow(
                one.code,
                f"{one.code} {one.label}",
                (*_by_gender(reached), _count(concerned), Cell(share, Kind.RATE)),
            )
        )
    return Table(
        "results",
        _("Indicateurs de résultat"),
        _("Indicateur"),
        (*BY_GENDER, Column("concerned", _("Sorties concernées")), Column("share", _("Part"), rows_of="total")),
        tuple(rows),
        note=_(
            "Dernières sorties au plus tard le dernier jour de la période, fiches complètes. Un résultat se rattache à "
            "la sortie, quel que soit le jour où il est connu. Plusieurs résultats peuvent être vrais à la fois."
        ),
    )


def _completeness(files: Sequence[ParticipantFile]) -> Table:
    """Records that count, and exits whose results are known."""
    left = [file for file in files if file.facts.exit_on is not None]
    lines: tuple[tuple[str, str, Sequence[ParticipantFile]], ...] = (
        ("complete", _("Fiches complètes"), [file for file in files if file.facts.complete]),
        ("incomplete", _("Fiches incomplètes, dans EECO01 seulement"), [f for f in files if not f.facts.complete]),
        ("none", _("dont sans aucune fiche d’entrée"), [file for file in files if file.participation is None]),
        ("left", _("Sorties"), left),
        ("at_exit", _("dont situation à la sortie connue"), [f for f in left if Moment.EXIT in f.results]),
        ("later", _("dont situation à six mois connue"), [f for f in left if Moment.SIX_MONTHS in f.results]),
    )
    rows = [TableRow(key, label, (_count(found),)) for key, label, found in lines]
    rows.append(TableRow("total", _("Participants"), (_count(files),), is_total=True))
    return Table(
        "completeness",
        _("Fiches et résultats"),
        "",
        (Column("count", _("Personnes")),),
        tuple(rows),
        note=_("Complète : genre, naissance, situation à l’entrée (et sans emploi depuis quand), niveau d’études."),
    )


def _missing(files: Sequence[ParticipantFile]) -> Table:
    """Every datum that misses today, with the people whom it misses."""
    on = today()
    missing = {file.case_id: set(missing_codes(file, on)) for file in files}
    rows = []
    for code, asked in DATA.items():
        people = [file for file in files if code in missing[file.case_id]]
        if people:
            rows.append(TableRow(code, str(asked.what).capitalize(), (_count(people),)))
    incomplete = [file for file in files if missing[file.case_id]]
    rows.append(TableRow("total", _("Personnes à qui il manque une donnée"), (_count(incomplete),), is_total=True))
    return Table(
        "missing",
        _("Données manquantes au %(day)s") % {"day": f"{on:%d/%m/%Y}"},
        _("Donnée"),
        (Column("count", _("Personnes")),),
        tuple(rows),
        note=_("Un résultat manque quand le moment de le constater est passé."),
    )


def _answers(files: Sequence[ParticipantFile]) -> Table:
    """The questions that one may decline: refusals, which are documented, apart from what was never asked."""
    rows = []
    for question in Question:
        answered = [f for f in files if getattr(f.facts, question.value) is not None]
        declined = [f for f in files if question.value in f.refusals]
        unasked = [f for f in files if getattr(f.facts, question.value) is None]
        cells = (Cell(len(answered) - len(declined)), _count(declined), _count(unasked))
        rows.append(TableRow(question.value, str(question.label), cells))
    columns = (
        Column("answered", _("Réponses")),
        Column("declined", _("Refus documentés")),
        Column("unasked", _("Pas encore demandé")),
    )
    return Table(
        "answers",
        _("Questions que la personne peut refuser"),
        _("Question"),
        columns,
        tuple(rows),
        note=_("Un refus documenté laisse la fiche complète : la date et la preuve de la demande sont gardées."),
    )


def _definitions(code: str, title: str, indicators: Sequence[Indicator], on: date) -> Table:
    """What each indicator counts, as it is printed under the figures."""
    rows = tuple(
        TableRow(one.code, one.code, (Cell(f"{one.label}. {definition_of(one.code, on)}", Kind.TEXT),))
        for one in indicators
    )
    return Table(code, title, _("Indicateur"), (Column("definition", _("Ce qu’il compte")),), rows)


ESF = ReportDefinition(
    name="fse",
    title=sentence("Rapport FSE+"),
    purpose=sentence(
        "Les indicateurs communs d’un projet cofinancé, par genre, avec ce qui manque aux fiches des participants."
    ),
    source=SOURCE,
    build=build_esf,
    gaps=esf_gaps,
    project_funder=Funder.FSE,
    more_files=(
        MoreFile(
            code="participants",
            label=sentence("Fichier des participants"),
            permission="esf.export_participants",
            make=participant_file,
        ),
    ),
    place=20,
)

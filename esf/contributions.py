"""What the ESF+ record declares to the rooms below: its tab, its history, its trail, and which results are settled."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django.db.models import F, Model, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Funder
from accounts.models import User
from accounts.registries import Frozen, FrozenSource, Reach, Section, frozen_sources, sections
from accounts.selectors.frozen import FrozenRow, frozen_rows
from beneficiaries.case_facts import declare_fact
from beneficiaries.models import CoachingCase
from beneficiaries.registries import CaseTab, HistorySource, RowWords, history_sources, tabs
from esf import models
from esf.enums import Moment
from followup.registries import ResultsSource, results_sources
from followup.rules.kinds import DeadlineKind
from foundation.formatting import date_words
from privacy.audit import register_audited

# What exported files are called among all that was sent or signed.
EXPORTED = "esf"
KINDS = {Moment.EXIT: DeadlineKind.RESULTS_4_WEEKS, Moment.SIX_MONTHS: DeadlineKind.RESULTS_6_MONTHS}


def register_esf() -> None:
    """Declare everything; called once, from `AppConfig.ready`."""
    from esf.reports.report import ESF
    from esf.views.record import is_esf_case
    from tables.engine.registry import reports

    reports.add(ESF)
    frozen_sources.add(FrozenSource(name=EXPORTED, rows=files_taken_away, tell=told_of_file))
    audited: tuple[type[Model], ...] = (
        models.EsfParticipation,
        models.EsfRefusal,
        models.EsfResult,
        models.EsfFileLayout,
        models.EsfFileColumn,
        models.EsfFileExport,
    )
    for model in audited:
        register_audited(model)
    history_sources.add(HistorySource(rows=esf_rows, words=ESF_WORDS))
    sections.add(Section(_("Fichier FSE+"), "esf:layouts", "esf.manage_participant_file", 60))
    tabs.add(CaseTab(label=_("FSE+"), url_name="esf:record", order=40, visible=is_esf_case))
    results_sources.add(
        ResultsSource(
            prefetches=("esf_results", "next_cases"),
            settled=settled,
            former=former_still_asked,
            places={DeadlineKind.RESULTS_4_WEEKS: "esf:exit", DeadlineKind.RESULTS_6_MONTHS: "esf:six_months"},
        )
    )
    declare_fact(models.EsfResult)


def settled(case: CoachingCase) -> frozenset[DeadlineKind]:
    """The results that are recorded; all of them once the person came back into the project: the last exit counts."""
    if any(later.project_id == case.project_id for later in case.next_cases.all()):
        return frozenset(KINDS.values())
    left = case.closed_on
    if left is None:
        return frozenset()
    recorded: Iterable[models.EsfResult] = cast(Any, case).esf_results.all()
    return frozenset(KINDS[Moment(one.moment)] for one in recorded if one.is_about(left))


def former_still_asked(case: CoachingCase) -> CoachingCase | None:
    """The former case of somebody who came back into the project, while its exit is still asked about."""
    former = case.previous_case
    if former is None or case.project is None or case.project.funder != Funder.FSE:
        return None
    asked = former.project_id == case.project_id and former.deadlines.filter(kind__in=KINDS.values()).exists()
    return former if asked else None


def esf_rows(case: CoachingCase) -> Sequence[QuerySet[Any]]:
    """The rows of the record that hang on a case or on its person for the same project."""
    mine = {"participation__beneficiary": case.beneficiary_id, "participation__project": case.project_id}
    return [
        models.EsfParticipation.objects.filter(beneficiary=case.beneficiary_id, project=case.project_id),
        models.EsfRefusal.objects.filter(**mine),
        models.EsfResult.objects.filter(case=case),
    ]


ESF_WORDS: Mapping[type[Model], RowWords] = {
    models.EsfParticipation: RowWords(
        created=_("a rempli la fiche FSE+"), changed=_("a complété ou corrigé la fiche FSE+"), named=False
    ),
    models.EsfRefusal: RowWords(
        created=_("a noté un refus de répondre"), changed=_("a corrigé un refus de répondre"), named=False
    ),
    models.EsfResult: RowWords(created=_("a noté un résultat FSE+"), changed=_("a corrigé un résultat FSE+")),
}


def files_taken_away(reach: Reach) -> Any:
    """The participant files that left over one of these days, of the project in which the fact counts."""
    if reach.project is None:
        return None
    left = models.EsfFileExport.objects.filter(
        organisation=reach.organisation, project=reach.project, last__gte=reach.first
    )
    if reach.last is not None:
        left = left.filter(first__lte=reach.last)
    return frozen_rows(
        left,
        source=Value(EXPORTED),
        key=F("pk"),
        words=F("project__code"),
        first=F("first"),
        last=F("last"),
        at=F("created_at"),
    )


def told_of_file(row: FrozenRow, user: User) -> Frozen:
    """A participant file that left: who took it away keeps it."""
    words = gettext("Fichier des participants FSE+ %(project)s, du %(first)s au %(last)s, exporté le %(date)s")
    return Frozen(
        words
        % {
            "project": row.words,
            "first": date_words(row.first),
            "last": date_words(row.last),
            "date": date_words(timezone.localtime(row.at).date()),
        }
    )

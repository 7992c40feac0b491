"""Texts in force, documents that a case may have and has; reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Organisation
from beneficiaries.enums import PaperLanguage
from beneficiaries.models import CoachingCase, TrustAgreement
from beneficiaries.rules.agreements import AgreementKind
from documents.models import DocumentTemplate, Letterhead, ProducedDocument
from documents.paper.build import Wording, original
from documents.paper.kinds import CASE_SPECS, SPECS, KindSpec
from documents.rules.languages import FRENCH, OTHERS, language_of_text
from foundation.formatting import date_words
from foundation.rules.periods import ONE_DAY
from placements.enums import REFUSED_MODES
from placements.models import Employment
from placements.selectors.discretion import hidden_among, is_hidden
from placements.selectors.policy import clock_policy

#: how far ahead of today an agreement or a letter may be dated
DAYS_AHEAD = timedelta(days=31)


def letterhead_of(organisation: Organisation) -> Letterhead | None:
    """The letterhead of an organisation, if it has set one."""
    return Letterhead.objects.filter(organisation=organisation).first()


def wording_of(organisation: Organisation, spec: KindSpec, on: date, language: str = FRENCH) -> Wording:
    """The text of a kind in force on a day, in a language or in the one that stands in for it: the latest version
    among those that have begun, else the original.
    """
    begun = DocumentTemplate.objects.filter(
        organisation=organisation, kind=spec.kind, language__in={language, FRENCH}, valid_from__lte=on
    )
    latest = {template.language: template for template in begun.order_by("version")}
    spoken = _spoken(spec, language, latest)
    template = latest.get(spoken)
    if template is None:
        return original(spec, spoken, language)
    return Wording(template.title, template.body, template, spoken, language)


def _spoken(spec: KindSpec, wanted: str, latest: Mapping[str, DocumentTemplate]) -> str:
    """The language in which a kind can be had, from the version in force in each."""
    french = latest.get(FRENCH)
    return language_of_text(
        wanted,
        is_rewritten=wanted in latest,
        has_own_french=french is not None and not is_original(spec, french),
    )


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind in the list of texts, in one language: the version in force, and the next one if it is known.

    `spoken` is the language in which a paper comes out that is asked in this one; `others` are the same kind in the
    other languages, beside the French one.
    """

    spec: KindSpec
    current: DocumentTemplate | None
    coming: DocumentTemplate | None
    language: str = FRENCH
    spoken: str = FRENCH
    others: tuple[KindLine, ...] = ()

    @property
    def is_instead(self) -> bool:
        """Whether French stands in for it."""
        return self.spoken != self.language

    @property
    def language_words(self) -> str:
        """Its language, in words."""
        return str(PaperLanguage(self.language).label)

    @property
    def is_original(self) -> bool:
        """Whether the text in force is the one that comes with Ancrage."""
        return self.current is None or is_original(self.spec, self.current)


def is_original(spec: KindSpec, template: DocumentTemplate) -> bool:
    """Whether a version says what the text of origin says."""
    title, body = spec.original_title(template.language), spec.original_text(template.language)
    return template.title == title and template.body == body


def kind_lines(organisation: Organisation, on: date) -> list[KindLine]:
    """Every kind with its text; one statement."""
    versions: dict[tuple[str, str], list[DocumentTemplate]] = {}
    found = DocumentTemplate.objects.filter(organisation=organisation).select_related("created_by")
    for template in found.order_by("kind", "-version"):
        versions.setdefault((template.kind, template.language), []).append(template)
    lines = []
    for spec in SPECS:
        french, *others = (
            _kind_line(spec, language, versions.get((spec.kind, language), []), on) for language in (FRENCH, *OTHERS)
        )
        latest = {line.language: line.current for line in (french, *others) if line.current is not None}
        lines.append(
            replace(
                french,
                others=tuple(replace(line, spoken=_spoken(spec, line.language, latest)) for line in others),
            )
        )
    return lines


def _kind_line(spec: KindSpec, language: str, versions: Sequence[DocumentTemplate], on: date) -> KindLine:
    current = next((version for version in versions if version.valid_from <= on), None)
    # What a later version replaces before it begins never comes into force.
    coming = next((version for version in versions if version.valid_from > on), None)
    superseded = current is not None and coming is not None and coming.version < current.version
    return KindLine(spec, current, None if superseded else coming, language)


def versions_of(organisation: Organisation, spec: KindSpec, language: str = FRENCH) -> list[DocumentTemplate]:
    """The versions of a kind in one language, the latest first."""
    found = DocumentTemplate.objects.filter(organisation=organisation, kind=spec.kind, language=language)
    return list(found.select_related("created_by").order_by("-version"))


# --- a case -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of document for a case: the page that makes it, or why it cannot be made."""

    spec: KindSpec
    url: str = ""
    refusal: str = ""
    note: str = ""


def offers(case: CoachingCase, jobs: Sequence[Employment], on: date, *, may_write: bool) -> list[Offer]:
    """Every kind for a case whose agreements are loaded, with its contracts, agreements of follow-up included."""
    signed = {agreement.kind: agreement.signed_on for agreement in case.agreements.all()}
    return [_offer(spec, case, jobs, on, signed, may_write=may_write) for spec in CASE_SPECS]


def _offer(
    spec: KindSpec,
    case: CoachingCase,
    jobs: Sequence[Employment],
    on: date,
    signed: Mapping[str, date],
    *,
    may_write: bool,
) -> Offer:
    refusal = refusal_of(spec, case, jobs, on)
    url = reverse("documents:document_create", args=[case.pk, spec.slug]) if may_write and not refusal else ""
    note = ""
    if spec.agreement in signed:
        note = _("signature enregistrée le %(date)s") % {"date": date_words(signed[spec.agreement])}
    return Offer(spec, url, refusal, note)


def refusal_of(spec: KindSpec, case: CoachingCase, jobs: Sequence[Employment], on: date) -> str:
    """Why a document cannot be made for a case; "" when it can."""
    if spec.open_only and not case.is_open:
        return _("Ce dossier est sorti : il n’y a plus rien à convenir.")
    if spec.is_about_a_job and not followed_jobs(case, jobs, on):
        if any(is_hidden(job) for job in _lasting(case, jobs, on)):
            return _("Suivi discret : rien ne s’imprime pour cet employeur.")
        refused = next((job for job in _lasting(case, jobs, on) if is_refused(job)), None)
        if refused is not None:
            return _("%(refusal)s. S’il est accepté depuis, notez-le d’abord dans l’onglet Emploi.") % {
                "refusal": capfirst(refused.followup_agreement.get_mode_display())
            }
        return _("Il n’y a pas de contrat en cours ou prévu qui se suive dans l’entreprise.")
    return ""


def followed_jobs(case: CoachingCase, jobs: Sequence[Employment], on: date) -> list[Employment]:
    """The contracts that an agreement of follow-up may be about: followed, not over, refused by
    nobody, with a firm that may hear.
    """
    hidden = hidden_among(jobs)
    return [job for job in _lasting(case, jobs, on) if job.family not in hidden and not is_refused(job)]


def is_refused(job: Employment) -> bool:
    """Whether somebody refused the follow-up of a contract: no paper says that it is agreed."""
    agreement = getattr(job, "followup_agreement", None)
    return agreement is not None and agreement.mode in REFUSED_MODES


def _lasting(case: CoachingCase, jobs: Sequence[Employment], on: date) -> list[Employment]:
    followed = clock_policy(on).followed_types
    return [
        job
        for job in jobs
        if job.cancelled_on is None
        and job.contract_type in followed
        and (job.last_day is None or job.last_day > on - ONE_DAY)
    ]


def documents_of(case: CoachingCase) -> QuerySet[ProducedDocument]:
    """The documents that were made for a case, the latest first."""
    found = ProducedDocument.objects.filter(case=case).select_related("made_by", "template")
    return found.order_by("-created_at", "id")


def first_and_last_date(spec: KindSpec, case: CoachingCase, on: date) -> tuple[date, date]:
    """Between which days a document may be dated, both included."""
    return case.opened_on, on if spec.states_facts else on + DAYS_AHEAD


def case_document_rows(case: CoachingCase) -> Sequence[QuerySet[Any]]:
    """The rows of documents that hang on a case, for its history."""
    return [ProducedDocument.objects.filter(case=case)]


def unsigned_since() -> Subquery:
    """Of the case of the outer row, the day of the oldest paper that opens pre-hire whose signature is not recorded."""
    signed = TrustAgreement.objects.filter(case=OuterRef("case"), kind=OuterRef("kind"))
    papers = ProducedDocument.objects.filter(~Exists(signed), case=OuterRef("pk"), kind__in=list(AgreementKind))
    return Subquery(papers.order_by("dated_on").values("dated_on")[:1])

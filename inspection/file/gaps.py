"""What the page says before the file is made: what it will hold, and what is missing from the case."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import allows
from beneficiaries.rules.agreements import asked_on, opening_agreements
from foundation.formatting import date_words, days_words
from inspection.file.facts import InspectionFacts
from inspection.file.papers import STATE_WORDS, wanting
from inspection.file.parts import capital
from inspection.report import CHECKS
from placements.selectors.jobs import agreement_of
from tables.engine.gaps import Gap


@dataclass(frozen=True, slots=True)
class Content:
    """A part of the file, and in a few words how much of it there is."""

    label: str
    words: str


def contents(known: InspectionFacts, sessions: int, documents: int) -> list[Content]:
    """What the file will hold, in its order; `sessions` counts places in them, `documents` those made."""
    case = known.case
    check, seen = getattr(case, "eligibility", None), getattr(case, "coachability", None)
    outside = sum(one.outside for one in known.contacts)
    contacts = ngettext("%(n)s contact", "%(n)s contacts", len(known.contacts)) % {"n": len(known.contacts)}
    if outside:
        contacts = _("%(contacts)s, dont %(outside)s hors mandat") % {"contacts": contacts, "outside": outside}
    joined = sum(bool(paper.joined_as) for paper in known.papers)
    return [
        Content(_("Contrôles de l’inspection"), _findings_words(known)),
        Content(
            _("Éligibilité"),
            _("vérifiée le %(date)s, figée") % {"date": date_words(check.checked_on)} if check else _("non vérifiée"),
        ),
        Content(
            _("Coachabilité"), _("vue le %(date)s") % {"date": date_words(seen.checked_on)} if seen else _("non vue")
        ),
        Content(_("Conventions signées"), str(len(case.agreements.all()))),
        Content(_("Phases"), str(len(known.spells))),
        Content(_("Horloge des 24 mois"), _clock_words(known)),
        Content(_("Contacts"), contacts),
        Content(_("Séances collectives"), str(sessions)),
        Content(_("Contrats de travail"), str(len(known.jobs))),
        Content(
            _("Pièces"),
            _("%(papers)s, dont %(files)s avec un fichier à joindre") % {"papers": len(known.papers), "files": joined},
        ),
        Content(_("Documents faits pour ce dossier"), str(documents)),
        Content(_("Historique"), _("qui a fait quoi, ce qui a été corrigé et pourquoi, qui a regardé")),
    ]


def _findings_words(known: InspectionFacts) -> str:
    found = Counter(finding.check for finding in known.findings)
    if not found:
        return _("aucun constat")
    each = (f"{CHECKS[check]} ({times})" if times > 1 else str(CHECKS[check]) for check, times in found.items())
    return " ; ".join(each)


def _clock_words(known: InspectionFacts) -> str:
    clock = known.clocks.prehire(known.on)
    if clock is None:
        return _("pas commencée")
    return _("%(used)s utilisés sur %(allowed)s, expliqués ligne par ligne") % {
        "used": days_words(clock.used_days),
        "allowed": days_words(clock.allowance_days),
    }


# --- what is missing --------------------------------------------------------------------------------------------------


def gaps(known: InspectionFacts, reader: User) -> list[Gap]:
    """What an inspection would ask for and not find. The address that mends it is given to who may mend it."""
    may = known.case.is_open and allows(reader, "beneficiaries.change_case", known.case)
    return [
        Gap(
            case_id=known.case.pk,
            person=str(known.case.beneficiary),
            code=code,
            what=what,
            url=reverse(name, args=[known.case.pk]) + rest if may and name else "",
        )
        for code, what, name, rest in (*_opening(known), *_papers(known), *_jobs(known))
    ]


def _opening(known: InspectionFacts) -> Iterator[tuple[str, str, str, str]]:
    case = known.case
    if getattr(case, "eligibility", None) is None:
        yield "eligibility", _("Éligibilité non vérifiée"), "beneficiaries:eligibility", ""
    for line in known.frozen.lines if known.frozen else ():
        if line.kept and not line.papers:
            yield "proof", _("Critère sans pièce : %(label)s") % {"label": line.label}, "", ""
    seen = getattr(case, "coachability", None)
    if seen is None or not seen.is_complete:
        words = _("Conditions de coachabilité incomplètes") if seen else _("Conditions de coachabilité non vues")
        yield "coachability", words, "beneficiaries:coachability", ""
    signed = {row.kind: row for row in case.agreements.all()}
    for kind in opening_agreements(asked_on(known.spells, known.on)):
        if kind not in signed:
            words = _("%(document)s : pas de signature enregistrée") % {"document": capital(kind.label)}
            yield "agreement", words, "beneficiaries:agreement", f"?document={kind.value}"
        elif signed[kind].scan_id is None:
            yield "scan", _("%(document)s : pas de document scanné") % {"document": capital(kind.label)}, "", ""


def _papers(known: InspectionFacts) -> Iterator[tuple[str, str, str, str]]:
    for paper in wanting(known.papers):
        words = {"paper": capital(paper.reference), "what": paper.evidence, "state": STATE_WORDS[paper.state]}
        yield "file", _("%(paper)s, %(what)s : %(state)s") % words, "beneficiaries:evidence_create", ""


def _jobs(known: InspectionFacts) -> Iterator[tuple[str, str, str, str]]:
    followed = known.clocks.policy.followed_types
    for job in known.effective_jobs:
        if job.starts_on > known.on:
            continue
        words = {"company": job.company.name, "date": date_words(job.starts_on)}
        if job.contract_type in followed and agreement_of(job) is None:
            what = _("Suivi non convenu : %(company)s, %(date)s") % words
            yield "followup", what, "placements:case_jobs", "#contrats"
        if job.ended_on is None and job.last_day is not None and job.last_day < known.on:
            yield "end", _("Fin de contrat non enregistrée : %(company)s, %(date)s") % words, "placements:case_jobs", ""

"""What is read of a case for its inspection file, whatever its length in the same number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from auditlog.models import LogEntry
from django.db.models import Count, Max, Min, Model, Prefetch, prefetch_related_objects
from django.db.models.fields.json import KT

from beneficiaries.models import (
    Beneficiary,
    CaseAssignment,
    CaseBelonging,
    CoachingCase,
    Evidence,
    ExceptionRequest,
    Obstacle,
    PhaseSpell,
    TrustAgreement,
)
from beneficiaries.selectors.history import Deed, deeds_of, history_entries
from beneficiaries.selectors.snapshots import Frozen, read_snapshot
from documents.models import ProducedDocument
from followup.enums import Outcome
from followup.models import Attendance, Contact
from followup.rules.mandate import is_outside_mandate, read_lapses
from foundation.rules.periods import Period
from inspection.file.made import Made, made_of
from inspection.file.papers import Paper, papers_of
from inspection.rules.nonconformities import Finding, findings
from inspection.selectors.nonconformities import facts_of_case
from placements.models import Employment, EmploymentVerification, FollowUpAgreement
from placements.selectors.clocks import ClockFacts
from placements.selectors.discretion import hidden_among
from placements.selectors.jobs import load_jobs, loaded_clock_facts
from placements.selectors.terms import load_terms

# What the page and the document read with the case itself: the one row of each.
CASE_RELATIONS = ("status", "eligibility__checked_by", "coachability__checked_by")

# What the page reads besides: enough to count, to run the checks and to say what is missing.
_PAGE = (
    Prefetch("contacts", Contact.objects.order_by("on", "created_at")),
    Prefetch("agreements", TrustAgreement.objects.order_by("signed_on", "created_at")),
    Prefetch("evidences", Evidence.objects.select_related("uploaded_by").order_by("dated_on", "created_at")),
)
# What the document reads: everything, with who did it.
_WHOLE = (
    Prefetch(
        "contacts",
        Contact.objects.select_related("coach", "company").prefetch_related("objectives").order_by("on", "created_at"),
    ),
    Prefetch("agreements", TrustAgreement.objects.select_related("recorded_by").order_by("signed_on", "created_at")),
    Prefetch("evidences", Evidence.objects.select_related("uploaded_by").order_by("dated_on", "created_at")),
    Prefetch(
        "attendances",
        Attendance.objects.select_related("session__series", "session__leader").order_by(
            "session__on", "session__at", "id"
        ),
    ),
    Prefetch("exceptions", ExceptionRequest.objects.select_related("requested_by", "decided_by", "ended_by")),
    Prefetch(
        "belongings",
        CaseBelonging.objects.select_related("project", "site", "referrer", "actor").order_by("starts_on"),
    ),
    Prefetch("assignments", CaseAssignment.objects.select_related("coach", "actor").order_by("starts_on")),
)


@dataclass(frozen=True, slots=True)
class DatedContact:
    """A contact, and whether it lies outside the mandate: it then counts in no subsidised hour."""

    contact: Contact
    outside: bool

    @property
    def held(self) -> bool:
        """Whether it took place."""
        return bool(self.contact.outcome == Outcome.HELD)


@dataclass(frozen=True, slots=True)
class Reading:
    """How often somebody read the case in one way, the first time and the last."""

    reader: str
    how: str
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class UndoneExit:
    """An exit that was taken back: when, by whom, why, and the day that it had."""

    at: datetime
    actor: str
    reason: str
    exited_on: date | None


@dataclass(frozen=True, slots=True)
class Trail:
    """Who did what with the case, the oldest first, and who looked."""

    deeds: Sequence[Deed]
    readings: Sequence[Reading]
    undone_exits: Sequence[UndoneExit]


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionFacts:
    """Everything that the inspection file says of a case as it stands on the day `on`.

    `trail` is `None` and `documents` empty for the page, which does not read them.
    Contracts that were called off are among `jobs`.
    """

    case: CoachingCase
    on: date
    spells: Sequence[PhaseSpell]
    jobs: Sequence[Employment]
    clocks: ClockFacts
    contacts: Sequence[DatedContact]
    papers: Sequence[Paper]
    frozen: Frozen | None
    findings: Sequence[Finding]
    documents: Sequence[Made]
    trail: Trail | None = None

    @property
    def effective_jobs(self) -> list[Employment]:
        """The contracts that were not called off."""
        return [job for job in self.jobs if job.cancelled_on is None]

    def paper_words(self, pk: object) -> str:
        """« pièce 3 » for a paper of the case, nothing for none."""
        return next((paper.reference for paper in self.papers if str(paper.evidence.pk) == str(pk)), "")


def page_facts(case: CoachingCase, on: date) -> InspectionFacts:
    """What the page shows of a case whose relations and spells are loaded; the files themselves are not opened."""
    prefetch_related_objects([case], *_PAGE)
    return _facts(case, on, None, open_files=False)


def whole_facts(case: CoachingCase, on: date) -> InspectionFacts:
    """What the document says of a case whose relations and spells are loaded; each file is opened, to be checked."""
    prefetch_related_objects([case], *_WHOLE)
    load_terms(load_jobs(case))
    return _facts(case, on, _trail(case), open_files=True)


def _facts(case: CoachingCase, on: date, trail: Trail | None, *, open_files: bool) -> InspectionFacts:
    jobs = load_jobs(case)
    rows = EmploymentVerification.objects.select_related("recorded_by").order_by("asked_on", "created_at")
    prefetch_related_objects(jobs, Prefetch("verifications", rows))
    made = ProducedDocument.objects.filter(case=case).select_related("made_by").order_by("dated_on", "created_at")
    clocks = loaded_clock_facts(case)
    windows = [window.period for window in clocks.windows()]
    deadline, lapses = case.status.prehire_deadline, read_lapses(case.status.prehire_lapses)
    return InspectionFacts(
        case=case,
        on=on,
        spells=sorted(case.spells.all(), key=lambda spell: spell.sequence),
        jobs=jobs,
        clocks=clocks,
        contacts=[
            DatedContact(
                contact,
                is_outside_mandate(
                    contact.on,
                    prehire_deadline=deadline,
                    windows=windows,
                    closed_on=case.closed_on,
                    lapses=lapses,
                ),
            )
            for contact in case.contacts.all()
        ],
        papers=papers_of(case, _frozen(case), open_files=open_files),
        # The page counts them with the case.
        documents=made_of(made, jobs) if open_files else (),
        frozen=_frozen(case),
        findings=findings(facts_of_case(case, on), Period.from_inclusive(case.opened_on, on)),
        trail=trail,
    )


def _frozen(case: CoachingCase) -> Frozen | None:
    check = getattr(case, "eligibility", None)
    return read_snapshot(check) if check else None


def _trail(case: CoachingCase) -> Trail:
    """The written trail in words. Of an obstacle, and of the person's own record, it says that they changed, not what
    they say: health, debts and telephone numbers are no business of an inspection. Nor are the terms of a follow-up
    that an employer must not hear of, which may name somebody there.
    """
    unnamed: list[type[Model]] = [Beneficiary, Obstacle]
    if hidden_among(load_jobs(case)):
        unnamed.append(FollowUpAgreement)
    entries = list(history_entries(case, accesses=False))
    undone = [exit_ for entry in reversed(entries) if (exit_ := _undone_exit(entry)) is not None]
    deeds = deeds_of(case, entries, unnamed=unnamed)
    return Trail(deeds[::-1], _readings(case), undone)


def _undone_exit(entry: LogEntry) -> UndoneExit | None:
    reason = (entry.additional_data or {}).get("reason", "")
    before, after = (entry.changes or {}).get("closed_on", ("None", "None"))
    if entry.content_type.model_class() is not CoachingCase or not reason or after != "None" or before == "None":
        return None
    return UndoneExit(entry.timestamp, _name(entry), reason, date.fromisoformat(before))


def _name(entry: LogEntry) -> str:
    return entry.actor.get_full_name() if entry.actor else entry.actor_email or ""


def _readings(case: CoachingCase) -> list[Reading]:
    """Who looked, in which way, how often: one line per person and way."""
    rows = (
        history_entries(case, accesses=True)
        .select_related(None)
        .order_by()
        .annotate(how=KT("additional_data__access"))
        .values("actor__first_name", "actor__last_name", "actor_email", "how")
        .annotate(times=Count("pk"), first=Min("timestamp"), last=Max("timestamp"))
        .order_by("first", "how")
    )
    return [
        Reading(
            f"{row['actor__first_name'] or ''} {row['actor__last_name'] or ''}".strip() or row["actor_email"] or "",
            row["how"] or "view",
            row["times"],
            row["first"],
            row["last"],
        )
        for row in rows
    ]

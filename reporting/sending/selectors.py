"""Reports prepared and sent: which of them somebody may see, and what is frozen in them."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, Parameter, User
from accounts.parameters.registry import definitions
from accounts.permissions import allows
from accounts.registries import Frozen, Reach
from accounts.rules.dated_values import Dated, Timeline, effective
from accounts.selectors.frozen import FrozenRow, frozen_rows
from foundation.clock import day_of
from foundation.errors import DomainError
from foundation.formatting import date_words
from foundation.rules.observing import is_provisional
from foundation.rules.text import search_key
from privacy.cipher import TamperedValue
from reporting.models import ReportFile, ReportRun
from reporting.preview.selectors.figures import FigureRow, named_rows
from reporting.sending.enums import RunState
from tables.engine.keeping import kept_document
from tables.engine.registry import consolidated_names, reports_drafted_by
from tables.engine.scope import Scope
from tables.engine.tables import Document, Subject

# How long a worker that gives no sign of life keeps its run; each step of the work is a sign.
LEASE = timedelta(minutes=5)
# What reports are called among all that was sent or signed.
SENT = "report"
# What a list of runs has no use for.
HEAVY = ("parameters", "gaps")


@dataclass(frozen=True, slots=True)
class PersonGaps:
    """What is missing of one person: the gaps as the run keeps them."""

    person: FigureRow
    gaps: Sequence[dict[str, str]]


@dataclass(frozen=True, slots=True)
class ParameterMove:
    """A dated parameter that is no longer what it was: its values in words, then and now."""

    label: str
    before: str
    after: str


class FileAltered(DomainError):
    """A kept file is missing, or is no longer what was made."""


def runs_visible_to(user: User) -> QuerySet[ReportRun]:
    """The runs that the user may open: those of the reports that they prepare; what was sent, for whoever inspects."""
    allowed = Q(report__in=[report.name for report in reports_drafted_by(user)])
    if allows(user, "reporting.read_submitted"):
        allowed |= Q(submitted_at__isnull=False) & ~Q(report__in=consolidated_names())
    runs: QuerySet[ReportRun] = ReportRun.objects.visible_to(user).filter(allowed)
    return runs.select_related("organisation", "requested_by", "submitted_by")


def history(user: User) -> QuerySet[ReportRun]:
    """The runs that the user may open, the latest first, with their files."""
    return runs_visible_to(user).order_by("-requested_at", "id").defer(*HEAVY).prefetch_related("files")


def frozen_runs(reach: Reach) -> Any:
    """The reports that were sent over one of these days and counted such a fact: those of this organisation, and those
    over all of them, whichever sent them.
    """
    counts = Q(organisation=reach.organisation) | Q(report__in=consolidated_names())
    runs = ReportRun.objects.filter(counts, submitted_at__isnull=False, last__gte=reach.first)
    if reach.last is not None:
        runs = runs.filter(first__lte=reach.last)
    for scope, key in (("site", reach.site), ("project", reach.project), ("coach", reach.coach)):
        runs = runs.filter(Q(**{f"{scope}__isnull": True}) | Q(**{scope: key}))
    return frozen_rows(
        runs,
        source=Value(SENT),
        key=F("pk"),
        code=F("report"),
        words=F("title"),
        # Who sent it: an organisation, here.
        person=F("organisation__short_name"),
        person_id=F("organisation"),
        first=F("first"),
        last=F("last"),
        at=F("submitted_at"),
    )


def told_of_run(row: FrozenRow, user: User) -> Frozen:
    """A report that was sent, and its page for whoever may open it; of another organisation's, who sent it."""
    own = user.current_organisation is not None and row.person_id == user.current_organisation.pk
    words = _("%(report)s, du %(first)s au %(last)s, envoyé le %(date)s") % {
        "report": row.words,
        "first": date_words(row.first),
        "last": date_words(row.last),
        "date": date_words(timezone.localtime(row.at).date()),
    }
    if not own:
        return Frozen(_("%(report)s par %(organisation)s") % {"report": words, "organisation": row.person})
    drafted = {report.name for report in reports_drafted_by(user)}
    inspected = allows(user, "reporting.read_submitted") and row.code not in consolidated_names()
    url = reverse("reporting:run", args=[row.key]) if row.code in drafted or inspected else ""
    return Frozen(words, url)


def gaps_by_person(run: ReportRun, user: User) -> list[PersonGaps]:
    """What is missing, person by person, for those whom the user may see; one statement per kind of row."""
    by_row: dict[Subject, dict[UUID, list[dict[str, str]]]] = {}
    for gap in run.gaps:
        rows = by_row.setdefault(Subject(gap.get("subject", Subject.CASE)), {})
        rows.setdefault(UUID(gap["case_id"]), []).append(gap)
    found = []
    for subject, rows in by_row.items():
        people = named_rows(subject, list(rows), user)
        found += [PersonGaps(people[key], gaps) for key, gaps in rows.items() if key in people]
    return sorted(found, key=lambda one: search_key(one.person.label))


def is_about_cases(run: ReportRun) -> bool:
    """Whether what is missing is missing of cases, and not of the team."""
    return all(gap.get("subject", Subject.CASE) == Subject.CASE for gap in run.gaps)


def is_stalled(run: ReportRun) -> bool:
    """Whether nothing has been heard of a run for longer than a step takes."""
    heard = run.claimed_at if run.state == RunState.RUNNING else run.requested_at
    return run.is_working and heard is not None and heard < timezone.now() - LEASE


def organisations_of(consolidated: bool, own: Organisation) -> tuple[Organisation, ...]:
    """Whose data a report covers: every organisation's for a consolidated one."""
    return tuple(Organisation.objects.order_by("name")) if consolidated else (own,)


def scope_of(run: ReportRun) -> Scope:
    """The scope of a run; a consolidated one covers the organisations there are now."""
    return Scope(
        organisations=organisations_of(run.report in consolidated_names(), run.organisation),
        first=run.first,
        last=run.last,
        site=run.site,
        project=run.project,
        coach=run.coach,
    )


def provisional_until(run: ReportRun) -> date | None:
    """The day at which the figures of a run stop, when its period went on after it; `None` once it was over, and while
    nothing is computed.
    """
    if run.computed_at is None:
        return None
    seen_on = day_of(run.computed_at)
    return seen_on if is_provisional(run.last, seen_on) else None


def figures_of(run: ReportRun) -> Document:
    """The report as it was computed then.

    Raises:
        NotAReport: the row was damaged.
    """
    return kept_document(bytes(run.figures.content))


def content_of(file: ReportFile) -> bytes:
    """The bytes of a kept file, the very ones that were made.

    Raises:
        FileAltered: it is missing, or its fingerprint is another.
    """
    try:
        with file.file.open("rb") as stored:
            content: bytes = stored.read()
    except (FileNotFoundError, TamperedValue):
        content = b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise FileAltered(
            "altered",
            _("Le fichier %(format)s conservé n’est plus celui qui a été produit : il n’est pas donné.")
            % {"format": file.extension.upper()},
            hint=_("Prévenez la personne qui gère l’installation : une sauvegarde contient l’original."),
        )
    return content


def parameters_in_force(scope: Scope) -> list[dict[str, Any]]:
    """Every dated value that a report read on at least one day of its period, as plain values; one statement.

    Of one organisation: what it read, its own values or the installation's. Of several: the installation's, then those
    that some of them set for themselves, by name.
    """
    known = Q(organisation__isnull=True) | Q(organisation__in=scope.organisations)
    lines: dict[str, dict[Any, list[Dated]]] = {}
    for row in Parameter.objects.filter(known, stands=True).order_by("key", "valid_from"):
        by_owner = lines.setdefault(row.key, {})
        by_owner.setdefault(row.organisation_id, []).append(
            Dated(row.valid_from, row if row.value is not None else None)
        )
    found: list[dict[str, Any]] = []
    for key, by_owner in lines.items():
        installation = by_owner.pop(None, [])
        if len(scope.organisations) == 1:
            own = by_owner.get(scope.organisations[0].pk, [])
            found += _parts(key, "", effective(installation, own), scope)
            continue
        found += _parts(key, "", tuple(installation), scope)
        for organisation in scope.organisations:
            if own := by_owner.get(organisation.pk, []):
                found += _parts(f"{key} {organisation.pk}", organisation.short_name, tuple(own), scope)
    return found


def _parts(name: str, whose: str, timeline: Timeline, scope: Scope) -> Iterator[dict[str, Any]]:
    """The values of a timeline that held in the period, each from its first day."""
    ends = [*(dated.start for dated in timeline[1:]), None]
    for (start, row), end in zip(timeline, ends, strict=True):
        if row is None or start > scope.last or (end is not None and end <= scope.first):
            continue
        meaning = definitions[row.key]
        yield {
            "key": name,
            "label": f"{meaning.label} – {whose}" if whose else str(meaning.label),
            "value": row.value,
            "words": meaning.show(row.value),
            "valid_from": start.isoformat(),
            "source": row.source,
            "status": row.status,
        }


def parameters_moved(run: ReportRun) -> list[ParameterMove]:
    """The parameters whose values over the period are no longer those of the run; one statement."""
    then, now = _by_key(run.parameters), _by_key(parameters_in_force(scope_of(run)))
    return [
        ParameterMove((now.get(key) or then[key])[0]["label"], _in_words(then.get(key)), _in_words(now.get(key)))
        for key in sorted({*then, *now})
        if [(one["value"], one["valid_from"]) for one in then.get(key, ())]
        != [(one["value"], one["valid_from"]) for one in now.get(key, ())]
    ]


def _by_key(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["key"], []).append(row)
    return found


def _in_words(rows: Sequence[dict[str, Any]] | None) -> str:
    """The values of a parameter over a period, each with its first day when there are several."""
    if not rows:
        return "–"
    if len(rows) == 1:
        return str(rows[0]["words"])
    since = [_("%(value)s depuis le %(day)s") % {"value": r["words"], "day": _day(r["valid_from"])} for r in rows]
    return " ; ".join(since)


def _day(iso: str) -> str:
    return date_words(date.fromisoformat(iso))

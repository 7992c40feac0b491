"""What the tab « Historique » shows: who did what and who looked, in sentences.

Lower and upper apps speak through ``register_history``: which of their rows belong to a case, and the words for them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from auditlog.models import LogEntry
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import TakenBack, User
from accounts.selectors.records import taken_about
from beneficiaries import models as facts
from beneficiaries.models import CoachingCase
from beneficiaries.registries import RowWords, Words, history_sources
from privacy.history import Change, HistoryLine, entries_about, lines_of

# One act writes several rows; rows of the same person within this time are told together.
SAME_ACT = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Deed:
    """What one person did at one moment: sentences, each with what it changed."""

    at: datetime
    actor: str
    is_access: bool
    sentences: tuple[tuple[str, tuple[Change, ...]], ...]
    # Why, when the deed corrects the past.
    reason: str = ""
    # What was asked once, and confirmed.
    confirmed: tuple[str, ...] = ()


# To which case and by whom: the page and the line say it already. The coach is told by the hand-over.
_SILENT = frozenset(
    {
        "case",
        "beneficiary",
        "previous_case",
        "coach",
        "actor",
        "checked_by",
        "recorded_by",
        "uploaded_by",
        "requested_by",
        "decided_by",
        "ended_by",
    }
)

# Rows whose changes are told by what comes after them, but for a correction.
_CORRECTED = (facts.PhaseSpell, facts.CaseAssignment, facts.CaseBelonging, facts.CoachingCase)


def _words_of(model: type[Model]) -> RowWords | None:
    """The words of a kind of rows, from the room that brings them."""
    return next((source.words[model] for source in history_sources if model in source.words), None)


def history_entries(case: CoachingCase, accesses: bool | None = None) -> QuerySet[LogEntry]:
    """Every entry about the case, its person, the rows that apps hang on it and those that were taken back. One
    statement finds the keys.
    """
    querysets = [queryset.order_by().values_list("pk") for source in history_sources for queryset in source.rows(case)]
    # What went to another case is told there from now on.
    querysets.append(taken_about(case).filter(moved=False).order_by().values_list("row"))
    keys = [case.pk, case.beneficiary_id]
    if querysets:
        keys += [pk for (pk,) in querysets[0].union(*querysets[1:], all=True)]
    return entries_about(keys, accesses=accesses)


def written_in(case: CoachingCase, since: datetime, *, by: User) -> bool:
    """Whether anything was written in a case since a moment, the rest of the act that ``by`` ended then left out."""
    entries = history_entries(case, accesses=False).filter(timestamp__gt=since)
    return entries.exclude(actor=by, timestamp__lte=since + SAME_ACT).exists()


def deeds_of(case: CoachingCase, entries: Iterable[LogEntry], *, unnamed: Collection[type[Model]] = ()) -> list[Deed]:
    """A page of entries as deeds. What no sentence shows is left out first, so that no name is looked up for it.

    Of the rows of the models `unnamed` it is told that they changed, and in what respect; never what they say.
    """
    known = [row for row in (case.site, case.project, case.referrer) if row is not None]
    deeds: list[Deed] = []
    for line in lines_of([_told_part(entry) for entry in entries], known):
        told = None if _opens_with_the_case(line, case) else _tell(line, unnamed)
        if told is None:
            continue
        last = deeds[-1] if deeds else None
        if last and last.actor == line.actor and last.is_access == line.is_access and last.at - line.at <= SAME_ACT:
            # The latest entry comes first, and the first row of an act says it best.
            deeds[-1] = Deed(
                line.at,
                last.actor,
                last.is_access,
                (told, *last.sentences),
                line.reason or last.reason,
                tuple(dict.fromkeys((*line.confirmed, *last.confirmed))),
            )
        else:
            deeds.append(Deed(line.at, line.actor, line.is_access, (told,), line.reason, line.confirmed))
    return deeds


def _told_part(entry: LogEntry) -> LogEntry:
    """The entry, in memory, with those of its changes that a sentence shows."""
    model = entry.content_type.model_class()
    words = _words_of(model) if model else None
    if words is not None and entry.action == LogEntry.Action.CREATE:
        entry.changes = {}
    silent = _SILENT | (words.noise if words else frozenset())
    entry.changes = {name: values for name, values in (entry.changes or {}).items() if name not in silent}
    return entry


def _opens_with_the_case(line: HistoryLine, case: CoachingCase) -> bool:
    """The first coach is named when the case opens: that is no hand-over."""
    return line.model is facts.CaseAssignment and line.at - case.created_at <= SAME_ACT


def _tell(line: HistoryLine, unnamed: Collection[type[Model]]) -> tuple[str, tuple[Change, ...]] | None:
    """The sentence of one entry, or nothing when it says nothing."""
    if line.is_access:
        return _access_words(line), ()
    if line.action == LogEntry.Action.DELETE and line.reason:
        # Taken back: the trace of it says so, and nothing else.
        return None
    if line.model in unnamed:
        return _tell_respect(line)
    if line.reason and line.model in _CORRECTED:
        return _("a corrigé : %(kind)s (%(name)s)") % {"kind": line.kind, "name": line.subject}, line.changes
    if line.model is facts.PhaseSpell:
        return _tell_phase(line)
    if line.model is facts.CaseAssignment:
        return _tell_assignment(line)
    words = _words_of(line.model) if line.model else None
    if words is None:
        return f"{line.verb} : {line.kind} ({line.subject})", line.changes
    if line.action == LogEntry.Action.CREATE:
        return _named(words.created, line, words), ()
    if line.action == LogEntry.Action.DELETE:
        return _("a supprimé : %(kind)s (%(name)s)") % {"kind": line.kind, "name": line.subject}, ()
    return (_named(words.changed, line, words), line.changes) if line.changes else None


def _tell_respect(line: HistoryLine) -> tuple[str, tuple[Change, ...]] | None:
    """That a row was written, and which of its fields were; what they say is left out."""
    words = _words_of(line.model) if line.model else None
    if words is None:
        return f"{line.verb} : {line.kind}", ()
    if line.action == LogEntry.Action.CREATE:
        return str(words.created), ()
    respects = ", ".join(change.label for change in line.changes)
    return (f"{words.changed} ({respects})", ()) if respects else None


def _access_words(line: HistoryLine) -> str:
    if line.access == "reveal":
        return _("a affiché le numéro national")
    what = _("le dossier") if line.model is CoachingCase else f"{line.kind} ({line.subject})"
    return f"{line.verb} {what}"


def _named(sentence: Words, line: HistoryLine, words: RowWords) -> str:
    return f"{sentence} : {line.subject}" if words.named else str(sentence)


def _value(line: HistoryLine, field: str) -> str:
    return next((change.after for change in line.changes if change.field == field), "")


def _tell_phase(line: HistoryLine) -> tuple[str, tuple[Change, ...]] | None:
    """A new phase is told, the end of the former one is not; the first phase opens with the case."""
    if line.action != LogEntry.Action.CREATE or _value(line, "sequence") == "1":
        return None
    said = {"phase": _value(line, "phase"), "date": _value(line, "starts_on")}
    if exit_reason := _value(line, "exit_reason"):
        outcome = _value(line, "exit_outcome")
        sentence = _("a clôturé le dossier au %(date)s : %(reason)s ; situation : %(outcome)s")
        return sentence % {**said, "reason": exit_reason, "outcome": outcome}, ()
    return _("a fait passer le dossier en phase « %(phase)s » au %(date)s") % said, ()


def _tell_assignment(line: HistoryLine) -> tuple[str, tuple[Change, ...]] | None:
    """A new coach is told, the end of the former one is not."""
    if line.action != LogEntry.Action.CREATE:
        return None
    sentence = _("a confié le dossier à %(coach)s") % {"coach": line.subject}
    note = _value(line, "note")
    return (f"{sentence}. {_('Note :')} {note}" if note else sentence), ()


def path_rows(case: CoachingCase) -> Sequence[QuerySet[Any]]:
    """The rows of this app that hang on a case."""
    return [
        model.objects.filter(case=case)
        for model in (
            facts.PhaseSpell,
            facts.CaseAssignment,
            facts.CaseBelonging,
            facts.EligibilityCheck,
            facts.CoachabilityCheck,
            facts.TrustAgreement,
            facts.Obstacle,
            facts.Objective,
            facts.Evidence,
            facts.ExceptionRequest,
        )
    ] + [taken_about(case), facts.Situation.objects.filter(beneficiary=case.beneficiary_id)]


PATH_WORDS: Mapping[type[Model], RowWords] = {
    facts.CoachingCase: RowWords(
        created=gettext_lazy("a ouvert le dossier"),
        changed=gettext_lazy("a modifié le dossier"),
        named=False,
        noise=frozenset({"closed_on"}),
    ),
    facts.Beneficiary: RowWords(
        created=gettext_lazy("a enregistré la personne"),
        changed=gettext_lazy("a modifié la fiche de la personne"),
        named=False,
    ),
    facts.CaseBelonging: RowWords(
        created=gettext_lazy("a rattaché le dossier autrement"),
        changed=gettext_lazy("a modifié un rattachement"),
        # The end of the former one is told by the beginning of the next.
        noise=frozenset({"ends_on"}),
    ),
    facts.EligibilityCheck: RowWords(
        created=gettext_lazy("a vérifié et figé l’éligibilité"),
        changed=gettext_lazy("a modifié l’éligibilité"),
    ),
    facts.CoachabilityCheck: RowWords(
        created=gettext_lazy("a vu les conditions de coachabilité"),
        changed=gettext_lazy("a revu les conditions de coachabilité"),
        named=False,
    ),
    facts.TrustAgreement: RowWords(
        created=gettext_lazy("a enregistré une signature"),
        changed=gettext_lazy("a modifié une signature"),
    ),
    facts.Evidence: RowWords(
        created=gettext_lazy("a ajouté une pièce"),
        changed=gettext_lazy("a modifié une pièce"),
    ),
    facts.ExceptionRequest: RowWords(
        created=gettext_lazy("a demandé une exception"),
        changed=gettext_lazy("a suivi une demande d’exception"),
        noise=frozenset({"answer_read_on", "organisation"}),
    ),
    facts.Situation: RowWords(
        created=gettext_lazy("a noté une situation de la personne"),
        changed=gettext_lazy("a corrigé une situation de la personne"),
    ),
    TakenBack: RowWords(created=gettext_lazy("a retiré"), changed=gettext_lazy("a modifié un retrait")),
    facts.Obstacle: RowWords(
        created=gettext_lazy("a noté un frein"),
        changed=gettext_lazy("a fait le point sur un frein"),
    ),
    facts.Objective: RowWords(
        created=gettext_lazy("a fixé un objectif"),
        changed=gettext_lazy("a fait le point sur un objectif"),
    ),
}

"""What the page « FSE+ » of a case shows: three moments, each with its answers, its state and what misses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from esf.enums import Moment, Question
from esf.models import EsfParticipation, EsfRefusal, EsfResult
from esf.parameters import immediate_result_until, six_months_check_on
from esf.rules.indicators import Answer
from esf.selectors.gaps import DATA, address_of, missing_codes
from esf.selectors.participants import ParticipantFile
from foundation.components import SummaryRow
from foundation.formatting import late_words


@dataclass(frozen=True, slots=True)
class State:
    """Where a moment stands: words, a tone, an icon."""

    label: str
    tone: str
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPart:
    """One moment: its title, its anchor, its state, its answers, and the form that fills it in ("" for who may not)."""

    title: str
    anchor: str
    state: State
    rows: Sequence[SummaryRow] = ()
    note: str = ""
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class RecordPage:
    """The whole page. `refusals` document the questions declined."""

    parts: tuple[RecordPart, ...]
    refusals: tuple[EsfRefusal, ...]
    missing: int


def record_page(file: ParticipantFile, on: date, *, reads_answers: bool) -> RecordPage:
    """The page of a participant; answers that the reader may not see are left out of it, not hidden by it."""
    missing = missing_codes(file, on)
    parts = (
        _entry(file, missing, may=reads_answers),
        _exit(file, on, may=reads_answers),
        _six_months(file, on, may=reads_answers),
    )
    refusals = tuple(file.refusals.values()) if reads_answers else ()
    return RecordPage(parts, refusals, len(missing))


def _entry(file: ParticipantFile, missing: Sequence[str], *, may: bool) -> RecordPart:
    url = address_of(file, "esf:entry") if may else ""
    record = file.participation
    asked = [code for code in missing if not code.startswith("result_")]
    rows = [SummaryRow(_("Entrée dans le projet"), f"{file.facts.entry_on:%d/%m/%Y}")]
    rows += [SummaryRow(_("Genre"), file.person.get_gender_display()), SummaryRow(_("Naissance"), _born(file))]
    values: dict[str, Any] = {"status": "", "isced": "", "nationality": ""}
    if record is not None:
        values = {
            "status": _status_words(record),
            "isced": record.get_isced_display() if record.isced is not None else "",
            "nationality": record.get_nationality_display(),
        }
    labels = {
        "status": _("Situation à l’entrée"),
        "isced": _("Niveau d’études"),
        "nationality": _("Nationalité"),
    }
    rows += [_row(labels[code], values[code], code, file, url) for code in labels]
    if may:
        answers = record.all_answers() if record else {}
        for question in Question:
            words = str(Answer(answers[question]).label) if answers.get(question) else ""
            rows.append(_row(str(question.label), words, question.value, file, url))
    state = (
        State(_("complète"), "good", "check")
        if not asked
        else State(_missing_words(len(asked)), "warn", "triangle-alert")
    )
    return RecordPart(
        title=_("À l’entrée"),
        anchor="entree",
        state=state,
        rows=rows,
        note="" if may else _("Les réponses sensibles ne se montrent qu’à la personne qui suit le dossier."),
        url=url,
        action=_("Modifier") if record else _("Remplir"),
    )


def _missing_words(number: int) -> str:
    return ngettext("il manque %(n)s donnée", "il manque %(n)s données", number) % {"n": number}


def _row(label: str, words: str, code: str, file: ParticipantFile, url: str) -> SummaryRow:
    """An answer, or the way to the very field that asks for it."""
    href = f"{url}#{DATA[code].anchor}" if url and not words else ""
    return SummaryRow(label, words, href=href)


def _status_words(record: EsfParticipation) -> str:
    """The status, and since when for the unemployed."""
    words = record.get_status_display()
    if record.unemployed_since:
        return _("%(status)s, depuis le %(day)s") % {"status": words, "day": f"{record.unemployed_since:%d/%m/%Y}"}
    return words


def _born(file: ParticipantFile) -> str:
    """The birth date and the age at entry, which is the one that counts."""
    born = file.person.birth_date
    if born is None:
        return ""
    return _("%(day)s, %(age)s ans à l’entrée") % {"day": f"{born:%d/%m/%Y}", "age": file.facts.age}


def _exit(file: ParticipantFile, on: date, *, may: bool) -> RecordPart:
    """The four weeks after the exit."""
    left = file.facts.exit_on
    last_day = immediate_result_until(left) if left else None
    return _result(
        file,
        Moment.EXIT,
        title=_("À la sortie"),
        anchor="sortie",
        url_name="esf:exit",
        asked_from=left,
        due_on=last_day,
        on=on,
        may=may,
    )


def _six_months(file: ParticipantFile, on: date, *, may: bool) -> RecordPart:
    """Six months after the exit."""
    left = file.facts.exit_on
    day = six_months_check_on(left) if left else None
    return _result(
        file,
        Moment.SIX_MONTHS,
        title=_("Six mois après"),
        anchor="six-mois",
        url_name="esf:six_months",
        asked_from=day,
        due_on=day,
        on=on,
        may=may,
    )


def _result(
    file: ParticipantFile,
    moment: Moment,
    *,
    title: str,
    anchor: str,
    url_name: str,
    asked_from: date | None,
    due_on: date | None,
    on: date,
    may: bool,
) -> RecordPart:
    """One result: recorded, to be asked from a day on, or not asked at all."""
    result = file.results.get(moment)
    url = reverse(url_name, args=[file.case_id]) if may and asked_from is not None and asked_from <= on else ""
    note = ""
    if result is not None:
        state = State(_("enregistrée"), "good", "check")
    elif file.goes_on:
        state, url = State(_("ne se demande pas"), "neutral"), ""
        note = _("La personne continue dans un autre projet.")
    elif file.died:
        state, url = State(_("ne se demande pas"), "neutral"), ""
    elif asked_from is None or due_on is None:
        state = State(_("après la sortie"), "neutral")
        note = _("La personne est encore accompagnée.")
    elif asked_from > on:
        state = State(_("à partir du %(day)s") % {"day": f"{asked_from:%d/%m/%Y}"}, "neutral")
    elif due_on >= on:
        state = State(_("à demander avant le %(day)s") % {"day": f"{due_on:%d/%m/%Y}"}, "accent", "clipboard-check")
    else:
        state = State(late_words(due_on, on), "warn", "triangle-alert")
    return RecordPart(
        title=title,
        anchor=anchor,
        state=state,
        rows=_result_rows(result) if result else (),
        note=note,
        url=url,
        action=_("Corriger") if result else _("Enregistrer la situation"),
    )


def _result_rows(result: EsfResult) -> list[SummaryRow]:
    """What was recorded, and how it is known."""
    said = (
        (result.employed, _("à l’emploi ou indépendant·e")),
        (result.job_searching, _("en recherche d’emploi")),
        (result.in_training, _("en études ou en formation")),
        (result.qualification, _("a obtenu une qualification")),
        (result.improved, _("situation améliorée")),
    )
    true = [words for is_so, words in said if is_so]
    rows = [SummaryRow(_("Situation"), ", ".join(true) or _("rien de ce qui est compté"))]
    if result.improvement:
        rows.append(SummaryRow(_("Amélioration"), result.improvement))
    rows.append(SummaryRow(_("Source"), result.get_source_display()))
    seen = _("%(day)s, par %(who)s") % {
        "day": f"{result.seen_on:%d/%m/%Y}",
        "who": result.recorded_by.get_full_name(),
    }
    return [*rows, SummaryRow(_("Constatée le"), seen)]

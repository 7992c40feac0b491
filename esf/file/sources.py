"""What a column of the participant file may show: a closed list, each with its words, its type and its values.

The managing authority changes headers, order and codes each year; the data stay the same. A column names one of these.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import ExitReason, Gender
from esf.enums import Isced, Moment, Question, ResultSource
from esf.models import EsfResult
from esf.rules.indicators import Answer, EntryStatus, Nationality
from esf.selectors.participants import ParticipantFile
from foundation.rules.lists import ClosedList

Words = str | Promise
# What a workbook receives: words, a number, a day, or nothing.
Plain = str | int | date | None

YES_NO: tuple[tuple[str, Words], ...] = (("yes", _("oui")), ("no", _("non")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One datum: its label, how it is read, and the values that a code may replace (none: written as it is).

    `special` data are never part of the form that comes with the product: adding them is a choice.
    """

    key: str
    label: Words
    group: Words
    read: Callable[[ParticipantFile], Plain]
    values: Sequence[tuple[str, Words]] = ()
    special: bool = False

    def words_of(self, value: str) -> str:
        """The words of a value when no code replaces it."""
        return str(dict(self.values).get(value, value))


_PROJECT, _PERSON, _ENTRY = _("Le projet"), _("La personne"), _("L’entrée")
_EXIT, _LATER, _RECORD = _("La sortie"), _("Six mois après"), _("La fiche")


def _said(true: bool) -> str:
    return "yes" if true else "no"


def _choices(choices: type[TextChoices] | type[ClosedList]) -> tuple[tuple[str, Words], ...]:
    return tuple((str(value), label) for value, label in choices.choices if value != "")


def _result(moment: Moment, name: str) -> Callable[[ParticipantFile], Plain]:
    """A yes or a no of a result; nothing while it is not recorded."""

    def read(file: ParticipantFile) -> Plain:
        result: EsfResult | None = file.results.get(moment)
        return None if result is None else _said(bool(getattr(result, name)))

    return read


def _of_result(moment: Moment, name: str) -> Callable[[ParticipantFile], Plain]:
    """A datum of a result as it is; nothing while it is not recorded."""

    def read(file: ParticipantFile) -> Plain:
        result: EsfResult | None = file.results.get(moment)
        found: Plain = None if result is None else getattr(result, name)
        return found

    return read


def _record(name: str) -> Callable[[ParticipantFile], Plain]:
    """A datum of the entry; nothing without a record."""

    def read(file: ParticipantFile) -> Plain:
        found: Any = getattr(file.participation, name, None)
        return None if found == "" else found

    return read


def _answer(question: Question) -> Callable[[ParticipantFile], Plain]:
    """The answer to a question; nothing while it was not asked."""

    def read(file: ParticipantFile) -> Plain:
        return (file.participation.answer(question) or None) if file.participation else None

    return read


def _isced(file: ParticipantFile) -> Plain:
    return None if file.facts.isced is None else str(file.facts.isced)


def _long_term(file: ParticipantFile) -> Plain:
    return _said(file.facts.long_term_unemployed) if file.facts.complete else None


def _exit_reason(file: ParticipantFile) -> Plain:
    return file.exit_reason or None


_ISCED_VALUES = tuple((str(level.value), level.label) for level in Isced)
_ALL = (
    Source(key="project_code", label=_("code du projet"), group=_PROJECT, read=lambda f: _project(f).code),
    Source(key="project_name", label=_("intitulé du projet"), group=_PROJECT, read=lambda f: _project(f).name),
    Source(
        key="agreement_number",
        label=_("numéro de convention"),
        group=_PROJECT,
        read=lambda f: _project(f).agreement_number,
    ),
    Source(key="participant_id", label=_("identifiant du participant"), group=_PERSON, read=lambda f: f.person.pk.hex),
    Source(key="last_name", label=_("nom"), group=_PERSON, read=lambda f: f.person.last_name),
    Source(key="first_name", label=_("prénom"), group=_PERSON, read=lambda f: f.person.first_name),
    Source(key="niss", label=_("numéro national"), group=_PERSON, read=lambda f: f.person.niss or None, special=True),
    Source(
        key="gender", label=_("genre"), group=_PERSON, read=lambda f: f.person.gender or None, values=_choices(Gender)
    ),
    Source(key="birth_date", label=_("date de naissance"), group=_PERSON, read=lambda f: f.person.birth_date),
    Source(key="age", label=_("âge à l’entrée"), group=_PERSON, read=lambda f: f.facts.age),
    Source(key="street", label=_("rue et numéro"), group=_PERSON, read=lambda f: f.person.street),
    Source(key="postal_code", label=_("code postal"), group=_PERSON, read=lambda f: f.person.postal_code),
    Source(key="town", label=_("commune"), group=_PERSON, read=lambda f: f.person.town),
    Source(key="phone", label=_("téléphone"), group=_PERSON, read=lambda f: f.person.phone),
    Source(key="email", label=_("adresse e-mail"), group=_PERSON, read=lambda f: f.person.email),
    Source(key="entry_on", label=_("date d’entrée"), group=_ENTRY, read=lambda f: f.facts.entry_on),
    Source(
        key="status",
        label=_("situation à l’entrée"),
        group=_ENTRY,
        read=_record("status"),
        values=_choices(EntryStatus),
    ),
    Source(key="unemployed_since", label=_("sans emploi depuis le"), group=_ENTRY, read=_record("unemployed_since")),
    Source(key="long_term", label=_("chômage de longue durée"), group=_ENTRY, read=_long_term, values=YES_NO),
    Source(key="isced", label=_("niveau d’études (CITE)"), group=_ENTRY, read=_isced, values=_ISCED_VALUES),
    Source(
        key="nationality",
        label=_("nationalité"),
        group=_ENTRY,
        read=_record("nationality"),
        values=_choices(Nationality),
    ),
    *(
        Source(
            key=question.value,
            label=question.label.lower(),
            group=_ENTRY,
            read=_answer(question),
            values=_choices(Answer),
        )
        for question in Question
    ),
    Source(key="exit_on", label=_("date de sortie"), group=_EXIT, read=lambda f: f.facts.exit_on),
    Source(key="exit_reason", label=_("motif de sortie"), group=_EXIT, read=_exit_reason, values=_choices(ExitReason)),
    *(
        Source(key=f"exit_{name}", label=label, group=_EXIT, read=_result(Moment.EXIT, name), values=YES_NO)
        for name, label in (
            ("employed", _("à l’emploi à la sortie")),
            ("job_searching", _("en recherche d’emploi à la sortie")),
            ("in_training", _("en formation à la sortie")),
            ("qualification", _("qualification obtenue")),
        )
    ),
    Source(
        key="exit_source",
        label=_("source de la situation à la sortie"),
        group=_EXIT,
        read=_of_result(Moment.EXIT, "source"),
        values=_choices(ResultSource),
    ),
    Source(key="exit_seen_on", label=_("constat à la sortie"), group=_EXIT, read=_of_result(Moment.EXIT, "seen_on")),
    Source(
        key="later_employed",
        label=_("à l’emploi six mois après"),
        group=_LATER,
        read=_result(Moment.SIX_MONTHS, "employed"),
        values=YES_NO,
    ),
    Source(
        key="later_improved",
        label=_("situation améliorée six mois après"),
        group=_LATER,
        read=_result(Moment.SIX_MONTHS, "improved"),
        values=YES_NO,
    ),
    Source(
        key="later_source",
        label=_("source de la situation à six mois"),
        group=_LATER,
        read=_of_result(Moment.SIX_MONTHS, "source"),
        values=_choices(ResultSource),
    ),
    Source(
        key="later_seen_on",
        label=_("constat à six mois"),
        group=_LATER,
        read=_of_result(Moment.SIX_MONTHS, "seen_on"),
    ),
    Source(
        key="complete",
        label=_("fiche complète"),
        group=_RECORD,
        read=lambda f: _said(f.facts.complete),
        values=YES_NO,
    ),
    Source(key="coach", label=_("jobcoach"), group=_RECORD, read=lambda f: f.case.coach.get_full_name()),
    Source(key="site", label=_("site"), group=_RECORD, read=lambda f: f.case.site.name if f.case.site else None),
)

SOURCES: Mapping[str, Source] = {source.key: source for source in _ALL}


def _project(file: ParticipantFile) -> Any:
    """The project of the case, whose rows come with it."""
    return file.case.project


def grouped_choices() -> list[tuple[Words, list[tuple[str, Words]]]]:
    """The sources by group, as a list to choose from."""
    groups: dict[str, list[tuple[str, Words]]] = {}
    for source in _ALL:
        groups.setdefault(str(source.group), []).append((source.key, source.label))
    return list(groups.items())

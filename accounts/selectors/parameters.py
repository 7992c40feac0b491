"""Reads of the dated values: what an organisation reads and where it comes from, and what an act would make of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Organisation, Parameter, User
from accounts.parameters import Definition, definitions
from accounts.rules.dated_values import Dated, Refusal, Timeline, TimelineRefused, added, superseded, withdrawn
from foundation.errors import DomainError
from foundation.formatting import date_words


class ParameterRefused(DomainError):
    """The act would rewrite the past, or is not for this owner."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an act makes of the values of a parameter: those that would stand, of the installation (``None``) or of an
    organisation, in their JSON form.
    """

    key: str
    organisation_id: UUID | None
    timeline: Timeline


# --- what an act would make -------------------------------------------------------------------------------------------


def addition(*, key: str, value: Any, valid_from: date, organisation: Organisation | None) -> Change:
    """A value more. Raises ``ParameterRefused``."""
    timeline = _standing(key, organisation)
    try:
        return Change(key, _id(organisation), added(timeline, valid_from, value))
    except TimelineRefused as refused:
        raise _refusal(refused, "valid_from") from refused


def withdrawal(parameter: Parameter, on: date) -> Change:
    """Without a value that has not taken force on ``on``. Raises ``ParameterRefused``."""
    _check_stands(parameter)
    timeline = _standing(parameter.key, parameter.organisation)
    try:
        return Change(parameter.key, parameter.organisation_id, withdrawn(timeline, parameter.valid_from, on))
    except TimelineRefused as refused:
        raise _refusal(refused, None) from refused


def supersession(parameter: Parameter, value: Any, since: date, on: date) -> Change:
    """With another value in the place of one that has taken force on ``on``. Raises ``ParameterRefused``."""
    _check_stands(parameter)
    timeline = _standing(parameter.key, parameter.organisation)
    try:
        timeline = superseded(timeline, parameter.valid_from, since, value, on)
    except TimelineRefused as refused:
        raise _refusal(refused, "since") from refused
    return Change(parameter.key, parameter.organisation_id, timeline)


def _check_stands(parameter: Parameter) -> None:
    if not parameter.stands:
        raise ParameterRefused("not_standing", _("Cette valeur a déjà été retirée ou remplacée."))


def _standing(key: str, organisation: Organisation | None) -> Timeline:
    rows = Parameter.objects.filter(key=key, organisation=organisation, stands=True).order_by("valid_from")
    return tuple(Dated(*row) for row in rows.values_list("valid_from", "value"))


def _id(organisation: Organisation | None) -> UUID | None:
    return organisation.pk if organisation else None


def _refusal(refused: TimelineRefused, day_field: str | None) -> ParameterRefused:
    """The sentence for the screen."""
    words = {"day": date_words(refused.day) if refused.day else ""}
    sentence, hint, field = {
        Refusal.NOT_AFTER_THE_LAST: (
            _("Une valeur est en vigueur depuis le %(day)s : la nouvelle doit commencer après."),
            _("Une valeur à venir peut être retirée, une valeur en vigueur remplacée : voyez les valeurs connues."),
            day_field,
        ),
        Refusal.SAME_VALUE: (_("Cette valeur est déjà en vigueur."), "", "value"),
        Refusal.NOTHING_TO_LEAVE: (_("C’est déjà la valeur de l’installation qui vaut."), "", None),
        Refusal.IN_FORCE: (
            _("Cette valeur est en vigueur depuis le %(day)s : elle ne se retire plus."),
            _("Remplacez-la, avec un motif : elle reste dans l’historique."),
            None,
        ),
        Refusal.NOT_IN_FORCE: (
            _("Cette valeur n’est en vigueur qu’à partir du %(day)s."),
            _("Retirez-la, puis ajoutez la bonne."),
            None,
        ),
        Refusal.NOT_STANDING: (_("Cette valeur a déjà été retirée ou remplacée."), "", None),
        Refusal.REACHES_ITS_FORMER: (
            _("La valeur précédente vaut depuis le %(day)s : le remplacement doit commencer après."),
            _("Pour aller plus loin, remplacez d’abord la valeur précédente."),
            day_field,
        ),
        Refusal.REACHES_THE_NEXT: (
            _("La valeur suivante commence le %(day)s : le remplacement doit commencer avant."),
            "",
            day_field,
        ),
    }[refused.refusal]
    return ParameterRefused(refused.refusal.value, sentence % words, hint=hint, field=field)


# --- what pages show --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of a parameter, in words."""

    row: Parameter
    words: str
    state: str  # "past", "present", "coming", "withdrawn" or "superseded"

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether it has not taken force."""
        return self.state == "coming"

    @property
    def may_be_superseded(self) -> bool:
        """Whether it holds, or held."""
        return self.state in ("past", "present")

    @property
    def is_replaced(self) -> bool:
        """Whether another value stands in its place, from its first day or from a later one."""
        return self.row.superseded_by is not None and self.row.superseded_by.stands

    @property
    def gives_up(self) -> bool:
        """Whether it says that the installation's value holds again."""
        return self.row.value is None


@dataclass(frozen=True, slots=True)
class ParameterSheet:
    """A parameter with the values of one owner, the latest first, and for an organisation those of the installation."""

    meaning: Definition
    values: tuple[DatedValue, ...]
    installation: tuple[DatedValue, ...] = ()

    @property
    def present(self) -> DatedValue | None:
        """The value that is read today: the organisation's own, or that of the installation."""
        own = _present(self.values)
        return own if own is not None and not own.gives_up else _present(self.installation) or own

    @property
    def is_own(self) -> bool:
        """Whether the organisation has a value of its own today."""
        own = _present(self.values)
        return own is not None and not own.gives_up and own.row.organisation_id is not None

    @property
    def may_be_given_up(self) -> bool:
        """Whether the last of the organisation's own values is one."""
        last = next((value for value in self.values if value.row.stands), None)
        return last is not None and last.row.organisation_id is not None and not last.gives_up

    @property
    def coming(self) -> tuple[DatedValue, ...]:
        """Values already decided that are not in force yet."""
        return tuple(value for value in (*self.values, *self.installation) if value.state == "coming")

    @property
    def past(self) -> tuple[DatedValue, ...]:
        """Values no longer in force, and those that were withdrawn or replaced."""
        known = (*self.values, *self.installation)
        return tuple(value for value in known if value.state not in ("coming", "present"))


def _present(values: Iterable[DatedValue]) -> DatedValue | None:
    return next((value for value in values if value.state == "present"), None)


def installation_groups(on: date) -> list[tuple[str, list[ParameterSheet]]]:
    """Every parameter with the installation's values, by group, in the order of the registry. One query."""
    rows = _by_key(_rows().filter(organisation=None))
    return _grouped([_sheet(meaning, rows[meaning.key], on) for meaning in definitions])


def groups_for(
    organisation: Organisation, on: date
) -> tuple[list[tuple[str, list[ParameterSheet]]], list[tuple[str, list[ParameterSheet]]]]:
    """What an organisation may set, and what the installation fixes; each by group. One query."""
    sheets = _sheets(organisation, on)
    return (
        _grouped([sheet for sheet in sheets if sheet.meaning.is_of_the_house]),
        _grouped([sheet for sheet in sheets if not sheet.meaning.is_of_the_house]),
    )


def _sheets(organisation: Organisation, on: date) -> list[ParameterSheet]:
    rows = _by_key(_rows().filter(Q(organisation=None) | Q(organisation=organisation)))
    return [_sheet_for(meaning, rows[meaning.key], on) for meaning in definitions]


def parameter_sheet(key: str, organisation: Organisation | None, on: date) -> ParameterSheet:
    """One parameter, with its history, as an organisation or the steward (``None``) sees it.

    Raises KeyError for an unknown key, and for an organisation for one that it may not set.
    """
    meaning = definitions[key]
    rows = _rows().filter(key=key)
    if organisation is None:
        return _sheet(meaning, rows.filter(organisation=None), on)
    if not meaning.is_of_the_house:
        raise KeyError(key)
    return _sheet_for(meaning, list(rows.filter(Q(organisation=None) | Q(organisation=organisation))), on)


def values_of(organisation: Organisation | None) -> QuerySet[Parameter]:
    """The values of the installation, or of an organisation alone."""
    found: QuerySet[Parameter] = Parameter.objects.filter(organisation=organisation).select_related("organisation")
    return found


def stewards() -> QuerySet[User]:
    """Who keeps the installation's values, by name."""
    found: QuerySet[User] = User.objects.active().filter(steward_since__isnull=False)
    return found


def _rows() -> QuerySet[Parameter]:
    found: QuerySet[Parameter] = Parameter.objects.select_related("created_by", "struck_by", "superseded_by")
    return found.order_by("key", "-valid_from", "-created_at")


def _by_key(rows: Iterable[Parameter]) -> dict[str, list[Parameter]]:
    found: dict[str, list[Parameter]] = defaultdict(list)
    for row in rows:
        found[row.key].append(row)
    return found


def _grouped(sheets: Sequence[ParameterSheet]) -> list[tuple[str, list[ParameterSheet]]]:
    ranks = list(dict.fromkeys(str(meaning.group) for meaning in definitions))
    ordered = sorted(sheets, key=lambda sheet: ranks.index(str(sheet.meaning.group)))
    return [(group, list(rows)) for group, rows in groupby(ordered, key=lambda sheet: str(sheet.meaning.group))]


def _sheet(meaning: Definition, rows: Iterable[Parameter], on: date) -> ParameterSheet:
    return ParameterSheet(meaning, tuple(_dated(meaning, row, on) for row in rows))


def _sheet_for(meaning: Definition, rows: Sequence[Parameter], on: date) -> ParameterSheet:
    own = [_dated(meaning, row, on) for row in rows if row.organisation_id is not None]
    shared = [_dated(meaning, row, on) for row in rows if row.organisation_id is None]
    return ParameterSheet(meaning, tuple(own), tuple(shared))


def _dated(meaning: Definition, row: Parameter, on: date) -> DatedValue:
    words = _("valeur de l’installation") if row.value is None else meaning.show(row.value)
    return DatedValue(row, words, _state(row, on))


def _state(row: Parameter, on: date) -> str:
    if not row.stands:
        return "withdrawn" if row.was_withdrawn else "superseded"
    if row.valid_from > on:
        return "coming"
    return "present" if row.valid_to is None or row.valid_to > on else "past"

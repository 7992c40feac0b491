"""Adding, withdrawing and superseding dated values: the past is never edited."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import ParameterStatus
from accounts.models import Organisation, Parameter, User
from accounts.parameters import Definition, definitions
from accounts.permissions import require
from accounts.rules.dated_values import Timeline
from accounts.selectors import parameters as selectors
from accounts.selectors.parameters import ParameterRefused
from accounts.signals import parameter_changed
from foundation.clock import today
from foundation.persistence import save_checked
from privacy.audit import act, correcting


@act
def add_value(
    *,
    key: str,
    value: Any,
    valid_from: date,
    source: str,
    status: ParameterStatus,
    organisation: Organisation | None,
    actor: User,
) -> Parameter:
    """Put a new value in force from ``valid_from``; the former one ends that day, and keeps what happened before.

    ``value`` is the JSON form that ``definitions[key].parse`` returns. Without ``organisation`` it is the
    installation's: that of the law for everybody, that of the house for the organisations that have none of their own.
    With one it is that organisation's own, and ``None`` gives its own value up. ``parameter_changed`` tells the apps
    above, inside the same transaction.

    Raises:
        NotAllowed: the actor does not keep the installation's values, or does not administer the organisation.
        KeyError: no such parameter.
        ParameterRefused: the value is of the law, the day does not come after the last one, or it is in force already.
    """
    meaning = definitions[key]
    _require(actor, meaning, organisation)
    _lock(meaning)
    change = selectors.addition(key=key, value=value, valid_from=valid_from, organisation=organisation)
    _close_days(meaning.key, organisation, change.timeline)
    return _announced(
        _put(
            Parameter(
                organisation=organisation,
                key=meaning.key,
                value=value,
                valid_from=valid_from,
                source=source,
                status=status,
                created_by=actor,
            )
        ),
        actor,
    )


@act
def withdraw_value(*, parameter: Parameter, reason: str, actor: User) -> Parameter:
    """Take back a value that has not taken force: the one before it goes on. The row stays, with who and why.

    Raises:
        NotAllowed: the actor does not keep the installation's values, or does not administer the organisation.
        ParameterRefused: it is in force, it was taken back already, or no reason is given.
    """
    _require(actor, definitions[parameter.key], parameter.organisation)
    _lock(definitions[parameter.key])
    parameter = Parameter.objects.select_related("organisation").get(pk=parameter.pk)
    change = selectors.withdrawal(parameter, today())
    with correcting(_reason(reason)):
        _strike(parameter, reason, actor, stands=False)
        _close_days(parameter.key, parameter.organisation, change.timeline)
    return _announced(parameter, actor)


@act
def supersede_value(
    *,
    parameter: Parameter,
    value: Any,
    since: date,
    reason: str,
    source: str,
    status: ParameterStatus,
    actor: User,
) -> Parameter:
    """Put ``value`` in the place of one that has taken force, from ``since``; returns the new row.

    The former row is not edited: it keeps the days before ``since`` if there are some, and says what replaced it, who
    did and why. Whatever it moved is computed again.

    Raises:
        NotAllowed: the actor does not keep the installation's values, or does not administer the organisation.
        ParameterRefused: it has not taken force, it no longer stands, nothing would change, another value of the
            history would be reached, or no reason is given.
    """
    meaning = definitions[parameter.key]
    _require(actor, meaning, parameter.organisation)
    _lock(meaning)
    parameter = Parameter.objects.select_related("organisation").get(pk=parameter.pk)
    change = selectors.supersession(parameter, value, since, today())
    with correcting(_reason(reason)):
        _strike(parameter, reason, actor, stands=since > parameter.valid_from)
        _close_days(meaning.key, parameter.organisation, change.timeline)
        following = min((dated.start for dated in change.timeline if dated.start > since), default=None)
        placed = _put(
            Parameter(
                organisation=parameter.organisation,
                key=meaning.key,
                value=value,
                valid_from=since,
                valid_to=following,
                source=source,
                status=status,
                created_by=actor,
            )
        )
        parameter.refresh_from_db(fields=("valid_to",))
        parameter.superseded_by = placed
        save_checked(parameter)
    return _announced(placed, actor)


def _require(actor: User, meaning: Definition, organisation: Organisation | None) -> None:
    if organisation is None:
        require(actor, "accounts.keep_installation")
        return
    require(actor, "accounts.manage_parameters", organisation)
    if not meaning.is_of_the_house:
        raise ParameterRefused(
            "of_the_installation",
            _("Cette valeur vaut pour tous les organismes de l’installation."),
            hint=_("La personne garante des paramètres peut la changer."),
        )


def _lock(meaning: Definition) -> None:
    """Two people who change one parameter wait for each other; the installation's first value is always there."""
    list(Parameter.objects.select_for_update().filter(key=meaning.key).order_by("pk").values_list("pk", flat=True))


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ParameterRefused("reason", _("Dites pourquoi : le motif reste dans l’historique."), field="reason")
    return reason.strip()


def _strike(parameter: Parameter, reason: str, actor: User, *, stands: bool) -> None:
    parameter.stands = stands
    parameter.struck_at = timezone.now()
    parameter.struck_by = actor
    parameter.struck_reason = reason.strip()
    save_checked(parameter)


def _close_days(key: str, organisation: Organisation | None, timeline: Timeline) -> None:
    """Have each row that stands end where the next one begins."""
    starts = [dated.start for dated in timeline]
    ends: dict[date, date | None] = {**dict(pairwise(starts)), **dict.fromkeys(starts[-1:])}
    rows = Parameter.objects.filter(key=key, organisation=organisation, stands=True).order_by("valid_from")
    for row in rows:
        if row.valid_to != ends[row.valid_from]:
            row.valid_to = ends[row.valid_from]
            save_checked(row)


def _put(parameter: Parameter) -> Parameter:
    save_checked(parameter)
    return parameter


def _announced(parameter: Parameter, actor: User) -> Parameter:
    parameter_changed.send(
        sender=Parameter, parameter=parameter, organisation_id=parameter.organisation_id, actor=actor
    )
    return parameter

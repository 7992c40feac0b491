"""Adding a dated value: the past is never edited."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import ParameterStatus
from accounts.models import Parameter, User
from accounts.parameters import definitions
from accounts.permissions import require
from accounts.signals import parameter_added
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act


class ParameterRefused(DomainError):
    """The value would rewrite the past."""


@act
def add_value(
    *, key: str, value: Any, valid_from: date, source: str, status: ParameterStatus, actor: User
) -> Parameter:
    """Put a new value in force from ``valid_from``; the former one ends that day, and keeps what happened before.

    ``value`` is the JSON form that ``definitions[key].parse`` returns. ``parameter_added`` tells the apps above, inside
    the same transaction. The value holds for every organisation of the installation.

    Raises:
        NotAllowed: the actor administers no organisation.
        KeyError: no such parameter.
        ParameterRefused: the day does not come after the last one, or the value is already in force.
    """
    require(actor, "accounts.manage_parameters")
    meaning = definitions[key]
    former = Parameter.objects.select_for_update().filter(key=key, valid_to__isnull=True).first()
    if former is not None:
        _check_new(former, value, valid_from)
        former.valid_to = valid_from
        save_checked(former)
    parameter = Parameter(
        key=meaning.key, value=value, valid_from=valid_from, source=source, status=status, created_by=actor
    )
    save_checked(parameter)
    parameter_added.send(sender=Parameter, parameter=parameter, actor=actor)
    return parameter


def _check_new(former: Parameter, value: Any, valid_from: date) -> None:
    if valid_from <= former.valid_from:
        raise ParameterRefused(
            "past_value",
            _("Une valeur est en vigueur depuis le %(day)s : la nouvelle doit commencer après.")
            % {"day": date_format(former.valid_from, "d/m/Y")},
            field="valid_from",
        )
    if value == former.value:
        raise ParameterRefused("same_value", _("Cette valeur est déjà en vigueur."), field="value")

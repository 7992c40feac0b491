"""Fields that several models of employers and contracts share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from employers.rules.joint_committees import is_joint_committee


def check_joint_committee(number: str) -> None:
    """Refuse what has not the form of a number.

    Raises:
        ValidationError: it is neither NNN nor NNN.NN.
    """
    if not is_joint_committee(number):
        raise ValidationError(
            _("Écrivez le numéro de la commission paritaire, par exemple 322 ou 322.01."), code="joint_committee"
        )


class JointCommitteeField(models.CharField):
    """The number of a joint committee, NNN or NNN.NN."""

    default_validators = [check_joint_committee]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("verbose_name", _("commission paritaire"))
        kwargs.setdefault("max_length", 6)
        super().__init__(*args, **kwargs)

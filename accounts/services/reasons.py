"""What is changed of the past, or taken back, says why."""

from django.utils.translation import gettext as _

from foundation.errors import DomainError


class CorrectionRefused(DomainError):
    """A correction lacks its reason, or its date cannot be."""


def require_reason(reason: str) -> str:
    """The reason of a correction, without the spaces around it.

    Raises:
        CorrectionRefused: there is none.
    """
    if not reason.strip():
        raise CorrectionRefused("reason", _("Une correction garde son motif."), field="reason")
    return reason.strip()

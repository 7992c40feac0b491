"""What the views of every app share about rights."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.models import User
from accounts.permissions import allows


class PermissionRequiredMixin:
    """Answers 403 unless the rules grant ``permission`` on ``get_permission_object()``.

    An object of another organisation must not be reached at all: load it from ``visible_to(user)`` or answer 404.
    """

    request: HttpRequest
    permission = ""

    @property
    def actor(self) -> User:
        """The user, known to be logged in."""
        return cast(User, self.request.user)

    def get_permission_object(self) -> Any:
        """What the permission is asked about; by default the organisation the user works in."""
        return self.actor.current_organisation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask before anything else."""
        if not allows(self.actor, self.permission, self.get_permission_object()):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

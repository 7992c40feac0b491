"""What the views of every app share about rights."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.models import User
from accounts.permissions import allows


class PermissionRequiredMixin:
    """Answers 403 unless the rules grant ``permission`` on ``get_permission_object()``.

    An object of another organisation must not be reached at all: load it from ``visible_to(user)`` or answer 404.
    """

    request: HttpRequest
    kwargs: dict[str, Any]
    permission: ClassVar[str] = ""

    @property
    def actor(self) -> User:
        """The user, known to be logged in."""
        return cast(User, self.request.user)

    def get_permission_object(self) -> Any:
        """What the permission is asked about; by default the organisation the user works in."""
        return self.actor.organisation_here

    def ask(self, permission: str, obj: Any = None) -> None:
        """Answer 403 unless the rules grant one more right, asked in ``prepare``."""
        if not allows(self.actor, permission, obj):
            raise PermissionDenied

    def prepare(self) -> None:
        """Find what else the address names, or refuse it; called once the permission was granted."""

    def admit(self) -> None:
        """Ask, then prepare: nothing of the page runs before."""
        self.ask(self.permission, self.get_permission_object())
        self.prepare()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Admit, then answer."""
        self.admit()
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

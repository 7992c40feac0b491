"""The request's user signs what the request writes."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from privacy.audit import Author, writing_for


class AuditMiddleware:
    """Stands after the authentication middleware. The user is read only if something is written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request with its author in place."""
        author = Author(
            actor=lambda: request.user if request.user.is_authenticated else None,
            remote_addr=request.META.get("REMOTE_ADDR") or None,
        )
        with writing_for(author):
            return self.get_response(request)

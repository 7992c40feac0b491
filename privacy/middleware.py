"""The request's user signs what the request writes."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
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
            remote_addr=visitor_address(request),
        )
        with writing_for(author):
            return self.get_response(request)


def visitor_address(request: HttpRequest) -> str | None:
    """The address of the visitor, as the outermost of our reverse proxies saw it; None when it is none.

    Each of them adds to X-Forwarded-For the address it was reached from: the settings say how many are ours, and what a
    visitor wrote there before is not believed.
    """
    ours = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    address = told[-ours] if 0 < ours <= len(told) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(address))
    except ValueError:
        return None

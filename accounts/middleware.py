"""Which language a page speaks: that of whoever is logged in; before, what was pressed or what the browser asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

from accounts.models import User


class LanguageMiddleware:
    """Speaks a language for the time of a request, and leaves none behind for whatever the thread does next.

    Django's own reads the browser only and goes on speaking. Stands after the authentication.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the user's language, or in one that the browser asks for."""
        user = request.user if isinstance(request.user, User) else None
        language = user.language if user else get_language_from_request(request)
        with override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        if user is None:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language)
        return response

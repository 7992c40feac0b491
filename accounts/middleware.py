"""Which language a page speaks: that of whoever is logged in; before, what the browser asks for."""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class LanguageMiddleware(LocaleMiddleware):
    """Django's own, which reads the choice made at the entrance and the browser's wish, after the user's choice.

    Stands after the authentication.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Speak the user's language, or one that the browser asks for."""
        if not request.user.is_authenticated:
            super().process_request(request)
            return
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = translation.get_language()

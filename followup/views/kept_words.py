"""What is typed in a page whose session has just expired, kept until its author has logged in again.

A form that is sent after the session's end meets the log-in page, and its words would be gone: the browser comes back
by GET. The middleware puts them, sealed, in the visitor's own new session; logging in carries that session on, and the
page finds them. Nothing is written for anybody else, nothing is executed, and only pages that ask for it (class
attribute ``keeps_typed_words``) are concerned. Drafts (`followup.services.drafts`) cover what comes before.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from privacy.cipher import TamperedValue, decrypt, encrypt

SESSION_KEY = "followup.views.kept_words"
CONTEXT = "followup.views.kept_words"
# Time to find the telephone of the second factor; somebody else's turn at the desk comes later than that.
KEPT_FOR = timedelta(hours=1)
# A long account of an interview is some 10 kB; nobody else's session store is filled through this door.
MOST_CHARACTERS = 40_000

Words = dict[str, list[str]]


class KeptWordsMiddleware:
    """Stands after the protection against forgery and before the one that sends visitors to log in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> HttpResponseBase | None:
        """Keep what an expired session sent; tell a draft that it was not kept on the server's side any more."""
        wanted = getattr(getattr(view, "view_class", None), "keeps_typed_words", False)
        if not wanted or request.method != "POST" or request.user.is_authenticated:
            return None
        keep(request, place_of(kwargs))
        if request.htmx:  # type: ignore[attr-defined]
            # The log-in page has no place inside the form; the author goes on typing, and logs in when sending.
            return render(request, "followup/draft_logged_out.html")
        return None


def place_of(named: Mapping[str, Any]) -> str:
    """Where words belong, from what an address names: a case, and of its documents the kind."""
    return "/".join(str(named[name]) for name in ("case_id", "kind") if name in named)


def keep(request: HttpRequest, place: str) -> None:
    """Put what was typed in a place in the visitor's session."""
    words = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    sealed = json.dumps({"place": place, "at": timezone.now().isoformat(), "words": words}, ensure_ascii=False)
    if len(sealed) <= MOST_CHARACTERS:
        request.session[SESSION_KEY] = encrypt(sealed, CONTEXT)


def recall(request: HttpRequest, place: str) -> Words:
    """What was kept of a place less than an hour ago; empty otherwise."""
    stored = request.session.get(SESSION_KEY)
    if not stored:
        return {}
    try:
        kept = json.loads(decrypt(stored, CONTEXT))
    except TamperedValue:
        return {}
    recent = timezone.now() - datetime.fromisoformat(kept["at"]) < KEPT_FOR
    words: Words = kept["words"] if recent and kept.get("place") == place else {}
    return words


def forget(request: HttpRequest) -> None:
    """Drop what was kept: it is recorded, or in a draft."""
    request.session.pop(SESSION_KEY, None)

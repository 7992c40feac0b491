"""What was typed in a form that could not be judged, kept a day for whoever typed it and given back by the same page.

A form that is sent after the session's end, with the token of another log-in or into a failure of ours would lose its
words: the browser comes back by GET. Each form carries a signed line that says who opened it; what it sends is put,
sealed, in the private storage, under that person and the page. Only they find it again, once logged in, and only
there: whoever uses the same browser next learns nothing. Nothing is executed meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from foundation.kept_files import FOLDER, KEPT_FOR, TICKET, keep_file
from foundation.rules.typed_words import may_be_kept, texts_of, words_of

#: The line of each form that says who opened it.
WRITER = "redige_par"
# A page may sleep with its computer over a long week-end.
WRITER_KNOWN_FOR = timedelta(days=7)
# Beyond, a file is chosen again.
MOST_BYTES = 20 * 1024 * 1024
_EXPECTED = (Http404, PermissionDenied, SuspiciousOperation, BadRequest)


class Why(StrEnum):
    """What kept a form from being judged."""

    EXPIRED = "expired"
    OTHER_LOGIN = "other_login"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What one person typed in one page, when, and why it waits."""

    words: dict[str, list[str]]
    at: datetime
    why: Why

    @property
    def texts(self) -> list[str]:
        """What was written in sentences."""
        return texts_of(self.words)

    def as_sent(self) -> QueryDict:
        """The same, as the request that carried it."""
        sent = QueryDict(mutable=True)
        for name, values in self.words.items():
            sent.setlist(name, values)
        return sent


class Waiting:
    """What waits for whoever asks for a page (``request.kept``); read from the storage once, when first asked."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        #: Whether the page has put the words back into its form.
        self.given_back = False

    @cached_property
    def words(self) -> KeptWords | None:
        """What this person had typed in this page and did not send again."""
        user = self._request.user
        return recall(str(user.pk), self._request.path) if user.is_authenticated else None


def sign_writer(request: HttpRequest) -> str:
    """The line that says who opens the forms of this page; empty for a visitor."""
    if not request.user.is_authenticated:
        return ""
    signed: str | None = getattr(request, "_writer", None)
    if signed is None:
        signed = signing.dumps(str(request.user.pk), salt=__name__)
        request._writer = signed  # type: ignore[attr-defined]
    return signed


def writer_of(request: HttpRequest) -> str:
    """The key of whoever opened the form that was sent; empty when nobody did, or too long ago."""
    try:
        known: str = signing.loads(request.POST.get(WRITER, ""), salt=__name__, max_age=WRITER_KNOWN_FOR)
    except signing.BadSignature:
        return ""
    return known


def keep(request: HttpRequest, owner: str, page: str, why: Why) -> bool:
    """Keep what a form sent, with its files, for its owner and the page; say whether there was anything to keep."""
    match = request.resolver_match
    words = words_of(dict(request.POST.lists())) if match and may_be_kept(match.url_name or "") else {}
    if not words:
        return False
    for field, file in request.FILES.items():
        if isinstance(file, UploadedFile) and file.size and file.size <= MOST_BYTES:
            words[TICKET.format(field)] = [keep_file(file, field, owner)]
    told = {"at": timezone.now().isoformat(), "why": why, "words": words}
    forget(owner, page)
    _storage().save(_path(owner, page), ContentFile(json.dumps(told, ensure_ascii=False).encode()))
    return True


def recall(owner: str, page: str) -> KeptWords | None:
    """What this person typed in this page less than a day ago and did not send again."""
    path = _path(owner, page)
    if not _storage().exists(path):
        return None
    with _storage().open(path) as file:
        told = json.loads(file.read())
    kept = KeptWords(told["words"], datetime.fromisoformat(told["at"]), Why(told["why"]))
    return kept if timezone.now() - kept.at < KEPT_FOR else None


def forget(owner: str, page: str) -> None:
    """Drop what waited: it is recorded, in a draft, or no longer wanted."""
    _storage().delete(_path(owner, page))


def page_of(request: HttpRequest, view: Callable[..., Any] | None = None) -> str:
    """The address, with its question, of the page that shows the form which was sent."""
    if _shows(view):
        return request.get_full_path()
    told = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(told, allowed_hosts={request.get_host()}):
        return resolve_url("home")
    parts = urlsplit(told)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


class KeptWordsMiddleware:
    """Stands after the protection against forgery and before the one that sends visitors to log in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.kept = Waiting(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        match = request.resolver_match
        if request.method == "POST" and match is not None and match.url_name == "account_logout":
            # The next user of the browser finds nothing of it behind « Retour » either.
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> HttpResponseBase | None:
        """Keep what an expired session sent, and lead to the page where it waits."""
        if request.method != "POST" or request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        owner = writer_of(request)
        if not owner:
            return None
        page = page_of(request, view)
        keep(request, owner, urlsplit(page).path, Why.EXPIRED)
        if not request.htmx:  # type: ignore[attr-defined]
            return redirect_to_login(page)
        told = getattr(getattr(view, "view_class", None), "tells_expired", "")
        if told:
            # The log-in page has no place inside the form; the author goes on typing, and logs in when sending.
            return render(request, told)
        return HttpResponseClientRedirect(redirect_to_login(page).url)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Keep what a failure of ours would lose."""
        match = request.resolver_match
        if request.method != "POST" or not request.user.is_authenticated or match is None:
            return
        if not isinstance(exception, _EXPECTED):
            keep(request, str(request.user.pk), urlsplit(page_of(request, match.func)).path, Why.FAILURE)


def _shows(view: Callable[..., Any] | None) -> bool:
    """Whether an address also shows what it takes."""
    made_of = getattr(view, "view_class", None)
    return made_of is not None and hasattr(made_of, "get") and "get" in made_of.http_method_names


def _storage() -> Storage:
    return storages["default"]


def _path(owner: str, page: str) -> str:
    # Who typed where is nobody's business on the disk either.
    return f"{FOLDER}/{salted_hmac(__name__, f'{owner} {page}', algorithm='sha256').hexdigest()}"

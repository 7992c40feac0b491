"""A form sent twice is one act: the second sending is answered with what the first one was answered with.

Each form carries a key of its own, made as it is shown (`{% csrf_token %}` writes it): a double click, « Retour » and
sending again, or the tab copied beside it send the same one. What was sent first is remembered in the transaction of
its act (docs/decisions/0032-sent-twice.md). Who remembers is a room above, since it knows who works here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.views import View

from foundation.errors import DomainError
from foundation.kept_words import WRITER
from foundation.registry import Registry

#: The line of each form that tells one opening of it from another.
OPENING = "ouverture"
# These differ between two sendings of the same answers, or say nothing of them.
_NO_ANSWER = frozenset({"csrfmiddlewaretoken", WRITER, OPENING})


@dataclass(frozen=True, slots=True)
class Sent:
    """One sending of a form: by whom, from which opening, and a fingerprint of where it went and what it said."""

    author: Any
    opening: UUID
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What an earlier sending from the same opening said and where it led; `made` when it wrote something new."""

    fingerprint: str
    leads_to: str
    made: bool
    at: datetime


class SentAlready(DomainError):
    """The same opening was sent in the meantime: its act stands, this one is undone."""

    def __init__(self) -> None:
        super().__init__("sent_already", "")


class Memory(Protocol):
    """Who remembers."""

    def recall(self, sent: Sent) -> Answered | None:
        """What was sent from this opening before, by the same person."""

    def remember(self, sent: Sent, leads_to: str, *, made: bool) -> None:
        """Remember it, inside the transaction of the act. Raises `SentAlready`."""


memories: Registry[Memory] = Registry()


def new_opening() -> str:
    """The key of a form as it is shown."""
    return str(uuid4())


def sent_of(request: HttpRequest) -> Sent | None:
    """What a request sends; nothing when nobody known sent it, or when it carries no key (a program, an old page)."""
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    with suppress(ValueError):
        return Sent(request.user, UUID(request.POST.get(OPENING, "")), _fingerprint(request))
    return None


def recall(sent: Sent | None) -> Answered | None:
    """What the same opening was answered with before."""
    if sent is None:
        return None
    return next((found for memory in memories if (found := memory.recall(sent)) is not None), None)


def remember(sent: Sent | None, leads_to: str, *, made: bool) -> None:
    """Remember what was sent, inside the transaction of its act.

    Raises:
        SentAlready: the same opening was sent meanwhile; the act must be undone.
    """
    if sent is None:
        return
    for memory in memories:
        memory.remember(sent, leads_to, made=made)


@dataclass(frozen=True, slots=True)
class Sending:
    """One sending, and what its opening was answered with before."""

    sent: Sent | None
    known: Answered | None

    @property
    def is_again(self) -> bool:
        """The very same answers were acted upon already."""
        return self.sent is not None and self.known is not None and self.sent.fingerprint == self.known.fingerprint


def sending_of(request: HttpRequest) -> Sending:
    """What is sent now, and what was before."""
    sent = sent_of(request)
    return Sending(sent, recall(sent))


def answer_again(request: HttpRequest, known: Answered) -> HttpResponse:
    """The redirect of the first time."""
    messages.success(request, gettext("C’est fait : envoyé deux fois, ce n’est enregistré qu’une fois."))
    return HttpResponseRedirect(known.leads_to)


class SentOnceMiddleware:
    """Answers the second sending before anything is looked for: what the first one took away is there no more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """The answer of the first time, if there was one."""
        made_of = getattr(view, "view_class", None)
        if request.method != "POST" or made_of is None or not issubclass(made_of, SentOnceMixin):
            return None
        sending = sending_of(request)
        request.sending = sending  # type: ignore[attr-defined]
        return answer_again(request, sending.known) if sending.is_again and sending.known else None


class SentOnceMixin(View):
    """A page whose form acts once per opening; what it acts by tells `remember_sent` in its transaction."""

    @property
    def sending(self) -> Sending:
        """This sending, and what came of an earlier one."""
        found: Sending = getattr(self.request, "sending", None) or Sending(None, None)
        return found

    def remember_sent(self, result: Any, leads_to: str, begun: datetime) -> None:
        """Remember this sending. A row older than the act is none that it made: what is corrected may be again.

        Raises:
            SentAlready: the same opening was sent meanwhile; the act must be undone.
        """
        if self.sending.known is None:
            written: datetime | None = getattr(result, "created_at", None)
            remember(self.sending.sent, leads_to, made=written is not None and written >= begun)

    def tell_other_answers(self, form: Any) -> bool:
        """« Retour », other answers, and sent again: a correction or another one, only its author knows.

        The form that is shown again is another opening: sent as it is, it acts.
        """
        known = self.sending.known
        if known is None or not known.made:
            return False
        words = gettext(
            "Ce formulaire a déjà été envoyé à %(hour)s avec d’autres réponses, et c’est enregistré. Pour enregistrer "
            "aussi celles-ci, envoyez-le encore ; pour corriger, ouvrez ce qui est enregistré."
        )
        form.add_error(None, words % {"hour": timezone.localtime(known.at).strftime("%H:%M")})
        return True


def _fingerprint(request: HttpRequest) -> str:
    said: list[Any] = [request.path, sorted((k, v) for k, v in request.POST.lists() if k not in _NO_ANSWER)]
    for field, files in sorted(request.FILES.lists()):
        for file in files:
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
            said.append([field, file.name, digest.hexdigest()])
    # Salted: short answers could be guessed from their bare digest.
    return salted_hmac(__name__, json.dumps(said), algorithm="sha256").hexdigest()

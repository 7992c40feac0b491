"""What a field of choice proposes as one types."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.views.mixins import PermissionRequiredMixin
from foundation.choosing import MOST_LETTERS, propose, sources
from foundation.keys import key_of
from foundation.making import OPEN

#: what of an address is not about the rows
OF_THE_PAGE = ("q", "sauf", "organisme", OPEN)


class ChoosingView(PermissionRequiredMixin, View):
    """The proposals of one source: at most twenty, of those that the user may take in the organisation of the page."""

    permission = "accounts.read_scopes"

    def prepare(self) -> None:
        """Find the source, and ask for its own right."""
        if self.kwargs["source"] not in sources:
            raise Http404
        self.source = sources[self.kwargs["source"]]
        self.ask(self.source.permission, self.get_permission_object())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """Answer with names; nothing of them is kept by a browser."""
        asked = request.GET
        organisation = asked.get("organisme", "")
        if organisation and organisation != str(self.actor.current_organisation_id):
            # Another tab went to another organisation: what it knows is nothing to this form.
            moved = _("Vous êtes passé·e à un autre organisme : rechargez la page.")
            return self.answer({"proposals": [], "told": moved})
        rows = self.source.rows(self.actor, {name: asked[name] for name in asked if name not in OF_THE_PAGE})
        but = key_of(asked.get("sauf", ""))
        found = propose(self.source, rows.exclude(pk=but) if but else rows, asked.get("q", ""))
        proposals = [{"value": one.value, "label": one.label, "second": one.second} for one in found.found]
        more = found.more or found.approximate
        return self.answer({"proposals": proposals, "told": found.words, "more": more, "make": self.make_words()})

    def make_words(self) -> str:
        """What is said of writing down what was typed and not found; nothing where that is not offered."""
        typed, maker = self.request.GET.get("q", "").strip()[:MOST_LETTERS], self.source.maker
        wanted = typed and OPEN in self.request.GET and maker is not None and maker.may(self.actor)
        return maker.offer(typed) if wanted and maker is not None else ""

    @staticmethod
    def answer(content: dict[str, Any]) -> JsonResponse:
        """As the script of the field reads it."""
        response = JsonResponse(content)
        response["Cache-Control"] = "no-store"
        return response

"""On the road: the page that works without network, what it is served with, and what it sends."""

import base64
import json
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_safe
from django_permissions_policy.decorators import permissions_policy_override

from accounts.models import User
from accounts.permissions import NotAllowed, allows
from accounts.views.mixins import PermissionRequiredMixin
from beneficiaries.models import CoachingCase
from followup.enums import Channel, Outcome
from followup.forms.contacts import ContactForm
from followup.forms.pills import LIVE, channel_pills, minute_pills
from followup.selectors.phrases import phrases_of
from followup.selectors.recording import appointment_asked
from followup.services.contacts import ContactStatement
from foundation.clock import today
from foundation.errors import DomainError
from foundation.formatting import date_words
from foundation.keys import key_of
from road.rules.telling import FACTS, FIELDS, apart
from road.selectors import road_allowed, road_day, road_people
from road.services import (
    ChangedMeanwhile,
    key_of_session,
    merge_from_road,
    owner_mark,
    record_from_road,
    typed_of,
    written,
)

# What the page needs to open without network; a page that is not among them is never kept.
SHELL = (
    "bootstrap/css/bootstrap-reboot.min.css",
    "ancrage/css/theme.css",
    "ancrage/css/base.css",
    "ancrage/css/layout.css",
    *(
        f"ancrage/css/components/{name}.css"
        for name in ("header", "button", "sheet", "form", "notice", "contact", "road")
    ),
    *(f"ancrage/road/{name}.js" for name in ("road", "conflict", "people", "dictate", "parts")),
    "ancrage/road/store.js",
    "ancrage/road/seal.js",
    "ancrage/mark.svg",
    "ancrage/road/icon.svg",
)
MARK = "road_mark"


@require_safe
@login_not_required
def manifest(request: HttpRequest) -> HttpResponse:
    """What a telephone installs: the name, the colours and the drawings of the page."""
    icons = [
        {"src": static("ancrage/road/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": purpose}
        for purpose in ("any", "maskable")
    ]
    content = {
        "name": "Ancrage",
        "short_name": "Ancrage",
        "lang": "fr-BE",
        "id": "/",
        "scope": "/",
        "start_url": reverse("road:page"),
        "display": "standalone",
        "background_color": "#f6f1ea",
        "theme_color": "#0d3a40",
        "icons": icons,
    }
    return HttpResponse(json.dumps(content, ensure_ascii=False), content_type="application/manifest+json")


@require_safe
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root since it answers for the whole site; it holds no data."""
    files = [static(name) for name in SHELL]
    page = reverse("road:page")
    context = {"kept": json.dumps({"page": page, "files": files})}
    response = render(request, "road/worker.js", context, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
@login_not_required
def road_page(request: HttpRequest) -> HttpResponse:
    """The shell: the same for everybody, without a name in it, since a browser keeps it."""
    shown = {"channels": channel_pills(LIVE, ""), "minutes": minute_pills("")}
    response = render(request, "road/page.html", shown)
    user = request.user
    if isinstance(user, User) and road_allowed(user, today()).dictation:
        # The only page that may ask for the microphone, and only where the organisation said so.
        policy: dict[str, Any] = settings.PERMISSIONS_POLICY | {"microphone": ["self"]}
        return permissions_policy_override(policy)(lambda _asked: response)(request)
    return response


class RoadDayView(PermissionRequiredMixin, View):
    """The day without notes, and the key that seals it on the telephone."""

    permission = "followup.view_my_day"
    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> JsonResponse:
        """Answer the list of the day, or that the organisation does not offer it."""
        allowed = road_allowed(self.actor, today())
        if not allowed.offline:
            return _unkept({"allowed": False})
        rows = road_day(self.actor, today(), in_full=allowed.full_names)
        here = {row["case"] for row in rows}
        mark = request.session.setdefault(MARK, secrets.token_hex(16))
        asked = request.GET.get("mark", "")[:32] or mark
        return _unkept(
            {
                "allowed": True,
                "owner": owner_mark(self.actor),
                "mark": asked,
                "now_mark": mark,
                "key": base64.b64encode(key_of_session(self.actor, asked)).decode(),
                "until": request.session.get_expiry_date().timestamp() * 1000,
                "csrf": get_token(request),
                "on": today().isoformat(),
                "dictation": allowed.dictation,
                "rows": rows,
                "people": road_people(self.actor, in_full=allowed.full_names, but=here),
                "phrases": phrases_of(self.actor),
            }
        )


class RoadSendView(PermissionRequiredMixin, View):
    """Takes one contact that was written without network."""

    permission = "followup.record"
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> JsonResponse:
        """Record it once; or say what changed meanwhile, or why it is refused. The telephone keeps the words then."""
        if not road_allowed(self.actor, today()).offline:
            return _refused([_("Votre organisme n’a pas ouvert l’écriture sans réseau.")])
        if request.POST.get("owner") != owner_mark(self.actor):
            # Written under another log-in of this browser: the words wait for whoever wrote them.
            return _unkept({"state": "other"}, status=403)
        key = key_of(request.POST.get("case", ""))
        case = CoachingCase.objects.visible_to(self.actor).filter(pk=key).first() if key else None
        if case is None:
            return _refused([_("Ce dossier ne vous est plus ouvert.")])
        form = ContactForm(request.POST, case=case, viewer=self.actor, may_plan=False)
        if not form.is_valid():
            return _refused([str(words) for errors in form.errors.values() for words in errors])
        submission = form.cleaned_data["submission_id"]
        if submission is None:
            return _refused([_("Cet envoi ne porte pas de clé.")])
        try:
            _write(request.POST, case, form.statement(), submission, self.actor)
        except ChangedMeanwhile as changed:
            return _unkept(
                {"state": "conflict", "now": changed.now, **_shown(changed, case, form.statement(), self.actor)},
                status=409,
            )
        except NotAllowed:
            return _refused([_("Ce contact n’est pas à vous : consignez le vôtre à part.")])
        except DomainError as refusal:
            return _refused([str(refusal)])
        return _unkept({"state": "recorded"})


def _write(sent: QueryDict, case: CoachingCase, statement: ContactStatement, submission: UUID, actor: User) -> None:
    """Record what was sent, or make one contact of it and of the one that the telephone names."""
    appointment = appointment_asked(case, sent.get("appointment", ""))
    if same := key_of(sent.get("same", "")):
        merge_from_road(
            case=case,
            contact=same,
            stamp=sent.get("stamp", ""),
            statement=statement,
            picks={name: sent.get(f"pick_{name}", "") for name in FIELDS if f"pick_{name}" in sent},
            actor=actor,
            appointment=appointment,
        )
        return
    record_from_road(
        case=case,
        statement=statement,
        actor=actor,
        submission_id=submission,
        appointment=appointment,
        seen={name: sent.get(f"seen_{name}", "") for name in FACTS if f"seen_{name}" in sent},
    )


def _shown(
    changed: ChangedMeanwhile, case: CoachingCase, statement: ContactStatement, actor: User
) -> dict[str, list[dict[str, str]] | dict[str, Any] | None]:
    """What the server has beside what was typed: what is only to be known, and the contact that may be the same talk,
    field by field, when it is the actor's to correct.
    """
    lines: list[dict[str, str]] = []
    if "coach" in changed.facts:
        lines.append({"label": _("Qui suit le dossier"), "theirs": str(case.coach), "typed": _("vous")})
    if "open" in changed.facts:
        there = _("dossier ouvert") if case.is_open else _("dossier sorti")
        lines.append({"label": _("Le dossier"), "theirs": there, "typed": _("vu autrement")})
    if "appointment" in changed.facts:
        lines.append({"label": _("Le rendez-vous"), "theirs": _("a déjà son résultat"), "typed": _("prévu")})
    last = changed.last
    if "contact" not in changed.facts or last is None:
        return {"told": lines, "same": None}
    if last.on != statement.on:
        lines.append({"label": _("Jour"), "theirs": date_words(last.on), "typed": date_words(statement.on)})
    fields = _beside(written(last), typed_of(statement))
    if not allows(actor, "followup.correct_contact", last):
        return {"told": lines + fields, "same": None}
    return {
        "told": lines,
        "same": {"contact": str(last.pk), "stamp": last.updated_at.isoformat(), "fields": fields},
    }


def _beside(theirs: Mapping[str, str], typed: Mapping[str, str]) -> list[dict[str, str]]:
    """Two writings of a talk, in words, where they differ."""
    words: dict[str, Mapping[str, Any]] = {"outcome": dict(Outcome.choices), "channel": dict(Channel.choices)}
    labels = {
        "outcome": _("Résultat"),
        "channel": _("Comment"),
        "minutes": _("Minutes"),
        "summary": _("Ce qui s’est dit"),
    }
    return [
        {
            "name": name,
            "label": labels[name],
            "theirs": str(words.get(name, {}).get(theirs[name], theirs[name])),
            "typed": str(words.get(name, {}).get(typed[name], typed[name])),
        }
        for name in apart(theirs, typed)
    ]


def _refused(errors: list[str]) -> JsonResponse:
    return _unkept({"state": "refused", "errors": errors}, status=422)


def _unkept(content: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(content, status=status)
    response["Cache-Control"] = "no-store"
    return response

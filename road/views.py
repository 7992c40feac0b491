"""On the road: the page that works without network, what it is served with, and what it sends."""

import base64
import json
import secrets
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_safe

from accounts.views.mixins import PermissionRequiredMixin
from beneficiaries.models import CoachingCase
from followup.enums import Channel
from followup.forms.contacts import ContactForm
from followup.models import Contact
from followup.selectors.recording import appointment_asked
from foundation.clock import today
from foundation.errors import DomainError
from foundation.formatting import date_words
from foundation.keys import key_of
from road.rules.telling import FACTS
from road.selectors import road_allowed, road_day
from road.services import ChangedMeanwhile, key_of_session, record_from_road

# What the page needs to open without network; a page that is not among them is never kept.
SHELL = (
    "bootstrap/css/bootstrap-reboot.min.css",
    "ancrage/css/theme.css",
    "ancrage/css/base.css",
    "ancrage/css/layout.css",
    *(f"ancrage/css/components/{name}.css" for name in ("header", "button", "sheet", "form", "notice", "road")),
    "ancrage/road/road.js",
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
    channels = [(one.value, one.label) for one in (Channel.PHONE, Channel.IN_PERSON, Channel.VIDEO)]
    return render(request, "road/page.html", {"channels": channels, "minutes": (5, 10, 20, 30, 45, 60)})


class RoadDayView(PermissionRequiredMixin, View):
    """The day without notes, and the key that seals it on the telephone."""

    permission = "followup.view_my_day"
    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> JsonResponse:
        """Answer the list of the day, or that the organisation does not offer it."""
        allowed = road_allowed(self.actor, today())
        if not allowed.offline:
            return _unkept({"allowed": False})
        mark = request.session.setdefault(MARK, secrets.token_hex(16))
        asked = request.GET.get("mark", "")[:32] or mark
        return _unkept(
            {
                "allowed": True,
                "owner": base64.b64encode(key_of_session(self.actor, "owner")).decode()[:16],
                "mark": asked,
                "now_mark": mark,
                "key": base64.b64encode(key_of_session(self.actor, asked)).decode(),
                "until": request.session.get_expiry_date().timestamp() * 1000,
                "csrf": get_token(request),
                "on": today().isoformat(),
                "rows": road_day(self.actor, today(), in_full=allowed.full_names),
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
        seen = {name: request.POST[f"seen_{name}"] for name in FACTS if f"seen_{name}" in request.POST}
        try:
            record_from_road(
                case=case,
                statement=form.statement(),
                actor=self.actor,
                submission_id=submission,
                appointment=appointment_asked(case, request.POST.get("appointment", "")),
                seen=seen,
            )
        except ChangedMeanwhile as changed:
            return _unkept({"state": "conflict", "now": changed.now, "told": _told(changed, case, form)}, status=409)
        except DomainError as refusal:
            return _refused([str(refusal)])
        return _unkept({"state": "recorded"})


def _told(changed: ChangedMeanwhile, case: CoachingCase, form: ContactForm) -> list[dict[str, str]]:
    """What the server has beside what was typed, field by field."""
    lines: list[dict[str, str]] = []
    if "coach" in changed.facts:
        lines.append({"label": _("Qui suit le dossier"), "theirs": str(case.coach), "typed": _("vous")})
    if "open" in changed.facts:
        there = _("dossier ouvert") if case.is_open else _("dossier sorti")
        lines.append({"label": _("Le dossier"), "theirs": there, "typed": _("vu autrement")})
    if "appointment" in changed.facts:
        lines.append({"label": _("Le rendez-vous"), "theirs": _("a déjà son résultat"), "typed": _("prévu")})
    if "contact" in changed.facts and changed.last is not None:
        lines += _beside(changed.last, form)
    return lines


def _beside(last: Contact, form: ContactForm) -> list[dict[str, str]]:
    typed = form.statement()
    channels = dict(Channel.choices)
    return [
        {"label": _("Jour"), "theirs": date_words(last.on), "typed": date_words(typed.on)},
        {"label": _("Comment"), "theirs": str(channels[last.channel]), "typed": str(channels[typed.channel])},
        {"label": _("Minutes"), "theirs": str(last.minutes), "typed": str(typed.minutes)},
        {"label": _("Ce qui s’est dit"), "theirs": last.summary, "typed": typed.summary},
    ]


def _refused(errors: list[str]) -> JsonResponse:
    return _unkept({"state": "refused", "errors": errors}, status=422)


def _unkept(content: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(content, status=status)
    response["Cache-Control"] = "no-store"
    return response

"""One's own account."""

from __future__ import annotations

from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.services.preferences import choose_language, choose_single_keys
from accounts.services.sessions import close_sessions, open_sessions
from foundation.errors import DomainError
from foundation.views import PageView, safe_next
from foundation.ways import Way


class ProfileView(PageView):
    """Who I am here, and how my account is protected."""

    template_name = "accounts/profile.html"
    page_title = gettext_lazy("Mon profil")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the roles of the day and the second factor."""
        return super().get_context_data(
            memberships=cast(User, self.request.user).active_memberships,
            mfa_enabled=is_mfa_enabled(self.request.user),
            **kwargs,
        )


class SessionsView(PageView):
    """Where I am logged in, and the way to close the other places."""

    template_name = "accounts/sessions.html"
    page_title = gettext_lazy("Mes sessions")
    leads_to = Way("accounts:profile", words=gettext_lazy("Mon profil"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            sessions=open_sessions(cast(User, self.request.user)), key=self.request.session.session_key, **kwargs
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Close the others."""
        closed = close_sessions(cast(User, request.user), but=request.session.session_key)
        messages.success(request, ngettext("%(n)s session fermée.", "%(n)s sessions fermées.", closed) % {"n": closed})
        return redirect("accounts:sessions")


@require_POST
def choose_shortcuts(request: HttpRequest) -> HttpResponse:
    """Switch single keys on or off, and go on where one was."""
    on = request.POST.get("on") == "on"
    choose_single_keys(on=on, actor=cast(User, request.user))
    messages.success(request, _("Les touches seules agissent.") if on else _("Les touches seules n’agissent plus."))
    return redirect(safe_next(request) or "accounts:profile")


@require_POST
def choose_own_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from the next page on, and say so in that one."""
    language = request.POST.get("language", "")
    try:
        choose_language(language=language, actor=cast(User, request.user))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:profile")
    with override(language):
        messages.success(request, _("Les pages et les e-mails vous parlent cette langue."))
    return redirect("accounts:profile")

"""Pages that belong to no room: the front door, and what tells a machine that the service is well."""

from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, connection
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from config.navigation import front_page
from foundation.clock import today
from foundation.formatting import date_words
from foundation.kept_words import Why, forget, keep, page_of, writer_of
from foundation.views import PageView, safe_next


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send each person to the page that their work begins with."""
    user = cast(User, request.user)
    if page := front_page(user):
        return redirect(page)
    raise PermissionDenied(_without_role(user))


def _without_role(user: User) -> str:
    """Why nothing opens: the last role has ended, or none has begun."""
    ended = user.memberships.filter(ends_on__lt=today()).aggregate(last=Max("ends_on"))["last"]
    if ended is None:
        return _("Ce compte n’a aucun rôle en cours dans un organisme.")
    return _("Votre accès s’est terminé le %(date)s.") % {"date": date_words(ended)}


@require_safe
@login_not_required
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """Answer 200: the process is alive. Whoever restarts processes reads this."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@login_not_required
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers, 503 otherwise. Whoever sends visitors to processes reads this."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@method_decorator(login_not_required, name="dispatch")
class AccessibilityStatementView(PageView):
    """The accessibility statement that the Walloon decree of 2 May 2019 asks for (peers-ux-security 3.1)."""

    template_name = "accessibility.html"
    page_title = gettext_lazy("Déclaration d’accessibilité")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page, with the way to complain that this installation names."""
        return super().get_context_data(route=settings.ACCESSIBILITY_ROUTE, **kwargs)


@login_not_required
def not_sent(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is another log-in's: nothing was done, and its words wait for whoever typed them.

    They find them in the page itself; a visitor after logging in. Anybody else sees neither them nor that they exist.
    """
    owner, user = writer_of(request), request.user
    page = page_of(request, request.resolver_match.func if request.resolver_match else None)
    if owner and keep(request, owner, urlsplit(page).path, Why.OTHER_LOGIN):
        if not user.is_authenticated:
            return redirect_to_login(page)
        if str(user.pk) == owner:
            words = _("Rien n’a été enregistré : la page datait d’avant votre dernière connexion. Envoyez à nouveau.")
            messages.warning(request, words)
            return redirect(page)
    return render(request, "403_csrf.html", status=403)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read: too much of it at once, or something else than a form of ours."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


@require_POST
def forget_words(request: HttpRequest) -> HttpResponse:
    """Throw away what waited in a page of one's own, and go back to it."""
    page = safe_next(request)
    if page:
        forget(str(request.user.pk), urlsplit(page).path)
        messages.success(request, _("Le texte gardé est effacé."))
    return redirect(page or "home")

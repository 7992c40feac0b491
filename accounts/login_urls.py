"""allauth's addresses, without what this house does not offer: signing up, managing addresses, codes by e-mail.

The closed addresses keep their names, because the library links to them; they answer 404. Sessions have a page of ours.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path


@login_not_required
def closed(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Not offered here."""
    raise Http404


urlpatterns = [
    path("signup/", closed, name="account_signup"),
    path("email/", closed, name="account_email"),
    path("confirm-email/", closed, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", closed, name="account_confirm_email"),
    path("password/set/", closed, name="account_set_password"),
    path("login/code/confirm/", closed, name="account_confirm_login_code"),
    # accounts:sessions replaces it: the library's page asks the database once per session
    path("sessions/", closed, name="usersessions_list"),
    path("", include("allauth.urls")),
]

"""The e-mail by which somebody chooses the password that nobody else will ever know."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from accounts.permissions import organisation_of, require


def password_path(user: User) -> str:
    """The address, without its host, where the user chooses a password: works once, and for a few days only."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )


def invite(*, user: User, origin: str, actor: User) -> None:
    """Send the invitation once the current transaction is committed.

    ``origin`` is the address of the site ("https://ancrage.example"), without a final slash.

    Raises:
        NotAllowed: the actor is not an administrator of the organisation.
    """
    organisation = organisation_of(actor)
    require(actor, "accounts.manage_users", organisation)
    context = {
        "invited": user,
        "inviter": actor,
        "organisation": organisation,
        "url": origin + password_path(user),
        "days": settings.PASSWORD_RESET_TIMEOUT // 86400,
    }
    with override(user.language):
        subject = " ".join(render_to_string("accounts/email/invitation_subject.txt", context).split())
        body = render_to_string("accounts/email/invitation_message.txt", context)
    transaction.on_commit(lambda: send_mail(subject, body, from_email=None, recipient_list=[user.email]))

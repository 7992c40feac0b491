"""Where allauth asks the house: who may come in, how secrets are kept, which words are said."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from privacy.cipher import decrypt, encrypt

#: what the second factor's secrets are bound to, once encrypted
MFA_CONTEXT = "mfa.authenticator.data"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by an administrator of the organisation; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "L’adresse e-mail et le mot de passe ne vont pas ensemble. "
            "Vérifiez les deux, ou demandez un nouveau mot de passe."
        ),
        "too_many_login_attempts": _(
            "Trop d’essais de suite. Attendez cinq minutes, puis réessayez ou demandez un nouveau mot de passe."
        ),
        "incorrect_password": _("Ce n’est pas votre mot de passe actuel."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens their own account."""
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say nothing on log-in and log-out: the page that appears says it."""
        if message_template in {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}:
            return
        super().add_message(request, level, message_template, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of the reader, who may not be logged in, and say how long a link lives."""
        told = context | {"days": settings.PASSWORD_RESET_TIMEOUT // 86400}
        with override(getattr(context.get("user"), "language", None) or get_language()):
            super().send_mail(template_prefix, email, told)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Likewise for what changed in an account."""
        super().send_notification_mail(template_prefix, user, (context or {}) | {"user": user}, email)


class MFAAdapter(DefaultMFAAdapter):
    """The library would keep the secrets of the second factor in clear."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret on its way to the database."""
        return encrypt(text, MFA_CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret. Raises ``privacy.cipher.TamperedValue``."""
        return decrypt(encrypted_text, MFA_CONTEXT)

"""Where allauth asks the house: who may come in, how secrets are kept, which words are said."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from accounts.models import User
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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to whoever has the account in the language that they chose, not in that of the browser that asked."""
        user = context.get("user") or User.objects.filter(email__iexact=email).only("language").first()
        with override(user.language if isinstance(user, User) else get_language()):
            super().send_mail(template_prefix, email, context)

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say nothing on log-in and log-out: the page that appears says it."""
        if message_template in {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}:
            return
        super().add_message(request, level, message_template, *args, **kwargs)


class MFAAdapter(DefaultMFAAdapter):
    """The library would keep the secrets of the second factor in clear."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret on its way to the database."""
        return encrypt(text, MFA_CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret. Raises ``privacy.cipher.TamperedValue``."""
        return decrypt(encrypted_text, MFA_CONTEXT)

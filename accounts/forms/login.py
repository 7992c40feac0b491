"""allauth's forms, speaking and failing like every other form of ours (settings ``ACCOUNT_FORMS``, ``MFA_FORMS``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery_codes
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import FormBehaviour

_PASSWORD_ADVICE = _(
    "Au moins 12 caractères. Une phrase que vous retenez vaut mieux qu’un mot compliqué ; rien n’oblige aux chiffres "
    "ni aux symboles."
)


class OurWords(forms.Form):
    """Replaces the library's labels and helps, and drops its placeholders: a label is enough."""

    labels: ClassVar[Mapping[str, Any]] = {}
    helps: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class LoginForm(FormBehaviour, OurWords, account.LoginForm):
    labels = {"login": _("Adresse e-mail"), "password": _("Mot de passe")}


class ResetPasswordForm(FormBehaviour, OurWords, account.ResetPasswordForm):
    """Asking for a new password."""

    sheet = {"submit": _("Recevoir le lien"), "action": "account_reset_password", "cancel": "account_login"}
    labels = {"email": _("Adresse e-mail")}
    helps = {"email": _("Celle avec laquelle vous vous connectez.")}


class ResetPasswordKeyForm(FormBehaviour, OurWords, account.ResetPasswordKeyForm):
    """Choosing a password from the link received."""

    sheet = {"submit": _("Enregistrer ce mot de passe")}
    labels = {"password1": _("Nouveau mot de passe"), "password2": _("Le même, encore une fois")}
    helps = {"password1": _PASSWORD_ADVICE}


class ChangePasswordForm(FormBehaviour, OurWords, account.ChangePasswordForm):
    """Changing a password that one knows."""

    sheet = {"submit": _("Changer"), "action": "account_change_password", "cancel": "accounts:profile"}
    labels = {"oldpassword": _("Mot de passe actuel"), **ResetPasswordKeyForm.labels}
    helps = ResetPasswordKeyForm.helps


class ReauthenticateForm(FormBehaviour, OurWords, account.ReauthenticateForm):
    """Confirming that one is still oneself, by the password."""

    labels = {"password": _("Mot de passe")}


class CodeForm(FormBehaviour, OurWords, mfa.AuthenticateForm):
    """The second step of coming in."""

    sheet = {"submit": _("Continuer"), "action": "mfa_authenticate"}
    labels = {"code": _("Code")}
    helps = {"code": _("Les six chiffres affichés par votre application, ou un code de secours.")}


class CodeReauthenticateForm(FormBehaviour, OurWords, mfa.ReauthenticateForm):
    """Confirming that one is still oneself, by the second factor."""

    labels = CodeForm.labels
    helps = CodeForm.helps


class ActivateTOTPForm(FormBehaviour, OurWords, totp.ActivateTOTPForm):
    sheet = {"submit": _("Activer"), "action": "mfa_activate_totp", "cancel": "mfa_index"}
    labels = {"code": _("Code affiché par l’application")}


class DeactivateTOTPForm(FormBehaviour, OurWords, totp.DeactivateTOTPForm):
    sheet = {"submit": _("Désactiver"), "action": "mfa_deactivate_totp", "cancel": "mfa_index", "danger": True}


class GenerateRecoveryCodesForm(FormBehaviour, OurWords, recovery_codes.GenerateRecoveryCodesForm):
    sheet = {"submit": _("Créer les codes"), "action": "mfa_generate_recovery_codes", "cancel": "mfa_index"}

"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Organisations, people, rights, dated parameters."""

    name = "accounts"
    verbose_name = "Organismes et utilisateurs"
    default_auto_field = "django.db.models.BigAutoField"

"""The documents app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Papers made for a person or a firm, their texts, their signatures."""

    name = "documents"
    verbose_name = _("documents")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare permissions, audited rows, and this app's parts of the case file and of the settings."""
        from documents import permissions  # noqa: F401  (declares the permissions)
        from documents.contributions import register_documents

        register_documents()

"""The privacy app."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Encryption, audit of changes and of reads."""

    name = "privacy"
    verbose_name = "Vie privée"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the start-up checks, and name the actor in whatever the audit trail records."""
        from privacy import audit, checks  # noqa: F401
        from privacy.rotation import Rotation, rotations
        from privacy.storage import rotate_files

        audit.connect()
        rotations.add(Rotation("files", rotate_files))

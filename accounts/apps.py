"""The accounts app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Organisations, people, rights, dated parameters."""

    name = "accounts"
    verbose_name = "Organismes et utilisateurs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Audit what the app writes, follow the parameters, seed the missing ones."""
        from accounts import models
        from accounts.parameters import seeds, store
        from privacy.audit import register_audited

        for model in (models.Organisation, models.Site, models.Project, models.Membership, models.Parameter):
            register_audited(model)
        register_audited(models.User, exclude=("last_login", "current_organisation"), masked=("password",))
        store.connect()
        post_migrate.connect(seeds.seed_missing, sender=self, dispatch_uid="accounts.parameters.seed")

"""The accounts app."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Organisations, people, rights, dated parameters."""

    name = "accounts"
    verbose_name = "Organismes et utilisateurs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Audit what the app writes, follow the parameters, seed the missing ones."""
        from accounts import models, permissions  # noqa: F401  (declares the permissions)
        from accounts.contributions import ABSENCE, COLLEAGUES, FIRST_STEPS
        from accounts.parameters import seeds, store
        from accounts.registries import departure_checks, first_steps, takables
        from accounts.selectors.absences import replacements_left_behind
        from accounts.services.second_factor import reencrypt_authenticators
        from accounts.services.sent_forms import SentFormMemory
        from foundation.choosing import sources
        from foundation.finding import SearchedColumn, searched_columns
        from foundation.sent_forms import memories
        from privacy.audit import register_audited
        from privacy.rotation import Rotation, rotations

        searched_columns.add(SearchedColumn("accounts_user", "search_key"))
        departure_checks.add(replacements_left_behind)
        takables.add(ABSENCE)
        sources.add(COLLEAGUES)
        for step in FIRST_STEPS:
            first_steps.add(step)
        memories.add(SentFormMemory())
        for model in (
            models.Absence,
            models.ClosingDay,
            models.Organisation,
            models.Site,
            models.Project,
            models.Membership,
            models.Parameter,
            models.TakenBack,
        ):
            register_audited(model)
        register_audited(
            models.User, exclude=("last_login", "current_organisation", "search_key"), masked=("password",)
        )
        rotations.add(Rotation("mfa.authenticator", reencrypt_authenticators))
        store.connect()
        user_logged_in.connect(_settle, dispatch_uid="accounts.settle_organisation")
        post_migrate.connect(seeds.seed_missing, sender=self, dispatch_uid="accounts.parameters.seed")


def _settle(user: Any, **kwargs: Any) -> None:
    """Somebody whose role in an organisation has ended starts in one where they still have one.

    Forms that were sent long ago are forgotten on the way.
    """
    from accounts.services.organisations import settle_organisation
    from accounts.services.sent_forms import forget_old_forms

    settle_organisation(actor=user)
    forget_old_forms()

"""The foundation app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FoundationConfig(AppConfig):
    """What every room shares and no room owns."""

    name = "foundation"
    verbose_name = _("fondations")

    def ready(self) -> None:
        """Count as French counts."""
        from foundation.plurals import say_nought_in_the_singular

        say_nought_in_the_singular()

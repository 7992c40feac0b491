"""The placements app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacementsConfig(AppConfig):
    """Matches, employments, follow-up agreements, clocks, hiring aids."""

    name = "placements"
    verbose_name = _("placements")
    default_auto_field = "django.db.models.BigAutoField"

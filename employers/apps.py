"""The employers app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmployersConfig(AppConfig):
    """Companies, reference persons, prospection, vacancies and their objectivation."""

    name = "employers"
    verbose_name = _("entreprises")
    default_auto_field = "django.db.models.BigAutoField"

"""The beneficiaries app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BeneficiariesConfig(AppConfig):
    """People, eligibility, cases and phases, agreements, obstacles, objectives, partners."""

    name = "beneficiaries"
    verbose_name = _("bénéficiaires")
    default_auto_field = "django.db.models.BigAutoField"

"""The employers app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmployersConfig(AppConfig):
    """Companies, reference persons, prospection, vacancies and their objectivation."""

    name = "employers"
    verbose_name = _("entreprises")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare permissions, audited rows, and the talks with firms that this app knows of."""
        from accounts.registries import takables
        from employers import models, permissions  # noqa: F401  (declares the permissions)
        from employers.contributions import FIRM_SOURCES, VISIT
        from employers.registries import talk_providers
        from employers.selectors import prospection_talks
        from foundation.choosing import sources
        from foundation.finding import SearchedColumn, searched_columns
        from privacy.audit import register_audited

        for table in ("employers_company", "employers_companycontact", "employers_vacancy"):
            searched_columns.add(SearchedColumn(table, "search_key"))
        searched_columns.add(SearchedColumn("employers_prospectioncontact", "words"))
        for model in (
            models.Company,
            models.CompanyContact,
            models.ProspectionContact,
            models.Vacancy,
            models.VacancyRequirement,
        ):
            register_audited(model, exclude=("search_key", "name_key", "submission_id", "lineage", "kin", "words"))
        talk_providers.add(prospection_talks)
        takables.add(VISIT)
        for source in FIRM_SOURCES:
            sources.add(source)

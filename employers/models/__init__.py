"""Facts about firms and jobs."""

from employers.models.companies import Company, CompanyContact, ProspectionContact, in_families
from employers.models.vacancies import Vacancy, VacancyRequirement

__all__ = ["Company", "CompanyContact", "ProspectionContact", "Vacancy", "VacancyRequirement", "in_families"]

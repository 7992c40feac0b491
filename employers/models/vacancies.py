"""Jobs to be filled, their tasks, and the requirements that objectivation questions."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from employers.enums import ContractType, VacancyState
from employers.models.companies import Company, CompanyContact
from foundation.formatting import number_words
from foundation.models import UuidModel
from foundation.rules.text import search_key


class Vacancy(OrganisationOwned):
    """A job: what has to be done, under which conditions, for which firm."""

    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="vacancies", verbose_name=_("entreprise")
    )
    contact = models.ForeignKey(
        CompanyContact, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("personne de référence")
    )
    title = models.CharField(_("intitulé"), max_length=150)
    search_key = models.CharField(max_length=300, editable=False, db_index=True)
    state = models.CharField(_("état"), max_length=10, choices=VacancyState, default=VacancyState.OPEN)
    opened_on = models.DateField(_("annoncé le"))
    closed_on = models.DateField(_("clos le"), null=True, blank=True)
    positions = models.PositiveSmallIntegerField(_("nombre de places"), default=1, validators=[MinValueValidator(1)])
    contract_type = models.CharField(
        _("contrat proposé"), max_length=10, choices=ContractType, default=ContractType.CDD
    )
    weekly_hours = models.DecimalField(
        _("heures par semaine"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(50))],
    )
    schedule = models.CharField(_("horaire"), max_length=150, blank=True)
    place = models.CharField(_("lieu de travail"), max_length=150, blank=True)
    wage = models.CharField(_("salaire"), max_length=100, blank=True)
    tasks = models.TextField(_("tâches"), help_text=_("Une tâche par ligne : ce que la personne fera vraiment."))
    quality = models.TextField(_("qualité du poste"), blank=True)

    class Meta:
        verbose_name = _("poste à pourvoir")
        verbose_name_plural = _("postes à pourvoir")
        ordering = ["-opened_on", "title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="vacancy_closed_after_opened",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", closed_on__isnull=True) | (~Q(state="OPEN") & Q(closed_on__isnull=False)),
                name="vacancy_closed_has_date",
            ),
            models.CheckConstraint(condition=Q(positions__gte=1), name="vacancy_has_a_position"),
        ]

    def __str__(self) -> str:
        return f"{self.title} – {self.company}"

    @property
    def hours(self) -> str:
        """The hours per week as people read them, « 38 » or « 19,5 »; "" when unknown."""
        return number_words(self.weekly_hours.normalize()) if self.weekly_hours else ""

    def save(self, *args, **kwargs) -> None:
        """Keep the normalised search key true whoever writes."""
        self.search_key = search_key(f"{self.title} {self.company.name}")
        super().save(*args, **kwargs)


class VacancyRequirement(UuidModel):
    """A requirement as the employer states it, and as the tasks really need it once objectivated."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField(default=0)
    stated = models.CharField(_("exigence annoncée"), max_length=200)
    objectivated = models.CharField(_("ce que les tâches demandent vraiment"), max_length=200, blank=True)
    negotiable = models.BooleanField(_("négociable"), default=True)

    class Meta:
        verbose_name = _("exigence")
        ordering = ["vacancy", "position", "created_at"]

    def __str__(self) -> str:
        return self.objectivated or self.stated

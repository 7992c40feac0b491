"""The views of the list of cases that people and teams keep."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from followup.models.querysets import CaseViewManager
from followup.rules.case_lists import NAME_LENGTH


class CaseView(OrganisationOwned):
    """A list of cases kept under a name: its filters, order and columns, as the address holds them.

    Of one person, or of the whole team when nobody owns it. What is typed of a person is never kept.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("nom de la vue"), max_length=NAME_LENGTH)
    query = models.TextField(_("filtres"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar = CaseViewManager()

    class Meta:
        verbose_name = _("vue de la liste")
        ordering = ["position", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(owner__isnull=True),
                name="case_view_name_once_in_team",
                violation_error_message=_("Une vue de l’équipe porte déjà ce nom."),
            ),
            models.UniqueConstraint(
                fields=["organisation", "owner", "name"],
                condition=Q(owner__isnull=False),
                name="case_view_name_once",
                violation_error_message=_("Une de vos vues porte déjà ce nom."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_team(self) -> bool:
        """Whether it is everybody's."""
        return self.owner_id is None


class CaseListStart(OrganisationOwned):
    """The view that the list of cases opens with for somebody."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    view = models.ForeignKey(CaseView, on_delete=models.CASCADE, related_name="starts")

    class Meta:
        verbose_name = _("vue de départ")
        ordering = ["user"]
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="case_list_starts_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.view_id}"

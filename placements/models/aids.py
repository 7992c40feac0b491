"""The catalogue of hiring aids: what exists from which day to which, and on what conditions."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.enums import ParameterStatus
from foundation.constraints import NoOverlap
from foundation.formatting import own_words, span
from foundation.models import UuidModel
from placements.enums import AidRegion


class HiringAidQuerySet(models.QuerySet["HiringAid"]):
    """Aids, by when they hold."""

    def between(self, first: date, last: date) -> "HiringAidQuerySet":
        """Those in force on at least one of these days, both included."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first), starts_on__lte=last)

    def latest_versions(self) -> "HiringAidQuerySet":
        """The last version of each aid, by name."""
        later = HiringAid.objects.filter(code=OuterRef("code"), starts_on__gt=OuterRef("starts_on"))
        return self.filter(~Exists(later)).order_by("name", "pk")


class HiringAid(UuidModel):
    """One aid as it stands from `starts_on` to `ends_on`, both included; another version of it is another row.

    It holds for every organisation of the installation. A row is added, closed, or taken out of draft; it is never
    rewritten, since contracts name it (domain.md 10). One that none names is withdrawn when it was typed wrong.
    """

    code = models.CharField(_("code"), max_length=30)
    name = models.CharField(_("aide"), max_length=100)
    region = models.CharField(_("région"), max_length=8, choices=AidRegion)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"), null=True, blank=True)
    conditions = models.TextField(_("conditions"))
    source = models.CharField(_("source"), max_length=300)
    status = models.CharField(_("statut"), max_length=10, choices=ParameterStatus)
    # Whether a text that puts it in force was seen; until then a contract that names it says « à confirmer ».
    enabled = models.BooleanField(_("proposée dans les contrats"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = HiringAidQuerySet.as_manager()

    class Meta:
        verbose_name = _("aide à l’embauche")
        verbose_name_plural = _("aides à l’embauche")
        ordering = ["name", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "starts_on"],
                name="aid_version_once",
                violation_error_message=_("Une version de cette aide commence déjà ce jour-là."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="aid_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(conditions="") & ~Q(source=""), name="aid_is_documented"),
            NoOverlap(
                name="aid_one_version_a_day",
                scope="code",
                start="starts_on",
                end="ends_on",
                inclusive=True,
                violation_error_message=_("Une autre version de cette aide vaut déjà pour une partie de ces jours."),
            ),
        ]

    def __str__(self) -> str:
        return own_words(self.name)

    @property
    def to_confirm(self) -> bool:
        """Whether the aid is only announced, or known from a source that is not sure."""
        return not self.enabled or self.status == ParameterStatus.ASSUMPTION

    @property
    def shown(self) -> str:
        """The name as every page and paper says it: what is not sure is « à confirmer »."""
        return _now("%(aid)s (à confirmer)") % {"aid": self} if self.to_confirm else str(self)

    @property
    def validity(self) -> str:
        """From when to when it holds, in words."""
        return span(self.starts_on, self.ends_on)

    def holds_on(self, on: date) -> bool:
        """Whether the aid is in force that day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

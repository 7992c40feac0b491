"""The case: one path of one person, its phases and the coaches who carried it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned, Project, Site
from beneficiaries.enums import ExitOutcome, ExitReason
from beneficiaries.models.people import Beneficiary, Partner, coach_field
from foundation.constraints import NoOverlap
from foundation.models import UuidModel
from foundation.rules import dates
from method.rules.phases import Phase


class CoachingCase(OrganisationOwned):
    """One path of one person. `closed_on` is the first day of EXIT; null as long as the case is open."""

    beneficiary = models.ForeignKey(
        Beneficiary, on_delete=models.PROTECT, related_name="cases", verbose_name=_("personne")
    )
    coach = coach_field(related_name="cases", verbose_name=_("jobcoach"))
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("site"))
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("projet"))
    referrer = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="referred_cases",
        verbose_name=_("prescripteur"),
    )
    referred_on = models.DateField(_("date d’orientation"), null=True, blank=True)
    opened_on = models.DateField(_("ouvert le"))
    closed_on = models.DateField(_("sorti le"), null=True, blank=True)
    previous_case = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="next_cases",
        verbose_name=_("dossier précédent"),
    )

    # Days of the 24 months that another organisation used before, as its paper says.
    elsewhere_days = models.PositiveSmallIntegerField(_("jours utilisés ailleurs"), default=0)
    elsewhere_at = models.CharField(_("organisme précédent"), max_length=150, blank=True)
    elsewhere_from = models.DateField(_("accompagnement ailleurs, du"), null=True, blank=True)
    elsewhere_until = models.DateField(_("au"), null=True, blank=True)
    elsewhere_proof = models.ForeignKey(
        "beneficiaries.Evidence",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("preuve des jours utilisés ailleurs"),
    )

    date_bounds: ClassVar = {"opened_on": dates.OPENING}

    class Meta:
        verbose_name = _("dossier d’accompagnement")
        verbose_name_plural = _("dossiers d’accompagnement")
        ordering = ["-opened_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiary"],
                condition=Q(closed_on__isnull=True),
                name="case_one_open_per_person",
                violation_error_message=_("Cette personne a déjà un dossier ouvert."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")), name="case_closed_after_opened"
            ),
            models.CheckConstraint(
                condition=Q(referred_on__isnull=True) | Q(referred_on__lte=F("opened_on")),
                name="case_referred_before_opened",
            ),
            models.CheckConstraint(
                condition=Q(
                    elsewhere_days=0,
                    elsewhere_at="",
                    elsewhere_from__isnull=True,
                    elsewhere_until__isnull=True,
                    elsewhere_proof__isnull=True,
                )
                | (
                    Q(
                        elsewhere_days__gt=0,
                        elsewhere_from__isnull=False,
                        elsewhere_until__gte=F("elsewhere_from"),
                        elsewhere_until__lt=F("opened_on"),
                        elsewhere_proof__isnull=False,
                    )
                    & ~Q(elsewhere_at="")
                ),
                name="case_days_elsewhere_are_proven",
            ),
            NoOverlap(
                name="case_one_at_a_time",
                scope="beneficiary",
                start="opened_on",
                end="closed_on",
                violation_error_message=_("Cette personne a déjà un dossier à ces dates."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.beneficiary)

    @property
    def is_open(self) -> bool:
        """Whether the path still runs."""
        return self.closed_on is None

    def open_spell(self) -> "PhaseSpell":
        """The phase the case stands in now: the last spell, whose end is not known (EXIT included)."""
        known: list[PhaseSpell] = getattr(self, "_prefetched_objects_cache", {}).get("spells", [])
        return next((spell for spell in known if spell.ends_on is None), None) or self.spells.get(ends_on__isnull=True)


class PhaseSpell(UuidModel):
    """One stay of a case in one phase, `[starts_on, ends_on)`; a passage through HIRE may last zero days."""

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="spells")
    sequence = models.PositiveSmallIntegerField()
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices)
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    reason = models.TextField(_("motif"), blank=True)
    exit_reason = models.CharField(_("motif de sortie"), max_length=16, choices=ExitReason, blank=True)
    exit_outcome = models.CharField(_("situation à la sortie"), max_length=16, choices=ExitOutcome, blank=True)
    actor = coach_field(related_name="+")

    class Meta:
        verbose_name = _("passage de phase")
        ordering = ["case", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="spell_sequence_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(ends_on__isnull=True), name="spell_one_open_per_case"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="spell_ends_after_start"
            ),
            models.CheckConstraint(
                condition=(Q(phase="EXIT") & ~Q(exit_reason="") & ~Q(exit_outcome=""))
                | (~Q(phase="EXIT") & Q(exit_reason="") & Q(exit_outcome="")),
                name="spell_exit_has_reason_and_outcome",
            ),
            NoOverlap(
                name="spell_one_phase_at_a_time",
                scope="case",
                start="starts_on",
                end="ends_on",
                violation_error_message=_("Le dossier est déjà dans une autre phase à ces dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()} ({self.starts_on:%d/%m/%Y})"

    @property
    def phase_code(self) -> Phase:
        """The phase as the rules know it."""
        return Phase(self.phase)


class CaseAssignment(UuidModel):
    """Which coach carried the case, `[starts_on, ends_on)`, and why it changed hands."""

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="assignments")
    coach = coach_field(related_name="assignments", verbose_name=_("jobcoach"))
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    note = models.TextField(_("note de passation"), blank=True)
    actor = coach_field(related_name="+")
    # The form that handed the case over: sent twice, it does so once.
    submission_id = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("attribution")
        ordering = ["case", "starts_on", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ends_on__isnull=True), name="assignment_one_open_per_case"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="assignment_ends_after_start"
            ),
            models.UniqueConstraint(fields=["case", "submission_id"], name="assignment_once_per_submission"),
            NoOverlap(
                name="assignment_one_coach_at_a_time",
                scope="case",
                start="starts_on",
                end="ends_on",
                violation_error_message=_("Une autre personne suit déjà ce dossier à ces dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coach} ({self.starts_on:%d/%m/%Y})"


class CaseBelonging(UuidModel):
    """To which project, site and referrer the case belonged, `[starts_on, ends_on)`: the first row begins as the case
    opens, the last one is open and stays so after the exit. The case itself carries what the last one says.
    """

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="belongings")
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("projet")
    )
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("site")
    )
    referrer = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("prescripteur")
    )
    starts_on = models.DateField(_("à partir du"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    reason = models.TextField(_("motif"), blank=True)
    actor = coach_field(related_name="+")

    class Meta:
        verbose_name = _("rattachement")
        ordering = ["case", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ends_on__isnull=True), name="belonging_one_open_per_case"
            ),
            models.UniqueConstraint(
                fields=["case", "starts_on"],
                name="belonging_once_a_day",
                violation_error_message=_("Le rattachement change déjà ce jour-là : rechargez la page."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="belonging_not_empty"
            ),
            NoOverlap(
                name="belonging_one_at_a_time",
                scope="case",
                start="starts_on",
                end="ends_on",
                violation_error_message=_("Le dossier est déjà rattaché ailleurs à ces dates."),
            ),
        ]

    def __str__(self) -> str:
        named = [str(one) for one in (self.project, self.site, self.referrer) if one is not None]
        return f"{', '.join(named) or _('aucun projet')} ({self.starts_on:%d/%m/%Y})"

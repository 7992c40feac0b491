"""Contracts of employment, and how each is followed."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import DateField, DecimalField, F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from accounts.models.querysets import OrganisationScopedQuerySet
from beneficiaries.models import CoachingCase
from employers.enums import ContractType
from employers.models import Company, CompanyContact
from employers.models.fields import JointCommitteeField
from foundation.formatting import number_words
from foundation.models import UuidModel
from foundation.rules import dates
from foundation.rules.periods import Period
from placements.enums import EndReason, FollowUpMode, Origin
from placements.models.aids import HiringAid
from placements.models.matching import Match
from placements.rules.clocks import Contract
from placements.rules.contract_kinds import FREE_TERM_TYPES, PERMANENT_TYPES
from placements.rules.weeks import idle_periods


class EmploymentQuerySet(OrganisationScopedQuerySet):
    """Contracts, by what became of them."""

    def effective(self) -> "EmploymentQuerySet":
        """Contracts that were not called off before their first day."""
        return self.filter(cancelled_on__isnull=True)

    def select_for_update(
        self, nowait: bool = False, skip_locked: bool = False, of: Sequence[str] = ("self",), no_key: bool = False
    ) -> "EmploymentQuerySet":
        """Lock the contracts and nothing of their firms: PostgreSQL locks no row that a statement may not find."""
        return super().select_for_update(nowait=nowait, skip_locked=skip_locked, of=of, no_key=no_key)


class EmploymentManager(models.Manager.from_queryset(EmploymentQuerySet)):  # type: ignore[misc]
    """Reads each contract with what is known of its employer, in the same statement."""

    def get_queryset(self) -> EmploymentQuerySet:
        """Every contract, with the lineage and the family of its firm (employers/rules/lineage.py), and the family of
        the firm where the work of an agency is done.
        """
        found: EmploymentQuerySet = super().get_queryset()
        return found.annotate(
            firm_lineage=F("company__lineage"),
            firm_family=Coalesce("company__kin", "company_id"),
            user_family=Coalesce("user_company__kin", "user_company_id"),
        )


def _is_one_of(types: Iterable[str]) -> Q:
    """A contract of one of these types; written out type by type, as the constraints of the database are."""
    return reduce(or_, (Q(contract_type=one) for one in types), Q())


class Employment(OrganisationOwned):
    """One contract of one person with one firm. Days are inclusive: first day worked, last day planned, last day really
    worked.
    """

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="employments")
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="employments", verbose_name=_("entreprise")
    )
    match = models.ForeignKey(
        Match, on_delete=models.PROTECT, null=True, blank=True, related_name="employments", verbose_name=_("adéquation")
    )
    contract_type = models.CharField(_("type de contrat"), max_length=10, choices=ContractType)
    job_title = models.CharField(_("fonction"), max_length=150)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour prévu"), null=True, blank=True)
    ended_on = models.DateField(_("dernier jour presté"), null=True, blank=True)
    end_reason = models.CharField(_("motif de fin"), max_length=14, choices=EndReason, blank=True)
    weekly_hours = models.DecimalField(
        _("heures par semaine"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(50))],
    )
    # What the employer hopes for: granted or not, only the Forem says.
    aid = models.ForeignKey(
        HiringAid,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="employments",
        verbose_name=_("aide à l’embauche"),
    )
    origin = models.CharField(_("origine"), max_length=7, choices=Origin, default=Origin.UNKNOWN)
    joint_committee = JointCommitteeField(blank=True)
    # Of work through an agency: the firm is the agency, employer in law, and here is where the work is done.
    user_company = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_employments",
        verbose_name=_("entreprise utilisatrice"),
    )
    # The last day is the one agreed now. Once an amendment moved it, the one that was signed is kept here.
    end_amended = models.BooleanField(default=False, editable=False)
    signed_ends_on = models.DateField(_("dernier jour signé au départ"), null=True, blank=True, editable=False)
    # The Mondays of the weeks stated without work, as the clocks read them; written with the weeks, and only so.
    idle_weeks = models.JSONField(default=list, blank=True, editable=False)
    cancelled_on = models.DateField(_("annulé le"), null=True, blank=True)
    cancel_reason = models.TextField(_("motif de l’annulation"), blank=True)
    # Heard of once the phases had gone on without it: written with its true dates, it did not lead them.
    told_late = models.BooleanField(_("appris après coup"), default=False)
    # Its end, or its being called off, was written because the case ended with a death; undone, it is taken back.
    ended_by_death = models.BooleanField(default=False, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = EmploymentManager()

    date_bounds: ClassVar = {"starts_on": dates.WORK_DAY, "ends_on": dates.CONTRACT_END, "ended_on": dates.WORK_DAY}

    class Meta:
        verbose_name = _("contrat de travail")
        verbose_name_plural = _("contrats de travail")
        ordering = ["starts_on", "created_at"]
        indexes = [models.Index(fields=["organisation", "starts_on"])]
        constraints = [
            # Two part-time contracts may begin the same day in one firm; what is the same in everything is a double.
            models.UniqueConstraint(
                "case",
                "company",
                "contract_type",
                "starts_on",
                "job_title",
                Coalesce("ends_on", Value(date.max, output_field=DateField())),
                Coalesce("weekly_hours", Value(Decimal(0), output_field=DecimalField())),
                condition=Q(cancelled_on__isnull=True),
                name="employment_once",
                violation_error_message=_("Ce contrat est déjà enregistré."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="employment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
                name="employment_ended_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ends_on__isnull=True) | Q(ended_on__lte=F("ends_on")),
                name="employment_ended_within_plan",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="employment_ended_has_reason",
            ),
            models.CheckConstraint(
                condition=_is_one_of(PERMANENT_TYPES) | Q(ends_on__isnull=False) | _is_one_of(FREE_TERM_TYPES),
                name="employment_fixed_term_has_end",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(ended_on__isnull=True),
                name="employment_cancelled_never_ended",
            ),
            models.CheckConstraint(
                condition=~_is_one_of(PERMANENT_TYPES) | Q(ends_on__isnull=True), name="employment_cdi_is_open_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_contract_type_display()} – {self.company} ({self.starts_on:%d/%m/%Y})"

    @property
    def hours(self) -> str:
        """The hours per week as people read them, « 38 » or « 19,5 »; "" when unknown."""
        return number_words(self.weekly_hours.normalize()) if self.weekly_hours else ""

    @property
    def last_day(self):
        """Last day worked or planned, inclusive; `None` while open-ended and running."""
        return self.ended_on or self.ends_on

    @property
    def ties(self) -> str:
        """The lineage of the firm, as it is stored; read with the row, or from the firm when it was just written."""
        known: str | None = self.__dict__.get("firm_lineage")
        return self.company.lineage if known is None else known

    @property
    def family(self) -> UUID:
        """All the firms that this employer is, was or becomes."""
        known: UUID | None = self.__dict__.get("firm_family")
        return self.company.family if known is None else known

    @property
    def families(self) -> frozenset[UUID]:
        """The same, with the firm where the work of an agency is done: what hides the one hides the other."""
        if self.user_company_id is None:
            return frozenset({self.family})
        known: UUID | None = self.__dict__.get("user_family")
        return frozenset({self.family, known or self.user_company.family})  # type: ignore[union-attr]

    @property
    def firm_ids(self) -> frozenset[UUID]:
        """The employer, and the firm where the work of an agency is done: what hides the one hides the other."""
        return frozenset(filter(None, (self.company_id, self.user_company_id)))

    @property
    def firms(self) -> list[Company]:
        """The same, as they are loaded."""
        return [firm for firm in (self.company, self.user_company) if firm is not None]

    def as_contract(self) -> Contract:
        """The contract as the clock rules read it; the firm's identity decides what is the same employer."""
        return Contract.signed_with(
            self.company_id,
            self.ties,
            type=self.contract_type,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            ended_on=self.ended_on,
            idle=idle_of(self.idle_weeks),
        )


def idle_of(mondays: Sequence[str]) -> tuple[Period, ...]:
    """The days of the weeks without work, as the rules read them, from what the row keeps."""
    return idle_periods(map(date.fromisoformat, mondays))


class FollowUpAgreement(UuidModel):
    """How, with whom and how often a job is followed, or by whom that was refused, since when and why.

    `accepted_from` is the first day of a follow-up that had been refused before: nothing was due until then.
    """

    employment = models.OneToOneField(Employment, on_delete=models.CASCADE, related_name="followup_agreement")
    mode = models.CharField(_("suivi"), max_length=8, choices=FollowUpMode)
    agreed_on = models.DateField(_("convenu ou refusé le"))
    refusal_reason = models.TextField(_("motif du refus"), blank=True)
    accepted_from = models.DateField(_("accepté après un refus, à partir du"), null=True, blank=True)
    contact = models.ForeignKey(
        CompanyContact,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("personne de référence dans l’entreprise"),
    )
    terms = models.TextField(_("modalités convenues"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("accord de suivi")
        constraints = [
            models.CheckConstraint(
                condition=Q(mode="AGREED") | Q(contact__isnull=True), name="followup_no_employer_contact_unless_agreed"
            ),
            models.CheckConstraint(
                condition=Q(accepted_from__isnull=True) | Q(mode__in=("AGREED", "DISCREET")),
                name="followup_accepted_is_not_refused",
            ),
        ]

    def __str__(self) -> str:
        return self.get_mode_display()

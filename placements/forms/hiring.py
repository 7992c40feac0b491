"""Forms about contracts and how they are followed."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from employers.enums import ContractType
from employers.forms.fields import CommitteeField
from employers.models import Company, CompanyContact
from foundation.choosing import ChoosingField
from foundation.clock import today
from foundation.forms import AncrageForm, FrenchDateField, FrenchDecimalField
from foundation.layouts import Layout, Row, Section
from foundation.rules import dates
from placements.enums import REFUSED_MODES, EndReason, FollowUpMode, Origin
from placements.models import Employment, HiringAid
from placements.rules.contract_kinds import PERMANENT_TYPES
from placements.services.hiring import FollowUpTerms, Terms

LATER = "LATER"

LAST_DAY_HELP = format_lazy(
    _("Compris. Vide pour un {types}, ou s’il n’est pas connu (remplacement, travail nettement défini)."),
    types=", ".join(str(ContractType(one).label) for one in PERMANENT_TYPES),
)

MODE_CHOICES = [
    (FollowUpMode.AGREED.value, _("Convenu avec la personne et l’employeur")),
    (FollowUpMode.DISCREET.value, _("Discret : l’employeur n’en sait rien")),
    (FollowUpMode.REFUSED.value, _("Refusé par la personne")),
    (FollowUpMode.EMPLOYER.value, _("Refusé par l’employeur, qui connaît le suivi")),
    (FollowUpMode.BOTH.value, _("Refusé par la personne et par l’employeur")),
]


class AidField(forms.ModelChoiceField):
    """A hiring aid, with the days on which it holds; « à confirmer auprès du Forem », always."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Aide à l’embauche"),
            queryset=HiringAid.objects.none(),
            required=False,
            empty_label=_("aucune, ou pas encore connue"),
            help_text=_("Celle que l’employeur espère, au premier jour du contrat. À confirmer auprès du Forem."),
        )

    def offer(self, first: date, last: date, kept: HiringAid | None = None) -> None:
        """Offer the aids in force, or announced, on one of these days, and the one that the contract names already."""
        offered = HiringAid.objects.between(first, last)
        if kept is not None:
            offered = offered | HiringAid.objects.filter(pk=kept.pk)
        self.queryset = offered.order_by("name", "-starts_on")

    def label_from_instance(self, obj: HiringAid) -> str:
        """The name, and from when to when when it ends."""
        if obj.ends_on is None:
            days = _now("depuis le %(date)s") % {"date": f"{obj.starts_on:%d/%m/%Y}"}
        else:
            words = {"first": f"{obj.starts_on:%d/%m/%Y}", "last": f"{obj.ends_on:%d/%m/%Y}"}
            days = _now("du %(first)s au %(last)s") % words
        return f"{obj.name} ({_now('à confirmer, %(days)s') % {'days': days} if obj.to_confirm else days})"


class UserCompanyField(ChoosingField):
    """Where the work is done, when an agency is the employer."""

    def __init__(self) -> None:
        super().__init__(
            "firms",
            label=_("Entreprise utilisatrice (intérim)"),
            queryset=Company.objects.none(),
            required=False,
            nobody=_("aucune, ou pas encore connue"),
            help_text=_("Seulement pour un intérim : l’agence est l’employeur, le travail se fait ici."),
        )


class FollowUpForm(AncrageForm):
    """How a job is followed."""

    mode = forms.ChoiceField(
        label=_("Comment le suivi est-il convenu ?"),
        choices=MODE_CHOICES,
        widget=forms.RadioSelect,
        help_text=_("Suivi discret : rien, ici, ne proposera de joindre l’employeur au sujet de cette personne."),
    )
    agreed_on = FrenchDateField(label=_("Convenu ou refusé le"), not_future=True, required=False)
    reason = forms.CharField(
        label=_("Motif du refus"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Refusé par la personne, aucun contact n’est dû ; par l’employeur, aucun entretien avec lui."),
    )
    contact = forms.ModelChoiceField(
        label=_("Personne de référence dans l’entreprise"),
        queryset=CompanyContact.objects.none(),
        required=False,
        help_text=_("Seulement si l’employeur est au courant du suivi."),
    )
    terms = forms.CharField(
        label=_("Ce qui est convenu"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Rythme, lieu, sujets, ce que l’employeur sait."),
    )

    layout = Layout("mode", "reason", Row("contact", "agreed_on"), "terms")

    def __init__(self, *args: Any, company: Company, user_company: Company | None = None, **kwargs: Any) -> None:
        """Offer the people of the firm, and of the place where the work of an agency is done."""
        super().__init__(*args, **kwargs)
        contact: Any = self.fields["contact"]
        firms = [firm for firm in (company, user_company) if firm is not None]
        contact.queryset = CompanyContact.objects.filter(company__in=firms).order_by("-is_reference", "name", "id")
        contact.empty_label = _("Personne en particulier")

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        cleaned = super().clean() or {}
        if cleaned.get("mode") in REFUSED_MODES and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", ValidationError(_("Dites pourquoi le suivi est refusé."), code="refusal_reason"))
        return cleaned

    def followup(self) -> FollowUpTerms | None:
        """What the service receives; nothing when it is agreed later."""
        data = self.cleaned_data
        if data["mode"] == LATER:
            return None
        # A mode that hides the follow-up leaves no trace of anybody to call (domain.md 6).
        contact = data["contact"] if data["mode"] == FollowUpMode.AGREED else None
        return FollowUpTerms(
            mode=data["mode"],
            agreed_on=data["agreed_on"] or today(),
            contact=contact,
            terms=data["terms"],
            reason=data["reason"] if data["mode"] in REFUSED_MODES else "",
        )


class HireForm(FollowUpForm):
    """A contract of employment, and how it will be followed."""

    job_title = forms.CharField(label=_("Fonction"), max_length=150)
    contract_type = forms.ChoiceField(label=_("Contrat"), choices=ContractType.choices)
    starts_on = FrenchDateField(
        label=_("Premier jour"), help_text=_("Passé, aujourd’hui ou à venir."), bounds=dates.WORK_DAY
    )
    ends_on = FrenchDateField(
        label=_("Dernier jour prévu"),
        required=False,
        help_text=LAST_DAY_HELP,
        bounds=dates.CONTRACT_END,
        may_be_open=True,
    )
    weekly_hours = FrenchDecimalField(
        label=_("Heures par semaine"), required=False, min_value=1, max_value=50, max_digits=4, decimal_places=2
    )
    joint_committee = CommitteeField()
    origin = forms.ChoiceField(
        label=_("D’où vient cet emploi ?"),
        choices=[choice for choice in Origin.choices if choice[0] not in (Origin.OURS, Origin.UNKNOWN)]
        + [(Origin.UNKNOWN.value, _("Je ne sais pas encore"))],
        widget=forms.RadioSelect,
    )
    user_company = UserCompanyField()
    aid = AidField()
    fill_vacancy = forms.BooleanField(
        label=_("Le poste est pourvu : ne plus le proposer"), required=False, initial=True
    )

    layout = Layout(
        Section(
            _("Le contrat"),
            "job_title",
            Row("contract_type", "weekly_hours"),
            Row("starts_on", "ends_on"),
            "user_company",
            "joint_committee",
            "origin",
            "aid",
            "fill_vacancy",
        ),
        Section(_("Le suivi en entreprise"), *FollowUpForm.layout.fields),
    )

    def __init__(
        self,
        *args: Any,
        viewer: User,
        has_match: bool,
        may_be_agency: bool,
        has_vacancy: bool,
        since: date,
        **kwargs: Any,
    ) -> None:
        """`since`: the first day that a contract of this case may have. Behind a match, the job is ours."""
        super().__init__(*args, **kwargs)
        if may_be_agency:
            cast(UserCompanyField, self.fields["user_company"]).offer(viewer, makes=True)
        else:
            del self.fields["user_company"]
        if has_match:
            del self.fields["origin"]
        cast(AidField, self.fields["aid"]).offer(since, dates.WORK_DAY.latest(today()))
        mode: Any = self.fields["mode"]
        mode.choices = [*MODE_CHOICES, (LATER, _("À convenir plus tard"))]
        if not has_vacancy:
            del self.fields["fill_vacancy"]

    def employment_terms(self) -> Terms:
        """What the service receives about the contract."""
        data = self.cleaned_data
        return Terms(
            contract_type=data["contract_type"],
            job_title=data["job_title"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            weekly_hours=data["weekly_hours"],
            aid=data["aid"],
            origin=data.get("origin", Origin.UNKNOWN),
            joint_committee=data["joint_committee"],
            user_company=data.get("user_company"),
            confirmed=self.said_yes_to,
        )


class EndForm(AncrageForm):
    """The last day really worked, and why the job ends."""

    ended_on = FrenchDateField(
        label=_("Dernier jour presté"),
        help_text=_("Le dernier jour travaillé, ou la fin du préavis s’il est connu."),
        bounds=dates.WORK_DAY,
    )
    reason = forms.ChoiceField(label=_("Motif"), choices=EndReason.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, employment: Employment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if employment.ends_on is None:
            reason: Any = self.fields["reason"]
            reason.choices = [choice for choice in EndReason.choices if choice[0] != EndReason.TERM]


class DatedReasonForm(AncrageForm):
    """A day and a reason: a hiring called off, a return to pre-hire."""

    on = FrenchDateField(label=_("Date"), not_future=True)
    reason = forms.CharField(label=_("Motif"), widget=forms.Textarea(attrs={"rows": 3}))

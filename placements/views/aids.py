"""The catalogue of hiring aids, in the settings: read, completed, closed, withdrawn; never rewritten."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import ParameterStatus
from accounts.permissions import allows
from accounts.views.base import SettingsMixin
from foundation.clock import today
from foundation.views import ActFormView, PageView
from foundation.ways import Way
from placements.forms.aids import AidEndForm, AidForm, AidReasonForm, AidSourceForm
from placements.models import HiringAid
from placements.services import aids

LIST = "placements:aid_list"


class AidListView(SettingsMixin, PageView):
    """Every aid with its dates, its conditions and where they come from; those in force first."""

    template_name = "placements/aid_list.html"
    permission = "accounts.view_aids"
    section = LIST
    page_title = gettext_lazy("Aides à l’embauche")
    page_lead = gettext_lazy(
        "Une aide vaut pour les contrats dont le premier jour est entre ses dates. Elle est toujours à confirmer "
        "auprès du Forem, la veille de l’embauche."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the aids in force, to come, in draft and past."""
        on = today()
        known = list(HiringAid.objects.order_by("name", "-starts_on"))
        groups = (
            (_("En vigueur"), [aid for aid in known if aid.enabled and aid.holds_on(on)]),
            (_("À venir"), [aid for aid in known if aid.enabled and aid.starts_on > on]),
            (
                _("Annoncées, à confirmer : ce qui remplacerait les aides passées"),
                [aid for aid in known if not aid.enabled],
            ),
            (_("Passées"), [aid for aid in known if aid.enabled and aid.ends_on and aid.ends_on < on]),
        )
        return super().get_context_data(
            groups=[(title, rows) for title, rows in groups if rows],
            may_change=allows(self.actor, "accounts.keep_installation"),
            assumption=ParameterStatus.ASSUMPTION,
            **kwargs,
        )


class AidActView(SettingsMixin, ActFormView):
    """One act on the catalogue: back to it afterwards."""

    permission = "accounts.keep_installation"
    section = LIST
    leads_to = Way(LIST, words=gettext_lazy("Aides à l’embauche"))


class AidAddView(AidActView):
    """A new aid, or the next version of one."""

    form_class = AidForm
    page_title = gettext_lazy("Ajouter une aide à l’embauche")
    page_lead = gettext_lazy("Une aide ne se corrige pas : on en ajoute une version, à partir d’un jour.")
    success_message = gettext_lazy("L’aide est dans le catalogue.")

    def act(self, form: AidForm) -> HiringAid:
        return aids.add_aid(
            statement=form.statement(),
            follows=form.cleaned_data["follows"],
            actor=self.actor,
            submission_id=form.cleaned_data["submission_id"],
        )


class OneAidView(AidActView):
    """An act on the aid of the address."""

    @cached_property
    def aid(self) -> HiringAid:
        """The aid that the address names."""
        return get_object_or_404(HiringAid, pk=self.kwargs["aid_id"])

    def get_page_lead(self) -> str:
        return _("%(aid)s, en vigueur depuis le %(date)s") % {
            "aid": self.aid,
            "date": f"{self.aid.starts_on:%d/%m/%Y}",
        }


class AidCloseView(OneAidView):
    """An aid is given its last day."""

    form_class = AidEndForm
    page_title = gettext_lazy("Mettre fin à une aide")
    submit_label = gettext_lazy("Mettre fin")
    success_message = gettext_lazy("L’aide a maintenant un dernier jour ; les contrats qui la nomment la gardent.")

    def act(self, form: AidEndForm) -> HiringAid:
        return aids.close_aid(aid=self.aid, ends_on=form.last_day(), actor=self.actor)


class AidEnableView(OneAidView):
    """A text that puts in force what was announced has been seen."""

    form_class = AidSourceForm
    page_title = gettext_lazy("Confirmer une aide annoncée")
    submit_label = gettext_lazy("Confirmer")
    success_message = gettext_lazy("L’aide est confirmée.")

    def get_page_lead(self) -> str:
        return _("%(aid)s, annoncée à partir du %(date)s") % {
            "aid": self.aid,
            "date": f"{self.aid.starts_on:%d/%m/%Y}",
        }

    def act(self, form: AidSourceForm) -> HiringAid:
        return aids.enable_aid(aid=self.aid, source=form.cleaned_data["source"], actor=self.actor)


class AidWithdrawView(OneAidView):
    """An aid that was typed wrong, and that no contract names."""

    form_class = AidReasonForm
    page_title = gettext_lazy("Retirer une aide")
    submit_label = gettext_lazy("Retirer l’aide")
    success_message = gettext_lazy("L’aide est retirée du catalogue, avec son motif.")
    danger = True

    def act(self, form: AidReasonForm) -> None:
        aids.withdraw_aid(aid=self.aid, reason=form.cleaned_data["reason"], actor=self.actor)

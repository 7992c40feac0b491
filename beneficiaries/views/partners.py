"""The outside services: who sends people, who helps beside us."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import allows, organisation_of
from accounts.views.mixins import PermissionRequiredMixin
from beneficiaries.forms.people import NewPartnerForm, PartnerForm
from beneficiaries.models import Partner
from beneficiaries.selectors import cases as selectors
from beneficiaries.services.people import save_partner
from foundation.keyset import SortKey
from foundation.views import ActFormView, PageView, paginate_by_key
from foundation.ways import Way


class PartnerListView(PermissionRequiredMixin, PageView):
    """Every partner, those who refer people first to the eye."""

    permission = "beneficiaries.view_partners"
    template_name = "beneficiaries/partner_list.html"
    page_title = gettext_lazy("Partenaires")
    page_lead = gettext_lazy("Les services qui nous envoient des personnes, et ceux qui les aident à côté de nous.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            page_obj=paginate_by_key(self.request, selectors.partners(self.actor), (SortKey("name"),)),
            can_manage=allows(self.actor, "beneficiaries.manage_partners", self.actor.current_organisation),
            **kwargs,
        )


class PartnerActView(PermissionRequiredMixin, ActFormView):
    """What adding and correcting share."""

    permission = "beneficiaries.manage_partners"
    form_class = PartnerForm
    leads_to = Way("beneficiaries:partner_list", words=gettext_lazy("Partenaires"), next_wins=True)

    def get_partner(self) -> Partner:
        """The partner to write."""
        raise NotImplementedError

    def act(self, form: PartnerForm) -> Partner:
        partner = self.get_partner()
        facts = dict(form.cleaned_data)
        sent = facts.pop("submission_id", None)
        for name, value in facts.items():
            setattr(partner, name, value)
        return save_partner(partner=partner, actor=self.actor, submission_id=sent)


class PartnerCreateView(PartnerActView):
    form_class = NewPartnerForm
    page_title = gettext_lazy("Ajouter un partenaire")

    def get_partner(self) -> Partner:
        return Partner(organisation=organisation_of(self.actor))

    def get_success_message(self, form: Any) -> str:
        return _("%(name)s est ajouté aux partenaires.") % {"name": self.result.name}


class PartnerEditView(PartnerActView):
    success_message = gettext_lazy("C’est enregistré.")

    @cached_property
    def partner(self) -> Partner:
        """The partner, among those of the organisation."""
        found: Partner = get_object_or_404(selectors.partners(self.actor), pk=self.kwargs["partner_id"])
        return found

    def get_permission_object(self) -> Any:
        return self.partner

    def get_page_title(self) -> str:
        return str(self.partner.name)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.partner, name) for name in PartnerForm.base_fields}

    def get_partner(self) -> Partner:
        """The same one, so that a refusal leaves the shown title alone."""
        return get_object_or_404(selectors.partners(self.actor), pk=self.partner.pk)

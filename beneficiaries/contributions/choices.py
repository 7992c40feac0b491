"""The partners among which one chooses who sent a person."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import allows, organisation_of
from beneficiaries.models import Partner
from beneficiaries.services.people import save_partner
from foundation.choosing import About, Source
from foundation.keys import key_of
from foundation.making import Maker


def _referrers(user: User, about: About) -> QuerySet[Any]:
    """Those that send people, and the one that a case names already."""
    wanted = Q(refers=True) | Q(pk=key_of(about.get("kept", "")))
    return Partner.objects.visible_to(user).filter(wanted).order_by("search_key", "id")


def _sheet_of_partner(viewer: User, **asked: Any) -> Any:
    # Forms are read once every room is there.
    from beneficiaries.forms.people import MissingPartnerForm

    return MissingPartnerForm(**asked)


def _write_partner(viewer: User, sheet: Any) -> Partner:
    facts = sheet.cleaned_data
    partner = Partner(organisation=organisation_of(viewer), name=facts["name"], kind=facts["kind"], refers=True)
    return save_partner(partner=partner, actor=viewer, submission_id=facts["submission_id"])


NEW_REFERRER = Maker(
    may=lambda viewer: allows(viewer, "beneficiaries.manage_partners", viewer.current_organisation),
    offer=lambda typed: _("Ajouter le partenaire « %(typed)s »") % {"typed": typed},
    title=lambda: _("Nouveau prescripteur"),
    sheet=_sheet_of_partner,
    initial=lambda typed: {"name": typed},
    # Those that send nobody yet are no answer here: the list of partners says that they do.
    probable=lambda viewer, typed: [],
    write=_write_partner,
)
REFERRERS = Source(
    name="referrers",
    permission="beneficiaries.view_partners",
    rows=_referrers,
    second=Partner.get_kind_display,
    maker=NEW_REFERRER,
)

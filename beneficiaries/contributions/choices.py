"""The partners among which one chooses who sent a person."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from beneficiaries.models import Partner
from foundation.choosing import About, Source
from foundation.keys import key_of


def _referrers(user: User, about: About) -> QuerySet[Any]:
    """Those that send people, and the one that a case names already."""
    wanted = Q(refers=True) | Q(pk=key_of(about.get("kept", "")))
    return Partner.objects.visible_to(user).filter(wanted).order_by("search_key", "id")


REFERRERS = Source(
    name="referrers",
    permission="beneficiaries.view_partners",
    rows=_referrers,
    second=Partner.get_kind_display,
)

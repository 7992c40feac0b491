"""The last of the first steps of an organisation: somebody is accompanied there."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.registries import FirstStep
from beneficiaries.models import CoachingCase

FIRST_PEOPLE = FirstStep(
    name="people",
    title=_("Ouvrir les premiers dossiers"),
    text=_("Les jobcoachs et la coordination les ouvrent : une identité et une date suffisent."),
    url_name="beneficiaries:case_new",
    permission="beneficiaries.open_case",
    order=50,
    done=lambda on: Exists(CoachingCase.objects.filter(organisation=OuterRef("pk")).order_by()),
)

"""What must hold between the contacts and the phases of a case after a correction."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from beneficiaries.models import CoachingCase


def contact_coherence(case: CoachingCase) -> Iterator[str]:
    """No contact lies before the case was opened."""
    first = case.contacts.filter(on__lt=case.opened_on).order_by("on").first()
    if first is not None:
        yield _("Un contact est consigné le %(date)s, avant l’ouverture du dossier.") % {"date": f"{first.on:%d/%m/%Y}"}

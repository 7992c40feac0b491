"""Asking a colleague for news of one of their people."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import organisation_of, require
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import locked_cases
from followup.models import CaseAsk, CaseStatus
from followup.rules.cadence import is_answered
from foundation.batches import Batch
from foundation.clock import today
from foundation.formatting import date_words
from foundation.persistence import save_checked
from privacy.audit import act


@act
def ask_for_news(*, cases: Collection[UUID], actor: User) -> Batch[CoachingCase]:
    """Ask whoever carries these cases to see to the people: on their pages at once, in the reminders of the next
    morning. What is refused of one (closed, seen today, asked already) is told, and the others are asked for.

    Raises:
        NotAllowed: only a coordinator asks.
    """
    organisation = organisation_of(actor)
    require(actor, "followup.remind", organisation)
    on = today()
    found = locked_cases(cases, organisation.pk)
    seen = dict(CaseStatus.objects.filter(case__in=found).values_list("case", "last_contact_on"))
    asked = dict(CaseAsk.objects.filter(case__in=found).order_by("asked_on").values_list("case", "asked_on"))
    batch: Batch[CoachingCase] = Batch()
    for case in sorted(found, key=lambda case: (case.beneficiary.search_key, str(case.pk))):
        words = _why_not(case, seen.get(case.pk), asked.get(case.pk), on)
        if words:
            batch.refused.append((case, words))
            continue
        save_checked(CaseAsk(organisation=organisation, case=case, asked_by=actor, asked_on=on))
        batch.done.append(case)
    return batch


def _why_not(case: CoachingCase, seen_on: date | None, asked_on: date | None, on: date) -> str:
    """Why nothing is to be asked of a case; "" when something is."""
    if not case.is_open:
        return _("Ce dossier est sorti.")
    if is_answered(on, seen_on):
        return _("Un contact est déjà consigné aujourd’hui.")
    if asked_on is not None and not is_answered(asked_on, seen_on):
        return _("C’est déjà demandé depuis le %(date)s.") % {"date": date_words(asked_on)}
    return ""

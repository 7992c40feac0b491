"""Among what one chooses when a contact is written down: firms that may be met about a person, cases of people."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from beneficiaries.models import CoachingCase
from beneficiaries.selectors.finding import answering
from employers.contributions import NEW_FIRM
from employers.models import Company
from employers.selectors import best_companies
from followup.selectors.recording import cases_to_plan_for, cases_to_tell_of, firms_to_meet
from foundation.choosing import About, Source, row_of
from foundation.finding import best_first
from foundation.keys import key_of


def _firms(user: User, about: About) -> QuerySet[Any]:
    """Those of the organisation that may hear of the person; none for a case that the user does not see."""
    case = row_of(CoachingCase.objects.visible_to(user), about.get("case", ""))
    return firms_to_meet(case, key_of(about.get("met", ""))) if case is not None else Company.objects.none()


def _named(cases: QuerySet[Any], typed: str) -> QuerySet[Any]:
    found = cases.filter(answering(typed, "beneficiary__"))
    return best_first(found, typed, sort="beneficiary__search_key")


FIRMS_TO_MEET = Source(
    name="firms-to-meet",
    permission="accounts.read_names",
    rows=_firms,
    search=best_companies,
    second=lambda firm: firm.town,
    maker=NEW_FIRM,
)
TOLD_CASES = Source(
    name="cases",
    permission="accounts.read_names",
    rows=lambda user, about: cases_to_tell_of(user),
    search=_named,
    # People come back, and have namesakes.
    label=lambda case: f"{case.beneficiary.full_name} ({case.opened_on:%d/%m/%Y})",
    second=lambda case: case.beneficiary.born_words,
    forgives=False,
)
OPEN_CASES = Source(
    name="open-cases",
    permission="accounts.read_names",
    rows=lambda user, about: cases_to_plan_for(user),
    search=_named,
    label=lambda case: f"{case.beneficiary.full_name} ({case.opened_on:%d/%m/%Y})",
    second=lambda case: case.beneficiary.born_words,
    forgives=False,
)

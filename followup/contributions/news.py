"""What a talk tells of a job: the person, or the employer about them, was heard while the case was open."""

from datetime import date
from typing import Any

from django.db.models import DateField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from followup.enums import Outcome, Party
from followup.models import Contact
from followup.rules.cadence import COUNTING_CHANNELS, COUNTING_PARTIES


def last_talk() -> Any:
    """The day of the last talk that is news of a contract, for a query of contracts.

    Held in person, by telephone or by video, with the person or with the employer of the contract (any of its firms),
    no later than the exit.
    """
    talks = (
        Contact.objects.annotate(family=Coalesce("company__kin", "company_id"))
        .filter(
            case=OuterRef("case"),
            outcome=Outcome.HELD,
            channel__in=sorted(COUNTING_CHANNELS),
            on__lte=Coalesce(OuterRef("case__closed_on"), Value(date.max, output_field=DateField())),
        )
        .filter(Q(party__in=sorted(COUNTING_PARTIES)) | Q(party=Party.EMPLOYER, family=OuterRef("firm_family")))
        .order_by("-on")
    )
    return Subquery(talks.values("on")[:1])

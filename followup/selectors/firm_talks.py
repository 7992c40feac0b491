"""Talks with employers about somebody, for the pages of firms: no two coaches on one door."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Max

from employers.panels import Talk
from followup.enums import Channel, Outcome, Party
from followup.models import Contact


def employer_talks(companies: Sequence[UUID]) -> list[Talk]:
    """The latest talk of each of our people with each firm about somebody whom we coach, by each means.

    It says that a talk took place, never about whom.
    """
    rows = (
        Contact.objects.filter(company__in=companies, party__in=(Party.EMPLOYER, Party.BOTH), outcome=Outcome.HELD)
        .order_by()
        .values("company_id", "coach_id", "coach__first_name", "coach__last_name", "channel")
        .annotate(last=Max("on"))
    )
    return [
        Talk(
            company_id=row["company_id"],
            on=row["last"],
            coach_id=row["coach_id"],
            coach=f"{row['coach__first_name']} {row['coach__last_name']}".strip(),
            how=str(Channel(row["channel"]).label),
            about_someone=True,
        )
        for row in rows
    ]

"""A figure and the rows behind it: the same whether the report is of now or was sent."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from accounts.models import User
from beneficiaries.models import CoachingCase
from foundation.views import paginate
from privacy.audit import record_accesses
from reporting.preview.selectors.figures import rows_behind, rows_in_words
from tables.engine.tables import Document, Subject


def record_naming(subject: Subject | None, named: Sequence[UUID], user: User) -> None:
    """Write down that people were named beside a figure that tells of each something that they could refuse to tell."""
    if subject is Subject.PARTICIPANT and named:
        shown = CoachingCase.objects.filter(organisation=user.current_organisation_id, pk__in=named)
        record_accesses(user, list(shown.select_related("beneficiary").order_by("pk")), "view")


def figure_context(document: Document, asked: Mapping[str, str], request: HttpRequest, user: User) -> dict[str, Any]:
    """What the page of a figure shows: its table, its cell, and the rows behind it, one page at a time.

    ``asked`` holds the table, the row and the column of the address.

    Raises:
        Http404: the report has no such figure.
    """
    try:
        table = document.table(asked["table"])
        cell = table.cell(asked["row"], asked["column"])
        behind = table.behind(asked["row"], asked["column"])
    except KeyError as error:
        raise Http404 from error
    page = paginate(request, behind.refs)
    named = tuple(page.object_list)
    record_naming(behind.subject, named, user)
    return {
        "table": table,
        "row": next(row for row in table.rows if row.key == asked["row"]),
        "column": table.column(asked["column"]),
        "cell": cell,
        "page_obj": page,
        "rows": rows_behind(behind.subject, named, user) if behind.subject else [],
        "counted": rows_in_words(behind.subject, page.paginator.count) if behind.subject else "",
    }

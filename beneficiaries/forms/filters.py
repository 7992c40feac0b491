"""Filters of lists about people."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from beneficiaries.selectors.finding import answering


class PersonFilter(django_filters.CharFilter):
    """The rows of the people whom the words describe; `path` leads from a row to the person."""

    def __init__(self, *args: Any, path: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.path = path

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(answering(value, self.path)) if value else qs

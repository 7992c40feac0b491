"""The first hiring aids of an installation."""

from typing import Any

from django.db import connections

from placements.models import HiringAid
from placements.services.aid_catalogue import CATALOGUE


def seed_missing_aids(using: str, **kwargs: Any) -> None:
    """Write the aids of the catalogue of which no version is known; touches nothing else.

    Runs after `migrate`, and after the test suite empties the database: no migration needs to carry them.
    """
    if HiringAid._meta.db_table not in connections[using].introspection.table_names():
        return
    known = set(HiringAid.objects.using(using).order_by().values_list("code", flat=True).distinct())
    # In bulk: each row carries its own dates and source, and nobody did it that an audit could name.
    HiringAid.objects.using(using).bulk_create(
        HiringAid(
            code=seed.code,
            name=seed.name,
            region=seed.region,
            starts_on=seed.starts_on,
            ends_on=seed.ends_on,
            conditions=seed.conditions,
            source=seed.source,
            status=seed.status,
            enabled=seed.enabled,
        )
        for seed in CATALOGUE
        if seed.code not in known
    )

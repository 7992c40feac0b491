"""What the catalogue of aids said wrongly of the years before: the minimum of two months and the ages of July 2023.

A row that an installation received is cut in two on that day; contracts that name it follow by their first day.
"""

from datetime import date

from django.db import migrations
from django.db.models import Q

EVE, DAY = date(2023, 6, 30), date(2023, 7, 1)
REFORM = date(2017, 7, 1)

_25 = (
    "Moins de 25 ans, résidence en Wallonie de langue française, demandeur·se d’emploi inoccupé·e, sans CESS dès "
    "le premier jour ou au plus CESS après 6 mois. {term} 500 € par mois pendant 24 mois, 250 € pendant 6 mois, "
    "125 € pendant 6 mois."
)
_12 = (
    "Inoccupé·e depuis au moins 12 mois, résidence en Wallonie de langue française. {term} 500 € par mois pendant "
    "12 mois, 250 € pendant 6 mois, 125 € pendant 6 mois."
)
_FREE, _TWO_MONTHS = "Aucune durée minimale de contrat.", "CDI ou contrat d’au moins 2 mois."
_BEFORE = "Décret wallon du 2 février 2017, version d’avant le 01/07/2023"
_SINCE = "Décret wallon du 2 février 2017, articles 3 et 4 modifiés au 01/07/2023 ; Securex, 21/03/2023"

#: by code: conditions and source until 30 June 2023, then since 1 July 2023
TOLD = {
    "IMPULSION_25": ((_25.format(term=_FREE), _BEFORE), (_25.format(term=_TWO_MONTHS), _SINCE)),
    "IMPULSION_12": ((_12.format(term=_FREE), _BEFORE), (_12.format(term=_TWO_MONTHS), _SINCE)),
    "IMPULSION_55": (
        (
            "Réduction de cotisations ONSS selon l’âge : 400 € par trimestre de 55 à 57 ans, 1 000 € de 58 à 61 ans, "
            "1 500 € dès 62 ans, sous un plafond de salaire trimestriel. Aucune inscription n’est demandée.",
            "Parlement wallon, question écrite 93 (2022-2023)",
        ),
        (
            "Réduction de cotisations ONSS selon l’âge : 400 € par trimestre de 55 à 57 ans, 1 000 € de 58 à 64 ans, "
            "1 500 € dès 65 ans, sous un plafond de salaire trimestriel. De 55 à 59 ans : pour un nouvel engagement, "
            "d’une personne inscrite au Forem comme inoccupée ; dès 60 ans, sans inscription.",
            "Décret wallon du 2 février 2017, modifié au 01/07/2023 ; lecap.be, 2025",
        ),
    ),
}


def cut_in_two(apps, schema_editor):
    """Only rows that the installation received: what somebody added says what they saw."""
    aids, contracts = apps.get_model("placements", "HiringAid"), apps.get_model("placements", "Employment")
    for code, (before, since) in TOLD.items():
        row = (
            aids.objects.filter(code=code, starts_on=REFORM, created_by=None)
            .filter(Q(ends_on=None) | Q(ends_on__gte=DAY))
            .first()
        )
        if row is None:
            continue
        last, row.ends_on = row.ends_on, EVE
        row.conditions, row.source = before
        row.save(update_fields=["ends_on", "conditions", "source"])
        later = aids.objects.create(
            code=code,
            name=row.name,
            region=row.region,
            starts_on=DAY,
            ends_on=last,
            conditions=since[0],
            source=since[1],
            status=row.status,
            enabled=row.enabled,
        )
        contracts.objects.filter(aid=row, starts_on__gte=DAY).update(aid=later)


class Migration(migrations.Migration):
    dependencies = [("placements", "0005_facts_learnt_late")]

    operations = [migrations.RunPython(cut_in_two, migrations.RunPython.noop)]

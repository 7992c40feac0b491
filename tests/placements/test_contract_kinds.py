"""The table of contract kinds agrees with the closed list, the parameters and the database."""

import pytest
from django.db.models import Q

from accounts.parameters import Key, definitions
from employers.enums import ContractType
from placements.models import Employment
from placements.rules import contract_kinds as kinds
from placements.services.guards import last_day_words


def test_every_type_has_its_row_in_the_order_of_the_list() -> None:
    assert list(kinds.CONTRACT_KINDS) == ContractType.values


@pytest.mark.parametrize(
    ("key", "types"),
    [
        (Key.STOPPING_CONTRACT_TYPES, kinds.STOPPING_TYPES),
        (Key.FOLLOWED_CONTRACT_TYPES, kinds.FOLLOWED_TYPES),
        (Key.COUNTED_CONTRACT_TYPES, kinds.DURABLE_TYPES),
        (Key.PLACED_CONTRACT_TYPES, kinds.EMPLOYMENT_TYPES),
    ],
)
def test_the_dated_parameters_begin_with_the_table(key: Key, types: tuple[str, ...]) -> None:
    assert definitions[key].default == list(types)


def test_the_database_holds_what_the_table_says() -> None:
    checks = {constraint.name: constraint for constraint in Employment._meta.constraints}
    assert checks["employment_cdi_is_open_ended"].condition == ~Q(contract_type="CDI") | Q(ends_on__isnull=True)
    assert checks["employment_fixed_term_has_end"].condition == (
        Q(contract_type="CDI")
        | Q(ends_on__isnull=False)
        | Q(contract_type="CDD")
        | Q(contract_type="INTERIM")
        | Q(contract_type="ART_60")
        | Q(contract_type="ART_61")
        | Q(contract_type="FREELANCE")
        | Q(contract_type="OTHER")
    )


def test_a_refusal_names_the_type() -> None:
    assert last_day_words(kinds.LastDayFault.UNEXPECTED, "CDI") == "Un CDI n’a pas de dernier jour prévu."
    assert last_day_words(kinds.LastDayFault.MISSING, "CDD") == "Ce type de contrat a un dernier jour."

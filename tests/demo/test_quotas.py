"""The shares of the six projects add up to every figure the report printed."""

import pytest

from demo.plan.published import published_figures
from demo.plan.quotas import AGES, EDUCATIONS, ORIGINS, PROJECTS, SEXES, ProjectQuota, SexQuota

FIGURES = published_figures()
BY_NAME = {quota.name: quota for quota in PROJECTS}


def _sum(sex: str, dimension: str, index: int) -> int:
    return sum(getattr(quota, dimension)[index] for project in PROJECTS for s, quota in project.by_sex() if s == sex)


@pytest.mark.parametrize("sex", SEXES)
@pytest.mark.parametrize(
    ("dimension", "values"), [("age", AGES), ("origin", ORIGINS), ("education", EDUCATIONS)], ids=lambda v: str(v)[:9]
)
def test_profile_by_sex_is_the_published_one(sex: str, dimension: str, values: tuple[str, ...]) -> None:
    for index, value in enumerate(values):
        assert _sum(sex, dimension, index) == FIGURES.profile[dimension][value][sex]


@pytest.mark.parametrize("project", PROJECTS, ids=lambda p: p.key)
def test_each_dimension_counts_the_same_people(project: ProjectQuota) -> None:
    for _, quota in project.by_sex():
        assert sum(quota.age) == sum(quota.origin) == sum(quota.education)
        assert quota.people_with_contract <= quota.people
        assert quota.people_with_contract <= quota.cdi + quota.cdd


@pytest.mark.parametrize("sex", SEXES)
@pytest.mark.parametrize("kind", ["CDI", "CDD"])
def test_contracts_by_sex_and_type_are_the_published_table(sex: str, kind: str) -> None:
    total = sum(getattr(quota, kind.lower()) for project in PROJECTS for s, quota in project.by_sex() if s == sex)
    assert total == FIGURES.contracts[kind][sex]


@pytest.mark.parametrize("published", FIGURES.projects, ids=lambda p: p.town)
def test_printed_figures_of_each_project(published) -> None:
    quota = BY_NAME[published.name]
    assert quota.people == published.people
    assert quota.companies == published.companies
    assert quota.contracts_in_annex == published.contracts
    women = quota.women
    men = quota.men
    cdi = women.cdi + (men.cdi if men else 0)
    cdd = women.cdd + (men.cdd if men else 0)
    if published.men is not None:
        assert men is not None
        assert men.people == published.men
    if published.women is not None:
        assert women.people == published.women
    if published.cdi is not None:
        assert cdi == published.cdi
    if published.cdd is not None:
        assert cdd == published.cdd


def test_one_contract_is_in_no_annex_and_it_is_a_cdi_of_ceppst() -> None:
    assert sum(project.contracts for project in PROJECTS) == FIGURES.contracts_signed == 152
    assert sum(project.contracts_in_annex for project in PROJECTS) == 151
    over = [(p.key, p.contracts - p.contracts_in_annex) for p in PROJECTS if p.contracts != p.contracts_in_annex]
    assert over == [("ceppst", 1)]


def men(project: ProjectQuota) -> SexQuota:
    assert project.men is not None
    return project.men


def test_remarks_in_words_hold() -> None:
    edit, ceppst, fleurus = BY_NAME["Centre EDIT"], BY_NAME["CEPPST"], BY_NAME["CPAS de Fleurus"]
    forma, mire = BY_NAME["ASBL FORMA"], BY_NAME["Mission Régionale pour l'Emploi du Centre"]
    res = BY_NAME["Réseau d'Entreprises Sociales"]

    foreign = men(edit).origin[1] + edit.women.origin[1]
    assert round(100 * foreign / edit.people) == 70
    assert round(100 * edit.asylum_seekers / edit.people) == 28
    assert (men(edit).education[0] + edit.women.education[0]) / edit.people > 0.40
    assert men(edit).age[1] > edit.people / 2

    assert men(ceppst).education[0] + ceppst.women.education[0] == 6
    assert men(ceppst).education[1] + ceppst.women.education[1] > ceppst.people / 2

    assert 0.68 < fleurus.women.people / fleurus.people < 0.70
    assert 0.38 < (men(fleurus).education[0] + fleurus.women.education[0]) / fleurus.people < 0.40
    assert 0.67 < (men(fleurus).cdi + fleurus.women.cdi) / fleurus.contracts < 0.68

    assert forma.men is None
    assert round(100 * forma.women.origin[1] / forma.people) == 37
    assert forma.women.education[1] > forma.people / 2

    assert 0.93 < (men(mire).cdd + mire.women.cdd) / mire.contracts < 0.94
    assert men(mire).age[1] > mire.people / 2
    assert men(mire).origin[1] == mire.women.origin[1] == 0

    assert (men(res).cdi, res.women.cdi) == (5, 2)
    assert men(res).people > res.people / 2
    assert (men(res).education[0] + res.women.education[0]) > res.people / 2


def test_contracts_per_person_are_those_of_a_method_with_bounces() -> None:
    signed = sum(project.contracts for project in PROJECTS)
    signers = sum(quota.people_with_contract for project in PROJECTS for _, quota in project.by_sex())
    assert 1.3 <= signed / signers <= 1.6

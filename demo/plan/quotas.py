"""How the published totals are shared out between the six projects.

The report prints totals by sex for the six projects together, and only a few figures per project. The tables below
are one
way to reconcile them: every total by sex is exact, every figure printed for a project is exact, every remark in words
("nearly 70 % women", "mostly men") holds. ``tests/demo/test_quotas.py`` checks all three against the data file.

One contract is in no project's annex: the six add up to 151, and to 61 CDI, where the table by sex and type has 152 and
62. The table is what the report publishes and is consistent by itself, so the pilot holds 152 contracts. The one left
over
is a CDI; it is given to CEPPST, whose annex prints only its 25 CDD and says that its coach also kept people in a job
that was threatened: work that an annex counting "contracts signed" would leave out.
"""

from dataclasses import dataclass

MEN = "men"
WOMEN = "women"
SEXES = (MEN, WOMEN)

AGES = ("under_25", "25_to_45", "over_45")
ORIGINS = ("belgian_or_european", "foreign_or_of_foreign_origin")
EDUCATIONS = ("CEB", "CESI", "CESS", "OTHER")


@dataclass(frozen=True, slots=True)
class SexQuota:
    """One sex of one project: counts in the order of AGES, ORIGINS and EDUCATIONS, then contracts and who signed
    them.
    """

    age: tuple[int, int, int]
    origin: tuple[int, int]
    education: tuple[int, int, int, int]
    cdi: int
    cdd: int
    people_with_contract: int

    @property
    def people(self) -> int:
        """Number of people of this sex in the project."""
        return sum(self.age)


@dataclass(frozen=True, slots=True)
class Situations:
    """How many people of one project are where on the reference day; the rest are in pre-hire, without a story of
    their own.

    ``long_paths`` gives, for people whose 24 months are nearly used up, the days left before the deadline.
    ``preparatory`` and ``left_preparatory`` are people whom the project received and did not coach, there or gone: they
    come beside the published ones, who were all accompanied.
    """

    consolidated: int
    review_due: int
    cdi_bounced: int
    cdi_then_cdd: int
    cdd_left: int
    cdd_past_window: int
    cdd_ending_soon: int
    left_preparatory: int
    left_search: int
    preparatory: int
    hiring: int
    fell_through: int
    long_paths: tuple[int, ...] = ()
    expired: int = 0
    extended: int = 0
    suspended: int = 0
    used_up: int = 0


@dataclass(frozen=True, slots=True)
class ProjectQuota:
    """Everything that is counted for one project. ``men`` is ``None`` for the project that works with women only."""

    key: str
    name: str
    companies: int
    contracts_in_annex: int
    asylum_seekers: int
    men: SexQuota | None
    women: SexQuota
    situations: Situations

    def by_sex(self) -> tuple[tuple[str, SexQuota], ...]:
        """Return ``(sex, quota)`` pairs, men first, leaving out a sex the project does not work with."""
        rows = ((MEN, self.men), (WOMEN, self.women))
        return tuple((sex, quota) for sex, quota in rows if quota is not None)

    @property
    def people(self) -> int:
        """Number of people coached by the project."""
        return sum(quota.people for _, quota in self.by_sex())

    @property
    def contracts(self) -> int:
        """Number of contracts signed by people of the project, the one outside the annex included."""
        return sum(quota.cdi + quota.cdd for _, quota in self.by_sex())


PROJECTS: tuple[ProjectQuota, ...] = (
    ProjectQuota(
        key="edit",
        name="Centre EDIT",
        companies=117,
        contracts_in_annex=25,
        asylum_seekers=12,
        men=SexQuota((4, 26, 2), (10, 22), (14, 3, 5, 10), cdi=6, cdd=14, people_with_contract=14),
        women=SexQuota((2, 8, 1), (3, 8), (4, 1, 3, 3), cdi=2, cdd=3, people_with_contract=4),
        situations=Situations(
            consolidated=3,
            review_due=0,
            cdi_bounced=1,
            cdi_then_cdd=0,
            cdd_left=1,
            cdd_past_window=1,
            cdd_ending_soon=2,
            left_preparatory=2,
            left_search=9,
            preparatory=3,
            hiring=1,
            fell_through=1,
            long_paths=(58,),
            suspended=1,
        ),
    ),
    ProjectQuota(
        key="ceppst",
        name="CEPPST",
        companies=37,
        contracts_in_annex=38,
        asylum_seekers=0,
        men=SexQuota((8, 29, 5), (39, 3), (3, 26, 11, 2), cdi=8, cdd=15, people_with_contract=16),
        women=SexQuota((9, 28, 4), (36, 5), (3, 18, 14, 6), cdi=6, cdd=10, people_with_contract=11),
        situations=Situations(
            consolidated=6,
            review_due=1,
            cdi_bounced=1,
            cdi_then_cdd=1,
            cdd_left=2,
            cdd_past_window=1,
            cdd_ending_soon=3,
            left_preparatory=3,
            left_search=14,
            preparatory=6,
            hiring=2,
            fell_through=1,
            long_paths=(24, 81),
            suspended=1,
        ),
    ),
    ProjectQuota(
        key="fleurus",
        name="CPAS de Fleurus",
        companies=37,
        contracts_in_annex=37,
        asylum_seekers=0,
        men=SexQuota((3, 10, 3), (13, 3), (4, 4, 7, 1), cdi=10, cdd=4, people_with_contract=10),
        women=SexQuota((6, 26, 5), (29, 8), (17, 5, 12, 3), cdi=15, cdd=8, people_with_contract=17),
        situations=Situations(
            consolidated=11,
            review_due=1,
            cdi_bounced=2,
            cdi_then_cdd=2,
            cdd_left=0,
            cdd_past_window=0,
            cdd_ending_soon=1,
            left_preparatory=1,
            left_search=6,
            preparatory=4,
            hiring=1,
            fell_through=1,
            long_paths=(47,),
            extended=1,
        ),
    ),
    ProjectQuota(
        key="forma",
        name="ASBL FORMA",
        companies=170,
        contracts_in_annex=12,
        asylum_seekers=0,
        men=None,
        women=SexQuota((6, 35, 2), (27, 16), (5, 23, 11, 4), cdi=6, cdd=6, people_with_contract=9),
        situations=Situations(
            consolidated=3,
            review_due=0,
            cdi_bounced=0,
            cdi_then_cdd=0,
            cdd_left=1,
            cdd_past_window=0,
            cdd_ending_soon=1,
            left_preparatory=2,
            left_search=10,
            preparatory=4,
            hiring=1,
            fell_through=1,
            long_paths=(75,),
            suspended=1,
        ),
    ),
    ProjectQuota(
        key="mire-centre",
        name="Mission Régionale pour l'Emploi du Centre",
        companies=100,
        contracts_in_annex=32,
        asylum_seekers=0,
        men=SexQuota((5, 34, 6), (45, 0), (5, 31, 4, 5), cdi=2, cdd=22, people_with_contract=16),
        women=SexQuota((3, 13, 2), (18, 0), (2, 7, 5, 4), cdi=0, cdd=8, people_with_contract=6),
        situations=Situations(
            consolidated=1,
            review_due=1,
            cdi_bounced=0,
            cdi_then_cdd=0,
            cdd_left=2,
            cdd_past_window=1,
            cdd_ending_soon=3,
            left_preparatory=1,
            left_search=9,
            preparatory=5,
            hiring=2,
            fell_through=1,
            long_paths=(12, 38, 70, 86),
            expired=1,
            suspended=1,
            used_up=1,
        ),
    ),
    ProjectQuota(
        key="res",
        name="Réseau d'Entreprises Sociales",
        companies=30,
        contracts_in_annex=7,
        asylum_seekers=0,
        men=SexQuota((3, 12, 4), (16, 3), (12, 2, 2, 3), cdi=5, cdd=0, people_with_contract=5),
        women=SexQuota((1, 4, 2), (6, 1), (3, 0, 2, 2), cdi=2, cdd=0, people_with_contract=2),
        situations=Situations(
            consolidated=3,
            review_due=0,
            cdi_bounced=0,
            cdi_then_cdd=0,
            cdd_left=0,
            cdd_past_window=0,
            cdd_ending_soon=0,
            left_preparatory=2,
            left_search=7,
            preparatory=2,
            hiring=1,
            fell_through=0,
            long_paths=(64,),
        ),
    ),
)

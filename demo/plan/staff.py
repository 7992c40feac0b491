"""The six organisations and who works there. The organisations are those of the report; the people are invented."""

from datetime import date, timedelta

from demo.plan import names
from demo.plan.plan_types import MembershipPlan, OrganisationPlan, SitePlan, UserPlan

PROJECT_NAME = "Jobcoaching : expérience pilote"
# The experiment began in December 2001 (seed 001, annex on La Louvière); the teams were there before.
PROJECT_DAYS = 395
TEAM_DAYS = 900

DEMO_ORGANISATION = "mire-centre"
DEMO_JOBCOACH = "mire-centre/coach-1"
DEMO_COORDINATOR = "mire-centre/coordinator"
DEMO_ADMIN = "mire-centre/admin"
DEMO_ANALYST = "analyst"
# A coach who left: some of their cases were handed over, two were not.
DEPARTED_COACH = "mire-centre/coach-4"
DEPARTED_DAYS = 21

# key: name, short name, kind, (postal code, town, site) of each site
ORGANISATIONS: tuple[tuple[str, str, str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("edit", "Centre EDIT", "EDIT", "CISP", (("4800", "Verviers", "Verviers"),)),
    (
        "ceppst",
        "Centre d’éducation permanente et de promotion sociale des travailleurs",
        "CEPPST",
        "ASBL",
        (("6700", "Arlon", "Arlon"), ("6800", "Libramont", "Libramont")),
    ),
    ("fleurus", "CPAS de Fleurus", "CPAS Fleurus", "CPAS", (("6220", "Fleurus", "Espace Citoyen"),)),
    ("forma", "ASBL FORMA", "FORMA", "EFT", (("5000", "Namur", "Namur"),)),
    (
        "mire-centre",
        "Mission régionale pour l’emploi du Centre",
        "MIRE Centre",
        "MIRE",
        (("7100", "La Louvière", "La Louvière"), ("7130", "Binche", "Binche")),
    ),
    ("res", "Réseau d’entreprises sociales", "RES", "NETWORK", (("4040", "Herstal", "Herstal"),)),
)

# Name and full-time equivalent of the coaches: each follows about twenty people over the time.
COACHES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "edit": (("Selma", "Vencimonte", "1.00"), ("Benoît", "Tilffard", "1.00")),
    "ceppst": (
        ("Katia", "Lambermontois", "1.00"),
        ("Joël", "Paliseulois", "1.00"),
        ("Muriel", "Orvalois", "1.00"),
        ("Yannick", "Houffalard", "1.00"),
    ),
    "fleurus": (("Vinciane", "Mettetaux", "1.00"), ("Fabrice", "Gobertange", "1.00"), ("Aurélie", "Sautourel", "0.50")),
    "forma": (("Corinne", "Falmignoul", "1.00"), ("Latifa", "Ouaddarni", "0.90")),
    "mire-centre": (
        ("Nadia", "Brassinelle", "1.00"),
        ("Loïc", "Quaregnaux", "1.00"),
        ("Giovanna", "Pietralbino", "1.00"),
        ("Thierry", "Seneffard", "0.50"),
    ),
    "res": (("Charline", "Vervoisin", "1.00"),),
}
LEADERS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "edit": (("Didier", "Lesterny"), ("Pascale", "Stavelotte")),
    "ceppst": (("Anne-Marie", "Rochefortin"), ("Gilles", "Noiseuille")),
    "fleurus": (("Patricia", "Dambreville"), ("Luc", "Sivrychamp")),
    "forma": (("Françoise", "Haversinne"), ("Delphine", "Warnimpré")),
    "mire-centre": (("Philippe", "Montignard"), ("Sylvie", "Marchienval")),
    "res": (("Marc", "Flémalart"), ("Brigitte", "Cokaiko")),
}
PARTNERS = (
    ("FOREM", "FOREM", True),
    ("CPAS", "CPAS", True),
    ("Bouche-à-oreille", "OTHER", True),
    ("Lire et écrire ensemble", "TRAINING", True),
    ("Maison de l’accueil des tout-petits", "CHILDCARE", False),
    ("Médiation de dettes du canton", "DEBT", False),
)
# What a coach's cases look like on the reference day; dealt in a loop, so that every team has its share.
URGENCIES = (
    "on_track",
    "soon",
    "on_track",
    "late",
    "on_track",
    "today",
    "soon",
    "on_track",
    "on_track",
    "late",
    "soon",
    "on_track",
    "very_late",
    "on_track",
    "today",
    "on_track",
    "soon",
)
# The demonstration's coach has the liveliest day.
DEMO_URGENCIES = (
    "on_track",
    "today",
    "late",
    "soon",
    "no_shows",
    "today",
    "on_track",
    "very_late",
    "soon",
    "late",
    "today",
    "on_track",
    "soon",
    "on_track",
    "late",
    "today",
    "on_track",
    "on_track",
    "on_track",
)


def address(site: SitePlan) -> str:
    """The address of a site on one line."""
    return f"{site.street}, {site.postal_code} {site.town}"


def organisations(ref: date) -> tuple[OrganisationPlan, ...]:
    """Return the six organisations with their sites, partners and the project of the pilot."""
    found: list[OrganisationPlan] = []
    for number, (key, name, short_name, kind, places) in enumerate(ORGANISATIONS, 1):
        sites = tuple(
            SitePlan(f"{key}/site-{i}", site, f"Place des Essais, {10 * number + i}", postal_code, town)
            for i, (postal_code, town, site) in enumerate(places, 1)
        )
        found.append(
            OrganisationPlan(
                key=key,
                name=name,
                short_name=short_name,
                kind=kind,
                town=places[0][1],
                address=address(sites[0]),
                phone=names.phone(5, number),
                email=f"{key}@exemple.test",
                project_code="PILOTE",
                project_name=PROJECT_NAME,
                project_starts_on=ref - timedelta(days=PROJECT_DAYS),
                sites=sites,
                partners=PARTNERS,
            )
        )
    return tuple(found)


def _user(key: str, name: tuple[str, str], email: str, memberships: tuple[MembershipPlan, ...]) -> UserPlan:
    return UserPlan(key, name[0], name[1], email, memberships)


def users(ref: date) -> tuple[UserPlan, ...]:
    """Return everyone who logs in: coaches, a coordinator and an administrator per organisation, and the network's
    analyst.
    """
    since = ref - timedelta(days=TEAM_DAYS)
    found: list[UserPlan] = []
    for key, *_rest, places in ORGANISATIONS:
        demo = key == DEMO_ORGANISATION
        for number, (first, last, fte) in enumerate(COACHES[key], 1):
            coach = f"{key}/coach-{number}"
            until = ref - timedelta(days=DEPARTED_DAYS) if coach == DEPARTED_COACH else None
            site = f"{key}/site-{1 + (number - 1) % len(places)}"
            email = (
                "jobcoach@exemple.test" if coach == DEMO_JOBCOACH else names.mail(first, last, f"{key}.exemple.test")
            )
            found.append(
                _user(coach, (first, last), email, (MembershipPlan(key, "JOBCOACH", fte, site, since, until),))
            )
        for role, name in zip(("COORDINATOR", "ADMIN"), LEADERS[key], strict=True):
            word = role.lower()
            email = f"{word}@exemple.test" if demo else names.mail(*name, f"{key}.exemple.test")
            found.append(
                _user(f"{key}/{word}", name, email, (MembershipPlan(key, role, "1.00", f"{key}/site-1", since, None),))
            )
    everywhere = tuple(MembershipPlan(row[0], "ANALYST", "0.00", None, since, None) for row in ORGANISATIONS)
    found.append(_user(DEMO_ANALYST, ("Claire", "Interlignes"), "analyst@exemple.test", everywhere))
    return tuple(found)


def coach_weights(organisation: str) -> tuple[tuple[str, int], ...]:
    """Return the coaches still there with their full-time equivalent in hundredths."""
    rows = (
        (f"{organisation}/coach-{i}", int(float(fte) * 100)) for i, (_, _, fte) in enumerate(COACHES[organisation], 1)
    )
    return tuple((coach, weight) for coach, weight in rows if coach != DEPARTED_COACH)

"""Who was supported: gender by age, origin, education, time without work, commune (regulation.md 1.6)."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from beneficiaries.enums import Education, Origin, PartnerKind
from foundation.rules.text import search_key
from reporting.activity.common import by_gender, classes
from reporting.activity.rules.profile import age_class, unemployment_class
from reporting.activity.selectors.rows import CaseRow
from tables.engine.scope import Scope
from tables.engine.tables import Axis, Subject, Table

#: communes told by name; the others are counted together
COMMUNES_LISTED = 15
ELSEWHERE = "elsewhere"


def profile_tables(people: Sequence[CaseRow], scope: Scope) -> tuple[Table, ...]:
    """The people of the period, each once, by what characterises them."""
    communes = communes_of(row.town for row in people)
    ages = (
        ("under_25", _("Moins de 25 ans")),
        ("25_to_45", _("De 25 à 45 ans")),
        ("over_45", _("Plus de 45 ans")),
        ("", _("Non précisé")),
    )
    without_work = (
        ("under_6", _("Moins de 6 mois")),
        ("6_to_11", _("De 6 à moins de 12 mois")),
        ("12_to_23", _("De 12 à moins de 24 mois")),
        ("24_to_35", _("De 24 à moins de 36 mois")),
        ("36_or_more", _("36 mois et plus")),
        ("", _("Non précisée")),
    )
    share = _("Part : dans le total des personnes accompagnées.")
    age = _("Âge au %(date)s") % {"date": f"{scope.last:%d/%m/%Y}"}
    return (
        _table("age", age, ages, lambda row: age_class(row.age), people, share),
        _table("origin", _("Origine"), classes(Origin), lambda row: row.origin, people, share),
        _table("education", _("Diplôme le plus élevé"), classes(Education), lambda row: row.education, people, share),
        _table(
            "unemployment",
            _("Durée sans emploi à l’entrée"),
            without_work,
            lambda row: unemployment_class(row.jobseeker_since, row.opened_on),
            people,
            _("Mois entiers entre la date « sans emploi depuis le » et l’ouverture du dossier.") + " " + share,
        ),
        _table(
            "referrer",
            _("Prescripteur"),
            (*classes(PartnerKind), ("", _("Venue d’elle-même, ou non précisé"))),
            lambda row: row.referrer,
            people,
            _("Qui a adressé la personne.") + " " + share,
            always=(),
        ),
        _table(
            "commune",
            _("Commune"),
            communes,
            lambda row: commune_key(row.town) if commune_key(row.town) in dict(communes) else ELSEWHERE,
            people,
            _(
                "Commune de résidence au dernier jour de la période, d’après le code postal et la localité du "
                "dossier : une section compte pour sa commune, une commune fusionnée pour la nouvelle. "
                "Au-delà de %(n)s, les autres sont réunies."
            )
            % {"n": COMMUNES_LISTED}
            + " "
            + share,
            chart=False,
        ),
    )


def _table(
    code: str,
    title: str,
    down: tuple[tuple[str, str], ...],
    value: Callable[[CaseRow], str],
    people: Sequence[CaseRow],
    note: str,
    *,
    chart: bool = True,
    always: Sequence[str] | None = None,
) -> Table:
    """One characteristic by gender; every known class is told, unless `always` says which."""
    known = [key for key, _label in down if key not in ("", "NONE", "HIGHER")] if always is None else always
    return by_gender(
        code=code,
        title=_("%(characteristic)s et genre") % {"characteristic": title},
        rows=people,
        down=Axis(title, down),
        value=value,
        gender=lambda row: row.gender,
        subject=Subject.CASE,
        identity=lambda row: row.case_id,
        note=note,
        always=known,
        chart=chart,
    )


def commune_key(town: str) -> str:
    """One key for the spellings of a commune, fit for an address; ``""`` when it is not known."""
    key = search_key(town).replace(" ", "-")
    return f"commune-{key}" if key else ""


def communes_of(towns: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The communes that come most often, the most frequent first, under their most frequent spelling."""
    spellings: dict[str, Counter[str]] = {}
    for town in towns:
        spellings.setdefault(commune_key(town), Counter())[town.strip()] += 1
    unknown = spellings.pop("", None)
    ranked = sorted(spellings.items(), key=lambda item: (-item[1].total(), item[0]))
    found = [(key, capfirst(min(names, key=lambda name: (-names[name], name)))) for key, names in ranked]
    listed = found[:COMMUNES_LISTED]
    if len(found) > COMMUNES_LISTED:
        listed.append((ELSEWHERE, _("Autres communes")))
    if unknown:
        listed.append(("", _("Non précisée")))
    return tuple(listed)

"""Contracts that began in the period, by what they are; each by gender (regulation.md 1.6)."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _

from employers.enums import ContractType, Sector
from placements.enums import REFUSED_MODES, FollowUpMode, Origin
from placements.rules.contract_kinds import APART_TYPES, EMPLOYMENT_TYPES
from reporting.activity.common import by_gender, classes
from reporting.activity.people import COMMUNES_LISTED, ELSEWHERE, commune_key, communes_of
from reporting.activity.rules.profile import contract_length_class, working_time_class
from reporting.activity.selectors.rows import ACCEPTED, ContractRow
from tables.engine.tables import Axis, Subject, Table

#: the class of work in another country
ABROAD = "abroad"


def contract_tables(contracts: Sequence[ContractRow], apart: Sequence[ContractRow]) -> tuple[Table, ...]:
    """Contracts of employment by type, duration, working time, sector, hiring aid, origin, follow-up and commune; what
    is none, by type.
    """
    lengths = (
        ("under_1", _("Moins d’un mois")),
        ("1_to_2", _("De 1 à moins de 3 mois")),
        ("3_to_5", _("De 3 à moins de 6 mois")),
        ("6_to_11", _("De 6 à moins de 12 mois")),
        ("12_or_more", _("12 mois et plus")),
        ("open_ended", _("Sans terme")),
    )
    times = (
        ("under_half", _("Moins de 19 h par semaine")),
        ("half_or_more", _("De 19 h à moins de 38 h")),
        ("full", _("38 h et plus")),
        ("", _("Non précisé")),
    )
    # Versions of one aid are counted together, under the name of the last one.
    named = {row.aid_code: row.aid for row in contracts if row.aid_code}
    aids = (
        *sorted(named.items(), key=lambda pair: (pair[1], pair[0])),
        ("", _("Sans aide notée")),
    )
    places = communes_of(row.town for row in contracts if not row.abroad)
    share = _("Part : dans le total des contrats signés pendant la période.")
    return (
        _table(
            "contracts",
            _("Type de contrat"),
            _types(EMPLOYMENT_TYPES),
            lambda row: row.contract.type,
            contracts,
            _(
                "Contrats de travail des personnes accompagnées, commencés pendant la période et depuis l’ouverture du "
                "dossier."
            )
            + " "
            + share,
            always=(ContractType.CDI, ContractType.CDD),
            chart=True,
        ),
        _table(
            "contracts_duration",
            _("Durée prévue"),
            lengths,
            lambda row: contract_length_class(row.contract.starts_on, row.contract.ends_on),
            contracts,
            _("Durée écrite au contrat et à ses avenants, en mois de calendrier, quelle que soit sa fin.")
            + " "
            + share,
        ),
        _table(
            "contracts_time",
            _("Temps de travail"),
            times,
            lambda row: working_time_class(row.weekly_hours),
            contracts,
            _("Heures par semaine écrites au contrat ; temps plein : 38 h.") + " " + share,
        ),
        _table("contracts_sector", _("Secteur"), classes(Sector), lambda row: row.sector, contracts, share),
        _table(
            "contracts_aid",
            _("Aide à l’embauche"),
            aids,
            lambda row: row.aid_code,
            contracts,
            _("Aide notée au contrat, à confirmer auprès du Forem.") + " " + share,
        ),
        _table(
            "contracts_origin",
            _("Origine"),
            classes(Origin),
            lambda row: row.origin,
            contracts,
            _("D’où venait l’emploi, noté à l’embauche. Proposé par nous : une adéquation acceptée.") + " " + share,
            always=(Origin.OURS, Origin.PERSON, Origin.UNKNOWN),
        ),
        _table(
            "contracts_followup",
            _("Suivi dans l’entreprise"),
            (
                (FollowUpMode.AGREED, _("Convenu avec la personne et l’employeur")),
                (FollowUpMode.DISCREET, _("Discret : l’employeur n’est pas informé")),
                (FollowUpMode.REFUSED, _("Refusé par la personne")),
                (FollowUpMode.EMPLOYER, _("Refusé par l’employeur")),
                (FollowUpMode.BOTH, _("Refusé par la personne et par l’employeur")),
                (ACCEPTED, _("Accepté après un refus")),
                ("", _("Rien de convenu")),
            ),
            lambda row: row.followup,
            contracts,
            _("Ce qui est convenu ou refusé le jour où le rapport est établi.") + " " + share,
            always=(FollowUpMode.AGREED, *REFUSED_MODES),
        ),
        _table(
            "contracts_place",
            _("Commune du lieu de travail"),
            (*places, (ABROAD, _("À l’étranger"))),
            lambda row: _place_class(row, dict(places)),
            contracts,
            _(
                "Commune de l’entreprise où la personne travaille (l’entreprise utilisatrice en intérim), au dernier "
                "jour de la période. Au-delà de %(n)s, les autres sont réunies ; une entreprise établie dans un autre "
                "pays compte à part."
            )
            % {"n": COMMUNES_LISTED}
            + " "
            + share,
            always=(ABROAD,),
        ),
        _table(
            "apart",
            _("Stages, formations en entreprise, activités indépendantes"),
            _types(APART_TYPES),
            lambda row: row.contract.type,
            apart,
            _("Commencés pendant la période par des personnes accompagnées ; aucun n’est un contrat de travail."),
        ),
    )


def _place_class(row: ContractRow, told: Mapping[str, str]) -> str:
    """The class of the commune where one works: named, one of the others, not known, or abroad."""
    if row.abroad:
        return ABROAD
    key = commune_key(row.town)
    return key if key in told else ELSEWHERE


def _types(types: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The classes of these types, as rows read."""
    return tuple((code, label) for code, label in classes(ContractType) if code in types)


def _table(
    code: str,
    title: str,
    down: tuple[tuple[str, str], ...],
    value: Callable[[ContractRow], str],
    contracts: Sequence[ContractRow],
    note: str,
    *,
    always: Sequence[str] = (),
    chart: bool = False,
) -> Table:
    """One characteristic by gender."""
    return by_gender(
        code=code,
        title=_("%(characteristic)s et genre") % {"characteristic": title},
        rows=contracts,
        down=Axis(title, down),
        value=value,
        gender=lambda row: row.gender,
        subject=Subject.EMPLOYMENT,
        identity=lambda row: row.employment_id,
        note=note,
        always=always,
        chart=chart,
    )

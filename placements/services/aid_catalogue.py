"""The hiring aids that an installation starts with.

Source: the regulation file, section 6. Amounts and conditions are those that were seen; what was not is an assumption.
An aid announced and not yet seen in force is a draft: wherever it shows, it is « à confirmer », until a text that puts
it in force was seen.
"""

from dataclasses import dataclass
from datetime import date

from accounts.enums import ParameterStatus
from foundation.rules.saying import sentence
from placements.enums import AidRegion

CONFIRMED, ASSUMPTION = ParameterStatus.CONFIRMED, ParameterStatus.ASSUMPTION
#: the Walloon reform of hiring aids, and the first day when nobody knows better
REFORM_2017, LONG_AGO = date(2017, 7, 1), date(2000, 1, 1)
JUNE_2023, JULY_2023 = date(2023, 6, 30), date(2023, 7, 1)
END_2025, START_2026, JUNE_2026, JULY_2026 = date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)


@dataclass(frozen=True, slots=True)
class AidSeed:
    """One row of the catalogue, as the sources state it."""

    code: str
    name: str
    starts_on: date
    ends_on: date | None
    conditions: str
    source: str
    status: str = CONFIRMED
    region: str = AidRegion.WALLONIA
    enabled: bool = True


CATALOGUE: tuple[AidSeed, ...] = (
    AidSeed(
        "IMPULSION_25",
        sentence("Impulsion – moins de 25 ans"),
        REFORM_2017,
        JUNE_2023,
        sentence(
            "Moins de 25 ans, résidence en Wallonie de langue française, demandeur·se d’emploi inoccupé·e, sans CESS "
            "dès le premier jour ou au plus CESS après 6 mois. Aucune durée minimale de contrat. 500 € par mois "
            "pendant 24 mois, 250 € pendant 6 mois, 125 € pendant 6 mois."
        ),
        sentence("Décret wallon du 2 février 2017, version d’avant le 01/07/2023"),
    ),
    AidSeed(
        "IMPULSION_25",
        sentence("Impulsion – moins de 25 ans"),
        JULY_2023,
        END_2025,
        sentence(
            "Moins de 25 ans, résidence en Wallonie de langue française, demandeur·se d’emploi inoccupé·e, sans CESS "
            "dès le premier jour ou au plus CESS après 6 mois. CDI ou contrat d’au moins 2 mois. 500 € par mois "
            "pendant 24 mois, 250 € pendant 6 mois, 125 € pendant 6 mois."
        ),
        sentence("Décret wallon du 2 février 2017, articles 3 et 4 modifiés au 01/07/2023 ; Securex, 21/03/2023"),
    ),
    AidSeed(
        "IMPULSION_25",
        sentence("Impulsion – moins de 25 ans"),
        START_2026,
        JUNE_2026,
        sentence("Mêmes conditions qu’auparavant. 500 € par mois pendant 24 mois, sans suite dégressive."),
        sentence("UCM et Securex, fin 2025 ; Horeca Wallonie, 07/01/2026"),
    ),
    AidSeed(
        "IMPULSION_12",
        sentence("Impulsion – 12 mois et plus"),
        REFORM_2017,
        JUNE_2023,
        sentence(
            "Inoccupé·e depuis au moins 12 mois, résidence en Wallonie de langue française. Aucune durée "
            "minimale de contrat. 500 € par mois pendant 12 mois, 250 € pendant 6 mois, 125 € pendant 6 mois."
        ),
        sentence("Décret wallon du 2 février 2017, version d’avant le 01/07/2023"),
    ),
    AidSeed(
        "IMPULSION_12",
        sentence("Impulsion – 12 mois et plus"),
        JULY_2023,
        END_2025,
        sentence(
            "Inoccupé·e depuis au moins 12 mois, résidence en Wallonie de langue française. CDI ou contrat d’au moins "
            "2 mois. 500 € par mois pendant 12 mois, 250 € pendant 6 mois, 125 € pendant 6 mois."
        ),
        sentence("Décret wallon du 2 février 2017, articles 3 et 4 modifiés au 01/07/2023 ; Securex, 21/03/2023"),
    ),
    AidSeed(
        "IMPULSION_12",
        sentence("Impulsion – 12 mois et plus"),
        START_2026,
        JUNE_2026,
        sentence("Mêmes conditions qu’auparavant. 500 € par mois pendant 12 mois, sans suite dégressive."),
        sentence("UCM et Securex, fin 2025 ; Horeca Wallonie, 07/01/2026"),
    ),
    AidSeed(
        "IMPULSION_55",
        sentence("Impulsion – 55 ans et plus"),
        REFORM_2017,
        JUNE_2023,
        sentence(
            "Réduction de cotisations ONSS selon l’âge : 400 € par trimestre de 55 à 57 ans, 1 000 € de 58 à 61 ans, "
            "1 500 € dès 62 ans, sous un plafond de salaire trimestriel. Aucune inscription n’est demandée."
        ),
        sentence("Parlement wallon, question écrite 93 (2022-2023)"),
    ),
    AidSeed(
        "IMPULSION_55",
        sentence("Impulsion – 55 ans et plus"),
        JULY_2023,
        END_2025,
        sentence(
            "Réduction de cotisations ONSS selon l’âge : 400 € par trimestre de 55 à 57 ans, 1 000 € de 58 à 64 ans, "
            "1 500 € dès 65 ans, sous un plafond de salaire trimestriel. De 55 à 59 ans : pour un nouvel engagement, "
            "d’une personne inscrite au Forem comme inoccupée ; dès 60 ans, sans inscription."
        ),
        sentence("Décret wallon du 2 février 2017, modifié au 01/07/2023 ; lecap.be, 2025"),
    ),
    AidSeed(
        "IMPULSION_55",
        sentence("Impulsion – 57 ans et plus"),
        START_2026,
        JUNE_2026,
        sentence(
            "Réduction de cotisations ONSS dès 57 ans, sous un plafond de salaire trimestriel de 13 500 €. De 57 à "
            "59 ans, l’inscription demandée avant 2026 reste à confirmer."
        ),
        sentence("UCM et Securex, fin 2025"),
    ),
    AidSeed(
        "SESAM",
        sentence("SESAM"),
        REFORM_2017,
        END_2025,
        sentence("Petites entreprises, temps plein : montants dégressifs sur trois ans, plus un supplément."),
        sentence("talentshouse, 2025"),
    ),
    AidSeed(
        "SESAM",
        sentence("SESAM"),
        START_2026,
        JUNE_2026,
        sentence(
            "Un an ; au moins 4 mois d’inscription au Forem ; supplément dès 57 ans, pas pour les trois premiers "
            "engagements."
        ),
        sentence("Horeca Wallonie, 07/01/2026 ; talentshouse, 2025"),
    ),
    AidSeed(
        "TREMPLIN_24",
        sentence("Tremplin – 24 mois et plus"),
        date(2021, 1, 1),
        END_2025,
        sentence(
            "Inoccupé·e depuis au moins 24 mois. Au moins un mi-temps, CDI ou CDD d’au moins 24 mois, 40 heures de "
            "formation par an. 1 000 € par mois pendant 24 mois, au prorata. Cumul possible avec Impulsion 12 mois."
        ),
        sentence("Securex, 2022 ; RTBF, janvier 2021"),
    ),
    AidSeed(
        "TREMPLIN_24",
        sentence("Tremplin – 24 mois et plus"),
        START_2026,
        JUNE_2026,
        sentence("Mêmes conditions qu’auparavant, dans un contingent de 1 000 équivalents temps plein."),
        sentence("UCM, fin 2025"),
    ),
    AidSeed(
        "INCITANT_AGE",
        sentence("Incitant unique – moins de 25 ans ou plus de 57 ans"),
        JULY_2026,
        None,
        sentence(
            "Annoncé : 4 mois d’inscription au Forem, au plus le CESS ; jusqu’à 1 200 € par mois pendant 24 mois au "
            "plus. Montant par public, contrat minimal et prorata à confirmer. Remplacerait Impulsion et SESAM."
        ),
        sentence("Gouvernement wallon, communiqué du 20/10/2025 ; entrée en vigueur à confirmer"),
        ASSUMPTION,
        enabled=False,
    ),
    AidSeed(
        "INCITANT_12",
        sentence("Incitant unique – 12 mois d’inscription"),
        JULY_2026,
        None,
        sentence(
            "Annoncé : au moins 12 mois d’inscription au Forem. Montant, contrat minimal et prorata à confirmer. "
            "Remplacerait Impulsion – 12 mois et plus."
        ),
        sentence("Gouvernement wallon, communiqué du 20/10/2025 ; entrée en vigueur à confirmer"),
        ASSUMPTION,
        enabled=False,
    ),
    AidSeed(
        "INCITANT_24",
        sentence("Incitant unique – 24 mois d’inscription"),
        JULY_2026,
        None,
        sentence(
            "Projet d’octobre 2025 : au moins 24 mois d’inscription au Forem. Montant, contrat minimal et prorata à "
            "confirmer. Remplacerait Tremplin – 24 mois et plus."
        ),
        sentence("Gouvernement wallon, communiqué du 20/10/2025 ; entrée en vigueur à confirmer"),
        ASSUMPTION,
        enabled=False,
    ),
    AidSeed(
        "PFI",
        sentence("PFI (plan formation-insertion)"),
        date(2024, 10, 1),
        None,
        sentence(
            "Contrat à trois de 4 à 26 semaines, jusqu’à 52 pour certains publics, puis contrat de travail d’une durée "
            "au moins égale. L’employeur verse chaque mois une prime d’encouragement de 60 à 100 % de la différence "
            "entre le salaire et les revenus."
        ),
        sentence("UCM, 2024 ; easypay"),
    ),
    AidSeed(
        "ART_60_61",
        sentence("Mise au travail par le CPAS (articles 60 §7 et 61)"),
        LONG_AGO,
        date(2026, 2, 28),
        sentence("La durée qui ouvre le droit au chômage."),
        sentence("UVCW, « ISP en CPAS », 02/10/2025"),
    ),
    AidSeed(
        "ART_60_61",
        sentence("Mise au travail par le CPAS (articles 60 §7 et 61)"),
        date(2026, 3, 1),
        None,
        sentence("Subvention limitée à 312 jours."),
        sentence("UVCW, « ISP en CPAS », 02/10/2025"),
    ),
    AidSeed(
        "AVIQ_TUTORAT",
        sentence("AVIQ – prime au tutorat"),
        LONG_AGO,
        None,
        sentence(
            "Pour qui accompagne la personne dans l’entreprise : 1 500 € en tout. Les pages officielles diffèrent : "
            "750 € par trimestre pendant six mois, ou 500 € pendant neuf mois."
        ),
        sentence("aviq.be ; wallonie.be"),
        ASSUMPTION,
    ),
    AidSeed(
        "AVIQ_INTEGRATION",
        sentence("AVIQ – prime à l’intégration"),
        LONG_AGO,
        None,
        sentence(
            "25 % du coût salarial pendant un an au plus ; sans activité pendant au moins 6 des 9 mois précédents, ou "
            "reprise après au moins 6 mois d’incapacité."
        ),
        sentence("aviq.be ; Securex, 05/06/2025"),
    ),
    AidSeed(
        "AVIQ_COMPENSATION",
        sentence("AVIQ – prime de compensation"),
        LONG_AGO,
        None,
        sentence("Au plus 45 % du coût, un an au plus, renouvelable jusqu’à cinq ans."),
        sentence("Autonomia"),
    ),
    AidSeed(
        "ACTIVA_BRUSSELS",
        sentence("activa.brussels"),
        date(2017, 10, 1),
        None,
        sentence(
            "Résidence à Bruxelles, 312 jours d’inscription sur 18 mois (sauf moins de 30 ans sans CESS et dès "
            "57 ans). CDI ou contrat d’au moins 6 mois, au moins un mi-temps. 350 € × 6, 800 € × 12, 350 € × 12."
        ),
        sentence("actiris.brussels"),
        region=AidRegion.BRUSSELS,
    ),
    AidSeed(
        "PHOENIX_BRUSSELS",
        sentence("phoenix.brussels"),
        date(2020, 4, 1),
        date(2022, 6, 30),
        sentence("Mesure de la crise sanitaire : 500 ou 800 € par mois pendant 6 mois."),
        sentence("actiris.brussels"),
        region=AidRegion.BRUSSELS,
    ),
    AidSeed(
        "ACTIVA",
        sentence("Activa (fédéral)"),
        LONG_AGO,
        date(2017, 6, 30),
        sentence("Remplacée par les systèmes régionaux en 2017."),
        sentence("Relevé de la réglementation ; conditions de l’époque à confirmer"),
        ASSUMPTION,
        region=AidRegion.BELGIUM,
    ),
)

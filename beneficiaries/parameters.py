"""The thresholds of eligibility as dated parameters (regulation file, sections 0.1, 1.3 and 3)."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind, Owner, ParameterStatus
from accounts.parameters import Definition, closed_lists, definitions, law_days
from accounts.parameters.catalogue import BEFORE_THE_DECREE
from accounts.parameters.kinds import Codes, Whole
from accounts.parameters.registry import DAYS, MONTHS, NO_UNIT
from accounts.rules.decree import DECREE_FROM
from beneficiaries.rules.eligibility import Status, cisp, mire
from foundation.rules.saying import label as when_shown
from foundation.rules.saying import sentence

ELIGIBILITY = _("Éligibilité")
YEARS = _("ans")
PERCENT = _("%")
WEEKS = _("semaines")

_MIRE = sentence("Décret wallon du 13 décembre 2023 relatif aux missions régionales pour l’emploi, article 3")
_CISP = sentence("Décret wallon du 10 juillet 2013 relatif aux centres d’insertion socioprofessionnelle, article 5")


class EligibilityKey(StrEnum):
    """Names of the thresholds, as the database keeps them."""

    MIRE_REGISTERED = "eligibility.mire.registered_months"
    MIRE_WINDOW = "eligibility.mire.window_months"
    MIRE_YOUNG_AGE = "eligibility.mire.young_under_age"
    MIRE_YOUNG_REGISTERED = "eligibility.mire.young_registered_months"
    MIRE_SENIOR_AGE = "eligibility.mire.senior_age"
    MIRE_DEROGATION_QUOTA = "eligibility.mire.derogation_quota_percent"
    MIRE_INACTIVE = "eligibility.mire.inactive_months"
    MIRE_CLOSED = "eligibility.mire.closed_criteria"
    CISP_REGISTERED = "eligibility.cisp.registered_months"
    CISP_WINDOW = "eligibility.cisp.window_months"
    CISP_CLOSED = "eligibility.cisp.closed_criteria"
    CISP_ACCEPTED = "eligibility.cisp.accepted_assumptions"
    CISP_KINDS = "eligibility.cisp.organisation_kinds"
    RIS_WEEKS = "eligibility.ris_registration_weeks"
    RIS_STOCK_DAYS = "eligibility.ris_registration_stock_days"


_MEANINGS = (
    (EligibilityKey.MIRE_REGISTERED, _("MIRE : inscription comme inoccupé·e, au moins"), MONTHS, 24, _MIRE),
    (EligibilityKey.MIRE_WINDOW, _("MIRE : mesurée au cours des derniers"), MONTHS, 36, _MIRE),
    (EligibilityKey.MIRE_YOUNG_AGE, _("MIRE : jeune, moins de"), YEARS, 25, _MIRE),
    (EligibilityKey.MIRE_YOUNG_REGISTERED, _("MIRE : jeune inscrit·e sans interruption depuis"), MONTHS, 12, _MIRE),
    (EligibilityKey.MIRE_SENIOR_AGE, _("MIRE : à partir de"), YEARS, 55, _MIRE),
    (EligibilityKey.MIRE_INACTIVE, _("MIRE : sans activité ni revenu depuis"), MONTHS, 36, _MIRE),
    (EligibilityKey.CISP_REGISTERED, _("CISP : inscription comme inoccupé·e, au moins"), MONTHS, 18, _CISP),
    (EligibilityKey.CISP_WINDOW, _("CISP : mesurée au cours des derniers"), MONTHS, 24, _CISP),
)

_DECREE_OF_2023 = (
    EligibilityKey.MIRE_REGISTERED,
    EligibilityKey.MIRE_WINDOW,
    EligibilityKey.MIRE_YOUNG_AGE,
    EligibilityKey.MIRE_YOUNG_REGISTERED,
    EligibilityKey.MIRE_SENIOR_AGE,
    EligibilityKey.MIRE_INACTIVE,
)

_NOT_SEEN = sentence("Projet de septembre 2025 (suppression de trois portes) : adoption non vue")
_FROM_MEMORY = sentence("Catégories du CISP citées de mémoire : texte à vérifier avant de les accepter")
_KINDS = sentence("Décret wallon du 10 juillet 2013 : un CPAS n’est pas un CISP ; les autres, par hypothèse")
_RIS = sentence(
    "Annonce : inscription au FOREM des bénéficiaires du revenu d’intégration, à partir du 1er janvier 2026"
)


def register_parameters() -> None:
    """Declare the thresholds; called once, from `AppConfig.ready`."""
    for key, label, unit, default, source in _MEANINGS:
        years = Whole(1, 120)
        definitions.add(
            Definition(key, ELIGIBILITY, label, years, unit, default, source, ParameterStatus.CONFIRMED, Owner.LAW)
        )
    for key in _DECREE_OF_2023:
        law_days.add((key, DECREE_FROM, BEFORE_THE_DECREE))
    definitions.add(
        Definition(
            EligibilityKey.MIRE_DEROGATION_QUOTA,
            ELIGIBILITY,
            _("MIRE : part des entrées en pré-embauche qui peuvent l’être par dérogation"),
            Whole(0, 100),
            PERCENT,
            20,
            sentence("Ancien cadre des MIRE (20 % hors public) ; quota du décret de 2023 non vu"),
            ParameterStatus.ASSUMPTION,
            Owner.LAW,
        )
    )
    for key, label, source in (
        (EligibilityKey.MIRE_CLOSED, _("MIRE : critères fermés"), _NOT_SEEN),
        (EligibilityKey.CISP_CLOSED, _("CISP : critères fermés"), _FROM_MEMORY),
        (EligibilityKey.CISP_ACCEPTED, _("CISP : critères non confirmés que l’on accepte"), _FROM_MEMORY),
    ):
        codes = Codes(may_be_empty=True, lower=True)
        definitions.add(
            Definition(key, ELIGIBILITY, label, codes, NO_UNIT, [], source, ParameterStatus.ASSUMPTION, Owner.LAW)
        )
    for key, label, unit, default in (
        (
            EligibilityKey.RIS_WEEKS,
            _("Inscription au FOREM après l’octroi d’un revenu d’intégration, dans"),
            WEEKS,
            4,
        ),
        (EligibilityKey.RIS_STOCK_DAYS, _("Inscription de qui l’avait déjà le 1er janvier 2026, dans"), DAYS, 90),
    ):
        days = Whole(1, 365)
        definitions.add(
            Definition(key, ELIGIBILITY, label, days, unit, default, _RIS, ParameterStatus.ASSUMPTION, Owner.LAW)
        )
    definitions.add(
        Definition(
            EligibilityKey.CISP_KINDS,
            ELIGIBILITY,
            _("Familles d’organismes jugées par la liste des CISP"),
            Codes(may_be_empty=True),
            NO_UNIT,
            ["ASBL", "CISP", "EFT", "NETWORK"],
            _KINDS,
            ParameterStatus.ASSUMPTION,
            Owner.LAW,
        )
    )
    kinds = [(kind.value, kind.label) for kind in OrganisationKind if kind is not OrganisationKind.MIRE]
    closed_lists.add((EligibilityKey.CISP_KINDS, kinds))
    derogation = (mire.DEROGATION, when_shown(mire.DEROGATION_CRITERION.words))
    closed_lists.add(
        (EligibilityKey.MIRE_CLOSED, [*((c.code, when_shown(c.words)) for c in mire.CRITERIA), derogation])
    )
    closed_lists.add(
        (EligibilityKey.CISP_CLOSED, [*((c.code, when_shown(c.words)) for c in cisp.CRITERIA), derogation])
    )
    unsure = [(c.code, when_shown(c.words)) for c in cisp.CRITERIA if c.status is Status.ASSUMPTION]
    closed_lists.add((EligibilityKey.CISP_ACCEPTED, [*unsure, derogation]))

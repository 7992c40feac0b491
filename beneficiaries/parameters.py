"""The thresholds of eligibility as dated parameters (regulation file, sections 0.1, 1.3 and 3)."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.enums import ParameterStatus
from accounts.parameters import Definition, register
from accounts.parameters.kinds import Whole
from accounts.parameters.registry import MONTHS

ELIGIBILITY = _("Éligibilité")
YEARS = _("ans")
PERCENT = _("%")

_MIRE = "Décret wallon du 13 décembre 2023 relatif aux missions régionales pour l’emploi, article 3"
_CISP = "Décret wallon du 10 juillet 2013 relatif aux centres d’insertion socioprofessionnelle, article 5"


class EligibilityKey(StrEnum):
    """Names of the thresholds, as the database keeps them."""

    MIRE_REGISTERED = "eligibility.mire.registered_months"
    MIRE_WINDOW = "eligibility.mire.window_months"
    MIRE_YOUNG_AGE = "eligibility.mire.young_under_age"
    MIRE_YOUNG_REGISTERED = "eligibility.mire.young_registered_months"
    MIRE_SENIOR_AGE = "eligibility.mire.senior_age"
    MIRE_DEROGATION_QUOTA = "eligibility.mire.derogation_quota_percent"
    CISP_REGISTERED = "eligibility.cisp.registered_months"
    CISP_WINDOW = "eligibility.cisp.window_months"


_MEANINGS = (
    (EligibilityKey.MIRE_REGISTERED, _("MIRE : inscription comme inoccupé·e, au moins"), MONTHS, 24, _MIRE),
    (EligibilityKey.MIRE_WINDOW, _("MIRE : mesurée au cours des derniers"), MONTHS, 36, _MIRE),
    (EligibilityKey.MIRE_YOUNG_AGE, _("MIRE : jeune, moins de"), YEARS, 25, _MIRE),
    (EligibilityKey.MIRE_YOUNG_REGISTERED, _("MIRE : jeune inscrit·e sans interruption depuis"), MONTHS, 12, _MIRE),
    (EligibilityKey.MIRE_SENIOR_AGE, _("MIRE : à partir de"), YEARS, 55, _MIRE),
    (EligibilityKey.CISP_REGISTERED, _("CISP : inscription comme inoccupé·e, au moins"), MONTHS, 18, _CISP),
    (EligibilityKey.CISP_WINDOW, _("CISP : mesurée au cours des derniers"), MONTHS, 24, _CISP),
)


def register_parameters() -> None:
    """Declare the thresholds; called once, from `AppConfig.ready`."""
    for key, label, unit, default, source in _MEANINGS:
        register(Definition(key, ELIGIBILITY, label, Whole(1, 120), unit, default, source, ParameterStatus.CONFIRMED))
    register(
        Definition(
            EligibilityKey.MIRE_DEROGATION_QUOTA,
            ELIGIBILITY,
            _("MIRE : part des entrées en pré-embauche qui peuvent l’être par dérogation"),
            Whole(0, 100),
            PERCENT,
            20,
            "Ancien cadre des MIRE (20 % hors public) ; quota du décret de 2023 non vu",
            ParameterStatus.ASSUMPTION,
        )
    )

"""The thresholds of the ESF+ indicators as dated parameters (regulation file, sections 0.1 and 4)."""

from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.enums import Owner, ParameterStatus
from accounts.parameters import Definition, definitions, value_on
from accounts.parameters.kinds import Whole
from accounts.parameters.registry import MONTHS
from esf.rules.indicators import EsfPolicy
from foundation.rules.saying import sentence

ESF = _("Indicateurs du FSE+")
WEEKS = _("semaines")
YEARS = _("ans")

_ANNEX = sentence("Règlement (UE) 2021/1057, annexe I")
_LONG_TERM = sentence("Chômage de longue durée au sens du FSE+ : cité de mémoire, texte à vérifier")
_RESULTS = sentence("Règle de la période 2014-2020, continuée par la boîte à outils du 1er octobre 2021")


class EsfKey(StrEnum):
    """Names of the thresholds, as the database keeps them."""

    LONG_TERM = "esf.long_term_months"
    LONG_TERM_YOUNG = "esf.long_term_months_young"
    YOUNG_UNDER = "esf.long_term_young_under_age"
    CHILD_UNDER = "esf.child_under_age"
    YOUTH_UNTIL = "esf.youth_until_age"
    SENIOR_FROM = "esf.senior_from_age"
    IMMEDIATE_WEEKS = "esf.immediate_weeks"
    LATER_MONTHS = "esf.later_months"


_CONFIRMED, _ASSUMPTION = ParameterStatus.CONFIRMED, ParameterStatus.ASSUMPTION
_MEANINGS = (
    (EsfKey.LONG_TERM, _("Chômage de longue durée : plus de"), MONTHS, 12, _LONG_TERM, _ASSUMPTION),
    (
        EsfKey.LONG_TERM_YOUNG,
        _("La même, pour les plus jeunes : plus de"),
        MONTHS,
        6,
        _LONG_TERM,
        _ASSUMPTION,
    ),
    (EsfKey.YOUNG_UNDER, _("Plus jeunes, pour cette durée : moins de"), YEARS, 25, _LONG_TERM, _ASSUMPTION),
    (EsfKey.CHILD_UNDER, _("Enfants : moins de"), YEARS, 18, _ANNEX, _CONFIRMED),
    (EsfKey.YOUTH_UNTIL, _("Jeunes : jusqu’à (compris)"), YEARS, 29, _ANNEX, _CONFIRMED),
    (EsfKey.SENIOR_FROM, _("Aînés : à partir de"), YEARS, 55, _ANNEX, _CONFIRMED),
    (EsfKey.IMMEDIATE_WEEKS, _("Résultat immédiat : dans les"), WEEKS, 4, _RESULTS, _CONFIRMED),
    (EsfKey.LATER_MONTHS, _("Situation ultérieure : après"), MONTHS, 6, _RESULTS, _CONFIRMED),
)


def register_parameters() -> None:
    """Declare the thresholds; called once, from `AppConfig.ready`."""
    for key, label, unit, default, source, status in _MEANINGS:
        definitions.add(Definition(key, ESF, label, Whole(1, 120), unit, default, source, status, Owner.LAW))


def esf_policy(on: date) -> EsfPolicy:
    """The thresholds in force on the day of the entry, or of the exit, that they judge."""
    return EsfPolicy(
        long_term_months=value_on(EsfKey.LONG_TERM, on),
        long_term_months_young=value_on(EsfKey.LONG_TERM_YOUNG, on),
        young_under=value_on(EsfKey.YOUNG_UNDER, on),
        child_under=value_on(EsfKey.CHILD_UNDER, on),
        youth_until=value_on(EsfKey.YOUTH_UNTIL, on),
        senior_from=value_on(EsfKey.SENIOR_FROM, on),
        immediate_weeks=value_on(EsfKey.IMMEDIATE_WEEKS, on),
        later_months=value_on(EsfKey.LATER_MONTHS, on),
    )


def immediate_result_until(exit_on: date) -> date:
    """Return the last day on which an immediate result may be reached, by the rule of the day of the exit."""
    return esf_policy(exit_on).immediate_result_until(exit_on)


def six_months_check_on(exit_on: date) -> date:
    """Return the day on which the later situation is looked at, by the rule of the day of the exit."""
    return esf_policy(exit_on).later_check_on(exit_on)

"""Derogations against their quota: a share of the people who enter pre-hire in a calendar year (MIRE-ELIG-09c)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.parameters import value_on
from beneficiaries.models import CoachingCase
from beneficiaries.parameters import EligibilityKey
from method.rules.phases import Phase


@dataclass(frozen=True, slots=True)
class DerogationQuota:
    """Where one more derogation would stand: which one it is, on how many entries with this one, and the share."""

    year: int
    number: int
    entered: int
    percent: int

    @property
    def allowed(self) -> int:
        """How many the share allows, in whole persons."""
        return self.entered * self.percent // 100

    @property
    def is_over(self) -> bool:
        """Whether this one goes beyond it."""
        return self.number > self.allowed

    @property
    def sentence(self) -> str:
        """« 3e dérogation sur 18 entrées en 2026 : maximum 3 (20 %) »."""
        entries = ngettext("%(n)s entrée", "%(n)s entrées", self.entered) % {"n": self.entered}
        return _("%(rank)s dérogation sur %(entries)s en %(year)s : maximum %(allowed)s (%(percent)s %%)") % {
            "rank": _("1re") if self.number == 1 else _("%(n)se") % {"n": self.number},
            "entries": entries,
            "year": self.year,
            "allowed": self.allowed,
            "percent": self.percent,
        }


def quota_with(case: CoachingCase, on: date) -> DerogationQuota:
    """The quota of the case's organisation in the year of `on`, as if this case entered by derogation; one statement.

    Years run from January to December; entries are the cases whose pre-hire began, or began again, in the year, and
    those that a derogation has just opened to it.
    """
    by_derogation = Q(eligibility__is_derogation=True, eligibility__checked_on__year=on.year)
    entered = Q(spells__phase=Phase.PRE_HIRE, spells__starts_on__year=on.year) | by_derogation
    others = CoachingCase.objects.filter(entered, organisation=case.organisation_id).exclude(pk=case.pk).order_by()
    counted = others.aggregate(
        entered=Count("pk", distinct=True), granted=Count("pk", distinct=True, filter=by_derogation)
    )
    return DerogationQuota(
        year=on.year,
        number=counted["granted"] + 1,
        entered=counted["entered"] + 1,
        percent=value_on(EligibilityKey.MIRE_DEROGATION_QUOTA, on),
    )

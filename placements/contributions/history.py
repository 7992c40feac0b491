"""What this app tells in the history of a case: proposals, contracts, follow-up, decisions on the 24 months."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import CoachingCase
from beneficiaries.registries import RowWords
from placements.models import (
    Amendment,
    ClockExtension,
    ClockSuspension,
    Employment,
    EmploymentVerification,
    FollowUpAgreement,
    Match,
    TemporaryUnemployment,
    WorkWeek,
)

# By whom: the line says it already.
_WHO = frozenset({"proposed_by", "requested_by", "decided_by", "granted_by", "recorded_by", "request"})


def placement_rows(case: CoachingCase) -> Sequence[QuerySet[Any]]:
    """The rows of this app that hang on a case."""
    return [
        Match.objects.filter(case=case),
        Employment.objects.filter(case=case),
        FollowUpAgreement.objects.filter(employment__case=case),
        EmploymentVerification.objects.filter(employment__case=case),
        Amendment.objects.filter(employment__case=case),
        TemporaryUnemployment.objects.filter(employment__case=case),
        WorkWeek.objects.filter(employment__case=case),
        ClockSuspension.objects.filter(case=case),
        ClockExtension.objects.filter(case=case),
    ]


PLACEMENT_WORDS: Mapping[type[Model], RowWords] = {
    Match: RowWords(created=_("a proposé un poste"), changed=_("a suivi une proposition"), noise=_WHO | {"vacancy"}),
    Employment: RowWords(
        created=_("a enregistré un contrat"), changed=_("a modifié un contrat"), noise=frozenset({"match"})
    ),
    FollowUpAgreement: RowWords(
        created=_("a noté l’accord de suivi"),
        changed=_("a modifié l’accord de suivi"),
        noise=frozenset({"employment", "contact"}),
    ),
    EmploymentVerification: RowWords(
        created=_("a vérifié si la personne travaille encore"),
        changed=_("a modifié une vérification d’emploi"),
        noise=frozenset({"employment"}),
    ),
    Amendment: RowWords(
        created=_("a enregistré un avenant"),
        changed=_("a modifié un avenant"),
        noise=_WHO | {"employment", "changes_end", "reopened_end"},
    ),
    TemporaryUnemployment: RowWords(
        created=_("a noté un chômage temporaire"),
        changed=_("a modifié un chômage temporaire"),
        noise=_WHO | {"employment"},
    ),
    WorkWeek: RowWords(
        created=_("a noté une semaine prestée"), changed=_("a corrigé une semaine prestée"), noise=_WHO | {"employment"}
    ),
    ClockSuspension: RowWords(
        created=_("a demandé une suspension des 24 mois"), changed=_("a suivi une suspension des 24 mois"), noise=_WHO
    ),
    ClockExtension: RowWords(
        created=_("a prolongé les 24 mois"), changed=_("a modifié une prolongation des 24 mois"), noise=_WHO
    ),
}

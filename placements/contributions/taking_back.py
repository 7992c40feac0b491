"""What this room lets be taken back: proposals, hiring aids of contracts, agreements on the follow-up."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.registries import Takable, Told
from beneficiaries.contributions.taking_back import TWICE, TYPED_WRONG, WRONG_PERSON, rows_of_cases, told_of_case
from beneficiaries.models import CoachingCase
from foundation.formatting import date_words
from placements.models import Employment, FollowUpAgreement, Match
from placements.services.taking_back import (
    refuse_followup,
    refuse_proposal,
    remove_aid,
    remove_followup,
    remove_proposal,
)


def _jobs(case_id: Any, anchor: str) -> str:
    return f"{reverse('placements:case_jobs', args=[case_id])}#{anchor}"


def _proposal(match: Match) -> Told:
    words = _("proposition du %(date)s : %(job)s") % {
        "date": date_words(match.proposed_on),
        "job": match.vacancy.title,
    }
    back = reverse("placements:case_adequacy", args=[match.case_id])
    return told_of_case(match.case, words, match.proposed_on, back, coach=match.proposed_by_id)


def _aid(employment: Employment) -> Told:
    words = _("aide à l’embauche « %(aid)s » du contrat du %(date)s") % {
        "aid": employment.aid,
        "date": date_words(employment.starts_on),
    }
    return told_of_case(employment.case, words, employment.starts_on, _jobs(employment.case_id, "contrats"))


def _agreements(user: User) -> Any:
    seen = CoachingCase.objects.visible_to(user)
    return FollowUpAgreement.objects.filter(employment__case__in=seen).select_related(
        "employment__case__beneficiary", "employment__case__organisation"
    )


def _agreement(agreement: FollowUpAgreement) -> Told:
    job = agreement.employment
    # How it was to be followed is left out: that it was discreet is no word for whoever reads the trace.
    words = _("accord de suivi du %(date)s") % {"date": date_words(agreement.agreed_on)}
    return told_of_case(job.case, words, agreement.agreed_on, _jobs(job.case_id, "contrats"))


PLACEMENT_KINDS = (
    Takable(
        name="proposition",
        title=gettext_lazy("Retirer une proposition"),
        reasons=(WRONG_PERSON, gettext_lazy("Mauvais poste"), TWICE, TYPED_WRONG),
        rows=lambda user: rows_of_cases(Match, user).select_related("vacancy"),
        told=_proposal,
        refuse=refuse_proposal,
        remove=remove_proposal,
    ),
    Takable(
        name="aide",
        title=gettext_lazy("Retirer l’aide d’un contrat"),
        reasons=(gettext_lazy("Aide refusée"), gettext_lazy("Mauvaise aide"), TYPED_WRONG),
        rows=lambda user: rows_of_cases(Employment, user).filter(aid__isnull=False).select_related("aid"),
        told=_aid,
        consequences=lambda employment: (_("Le contrat reste, sans aide."),),
        remove=remove_aid,
    ),
    Takable(
        name="suivi",
        title=gettext_lazy("Retirer un accord de suivi"),
        reasons=(gettext_lazy("Pas encore convenu"), gettext_lazy("Noté sur le mauvais contrat"), TYPED_WRONG),
        rows=_agreements,
        told=_agreement,
        consequences=lambda agreement: (_("Le suivi de ce contrat est de nouveau à convenir."),),
        refuse=refuse_followup,
        remove=remove_followup,
    ),
)

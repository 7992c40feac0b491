"""What this room lets be taken back: proposals, hiring aids of contracts, agreements on the follow-up, and what was
told of a contract while it ran.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.registries import Takable, Told
from beneficiaries.contributions.taking_back import (
    NEVER_WAS,
    TWICE,
    TYPED_WRONG,
    WRONG_PERSON,
    reach_of,
    rows_of_cases,
    told_of_case,
)
from beneficiaries.models import CoachingCase
from foundation.formatting import date_words
from foundation.rules.periods import ONE_DAY
from placements.models import (
    Amendment,
    Employment,
    EmploymentVerification,
    FollowUpAgreement,
    Match,
    TemporaryUnemployment,
    WorkWeek,
)
from placements.selectors.terms import week_words
from placements.services.amendments import refuse_amendment, remove_amendment
from placements.services.taking_back import (
    refuse_followup,
    refuse_proposal,
    remove_aid,
    remove_followup,
    remove_proposal,
    remove_told,
    remove_week,
)

#: the commonest of what is told of a contract
WRONG_CONTRACT = gettext_lazy("Noté sur le mauvais contrat")


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


def _told_of_contracts(model: Any) -> Callable[[User], Any]:
    """The rows of a model that hang on the contracts of cases the user may see."""

    def rows(user: User) -> Any:
        seen = CoachingCase.objects.visible_to(user)
        found = model.objects.filter(employment__case__in=seen)
        return found.select_related("employment__case__beneficiary", "employment__case__organisation")

    return rows


def _of_contract(row: Any, words: str, first: date, last: date | None, anchor: str) -> Told:
    """What a row says of itself, told on the page of its contract; the firm is left out, it may not be named."""
    case = row.employment.case
    back = reverse("placements:contract", args=[case.pk, row.employment_id])
    return Told(
        subject=case.pk,
        whom=case.beneficiary.full_name,
        words=words,
        reach=reach_of(case, first, last),
        back=f"{back}#{anchor}",
    )


def _amendment(row: Amendment) -> Told:
    words = _("avenant qui prend effet le %(date)s") % {"date": date_words(row.effective_on)}
    return _of_contract(row, words, row.effective_on, None, "avenants")


def _amendment_follows(row: Amendment) -> Iterator[str]:
    yield _("Le contrat dit de nouveau ce qu’il disait sans lui ; les horloges et les rappels suivent.")
    if row.becomes:
        yield _("Le CDI qui en venait est annulé, et le contrat à durée déterminée reprend sa fin prévue.")
    elif row.reopened_end is not None:
        yield _("La fin du contrat et le retour en pré-embauche qu’il avait repris sont rétablis.")


def _idleness(row: TemporaryUnemployment) -> Told:
    words = _("chômage temporaire à partir du %(date)s (%(kind)s)") % {
        "date": date_words(row.starts_on),
        "kind": row.get_kind_display(),
    }
    return _of_contract(row, words, row.starts_on, row.ends_on, "chomage")


def _week(row: WorkWeek) -> Told:
    words = _("semaine d’intérim du %(date)s : %(what)s") % {
        "date": date_words(row.monday),
        "what": week_words(row.as_week()),
    }
    return _of_contract(row, words, row.monday, row.monday + 6 * ONE_DAY, "semaines")


def _verification(row: EmploymentVerification) -> Told:
    words = _("vérification d’emploi du %(date)s") % {"date": date_words(row.asked_on)}
    case = row.employment.case
    return Told(
        subject=case.pk,
        whom=case.beneficiary.full_name,
        words=words,
        # Until that day the work is observed: what was counted from then on moves.
        reach=reach_of(case, row.seen_on),
        back=_jobs(case.pk, "contrats"),
    )


def _verification_follows(row: EmploymentVerification) -> Iterator[str]:
    yield _("L’emploi n’est plus observé par elle.")
    if row.found_ended:
        yield _("La fin qu’elle a fait écrire reste au contrat, où une coordination la corrige.")


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
        reasons=(gettext_lazy("Pas encore convenu"), WRONG_CONTRACT, TYPED_WRONG),
        rows=_told_of_contracts(FollowUpAgreement),
        told=_agreement,
        consequences=lambda agreement: (_("Le suivi de ce contrat est de nouveau à convenir."),),
        refuse=refuse_followup,
        remove=remove_followup,
    ),
    Takable(
        name="avenant",
        title=gettext_lazy("Retirer un avenant"),
        reasons=(WRONG_CONTRACT, gettext_lazy("N’a pas été signé"), TWICE, TYPED_WRONG),
        rows=lambda user: _told_of_contracts(Amendment)(user).select_related("replaced_by"),
        told=_amendment,
        consequences=_amendment_follows,
        refuse=refuse_amendment,
        remove=remove_amendment,
    ),
    Takable(
        name="chomage",
        title=gettext_lazy("Retirer un chômage temporaire"),
        reasons=(WRONG_CONTRACT, NEVER_WAS, TWICE, TYPED_WRONG),
        rows=_told_of_contracts(TemporaryUnemployment),
        told=_idleness,
        consequences=lambda row: (_("Le contrat continue : aucune horloge, aucune fenêtre ne bouge."),),
        remove=remove_told,
    ),
    Takable(
        name="semaine",
        title=gettext_lazy("Retirer une semaine d’intérim"),
        reasons=(WRONG_CONTRACT, TYPED_WRONG),
        rows=_told_of_contracts(WorkWeek),
        told=_week,
        consequences=lambda row: (_("La semaine est de nouveau à compléter ; l’horloge des 24 mois suit."),),
        remove=remove_week,
    ),
    Takable(
        name="verification",
        title=gettext_lazy("Retirer une vérification d’emploi"),
        reasons=(WRONG_PERSON, WRONG_CONTRACT, TWICE, TYPED_WRONG),
        rows=_told_of_contracts(EmploymentVerification),
        told=_verification,
        consequences=_verification_follows,
        remove=remove_told,
    ),
)

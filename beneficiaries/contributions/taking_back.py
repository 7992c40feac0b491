"""What this room lets be taken back: signatures, papers, obstacles, objectives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.registries import Reach, Takable, Told
from beneficiaries.models import CoachingCase, Evidence, Objective, Obstacle, TrustAgreement
from beneficiaries.services.taking_back import (
    entry_resting_on,
    refuse_paper,
    refuse_signature,
    remove_paper,
    remove_signature,
    remove_work,
)
from foundation.formatting import date_words

#: the commonest of all kinds
WRONG_PERSON = gettext_lazy("Noté dans le mauvais dossier")
TWICE = gettext_lazy("Noté deux fois")
NEVER_WAS = gettext_lazy("N’a pas eu lieu")
TYPED_WRONG = gettext_lazy("Erreur de saisie")


def reach_of(
    case: CoachingCase, first: date, last: date | None = None, *, coach: UUID | None = None, hours: bool = False
) -> Reach:
    """The figures that a fact of a case takes part in."""
    return Reach(
        organisation=case.organisation_id,
        first=first,
        last=last,
        site=case.site_id,
        project=case.project_id,
        coach=coach or case.coach_id,
        hours=hours,
    )


def told_of_case(
    case: CoachingCase, words: str, on: date, back: str, *, coach: UUID | None = None, hours: bool = False
) -> Told:
    """What a row of a case says of itself: that of one day."""
    return Told(
        subject=case.pk,
        whom=case.beneficiary.full_name,
        words=words,
        reach=reach_of(case, on, on, coach=coach, hours=hours),
        back=back,
    )


def rows_of_cases(model: Any, user: User) -> Any:
    """The rows of a model that belong to cases the user may see, with what they say of themselves."""
    seen = CoachingCase.objects.visible_to(user)
    return model.objects.filter(case__in=seen).select_related("case__beneficiary", "case__organisation")


def _path(case_id: UUID, anchor: str) -> str:
    return f"{reverse('beneficiaries:case_path', args=[case_id])}#{anchor}"


def _signature(agreement: TrustAgreement) -> Told:
    words = _("%(document)s, signé le %(date)s") % {
        "document": agreement.get_kind_display(),
        "date": date_words(agreement.signed_on),
    }
    return told_of_case(agreement.case, words, agreement.signed_on, _path(agreement.case_id, "preparation"))


def _signature_follows(agreement: TrustAgreement) -> Iterator[str]:
    entry = entry_resting_on(agreement)
    if entry is not None:
        yield _("La pré-embauche du %(date)s est retirée aussi : le dossier revient en phase préparatoire.") % {
            "date": date_words(entry.starts_on)
        }
    if agreement.scan_id:
        yield _("Le document scanné reste parmi les pièces du dossier.")


def _paper(paper: Evidence) -> Told:
    words = _("%(paper)s du %(date)s") % {"paper": paper.get_kind_display(), "date": date_words(paper.dated_on)}
    return told_of_case(paper.case, words, paper.dated_on, _path(paper.case_id, "preparation"))


def _paper_follows(paper: Evidence) -> Iterator[str]:
    if paper.file:
        yield _("Le fichier est détruit ; son empreinte reste dans l’historique.")
    if TrustAgreement.objects.filter(scan=paper).exists():
        yield _("La signature dont c’était le scan reste, sans document.")


def _obstacle(obstacle: Obstacle) -> Told:
    # Of an obstacle the inspection reads that it was there, never what it says.
    words = _("frein identifié le %(date)s") % {"date": date_words(obstacle.identified_on)}
    return told_of_case(obstacle.case, words, obstacle.identified_on, _path(obstacle.case_id, "freins"))


def _objective(objective: Objective) -> Told:
    words = _("objectif « %(title)s », fixé le %(date)s") % {
        "title": objective.title,
        "date": date_words(objective.set_on),
    }
    return told_of_case(objective.case, words, objective.set_on, _path(objective.case_id, "objectifs"))


def _objective_follows(objective: Objective) -> Iterator[str]:
    served: int = objective.contacts.count()
    if served:
        yield ngettext(
            "%(n)s contact le servait : il reste, sans cet objectif.",
            "%(n)s contacts le servaient : ils restent, sans cet objectif.",
            served,
        ) % {"n": served}


PATH_KINDS = (
    Takable(
        name="signature",
        title=gettext_lazy("Retirer une signature"),
        reasons=(gettext_lazy("Pas encore signé"), WRONG_PERSON, TYPED_WRONG),
        rows=lambda user: rows_of_cases(TrustAgreement, user),
        told=_signature,
        consequences=_signature_follows,
        refuse=refuse_signature,
        remove=remove_signature,
    ),
    Takable(
        name="piece",
        title=gettext_lazy("Retirer une pièce"),
        reasons=(
            gettext_lazy("Pièce d’une autre personne"),
            gettext_lazy("Mauvais fichier"),
            gettext_lazy("Illisible"),
        ),
        rows=lambda user: rows_of_cases(Evidence, user),
        told=_paper,
        consequences=_paper_follows,
        refuse=refuse_paper,
        remove=remove_paper,
    ),
    Takable(
        name="frein",
        title=gettext_lazy("Retirer un frein"),
        reasons=(WRONG_PERSON, TWICE, TYPED_WRONG),
        rows=lambda user: rows_of_cases(Obstacle, user),
        told=_obstacle,
        remove=remove_work,
    ),
    Takable(
        name="objectif",
        title=gettext_lazy("Retirer un objectif"),
        reasons=(WRONG_PERSON, TWICE, TYPED_WRONG),
        rows=lambda user: rows_of_cases(Objective, user),
        told=_objective,
        consequences=_objective_follows,
        remove=remove_work,
    ),
)

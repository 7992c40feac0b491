"""Making sure, after an exit or a long silence, whether somebody is still at work."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from foundation.persistence import save_checked
from placements.enums import VerifiedHow
from placements.models import Employment, EmploymentVerification
from placements.selectors.discretion import is_hidden
from placements.services.guards import PlacementRefused, begin_telling, refuse_future
from placements.services.hiring import end_employment
from privacy.audit import act


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was made sure of: asked on a day in a way (`VerifiedHow`), the person was at work on `seen_on`.

    With `end_reason` (`EndReason`) the work is over, and `seen_on` is its last day.
    """

    asked_on: date
    how: str
    seen_on: date
    end_reason: str = ""
    note: str = ""


@act
def verify_employment(*, employment: Employment, found: Verification, actor: User) -> EmploymentVerification:
    """Record that somebody made sure whether a person was at work: until that day the work is observed (domain.md 9).

    Found over, its end is written on the contract as it is from its own page, and corrected there. An exit silences
    nobody.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the contract was called off or its end is known, the employer is asked though they must not
            hear of the person, or one of the days is impossible.
    """
    case = begin_telling(employment.case, actor)
    employment = Employment.objects.select_for_update().get(pk=employment.pk)
    _refuse_known(employment)
    _refuse_days(employment, found)
    if found.how == VerifiedHow.EMPLOYER and is_hidden(employment):
        raise PlacementRefused(
            "discreet",
            _("Cet employeur ne doit rien savoir de l’accompagnement : il ne se contacte pas."),
            field="how",
            hint=_("Demandez à la personne, ou par un document."),
        )
    if found.how == VerifiedHow.OTHER and not found.note.strip():
        raise PlacementRefused("note", _("Dites par quel moyen."), field="note")
    died = case.spells.filter(exit_reason="DEATH").order_by("-sequence").values_list("starts_on", flat=True).first()
    if died is not None and found.seen_on > died:
        raise PlacementRefused("died", _("La personne est décédée avant ce jour."), field="seen_on")
    row = EmploymentVerification(
        employment=employment,
        asked_on=found.asked_on,
        how=found.how,
        seen_on=found.seen_on,
        found_ended=bool(found.end_reason),
        note=found.note.strip(),
        recorded_by=actor,
    )
    save_checked(row)
    if found.end_reason:
        end_employment(employment=employment, ended_on=found.seen_on, reason=found.end_reason, actor=actor)
    return row


def _refuse_known(employment: Employment) -> None:
    """Nothing is left to make sure of once the end is known."""
    if employment.cancelled_on is not None:
        raise PlacementRefused("cancelled", _("Cette embauche a été annulée."))
    if employment.ended_on is not None:
        raise PlacementRefused(
            "ended",
            _("La fin de ce contrat est déjà enregistrée."),
            hint=_("Si elle est fausse, une coordination la corrige."),
        )


def _refuse_days(employment: Employment, found: Verification) -> None:
    """The day at work lies in the contract and before the day of the question, which is no later than today."""
    refuse_future(found.asked_on, "asked_on")
    if found.seen_on > found.asked_on:
        raise PlacementRefused(
            "seen_after", _("Ce jour suit celui de la vérification : on ne vérifie que le passé."), field="seen_on"
        )
    if found.seen_on < employment.starts_on:
        raise PlacementRefused(
            "seen_before",
            _("Le contrat commence le %(date)s.") % {"date": f"{employment.starts_on:%d/%m/%Y}"},
            field="seen_on",
        )
    if employment.ends_on is not None and found.seen_on > employment.ends_on:
        raise PlacementRefused(
            "seen_after_term",
            _("Le contrat se termine le %(date)s.") % {"date": f"{employment.ends_on:%d/%m/%Y}"},
            field="seen_on",
            hint=_("S’il a été renouvelé, enregistrez le contrat suivant."),
        )

"""What an exit asks of the contracts that run: whether the work is over, since when and why."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.enums import ExitOutcome
from beneficiaries.models import CoachingCase
from foundation.asking import Question
from foundation.forms import FrenchDateField
from placements.enums import EndReason
from placements.models import Employment
from placements.services.hiring import end_employment

#: situations in which no contract runs as a rule
WITHOUT_WORK = frozenset({ExitOutcome.TRAINING, ExitOutcome.JOB_SEEKING, ExitOutcome.INACTIVE})


def _running(case: CoachingCase, on: date) -> list[Employment]:
    """The contracts of which no end was told, begun by that day."""
    known = case.employments.effective().select_related("company").filter(ended_on__isnull=True, starts_on__lte=on)
    return list(known)


def exit_fields(case: CoachingCase, on: date) -> Mapping[str, forms.Field]:
    """For each contract whose end was not told: its last day really worked, and why it ended."""
    fields: dict[str, forms.Field] = {}
    for job in _running(case, on):
        words = {"job": f"{job.job_title}, {job.company.name}"}
        fields[f"ended_{job.pk}"] = FrenchDateField(
            label=_("Que devient le contrat (%(job)s) ? Dernier jour presté") % words,
            required=False,
            not_future=True,
            help_text=_("Vide s’il court toujours, ou si vous ne le savez pas : sa fin pourra se noter plus tard."),
        )
        fields[f"reason_{job.pk}"] = forms.ChoiceField(
            label=_("Motif de fin (%(job)s)") % words, required=False, choices=[("", "–"), *EndReason.choices]
        )
    return fields


def exit_errors(answers: Mapping[str, Any]) -> Mapping[str, ValidationError]:
    """What is missing beside each field: a last day goes with its reason."""
    found: dict[str, ValidationError] = {}
    for name, day in answers.items():
        if name.startswith("ended_") and bool(day) != bool(answers.get(_reason_of(name))):
            missing = name if not day else _reason_of(name)
            found[missing] = ValidationError(_("Un dernier jour va avec son motif."), code="incomplete")
    return found


def exit_doubts(case: CoachingCase, on: date, outcome: str, answers: Mapping[str, Any]) -> Sequence[Question]:
    """Whether a contract runs though the person is said to be without work: either may be, and one is often a slip.

    Nothing is asked of somebody at work, nor of somebody whose situation is not known.
    """
    if outcome not in WITHOUT_WORK:
        return ()
    untold = [job for job in _running(case, on) if not answers.get(f"ended_{job.pk}")]
    return tuple(
        Question(
            code=f"exit_at_work:{job.pk}:{on.isoformat()}:{outcome}",
            sentence=_("Le contrat (%(job)s) court ce jour-là, et la personne serait « %(outcome)s ».")
            % {"job": f"{job.job_title}, {job.company.name}", "outcome": ExitOutcome(outcome).label},
            field="exit_outcome",
            answer=_("Oui, le contrat court toujours, ou sa fin se notera plus tard"),
        )
        for job in untold
        if job.ends_on is None or job.ends_on >= on
    )


def tell_ends(case: CoachingCase, answers: Mapping[str, Any], actor: User) -> None:
    """Record the ends that were told with the exit, once the case has left: no phase follows from them."""
    told = {name: day for name, day in answers.items() if name.startswith("ended_") and day}
    for job in case.employments.effective().filter(ended_on__isnull=True) if told else ():
        day = told.get(f"ended_{job.pk}")
        if day is not None:
            end_employment(employment=job, ended_on=day, reason=answers[f"reason_{job.pk}"], actor=actor)


def _reason_of(name: str) -> str:
    """The field of the reason that goes with the field of a last day."""
    return name.replace("ended_", "reason_", 1)

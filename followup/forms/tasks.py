"""Tasks of a case, the lines that the house asks in each phase, a meeting of the team with its decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from beneficiaries.models import CoachingCase
from followup.models import TeamMeeting
from followup.rules.tasks import Doer, WhoseTurn
from followup.services.tasks import TaskStatement
from foundation.choosing import ChoosingField
from foundation.clock import today
from foundation.forms import AncrageForm, FrenchDateField, SubmissionIdMixin
from method.rules.phases import Phase

SOON = {_("Demain"): 1, _("Dans une semaine"): 7}
# A meeting decides of so many cases in one go; what comes after is a second page of it.
MOST_DECISIONS = 6


class TaskForm(SubmissionIdMixin, AncrageForm):
    """What is to be done, by whom, whose turn it is, by when."""

    words = forms.CharField(label=_("Ce qui est à faire"), max_length=200)
    due_on = FrenchDateField(label=_("Pour le"), required=False, shortcuts=SOON)
    doer = forms.ChoiceField(label=_("Qui le fait"), choices=Doer.choices, widget=forms.RadioSelect, initial=Doer.COACH)
    turn = forms.ChoiceField(
        label=_("À qui le tour"), choices=WhoseTurn.choices, widget=forms.RadioSelect, initial=WhoseTurn.COACH
    )

    def statement(self) -> TaskStatement:
        """What was typed, as the service reads it."""
        data = self.cleaned_data
        return TaskStatement(words=data["words"], doer=data["doer"], turn=data["turn"], due_on=data["due_on"])


class TaskChangeForm(TaskForm):
    """The same, and on which day it was done."""

    done_on = FrenchDateField(
        label=_("Fait le"),
        required=False,
        not_future=True,
        help_text=_("Le vrai jour, même si vous le notez plus tard. Vide : ce n’est pas encore fait."),
    )


class LineForm(AncrageForm):
    """What the house asks in a phase, from a day on."""

    phase = forms.ChoiceField(label=_("Phase"))
    words = forms.CharField(label=_("Ce qui est à faire"), max_length=120)
    starts_on = FrenchDateField(label=_("Demandé dès le"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phase: Any = self.fields["phase"]
        phase.choices = [one for one in Phase.choices if one[0] != Phase.EXIT]
        self.fields["starts_on"].initial = today()


class LineChangeForm(AncrageForm):
    """Other words, or the day from which it is asked no more."""

    words = forms.CharField(label=_("Ce qui est à faire"), max_length=120)
    ends_on = FrenchDateField(
        label=_("Plus demandé dès le"), required=False, help_text=_("Ce qui est déjà coché reste dans les dossiers.")
    )


class MeetingForm(SubmissionIdMixin, AncrageForm):
    """The day, those present, what was decided of the team, and a few decisions about cases."""

    on = FrenchDateField(label=_("Date de la réunion"), not_future=True)
    present = forms.CharField(label=_("Présents"), max_length=500)
    words = forms.CharField(
        label=_("Décisions de l’équipe"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Une décision par ligne. Celles qui concernent un dossier s’écrivent plus bas."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()
        for rank in range(1, MOST_DECISIONS + 1):
            named = {"n": rank}
            case = ChoosingField(
                "cases",
                label=_now("%(n)s. Dossier") % named,
                queryset=CoachingCase.objects.none(),
                required=False,
            )
            self.fields[f"case_{rank}"] = case
            case.offer(user)
            self.fields[f"words_{rank}"] = forms.CharField(
                label=_now("%(n)s. Ce qui est décidé") % named, max_length=200, required=False
            )
            self.fields[f"doer_{rank}"] = forms.ChoiceField(
                label=_now("%(n)s. Qui le fait") % named, choices=Doer.choices, required=False
            )
            self.fields[f"due_{rank}"] = FrenchDateField(label=_now("%(n)s. Pour le") % named, required=False)

    def clean(self) -> dict[str, Any]:
        """A decision about a case says what; one that says what says of which case."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for rank in range(1, MOST_DECISIONS + 1):
            case, words = data.get(f"case_{rank}"), data.get(f"words_{rank}")
            if case and not words:
                self.add_error(f"words_{rank}", _now("Dites ce qui est décidé."))
            if words and not case and f"case_{rank}" not in self.errors:
                self.add_error(
                    f"case_{rank}", _now("Choisissez le dossier, ou écrivez ceci parmi les décisions de l’équipe.")
                )
        return data

    def meeting(self) -> TeamMeeting:
        """The meeting that was typed."""
        data = self.cleaned_data
        return TeamMeeting(
            on=data["on"], present=data["present"], words=data["words"], submission_id=data["submission_id"]
        )

    def decisions(self) -> list[tuple[CoachingCase, TaskStatement]]:
        """What was decided of cases, in order."""
        data = self.cleaned_data
        return [
            (
                data[f"case_{rank}"],
                TaskStatement(
                    words=data[f"words_{rank}"],
                    doer=data[f"doer_{rank}"] or Doer.COACH,
                    due_on=data[f"due_{rank}"],
                ),
            )
            for rank in range(1, MOST_DECISIONS + 1)
            if data.get(f"case_{rank}")
        ]

"""The record of a participant of an ESF+ operation: one per person and project, however often they enter (ESF-06).

The gender and the birth date are the person's; the exit is that of their last case in the project. Here is what only
the ESF+ asks: the situation at entry, kept from the first entry, and the results after each exit: the last one counts.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned, Project
from beneficiaries.models import Beneficiary, CoachingCase
from esf.enums import Isced, Moment, Question, ResultSource
from esf.parameters import six_months_check_on
from esf.rules.indicators import Answer, EntryStatus, Nationality
from foundation.models import UuidModel
from privacy.fields import EncryptedTextField

# One letter per answer, always five letters: what is encrypted must not betray its content by its length.
LETTERS = {"": "-", Answer.YES: "Y", Answer.NO: "N", Answer.REFUSED: "R"}
MEANINGS = {letter: str(answer) for answer, letter in LETTERS.items()}
UNANSWERED = LETTERS[""] * len(Question)


class EsfParticipation(OrganisationOwned):
    """What was learnt at the first entry of a person into an operation. Nothing is compulsory to save: what misses is
    told by the page of what is missing.
    """

    beneficiary = models.ForeignKey(
        Beneficiary, on_delete=models.PROTECT, related_name="esf_participations", verbose_name=_("personne")
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="esf_participations", verbose_name=_("projet")
    )
    entry_on = models.DateField(_("entrée dans le projet"))
    status = models.CharField(_("situation à l’entrée"), max_length=10, choices=EntryStatus.choices, blank=True)
    unemployed_since = models.DateField(_("sans emploi depuis le"), null=True, blank=True)
    isced = models.PositiveSmallIntegerField(_("niveau d’études"), choices=Isced, null=True, blank=True)
    nationality = models.CharField(_("nationalité"), max_length=13, choices=Nationality.choices, blank=True)
    answers = EncryptedTextField(
        _("réponses que la personne peut refuser"), context="esf.participation.answers", default=UNANSWERED
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "reporting_esfparticipation"
        verbose_name = _("fiche FSE+")
        verbose_name_plural = _("fiches FSE+")
        ordering = ["project", "entry_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiary", "project"],
                name="esf_participation_once",
                violation_error_message=_("Cette personne a déjà une fiche pour ce projet."),
            ),
            models.CheckConstraint(
                condition=Q(unemployed_since__isnull=True)
                | Q(status=EntryStatus.UNEMPLOYED, unemployed_since__lte=models.F("entry_on")),
                name="esf_unemployed_since_before_entry",
                violation_error_message=_("La période sans emploi commence au plus tard le jour de l’entrée."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.beneficiary)

    def answer(self, question: str) -> str:
        """The answer to a question, a value of `Answer`; "" while it was not asked."""
        return MEANINGS[self.answers[list(Question.values).index(question)]]

    def all_answers(self) -> dict[str, str]:
        """Every question with its answer."""
        return {question: MEANINGS[letter] for question, letter in zip(Question.values, self.answers, strict=True)}

    @property
    def has_refusals(self) -> bool:
        """Whether a question was declined."""
        return LETTERS[Answer.REFUSED] in self.answers

    @staticmethod
    def packed(answers: dict[str, str]) -> str:
        """The answers as they are kept; a question that is left out was not asked.

        Raises:
            KeyError: an answer is none of the list.
        """
        return "".join(LETTERS[answers.get(question, "")] for question in Question.values)


class EsfRefusal(UuidModel):
    """The documented attempt to ask a question that the person declined (ESF-10): without it, a refusal is a gap."""

    participation = models.ForeignKey(EsfParticipation, on_delete=models.CASCADE, related_name="refusals")
    question = models.CharField(_("question"), max_length=20, choices=Question)
    asked_on = models.DateField(_("demandé le"))
    proof = models.CharField(_("preuve de la demande"), max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "reporting_esfrefusal"
        verbose_name = _("refus de répondre (FSE+)")
        verbose_name_plural = _("refus de répondre (FSE+)")
        ordering = ["participation", "question"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "question"], name="esf_refusal_once"),
        ]

    def __str__(self) -> str:
        return str(self.get_question_display())


class EsfResult(UuidModel):
    """The situation of a participant after the exit of one case, at one of the two moments. The last exit counts; what
    was noted after a former one stays.
    """

    participation = models.ForeignKey(EsfParticipation, on_delete=models.CASCADE, related_name="results")
    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="esf_results")
    moment = models.CharField(_("moment"), max_length=10, choices=Moment)
    employed = models.BooleanField(_("à l’emploi ou indépendant·e"), default=False)
    job_searching = models.BooleanField(_("en recherche d’emploi"), default=False)
    in_training = models.BooleanField(_("en études ou en formation"), default=False)
    qualification = models.BooleanField(_("a obtenu une qualification"), default=False)
    improved = models.BooleanField(_("situation améliorée sur le marché du travail"), default=False)
    improvement = models.CharField(_("en quoi elle s’est améliorée"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=ResultSource)
    seen_on = models.DateField(_("constaté le"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "reporting_esfresult"
        verbose_name = _("résultat FSE+")
        verbose_name_plural = _("résultats FSE+")
        ordering = ["case", "moment"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "moment"],
                name="esf_result_once",
                violation_error_message=_("Ce résultat est déjà enregistré."),
            ),
            models.CheckConstraint(
                condition=Q(moment=Moment.EXIT, improved=False)
                | Q(moment=Moment.SIX_MONTHS, job_searching=False, in_training=False, qualification=False),
                name="esf_result_of_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(source=ResultSource.UNREACHED)
                | Q(employed=False, job_searching=False, in_training=False, qualification=False, improved=False),
                name="esf_unreached_knows_nothing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_moment_display())

    def is_about(self, exit_on: date) -> bool:
        """Whether it tells what followed that exit: what was seen before belongs to an exit that was undone."""
        return self.seen_on >= seen_from(Moment(self.moment), exit_on)


def seen_from(moment: Moment, exit_on: date) -> date:
    """The first day on which the situation at a moment can be seen (ESF-07)."""
    return exit_on if moment is Moment.EXIT else six_months_check_on(exit_on)

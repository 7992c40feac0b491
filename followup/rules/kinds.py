"""What a case can ask of its coach: one row a kind, with its words, its drawing, its page, and who is told.

Source: domain, sections 4 to 7. When it is due, and until when it counts, is in :mod:`followup.rules.deadlines`: a kind
is added here and there, and nowhere else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from foundation.rules.lists import ClosedList
from foundation.rules.saying import say, say_counted, sentence


class DeadlineKind(ClosedList):
    """What is due; the value is what is stored."""

    FIRST_MEETING = "FIRST_MEETING", "premier entretien"
    CONTACT = "CONTACT", "contact avec la personne"
    EMPLOYER = "EMPLOYER", "contact avec l’employeur"
    APPOINTMENT = "APPOINTMENT", "rendez-vous sans résultat"
    NEWS_ASKED = "NEWS_ASKED", "demande de la coordination"
    TASK = "TASK", "tâche à faire"
    NO_SHOWS = "NO_SHOWS", "absences de suite"
    SIGNATURE = "SIGNATURE", "document à signer"
    INTAKE_END = "INTAKE_END", "fin de l’accueil"
    PREHIRE_END = "PREHIRE_END", "fin des 24 mois"
    FOLLOW_UP_MISSING = "FOLLOW_UP_MISSING", "suivi à convenir"
    TRAINING_END = "TRAINING_END", "bilan d’un stage"
    CONTRACT_END = "CONTRACT_END", "fin d’un contrat"
    JOB_ENDED = "JOB_ENDED", "emploi terminé"
    FOLLOW_UP_END = "FOLLOW_UP_END", "fin du suivi"
    DECISION = "DECISION", "demande à décider"
    SUSPENSION_REVIEW = "SUSPENSION_REVIEW", "suspension à revoir"
    RESULTS_4_WEEKS = "RESULTS_4_WEEKS", "résultats FSE+ à 4 semaines"
    RESULTS_6_MONTHS = "RESULTS_6_MONTHS", "résultats FSE+ à 6 mois"


class Audience(StrEnum):
    """Who is told at once; later the coordinators are told of everything."""

    COACH = "coach"
    COACH_AND_COORDINATION = "coach_and_coordination"


class Channel(StrEnum):
    """How they are told: what is mailed is on the screen too."""

    MAIL = "mail"
    SCREEN = "screen"


class Tell(StrEnum):
    """From which day they are told."""

    AHEAD = "ahead"
    """From the day on which the coach's page shows it."""
    ON_THE_DAY = "on_the_day"
    """On the day it is due."""
    AFTERWARDS = "afterwards"
    """On the day it is due, once that day is there: it tells of something that has happened."""
    BY_WARNINGS = "by_warnings"
    """At each warning, so many days before the day it is due; the latest warning replaces the former."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a sentence may say of a deadline on the day it is read.

    Attributes:
        is_due: whether its day has come.
        firm: the name of the firm it concerns.
        no_shows: appointments missed in a row.
        last_contact: when the last contact was, in words; "" when there was none.
    """

    is_due: bool
    firm: str
    no_shows: int = 0
    last_contact: str = ""


def _always(words: str) -> Callable[[Told], str]:
    return lambda told: say(words, firm=told.firm)


def _once_due(before: str, due: str) -> Callable[[Told], str]:
    return lambda told: say(due if told.is_due else before)


def _contact(told: Told) -> str:
    if not told.last_contact:
        return say("Premier contact à avoir")
    return say("À contacter, dernier contact %(when)s", when=told.last_contact)


def _brief_contact(told: Told) -> str:
    return say("Contact à prendre") if told.last_contact else say("Premier contact")


def _no_shows(told: Told) -> str:
    return say_counted("%(n)s absence", "%(n)s absences de suite", told.no_shows)


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """One line of the table.

    Attributes:
        code: what is due.
        name: how people call it; whoever shows it translates it, as what a mail asks.
        asks: what a mail asks, in French: no name, no firm, no situation that a passer-by could read.
        tell: from which day people are reminded.
        icon: the drawing beside it.
        words: what the coach's page asks, in French.
        brief: the same in some twenty-five letters, for a row.
        page: the name of the page that settles it, which takes the case; "" when a contact does, or when the room that
            records it says (:mod:`followup.registries`).
        is_since: whether it tells of what happened or ended that day: it is not late, it is so since then.
        by_contact: whether a contact with the person settles it, so that it can be put off.
        optional: whether people may do without the mail; the screen always tells.
    """

    code: DeadlineKind
    name: str
    asks: str
    tell: Tell
    icon: str
    words: Callable[[Told], str]
    brief: Callable[[Told], str]
    page: str = ""
    is_since: bool = False
    by_contact: bool = False
    optional: bool = False
    audience: Audience = Audience.COACH
    channel: Channel = Channel.MAIL


_PATH, _JOBS = "beneficiaries:case_path", "placements:case_jobs"

RULES: Mapping[DeadlineKind, ReminderRule] = MappingProxyType(
    {
        rule.code: rule
        for rule in (
            ReminderRule(
                DeadlineKind.FIRST_MEETING,
                name=sentence("Premier entretien"),
                asks=sentence("premier entretien à avoir"),
                tell=Tell.AHEAD,
                icon="handshake",
                words=_always(sentence("Premier entretien après l’orientation")),
                brief=_always(sentence("Premier entretien")),
                by_contact=True,
            ),
            ReminderRule(
                DeadlineKind.CONTACT,
                name=sentence("Contact avec la personne"),
                asks=sentence("contact à prendre"),
                tell=Tell.ON_THE_DAY,
                icon="message-circle",
                words=_contact,
                brief=_brief_contact,
                by_contact=True,
                optional=True,
            ),
            ReminderRule(
                DeadlineKind.EMPLOYER,
                name=sentence("Contact avec l’employeur"),
                asks=sentence("nouvelles à prendre de l’emploi"),
                tell=Tell.AHEAD,
                icon="building-2",
                words=_always(sentence("Prendre des nouvelles chez %(firm)s")),
                brief=_always(sentence("Appeler %(firm)s")),
                optional=True,
            ),
            ReminderRule(
                DeadlineKind.APPOINTMENT,
                name=sentence("Rendez-vous passé sans résultat"),
                asks=sentence("résultat d’un rendez-vous à dire"),
                tell=Tell.AFTERWARDS,
                icon="circle-question-mark",
                words=_always(sentence("Dire ce qu’il est advenu du rendez-vous")),
                brief=_always(sentence("Résultat à dire")),
                is_since=True,
                optional=True,
            ),
            ReminderRule(
                DeadlineKind.NEWS_ASKED,
                name=sentence("Demande de la coordination"),
                asks=sentence("nouvelles demandées par la coordination"),
                tell=Tell.ON_THE_DAY,
                icon="bell-ring",
                words=_always(sentence("La coordination demande de reprendre contact")),
                brief=_always(sentence("Nouvelles demandées")),
                by_contact=True,
            ),
            ReminderRule(
                DeadlineKind.TASK,
                name=sentence("Tâche à faire"),
                asks=sentence("tâche à faire"),
                tell=Tell.ON_THE_DAY,
                icon="list-checks",
                words=_always(sentence("Une tâche est à faire")),
                brief=_always(sentence("Tâche à faire")),
                page="followup:case_summary",
                optional=True,
            ),
            ReminderRule(
                DeadlineKind.NO_SHOWS,
                name=sentence("Absences de suite"),
                asks=sentence("absences de suite, à reprendre"),
                tell=Tell.AFTERWARDS,
                icon="user-x",
                words=_no_shows,
                brief=_no_shows,
                is_since=True,
                by_contact=True,
            ),
            ReminderRule(
                DeadlineKind.SIGNATURE,
                name=sentence("Document à signer"),
                asks=sentence("document à faire signer"),
                tell=Tell.AHEAD,
                icon="signature",
                words=_always(sentence("Une convention est prête : la faire signer, puis l’enregistrer")),
                brief=_always(sentence("Convention à signer")),
                page=_PATH,
                optional=True,
            ),
            ReminderRule(
                DeadlineKind.INTAKE_END,
                name=sentence("Accueil qui dure"),
                asks=sentence("accueil à conclure"),
                tell=Tell.AHEAD,
                icon="clipboard-list",
                words=_always(sentence("L’accueil dure : ouvrir la pré-embauche, ou clôturer")),
                brief=_always(sentence("Accueil à conclure")),
                page=_PATH,
                optional=True,
            ),
            ReminderRule(
                DeadlineKind.PREHIRE_END,
                name=sentence("Fin des 24 mois"),
                asks=sentence("les 24 mois se terminent"),
                tell=Tell.BY_WARNINGS,
                icon="hourglass",
                words=_once_due(
                    sentence("Les 24 mois se terminent : préparer la suite"),
                    sentence("Les 24 mois sont épuisés : clôturer, ou demander une prolongation"),
                ),
                brief=_once_due(sentence("24 mois : préparer"), sentence("24 mois épuisés : décider")),
                page=_PATH,
                is_since=True,
                audience=Audience.COACH_AND_COORDINATION,
            ),
            ReminderRule(
                DeadlineKind.FOLLOW_UP_MISSING,
                name=sentence("Suivi à convenir"),
                asks=sentence("suivi à convenir"),
                tell=Tell.AFTERWARDS,
                icon="handshake",
                words=_always(sentence("Le contrat a commencé : convenir du suivi")),
                brief=_always(sentence("Suivi à convenir")),
                page=_JOBS,
                is_since=True,
            ),
            ReminderRule(
                DeadlineKind.TRAINING_END,
                name=sentence("Bilan d’un stage"),
                asks=sentence("bilan d’un stage à faire"),
                tell=Tell.AHEAD,
                icon="graduation-cap",
                words=_always(sentence("Stage chez %(firm)s : en faire le bilan, préparer la suite")),
                brief=_always(sentence("Bilan du stage")),
                page=_JOBS,
            ),
            ReminderRule(
                DeadlineKind.CONTRACT_END,
                name=sentence("Fin d’un contrat"),
                asks=sentence("fin de contrat à préparer"),
                tell=Tell.AHEAD,
                icon="calendar-x-2",
                words=_always(sentence("Fin de contrat chez %(firm)s : pérenniser, renouveler ou préparer la suite")),
                brief=_always(sentence("Fin de contrat")),
                page=_JOBS,
            ),
            ReminderRule(
                DeadlineKind.JOB_ENDED,
                name=sentence("Emploi terminé"),
                asks=sentence("emploi terminé, suite à donner"),
                tell=Tell.AFTERWARDS,
                icon="undo-2",
                words=_always(sentence("Le contrat est terminé : retour en pré-embauche, ou sortie")),
                brief=_always(sentence("Emploi terminé")),
                page=_JOBS,
                is_since=True,
            ),
            ReminderRule(
                DeadlineKind.FOLLOW_UP_END,
                name=sentence("Bilan de clôture"),
                asks=sentence("bilan de clôture à faire"),
                tell=Tell.AHEAD,
                icon="flag",
                words=_once_due(
                    sentence("Le suivi se termine : préparer le bilan de clôture"),
                    sentence("Les six mois de suivi sont écoulés : faire le bilan et clôturer"),
                ),
                brief=_always(sentence("Bilan de clôture")),
                page=_PATH,
                is_since=True,
            ),
            ReminderRule(
                DeadlineKind.DECISION,
                name=sentence("Demande qui attend une décision"),
                asks=sentence("demande qui attend une décision de la coordination"),
                tell=Tell.AHEAD,
                icon="hourglass",
                words=_always(sentence("Une demande attend la décision de la coordination")),
                brief=_always(sentence("Décision attendue")),
                page="beneficiaries:exception_list",
                audience=Audience.COACH_AND_COORDINATION,
            ),
            ReminderRule(
                DeadlineKind.SUSPENSION_REVIEW,
                name=sentence("Suspension sans fin à revoir"),
                asks=sentence("suspension sans fin connue, à revoir"),
                tell=Tell.ON_THE_DAY,
                icon="circle-pause",
                words=_always(
                    sentence("La suspension sans fin connue tient-elle toujours ? La confirmer, ou y mettre fin")
                ),
                brief=_always(sentence("Suspension à revoir")),
                page="placements:case_clock",
                audience=Audience.COACH_AND_COORDINATION,
            ),
            ReminderRule(
                DeadlineKind.RESULTS_4_WEEKS,
                name=sentence("Résultats FSE+ à 4 semaines"),
                asks=sentence("résultats à 4 semaines à demander"),
                tell=Tell.AHEAD,
                icon="clipboard-check",
                words=_always(sentence("FSE+ : demander la situation quatre semaines après la sortie")),
                brief=_always(sentence("Résultats à 4 semaines")),
            ),
            ReminderRule(
                DeadlineKind.RESULTS_6_MONTHS,
                name=sentence("Résultats FSE+ à 6 mois"),
                asks=sentence("résultats à 6 mois à demander"),
                tell=Tell.AHEAD,
                icon="clipboard-check",
                words=_always(sentence("FSE+ : demander la situation six mois après la sortie")),
                brief=_always(sentence("Résultats à 6 mois")),
            ),
        )
    }
)

OPTIONAL: tuple[ReminderRule, ...] = tuple(rule for rule in RULES.values() if rule.optional)
MAILED: frozenset[DeadlineKind] = frozenset(rule.code for rule in RULES.values() if rule.channel is Channel.MAIL)
FOR_COORDINATION: frozenset[DeadlineKind] = frozenset(
    rule.code for rule in RULES.values() if rule.audience is Audience.COACH_AND_COORDINATION
)

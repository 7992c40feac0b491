"""Tasks of the demonstration: lists of the house, what coaches wrote down, what a team meeting decided."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from accounts.enums import Role
from accounts.models import Membership, User
from beneficiaries.models import CoachingCase
from demo.loading.store import row_id
from demo.plan.staff import DEMO_ADMIN, DEMO_COORDINATOR, DEMO_JOBCOACH
from followup.models import ChecklistLine, TeamMeeting
from followup.rules.tasks import Doer, WhoseTurn
from followup.services.tasks import TaskStatement, add_line, add_task, finish_task, record_meeting, tick_line
from foundation.workdays import working_days
from method.rules.phases import Phase

#: the house has asked this for so long
ASKED_FOR = timedelta(days=60)
#: the team met so long ago, on the working day before
MET_AGO = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Written:
    """A task of the demonstration: for which day, counted from today, and how long ago it was done, if it was."""

    words: str
    due_in: int | None
    doer: Doer = Doer.COACH
    turn: WhoseTurn = WhoseTurn.COACH
    done_ago: int | None = None


ASKED: tuple[tuple[Phase, str], ...] = (
    (Phase.PREPARATORY, "Ouvrir le classeur des pièces avec la personne"),
    (Phase.PRE_HIRE, "Relire le CV et la lettre ensemble"),
    (Phase.PRE_HIRE, "Vérifier les trajets jusqu’aux zonings"),
    (Phase.FOLLOW_UP, "Remettre la carte de visite du jobcoach à l’employeur"),
)

#: one case of the coach after the other; an empty place leaves a case without a task
OF_THE_COACH: tuple[tuple[Written, ...], ...] = (
    (
        Written("Demander l’attestation de chômage au CPAS", -4, turn=WhoseTurn.PARTNER),
        Written("Envoyer le CV à jour au secrétariat social", None),
    ),
    (),
    (Written("Apporter la dernière fiche de paie", 0, turn=WhoseTurn.PERSON),),
    (Written("Rappeler la crèche pour une place le mercredi", 1, turn=WhoseTurn.PARTNER),),
    (),
    (
        Written("Préparer les questions de l’entretien", 2),
        Written("Accompagner à la visite du magasin", 9, Doer.SECOND),
    ),
    (Written("Obtenir l’horaire du mois prochain", -1, turn=WhoseTurn.EMPLOYER),),
    (Written("Passer à la mutuelle pour le certificat", -9, turn=WhoseTurn.PERSON, done_ago=2),),
    (Written("Décider de l’avance pour l’abonnement de bus", 5, Doer.COORDINATION),),
)

#: one case of each colleague
OF_COLLEAGUES: tuple[Written, ...] = (
    Written("Renvoyer la convention signée", -6, turn=WhoseTurn.PARTNER),
    Written("Confirmer la date de la visite médicale", -2, turn=WhoseTurn.EMPLOYER),
    Written("Relancer le Forem pour le bilan", 3, turn=WhoseTurn.PARTNER),
)

TEAM_DECISIONS = "Les visites d’entreprises se font à deux jusqu’à la fin du mois.\nProchaine réunion à Binche."
DECIDED: tuple[Written, ...] = (
    Written("Prendre l’avis du service de médiation de dettes", 3, turn=WhoseTurn.PARTNER),
    Written("Proposer le permis de conduire à l’auto-école sociale", None, done_ago=1),
    Written("Demander un deuxième avis sur le poste", -2, Doer.SECOND),
)


def add_tasks(as_of: date) -> None:
    """Write the lists of the house, the tasks of its coaches and one team meeting, each by who would write it."""
    admin, boss, coach = (
        User.objects.get(pk=row_id("user", key)) for key in (DEMO_ADMIN, DEMO_COORDINATOR, DEMO_JOBCOACH)
    )
    mine = _cases_of(coach)
    _ask(admin, as_of, mine, coach)
    for case, tasks in zip(mine, OF_THE_COACH, strict=False):
        for task in tasks:
            _write(case, task, as_of, coach)
    roles = Membership.objects.filter(organisation=boss.current_organisation, role=Role.JOBCOACH).active_on(as_of)
    team = [held.user for held in roles.select_related("user").order_by("user__last_name", "user_id")]
    others = [cases for one in team if one != coach and (cases := _cases_of(one))]
    for cases, task in zip(others, OF_COLLEAGUES, strict=False):
        _write(cases[0], task, as_of, cases[0].coach)
    decided_of = [*mine[1:2], *(cases[-1] for cases in others)]
    _meet(decided_of, [coach, *(cases[0].coach for cases in others)], as_of, boss)


def _cases_of(coach: User) -> list[CoachingCase]:
    """The open cases of somebody, always in the same order, the freshest first."""
    cases = CoachingCase.objects.filter(coach=coach, closed_on=None).select_related("coach")
    return list(cases.order_by("-opened_on", "pk"))


def _ask(admin: User, as_of: date, cases: list[CoachingCase], coach: User) -> None:
    """What the house asks in its phases; every second case of the coach has answered the first line of its phase."""
    lines: dict[Phase, ChecklistLine] = {}
    for phase, words in ASKED:
        line = add_line(phase=phase, words=words, starts_on=as_of - ASKED_FOR, actor=admin)
        lines.setdefault(phase, line)
    for case in cases[::2]:
        spell = case.spells.order_by("sequence").last()
        asked = lines.get(Phase(spell.phase)) if spell is not None else None
        if asked is not None:
            tick_line(case=case, line=asked, actor=coach)


def _statement(task: Written, as_of: date) -> TaskStatement:
    due_on = None if task.due_in is None else as_of + timedelta(days=task.due_in)
    return TaskStatement(words=task.words, doer=task.doer, turn=task.turn, due_on=due_on)


def _write(case: CoachingCase, task: Written, as_of: date, actor: User) -> None:
    written = add_task(case=case, statement=_statement(task, as_of), actor=actor)
    if task.done_ago is not None:
        done_on = max(as_of - timedelta(days=task.done_ago), case.opened_on)
        finish_task(task=written, done_on=done_on, actor=actor)


def _meet(cases: list[CoachingCase], present: list[User], as_of: date, boss: User) -> None:
    """One meeting of the team: a decision of each of a few cases."""
    meeting = TeamMeeting(
        on=working_days(as_of).on_or_before(as_of - MET_AGO),
        present=", ".join(one.get_full_name() for one in [boss, *present]),
        words=TEAM_DECISIONS,
        submission_id=uuid5(NAMESPACE_URL, f"ancrage-demo/meeting/{as_of}"),
    )
    decided = list(zip(cases, DECIDED, strict=False))
    record_meeting(meeting=meeting, decisions=[(case, _statement(task, as_of)) for case, task in decided], actor=boss)
    made = {task.case_id: task for task in meeting.tasks.all()}
    for case, task in decided:
        if task.done_ago is not None:
            done_on = max(as_of - timedelta(days=task.done_ago), case.opened_on)
            finish_task(task=made[case.pk], done_on=done_on, actor=case.coach)

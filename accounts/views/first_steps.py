"""The panels of the first steps: those of a new organisation, and what stands where a role finds nothing yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import allows
from accounts.registries import FirstStep, first_steps
from accounts.rules.first_steps import FirstAct, StepFact, StepState, Visit, first_act, is_set_up, step_states
from accounts.selectors.first_steps import steps_done
from foundation.clock import today

Words = str | Promise

TEAM, PEOPLE = "team", "people"


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One of the steps, as the panel shows it; without an address, somebody else takes it."""

    step: FirstStep
    state: StepState
    url: str

    @property
    def is_done(self) -> bool:
        """Whether it is ticked."""
        return self.state == StepState.DONE


@dataclass(frozen=True, slots=True)
class Link:
    """An act or a page, and its words."""

    url: str
    label: Words


@dataclass(frozen=True, slots=True)
class FirstVisit:
    """What stands in place of an empty page: what it will show, the next act, and another way if there is one.

    `has_people`: a case was opened in the organisation once, so that a page about the whole of it is no first visit.
    """

    act: FirstAct
    has_people: bool
    title: Words
    text: Words
    icon: str
    ways: Sequence[Link]


@dataclass(frozen=True, slots=True)
class _Panel:
    """What a panel says, and the pages it leads to, each with the permission that opens it."""

    title: Words
    text: Words
    icon: str
    ways: Sequence[tuple[str, Words, str]] = ()


_OPEN_CASE = ("beneficiaries:case_new", _("Ouvrir un dossier"), "beneficiaries.open_case")
_CASES = ("followup:case_list", _("Voir les dossiers de l’équipe"), "followup.list_cases")
_INVITE = ("accounts:user_create", _("Inviter un·e collègue"), "accounts.manage_users")

PANELS: dict[FirstAct, _Panel] = {
    FirstAct.OPEN: _Panel(
        _("Le premier dossier est à ouvrir"),
        _("Une identité et une date suffisent ; le site, le projet et le prescripteur peuvent suivre."),
        "folder-plus",
        (_OPEN_CASE, _INVITE),
    ),
    FirstAct.RECEIVE: _Panel(
        _("Vous n’accompagnez encore personne"),
        _("Un dossier vous arrive quand la coordination vous le transmet, ou quand vous l’ouvrez."),
        "users-round",
        (_OPEN_CASE, _CASES),
    ),
    FirstAct.INVITE: _Panel(
        _("L’équipe est à inviter"),
        _("Les dossiers sont ouverts par les jobcoachs et la coordination : donnez-leur d’abord un accès."),
        "user-round-plus",
        (_INVITE,),
    ),
    FirstAct.WAIT: _Panel(
        _("Aucun dossier n’est encore ouvert"),
        _("Les jobcoachs et la coordination ouvrent les dossiers ; les chiffres suivent."),
        "folder-open",
        (("accounts:user_list", _("Voir qui a accès"), "accounts.manage_users"),),
    ),
    FirstAct.READ_SENT: _Panel(
        _("Aucun dossier à inspecter pour l’instant"),
        _("Les dossiers de cet organisme apparaîtront ici dès leur ouverture. Les rapports se lisent à part."),
        "folder-search",
        (("reporting:report_list", _("Lire les rapports"), "reporting.view_reports"),),
    ),
    FirstAct.READ_FIGURES: _Panel(
        _("Aucun rapport n’a encore été préparé"),
        _("Choisissez un rapport et une période : vous lisez des chiffres, sans aucun nom. Préparé, il est gardé."),
        "chart-column",
    ),
}


def organisation_steps(user: User, done: Mapping[str, bool] | None = None) -> list[ShownStep]:
    """The first steps of the user's organisation; none once they are taken, or for who does not administer it.

    One statement, unless what is done is known already.
    """
    if not allows(user, "accounts.manage_organisation", user.organisation_here):
        return []
    known = steps_done(user, today()) if done is None else done
    steps = list(first_steps)
    facts = [StepFact(known.get(step.name, False), step.is_free) for step in steps]
    if is_set_up(facts):
        return []
    return [
        ShownStep(step, state, reverse(step.url_name) if allows(user, step.permission, user.organisation_here) else "")
        for step, state in zip(steps, step_states(facts), strict=True)
    ]


def first_visit(user: User, *, only_inspects: bool = False) -> tuple[FirstVisit, list[ShownStep]]:
    """What somebody finds where their page is empty, with the steps of the organisation for who administers it.

    One statement.
    """
    done = steps_done(user, today())
    here = user.organisation_here
    act = first_act(
        Visit(
            only_inspects=only_inspects,
            reads_names=allows(user, "accounts.read_names", here),
            opens=allows(user, "beneficiaries.open_case", here),
            invites=allows(user, "accounts.manage_users", here),
            has_team=done.get(TEAM, False),
            has_people=done.get(PEOPLE, False),
        )
    )
    panel = PANELS[act]
    ways = [Link(reverse(name), words) for name, words, permission in panel.ways if allows(user, permission, here)]
    return FirstVisit(act, done.get(PEOPLE, False), panel.title, panel.text, panel.icon, ways), organisation_steps(
        user, done
    )

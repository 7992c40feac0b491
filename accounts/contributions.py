"""What this room itself brings: an absence that was declared by mistake is taken back; colleagues are chosen;
what an organisation begins with.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import CASE_CARRYING_ROLES
from accounts.models import Absence, Membership, Parameter, Project, Site, User
from accounts.registries import FirstStep, Reach, Takable, Told
from accounts.selectors.absences import possible_replacements
from accounts.services.taking_back import remove_row
from foundation.choosing import About, Source
from foundation.clock import today
from foundation.formatting import date_words


def _absences(user: User) -> Any:
    return Absence.objects.visible_to(user).select_related("user", "replacement")


def _absence(absence: Absence) -> Told:
    words = _("absence du %(first)s au %(last)s") % {
        "first": date_words(absence.starts_on),
        "last": date_words(absence.ends_on),
    }
    return Told(
        subject=absence.user_id,
        whom=str(absence.user),
        words=words,
        reach=Reach(
            organisation=absence.organisation_id,
            first=absence.starts_on,
            last=absence.ends_on,
            coach=absence.user_id,
        ),
        back=reverse("accounts:absence_list"),
    )


def _follows(absence: Absence) -> list[str]:
    if absence.replacement is None:
        return []
    return [
        _("%(name)s ne remplace plus ces jours-là ; ce qui a été consigné reste, sous son nom.")
        % {"name": absence.replacement.get_full_name()}
    ]


ABSENCE = Takable(
    name="absence",
    title=gettext_lazy("Retirer une absence"),
    reasons=(
        gettext_lazy("N’a pas eu lieu"),
        gettext_lazy("Déclarée pour quelqu’un d’autre"),
        gettext_lazy("Erreur de saisie"),
    ),
    rows=_absences,
    told=_absence,
    consequences=_follows,
    remove=lambda absence, actor: remove_row(absence),
)


def _colleagues(user: User, about: About) -> Any:
    """Whoever may carry cases here that day, today unless said: coaches and coordinators."""
    try:
        on = date.fromisoformat(about.get("on", ""))
    except ValueError:
        on = today()
    return possible_replacements(user, on)


COLLEAGUES = Source(
    name="colleagues",
    permission="accounts.read_names",
    rows=_colleagues,
    label=User.get_full_name,
)


def _of_it(rows: Any) -> Exists:
    return Exists(rows.filter(organisation=OuterRef("pk")).order_by())


# In the order in which one needs what the other made: a role is given for a site, a case belongs to both.
FIRST_STEPS = (
    FirstStep(
        name="site",
        title=gettext_lazy("Ajouter un site"),
        text=gettext_lazy("Là où les personnes sont reçues : les dossiers et les rapports s’y rangent."),
        url_name="accounts:site_create",
        permission="accounts.manage_organisation",
        order=10,
        done=lambda on: _of_it(Site.objects),
    ),
    # One that begins later counts: it was prepared, which is what was to be done.
    FirstStep(
        name="project",
        title=gettext_lazy("Ajouter un projet"),
        text=gettext_lazy("Ce qui est subsidié, par qui et quand : rapports et heures se remettent par projet."),
        url_name="accounts:project_create",
        permission="accounts.manage_organisation",
        order=20,
        done=lambda on: _of_it(Project.objects),
    ),
    FirstStep(
        name="values",
        title=gettext_lazy("Relire les valeurs datées"),
        text=gettext_lazy("Norme de dossiers, cadence des contacts : celles de la méthode valent déjà, sauf choix."),
        url_name="accounts:parameter_list",
        permission="accounts.view_parameters",
        order=30,
        done=lambda on: _of_it(Parameter.objects.filter(stands=True)),
        is_free=True,
    ),
    FirstStep(
        name="team",
        title=gettext_lazy("Inviter l’équipe"),
        text=gettext_lazy("Jobcoachs et coordination : chaque personne reçoit un lien et choisit son mot de passe."),
        url_name="accounts:user_create",
        permission="accounts.manage_users",
        order=40,
        done=lambda on: _of_it(
            Membership.objects.active_on(on).with_role(*CASE_CARRYING_ROLES).filter(user__is_active=True)
        ),
    ),
)

"""What this room itself brings: an absence that was declared by mistake is taken back; colleagues are chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Absence, User
from accounts.registries import Reach, Takable, Told
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

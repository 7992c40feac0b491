"""The frame of the settings pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin

#: label, address name, permission
Section = tuple[str | Promise, str, str]

SECTIONS: list[Section] = [
    (_("Vue d’ensemble"), "accounts:settings", "accounts.manage_organisation"),
    (_("Utilisateurs"), "accounts:user_list", "accounts.manage_users"),
    (_("Sites"), "accounts:site_list", "accounts.manage_organisation"),
    (_("Projets"), "accounts:project_list", "accounts.manage_organisation"),
    (_("Valeurs datées"), "accounts:parameter_list", "accounts.view_parameters"),
]


def register_section(section: Section) -> None:
    """Add a page of a room above to the settings. To be called from ``apps.ready()``; twice is once."""
    if section not in SECTIONS:
        SECTIONS.append(section)


class SettingsMixin(PermissionRequiredMixin):
    """A page of the settings: asks ``permission``, and shows the sections that the user may open."""

    permission = "accounts.manage_organisation"
    section = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sections."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["sections"] = [
            {"label": label, "url": reverse(name), "current": name == self.section}
            for label, name, permission in SECTIONS
            if allows(self.actor, permission, self.actor.current_organisation)
        ]
        return context

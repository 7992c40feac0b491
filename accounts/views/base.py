"""The frame of the settings pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.permissions import allows
from accounts.registries import sections
from accounts.views.mixins import PermissionRequiredMixin


class SettingsMixin(PermissionRequiredMixin):
    """A page of the settings: asks ``permission``, and shows the sections that the user may open."""

    permission = "accounts.manage_organisation"
    section = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["sections"] = [
            {"label": one.label, "url": reverse(one.url_name), "current": one.url_name == self.section}
            for one in sections
            if allows(self.actor, one.permission, self.actor.current_organisation)
        ]
        return context

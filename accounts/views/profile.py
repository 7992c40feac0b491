"""One's own account."""

from __future__ import annotations

from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.utils.translation import gettext_lazy

from accounts.models import User
from foundation.views import PageView


class ProfileView(PageView):
    """Who I am here, and how my account is protected."""

    template_name = "accounts/profile.html"
    page_title = gettext_lazy("Mon profil")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the roles of the day and the second factor."""
        return super().get_context_data(
            memberships=cast(User, self.request.user).active_memberships,
            mfa_enabled=is_mfa_enabled(self.request.user),
            **kwargs,
        )

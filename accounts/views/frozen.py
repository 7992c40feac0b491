"""What a page that changes the past says of the figures that were sent or signed already."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.registries import Reach
from accounts.selectors.frozen import frozen_over


class FrozenMixin:
    """Adds ``frozen`` to the context: what was sent or signed of the figures that the fact takes part in.

    Give :meth:`get_reach`; include ``accounts/frozen.html``.
    """

    actor: User

    def get_reach(self) -> Reach:
        """The figures that the fact takes part in, as it is written now."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context.setdefault("frozen", frozen_over(self.get_reach(), self.actor))
        return context

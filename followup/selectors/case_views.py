"""The views of the list of cases that somebody has among their tabs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.http import QueryDict
from django.utils.http import urlencode

from accounts.models import User
from followup.models import CaseListStart, CaseView
from followup.rules.case_lists import kept_pairs

#: the parameter that names, in an address, the view that one came by
VIEW = "vue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A list at the top of the page: its words, its address, how many it holds; ``view`` is the kept one, if it is."""

    label: str
    query: str
    view: CaseView | None = None
    count: str = ""
    current: bool = False

    @property
    def url(self) -> str:
        """The parameters of its address; a kept one is named, so that it stays the tab while filters are tried."""
        named = urlencode({VIEW: str(self.view.pk)}) if self.view else ""
        return "?" + "&".join(part for part in (self.query, named) if part)


def kept_views(user: User) -> Sequence[CaseView]:
    """The views that the user finds: the team's, then their own, each in its order."""
    return list(
        CaseView.objects.visible_to(user).order_by(F("owner").asc(nulls_first=True), "position", "created_at", "pk")
    )


def start_view(user: User) -> CaseView | None:
    """The view that the list opens with for the user; ``None`` for the plain list."""
    chosen = CaseListStart.objects.visible_to(user).filter(user=user).select_related("view").first()
    return chosen.view if chosen is not None and chosen.view.owner_id in (None, user.pk) else None


def written(pairs: Iterable[tuple[str, str]]) -> str:
    """What is kept of an address, as an address."""
    return urlencode(kept_pairs(pairs))


def pairs_of(query: Mapping[str, str]) -> list[tuple[str, str]]:
    """The parameters of an address, each value by itself."""
    if not isinstance(query, QueryDict):
        return list(query.items())
    return [(name, value) for name, values in query.lists() for value in values]

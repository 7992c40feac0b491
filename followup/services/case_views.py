"""Keeping views of the list of cases: one's own, and the team's."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import organisation_of, require
from followup.models import CaseListStart, CaseView
from followup.rules.case_lists import VIEW_LIMIT, moved
from followup.selectors.case_views import written
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act


class ViewRefused(DomainError):
    """A view cannot be kept so."""


@act
def keep_view(*, name: str, pairs: Iterable[tuple[str, str]], team: bool, actor: User) -> CaseView:
    """Keep filters, order and columns of an address under a name, for oneself or for the team, after the others.

    Raises:
        NotAllowed: the actor reads no list, or does not answer for the team.
        ViewRefused: there are as many views as tabs can show.
        InvalidFact: the name is missing, too long, or taken.
    """
    organisation = organisation_of(actor)
    require(actor, "followup.keep_team_view" if team else "followup.keep_view", organisation)
    beside = _beside(organisation.pk, None if team else actor.pk)
    if beside.count() >= VIEW_LIMIT:
        raise ViewRefused(
            "too_many",
            _("Il y a déjà %(n)s vues : supprimez-en une d’abord.") % {"n": VIEW_LIMIT},
            field="name",
        )
    last = beside.aggregate(last=Max("position"))["last"]
    view = CaseView(
        organisation=organisation,
        owner=None if team else actor,
        name=name.strip(),
        query=written(pairs),
        position=0 if last is None else last + 1,
    )
    save_checked(view)
    return view


@act
def change_view(
    *, view: CaseView, actor: User, name: str | None = None, pairs: Iterable[tuple[str, str]] | None = None
) -> CaseView:
    """Give a view another name, other filters, or both.

    Raises:
        NotAllowed: it is somebody else's, or the team's and the actor does not answer for it.
        InvalidFact: the name is missing, too long, or taken.
    """
    require(actor, "followup.change_view", view)
    if name is not None:
        view.name = name.strip()
    if pairs is not None:
        view.query = written(pairs)
    save_checked(view)
    return view


@act
def move_view(*, view: CaseView, step: int, actor: User) -> None:
    """Put a view ``step`` places further among those beside it; backwards when negative.

    Raises:
        NotAllowed: as for changing it.
    """
    require(actor, "followup.change_view", view)
    beside = list(_beside(view.organisation_id, view.owner_id).select_for_update())
    for position, one in enumerate(moved(beside, view, step)):
        if one.position != position:
            one.position = position
            save_checked(one)


@act
def delete_view(*, view: CaseView, actor: User) -> None:
    """Let a view go; whoever started with it starts with the plain list again.

    Raises:
        NotAllowed: as for changing it.
    """
    require(actor, "followup.change_view", view)
    view.delete()


@act
def start_with(*, view: CaseView | None, actor: User) -> None:
    """Open the list with this view from now on; with the plain list when none is given.

    Raises:
        NotAllowed: the actor reads no list, or the view is another organisation's.
        ViewRefused: the view is somebody else's.
    """
    organisation = organisation_of(actor)
    require(actor, "followup.keep_view", view or organisation)
    if view is not None and view.owner_id not in (None, actor.pk):
        raise ViewRefused("not_yours", _("Cette vue n’est pas la vôtre."))
    chosen = CaseListStart.objects.filter(organisation=organisation, user=actor).select_for_update().first()
    if view is None:
        if chosen is not None:
            chosen.delete()
        return
    chosen = chosen or CaseListStart(organisation=organisation, user=actor)
    chosen.view = view
    save_checked(chosen)


def _beside(organisation_id: UUID, owner_id: UUID | None) -> QuerySet[CaseView]:
    """The views among which one has its place: the team's, or those of one person."""
    return CaseView.objects.filter(organisation=organisation_id, owner=owner_id).order_by(
        "position", "created_at", "pk"
    )

"""The catalogue of hiring aids: a version is added, closed, taken out of draft or withdrawn; none is rewritten."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from accounts.enums import ParameterStatus
from accounts.models import User
from accounts.permissions import require
from accounts.services.reasons import require_reason
from foundation.formatting import date_words
from foundation.persistence import save_checked
from foundation.rules.periods import ONE_DAY
from foundation.rules.text import search_key
from placements.models import Employment, HiringAid
from placements.services.guards import PlacementRefused
from privacy.audit import act, correcting


@dataclass(frozen=True, slots=True, kw_only=True)
class AidStatement:
    """What a text says of an aid; both days are included. `status` is a `ParameterStatus`."""

    name: str
    region: str
    starts_on: date
    conditions: str
    source: str
    status: str
    ends_on: date | None = None


@act
def add_aid(
    *, statement: AidStatement, actor: User, follows: HiringAid | None = None, submission_id: UUID | None = None
) -> HiringAid:
    """Put an aid, or the next version of `follows`, in the catalogue; the version it replaces ends the day before.

    `submission_id` becomes its key: sent twice, it gives the same aid.

    Raises:
        NotAllowed: the actor does not keep the installation's values.
        PlacementRefused: it is already there (a double click), its first day does not come after that of the version
            it replaces, the two share days that contracts already name, or its last day precedes its first.
        InvalidFact: a text is missing, or another version holds on one of these days.
    """
    require(actor, "accounts.keep_installation")
    already: HiringAid | None = HiringAid.objects.filter(pk=submission_id).first() if submission_id else None
    if already is not None:
        return already
    if statement.ends_on is not None and statement.ends_on < statement.starts_on:
        raise PlacementRefused("end_before_start", _("Le dernier jour précède le premier."), field="ends_on")
    if HiringAid.objects.filter(name=statement.name.strip(), starts_on=statement.starts_on).exists():
        raise PlacementRefused(
            "already_there", _("Cette aide est déjà dans le catalogue, à partir du même jour."), field="name"
        )
    if follows is not None:
        follows = HiringAid.objects.select_for_update().get(pk=follows.pk)
        if statement.starts_on <= follows.starts_on:
            raise PlacementRefused(
                "past_version",
                _("La version qu’elle remplace vaut depuis le %(date)s : la nouvelle commence après.")
                % {"date": date_words(follows.starts_on)},
                field="starts_on",
            )
        if follows.ends_on is None or follows.ends_on >= statement.starts_on:
            _close(follows, statement.starts_on - ONE_DAY, field="starts_on")
    aid = HiringAid(
        pk=submission_id or uuid4(),
        code=follows.code if follows is not None else _new_code(statement.name),
        name=statement.name.strip(),
        region=statement.region,
        starts_on=statement.starts_on,
        ends_on=statement.ends_on,
        conditions=statement.conditions.strip(),
        source=statement.source.strip(),
        status=statement.status,
        created_by=actor,
    )
    save_checked(aid)
    return aid


@act
def close_aid(*, aid: HiringAid, ends_on: date, actor: User) -> HiringAid:
    """Give an aid its last day; contracts that begin later can no longer name it.

    Raises:
        NotAllowed: the actor does not keep the installation's values.
        PlacementRefused: it has ended, the day precedes its first, or contracts that begin later name it.
    """
    require(actor, "accounts.keep_installation")
    aid = HiringAid.objects.select_for_update().get(pk=aid.pk)
    if aid.ends_on is not None:
        raise PlacementRefused(
            "closed", _("Cette aide a déjà un dernier jour : le %(date)s.") % {"date": date_words(aid.ends_on)}
        )
    _close(aid, ends_on, field="ends_on")
    return aid


def _close(aid: HiringAid, ends_on: date, *, field: str) -> None:
    """End a version, unless contracts already count on the days after."""
    if ends_on < aid.starts_on:
        raise PlacementRefused(
            "end_before_start",
            _("Cette aide vaut depuis le %(date)s.") % {"date": date_words(aid.starts_on)},
            field=field,
        )
    if Employment.objects.effective().filter(aid=aid, starts_on__gt=ends_on).exists():
        raise PlacementRefused(
            "in_use",
            _("Un contrat qui commence après le %(date)s nomme cette aide.") % {"date": date_words(ends_on)},
            field=field,
            hint=_("Corrigez d’abord le contrat, ou choisissez un jour plus tardif."),
        )
    aid.ends_on = ends_on
    save_checked(aid)


@act
def enable_aid(*, aid: HiringAid, source: str, actor: User) -> HiringAid:
    """Take an aid out of draft, once a text that puts it in force has been seen: nothing says « à confirmer » any more.

    Raises:
        NotAllowed: the actor does not keep the installation's values.
        PlacementRefused: it is no draft, or no source is given.
    """
    require(actor, "accounts.keep_installation")
    aid = HiringAid.objects.select_for_update().get(pk=aid.pk)
    if aid.enabled:
        raise PlacementRefused("not_draft", _("Cette aide est déjà confirmée."))
    if not source.strip():
        raise PlacementRefused("source", _("Indiquez le texte qui la met en vigueur."), field="source")
    aid.enabled, aid.status = True, ParameterStatus.CONFIRMED
    aid.source = source.strip()
    save_checked(aid)
    return aid


@act
def withdraw_aid(*, aid: HiringAid, reason: str, actor: User) -> None:
    """Take out of the catalogue an aid that was typed wrong and that nothing names; the trail keeps it and its reason.
    The version that it had ended gets its days back.

    Raises:
        NotAllowed: the actor does not keep the installation's values.
        CorrectionRefused: no reason is given.
        PlacementRefused: it is one of those that Ancrage came with, or a contract names it, called off or not.
    """
    require(actor, "accounts.keep_installation")
    why = require_reason(reason)
    found: HiringAid | None = HiringAid.objects.select_for_update().filter(pk=aid.pk).first()
    if found is None:
        raise PlacementRefused("gone", _("Cette aide vient d’être retirée : rien n’a changé de plus."))
    if found.created_by_id is None:
        raise PlacementRefused(
            "came_along",
            _("Cette aide est venue avec Ancrage."),
            hint=_("Donnez-lui plutôt un dernier jour, ou une version suivante."),
        )
    if Employment.objects.filter(aid=found).exists():
        raise PlacementRefused(
            "in_use",
            _("Un contrat nomme cette aide."),
            hint=_("Corrigez d’abord ce contrat, ou donnez à l’aide un dernier jour."),
        )
    versions = HiringAid.objects.select_for_update().filter(code=found.code)
    before = versions.filter(ends_on=found.starts_on - ONE_DAY).first()
    with correcting(why):
        last = found.ends_on
        found.delete()
        if before is not None:
            before.ends_on = last
            save_checked(before)


def _new_code(name: str) -> str:
    """A code for an aid that has none yet: what it is called, and a few letters that no other has."""
    stem = re.sub(r"[^A-Z0-9]+", "_", search_key(name).upper()).strip("_")[:22]
    return f"{stem}_{uuid4().hex[:6].upper()}"

"""To whom goes what is due of a case on a day: its coach, who stands in for them, or nobody but the coordinators."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.enums import CASE_CARRYING_ROLES, COORDINATING_ROLES
from accounts.models import Membership, User
from accounts.selectors.absences import replacements_on

#: an organisation and a person of it
Post = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who works where on one day, in every organisation; three statements whatever the number of cases."""

    here: frozenset[Post]
    replacements: dict[Post, UUID | None]
    coordinators: dict[UUID, list[UUID]]
    addresses: dict[UUID, str]
    languages: dict[UUID, str]
    #: the names of the organisations: somebody who works in two of them is written to by both
    organisations: dict[UUID, str]

    def of(self, organisation_id: UUID, coach_id: UUID) -> UUID | None:
        """The one who receives what is due of a coach's case; ``None`` when nobody here answers for it.

        During an absence the replacement receives it, if they still work here.
        """
        post = (organisation_id, coach_id)
        receiver = self.replacements.get(post, coach_id)
        return receiver if receiver is not None and (organisation_id, receiver) in self.here else None


def recipients_on(on: date) -> Recipients:
    """Read who works where on a day."""
    held = (
        Membership.objects.active_on(on)
        .with_role(*CASE_CARRYING_ROLES)
        .filter(user__is_active=True)
        .order_by("user_id", "role")
        .values_list("organisation_id", "user_id", "role", "user__email", "user__language", "organisation__name")
    )
    here: set[Post] = set()
    coordinators: dict[UUID, list[UUID]] = defaultdict(list)
    addresses: dict[UUID, str] = {}
    languages: dict[UUID, str] = {}
    organisations: dict[UUID, str] = {}
    for organisation_id, user_id, role, email, language, name in held:
        organisations[organisation_id] = name
        here.add((organisation_id, user_id))
        addresses[user_id] = email
        languages[user_id] = language
        if role in COORDINATING_ROLES and user_id not in coordinators[organisation_id]:
            coordinators[organisation_id].append(user_id)
    stand_ins: dict[Post, User | None] = replacements_on(on)
    return Recipients(
        here=frozenset(here),
        replacements={post: user.pk if user else None for post, user in stand_ins.items()},
        coordinators=dict(coordinators),
        addresses=addresses,
        languages=languages,
        organisations=organisations,
    )

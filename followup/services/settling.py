"""What follows from the facts of a case, settled once per act (docs/decisions/0016-one-flush-per-act.md)."""

from uuid import UUID

from beneficiaries.models import CoachingCase
from followup.registries import formers_to_settle
from followup.services.following import follow_the_case
from followup.services.invitations import note_calendars
from followup.services.sessions import free_places_after_exit
from followup.services.status import loaded, store_status
from placements.services.settling import settle_work


def settle_cases(keys: list[UUID]) -> None:
    """Keep contracts, suspensions, appointments, places in sessions, status and deadlines true; as the act that wrote
    facts of the cases ends.

    A person who came back keeps the days that the former case had used, and takes them along when they come back again;
    and less is asked about an exit that they came back from.
    """
    cases = loaded(keys)
    for case in cases:
        settle_work(case)
        follow_the_case(case)
        note_calendars(case)
        if case.closed_on is not None:
            free_places_after_exit(case)
    store_status(cases)
    formers = [former.pk for case in cases for former in formers_to_settle(case)]
    settled = set(keys)
    while others := {*formers, *_following(cases)} - settled:
        settled |= others
        cases = loaded(sorted(others))
        store_status(cases)


def _following(cases: list[CoachingCase]) -> list[UUID]:
    """The cases that the same people opened later."""
    return [later.pk for case in cases for later in case.next_cases.all()]

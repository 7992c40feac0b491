"""What the calendars of the guests of an appointment must be told, and what they may be told (RFC 5545, RFC 5546).

A guest's calendar knows an appointment under one identifier for as long as it lives, through all its moves. Whatever an
act has done, the same question is asked at its end: what was this guest told, and what is so now?
"""

from dataclasses import dataclass, field
from datetime import date, time

from foundation.rules.lists import ClosedList


class Guest(ClosedList):
    """As what somebody is invited."""

    COACH = "COACH", "le ou la jobcoach"
    PERSON = "PERSON", "la personne"
    FIRM = "FIRM", "l’entreprise"
    PARTNER = "PARTNER", "le partenaire"
    CARER = "CARER", "le ou la jobcoach d’une personne inscrite"


#: those whose copy comes from the house, to the address of their account
COLLEAGUES = frozenset({Guest.COACH, Guest.CARER})


class Method(ClosedList):
    """What a message asks of the calendar that receives it."""

    REQUEST = "REQUEST", "invitation"
    CANCEL = "CANCEL", "annulation"


#: where only the person and whoever accompanies them know that they meet
PRIVATE_PLACES = frozenset({"HOME"})
#: the language of what names none
SOURCE = "fr-be"


@dataclass(frozen=True, slots=True)
class Event:
    """What an invitation says: when, for how many minutes, in which words, where, and in whose name.

    Without an hour it takes the whole day. `language` is the one that its words and its mails speak.
    """

    on: date
    at: time | None
    minutes: int
    summary: str
    location: str
    organiser: str
    organiser_address: str
    language: str = field(default=SOURCE, compare=False)

    def facts(self) -> dict[str, str | int]:
        """As it is kept; in the language of the source without a word of it, as all were before."""
        spoken: dict[str, str | int] = {} if self.language == SOURCE else {"language": self.language}
        return spoken | {
            "on": self.on.isoformat(),
            "at": self.at.isoformat() if self.at else "",
            "minutes": self.minutes,
            "summary": self.summary,
            "location": self.location,
            "organiser": self.organiser,
            "organiser_address": self.organiser_address,
        }

    @classmethod
    def of(cls, facts: dict[str, str | int]) -> "Event":
        """From what was kept."""
        at = str(facts["at"])
        return cls(
            on=date.fromisoformat(str(facts["on"])),
            at=time.fromisoformat(at) if at else None,
            minutes=int(facts["minutes"]),
            summary=str(facts["summary"]),
            location=str(facts["location"]),
            organiser=str(facts["organiser"]),
            organiser_address=str(facts["organiser_address"]),
            language=str(facts.get("language", SOURCE)),
        )


def method_of(told: Event | None, wanted: Event | None, *, settled: bool, on: date) -> Method | None:
    """What a guest is told on the day `on`; nothing when their calendar is right.

    `wanted` is what their calendar should hold, `settled` whether an outcome was said: somebody who was met, or waited
    for, finds the hour in their calendar as it was. What lies in the past is never written about.
    """
    if wanted is not None:
        return Method.REQUEST if wanted.on >= on and wanted != told else None
    if told is None or settled or told.on < on:
        return None
    return Method.CANCEL


def is_guest(*, chosen: bool, address: str, told: bool, hidden: bool = False) -> bool:
    """Whether somebody is to hold the appointment in their calendar: they were chosen and can be written to, or hold it
    already. A firm that may not hear of the person (`hidden`) never does, whatever was chosen before.
    """
    return not hidden and (told or (chosen and bool(address)))


def tells_place(guest: Guest, place: str) -> bool:
    """Whether a guest reads where it is: nobody but the coach and the person learns that they meet at home."""
    return guest in COLLEAGUES or guest is Guest.PERSON or place not in PRIVATE_PLACES


def tells_address(guest: Guest, place: str) -> bool:
    """Whether a guest reads the address that was typed: the person does; a firm or a partner does when the place is not
    a private one; a coach finds it in the case, since no address of a person is sent by mail to their telephone.
    """
    if guest is Guest.PERSON:
        return True
    return guest not in COLLEAGUES and bool(place) and place not in PRIVATE_PLACES


def holds_the_time(guest: Guest) -> bool:
    """Whether a guest is taken while it lasts: who accompanies somebody that takes part elsewhere is not."""
    return guest is not Guest.CARER


def next_sequence(known: list[int]) -> int:
    """The number of a change: above all those that any guest of the appointment was sent."""
    return max(known, default=-1) + 1

"""Answers pressed rather than typed: how a contact took place, and how long it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from followup.enums import Channel
from foundation.fields import MinutesInput

#: The durations offered; any other is typed beside them.
MINUTES = (5, 10, 20, 30, 45, 60)
OTHER = "autre"
#: How it took place, in the words and the signs of the desk: first what counts for the cadence, then what is written.
LIVE = {
    Channel.PHONE: (_("Appel"), "phone"),
    Channel.IN_PERSON: (_("En personne"), "users-round"),
    Channel.VIDEO: (_("Visio"), "video"),
}
WRITTEN = {
    Channel.MESSAGE: (_("SMS"), "message-square"),
    Channel.EMAIL: (_("E-mail"), "mail"),
    Channel.LETTER: (_("Courrier"), "send"),
}


@dataclass(frozen=True, slots=True)
class Pill:
    """One answer: what is sent, what is read, its icon if any, and whether it is the one chosen."""

    value: str
    label: str | Promise
    icon: str
    chosen: bool


def channel_pills(offered: Mapping[Channel, tuple[str | Promise, str]], chosen: Any) -> list[Pill]:
    """These ways of having a contact, and which is chosen."""
    return [Pill(code.value, label, icon, str(chosen) == code.value) for code, (label, icon) in offered.items()]


def minute_pills(typed: Any) -> list[Pill]:
    """The durations offered, then « autre », chosen when something else was typed."""
    known = {str(minutes) for minutes in MINUTES}
    told = "" if typed is None else str(typed).strip()
    offered = [Pill(minutes, minutes, "", told == minutes) for minutes in sorted(known, key=int)]
    return [*offered, Pill(OTHER, _("autre"), "", told != "" and told not in known)]


class PressedMinutesInput(MinutesInput):
    """A duration that is pressed, or typed in a second input when « autre » is; one input alone is read as before."""

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Any:
        pressed = data.get(name)
        return data.get(f"{name}_{OTHER}") if pressed in (OTHER, None, "") and f"{name}_{OTHER}" in data else pressed

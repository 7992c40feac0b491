"""The phases of the path, by name: every room shows them. What a change of phase needs is the room of the cases'."""

from foundation.rules.lists import ClosedList


class Phase(ClosedList):
    """A phase of the path, in order (domain, section 4); the value is what is stored."""

    PREPARATORY = "PREPARATORY", "préparatoire"
    PRE_HIRE = "PRE_HIRE", "pré-embauche"
    HIRE = "HIRE", "embauche"
    FOLLOW_UP = "FOLLOW_UP", "suivi en entreprise"
    EXIT = "EXIT", "sortie"

    @property
    def heading(self) -> str:
        """The label as it stands alone."""
        return self.label[:1].upper() + self.label[1:]

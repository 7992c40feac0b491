"""French is the language of the source, so its sentences are in no catalogue, and « 0 dossier » is singular.

Without a catalogue gettext falls back on the rule of English, where nought is plural.
"""

from gettext import NullTranslations

from django.conf import settings
from django.utils.translation.trans_real import translation


class FrenchSource(NullTranslations):
    """What says the sentences of the source: the singular below two."""

    def ngettext(self, msgid1: str, msgid2: str, n: float) -> str:
        """The first sentence below two, else the second."""
        return msgid1 if abs(n) < 2 else msgid2

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: float) -> str:
        """The same, where a context tells two sentences apart."""
        return self.ngettext(msgid1, msgid2, n)


def say_nought_in_the_singular() -> None:
    """Have the source's own language counted as French counts. Called once, from `AppConfig.ready`."""
    translation(settings.LANGUAGE_CODE).add_fallback(FrenchSource())

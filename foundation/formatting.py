"""Words for dates, durations and numbers on the screen, in French typography.

Pure functions: they receive the day they speak of and never read the clock. The template filters of
``foundation/templatetags/ui.py`` are thin wrappers around them, and so may be e-mails and documents.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

NBSP = "\u00a0"
THIN = "\u202f"

# First names whose h no speaker of French aspirates.
_SILENT_H = re.compile(
    r"h(?:ector|elen|elia|elie|eliodor|eloi|enri|erc|ermes|ermin|erve\b|ilair|ilar|ippol|omer|onor|orac|ortens|oratio"
    r"|ubert|uguet|ugues|umbert|yacinth|ypol)"
)
_OF = {"nl": "van", "de": "von"}
_HOUR, _MINUTE = {"nl": "u.", "de": "Std."}, {"nl": "min.", "de": "Min."}
# What is typed is read in the three languages whoever types it: nothing of one means something else in another.
_H = r"(?:h|heures?|u|uur|uren|std|stunden?)\.?"
_M = r"(?:m|min|mn|minutes?|minuut|minuten|')\.?"
_HOURS = re.compile(rf"^(\d{{1,3}})\s*(?:{_H}|:)\s*(\d{{1,2}})?\s*(?:{_M})?$")
_MINUTES = re.compile(rf"^(\d{{1,4}})\s*(?:{_M})?$")
_DECIMAL_HOURS = re.compile(rf"^(\d{{1,3}})[.,](\d{{1,2}})\s*{_H}$")


def _spoken() -> str:
    """The two letters of the language of whoever reads."""
    return (get_language() or "fr")[:2]


def parse_minutes(typed: str) -> int | None:
    """Return the number of minutes that ``typed`` says (« 45 », « 1h30 », « 1:30 », « 1,5 h »), or ``None``.

    A number alone is minutes. Minutes after the hours must be below 60: « 1h75 » is a slip, not 2 h 15.
    """
    text = typed.strip().lower().replace(NBSP, " ").replace(THIN, " ")
    if match := _MINUTES.match(text):
        return int(match.group(1))
    if match := _HOURS.match(text):
        minutes = int(match.group(2) or 0)
        return int(match.group(1)) * 60 + minutes if minutes < 60 else None
    if match := _DECIMAL_HOURS.match(text):
        return round(float(f"{match.group(1)}.{match.group(2)}") * 60)
    return None


def duration_words(minutes: int) -> str:
    """Return minutes as « 45 min », « 1 h » or « 1 h 30 », with spaces that do not break; « 1 u. 30 » in Dutch and
    « 1 Std. 30 » in German.
    """
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    if not hours:
        return f"{sign}{rest}{NBSP}{_MINUTE.get(_spoken(), 'min')}"
    return f"{sign}{number_words(hours)}{NBSP}{_HOUR.get(_spoken(), 'h')}" + (f"{NBSP}{rest:02d}" if rest else "")


def of_name(name: str) -> str:
    """Return « de » and a name, elided before a vowel that is heard as one: « de Bruno », « d’Aline », « de Youssef ».

    A y or « ou » before another vowel is a consonant (« de Yannick », « de Ouassim », but « d’Yves »). An h is
    silent in the names that French took from Greek and Latin or made its own; before any other, which may be aspirated,
    « de » is always right. Dutch and German say « van » and « von » before any name.
    """
    if _spoken() in _OF:
        return f"{_OF[_spoken()]} {name}"
    bare = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    if re.match("(?:y|ou)[aeiouyœæ]", bare):
        return f"de {name}"
    vowel = bare[:1] in tuple("aeiouyœæ") or _SILENT_H.match(bare)
    return f"d’{name}" if vowel else f"de {name}"


def own_words(stored: str) -> str:
    """Return words that the product wrote in the database itself (the source of a first value, an aid of the catalogue)
    in the reader's language; what somebody typed is in no catalogue and stays as it was typed.
    """
    return _(stored) if stored else ""


def date_words(d: date) -> str:
    """Return a date as dd/mm/yyyy."""
    return f"{d:%d/%m/%Y}"


def named_day_words(d: date, pattern: str = "l j F Y") -> str:
    """Say a day with the name of its month, in one of Django's patterns: « mardi 1er décembre 2026 ».

    In French the first of a month is an ordinal, the other days are not; in German all are, after a comma.
    """
    spoken = (get_language() or "fr")[:2]
    if spoken == "fr" and d.day == 1:
        pattern = pattern.replace("j", r"j\e\r")
    elif spoken == "de":
        pattern = pattern.replace("l j", "l, j").replace("j", "j.")
    return date_format(d, pattern)


def relative_words(d: date, on: date) -> str:
    """Return the distance from the day ``on`` in words: « aujourd’hui », « demain », « dans 5 jours », « il y a 2
    semaines ».

    Days up to 13, weeks up to 8, then months of about 30 days, then years: an order of magnitude, always shown beside
    the date itself.
    """
    days = (d - on).days
    if days == 0:
        return _("aujourd’hui")
    if days == 1:
        return _("demain")
    if days == -1:
        return _("hier")
    span = span_words(abs(days))
    return _("dans %(span)s") % {"span": span} if days > 0 else _("il y a %(span)s") % {"span": span}


def late_words(due_on: date, on: date) -> str:
    """Return what a due date means on the day ``on``: « en retard de 3 jours », « aujourd’hui », « dans 5 jours »."""
    days = (on - due_on).days
    if days > 0:
        return _("en retard de %(span)s") % {"span": span_words(days)}
    return relative_words(due_on, on)


def span_words(days: int) -> str:
    """Return a number of days in the unit a person would use: days, then weeks, months, years."""
    if days < 14:
        return ngettext("%(n)s jour", "%(n)s jours", days) % {"n": days}
    if days < 61:
        weeks = days // 7
        return ngettext("%(n)s semaine", "%(n)s semaines", weeks) % {"n": weeks}
    if days < 730:
        months = round(days / 30.44)
        return ngettext("%(n)s mois", "%(n)s mois", months) % {"n": months}
    years = days // 365
    return ngettext("%(n)s an", "%(n)s ans", years) % {"n": years}


def span(first: date, last: date | None) -> str:
    """Days in words: « du … au … », « depuis le … »."""
    if last is None:
        return _("depuis le %(first)s, sans fin connue") % {"first": date_words(first)}
    if last == first:
        return _("le %(first)s") % {"first": date_words(first)}
    return _("du %(first)s au %(last)s") % {"first": date_words(first), "last": date_words(last)}


def days_words(days: int) -> str:
    """Return « 1 jour », « 546 jours »: the exact number, thousands separated by a thin space."""
    return ngettext("%(n)s jour", "%(n)s jours", days) % {"n": number_words(days)}


def number_words(value: int | float | Decimal | str, decimals: int | None = None) -> str:
    """Return a number with a decimal comma and thin spaces between thousands.

    ``decimals`` fixes the number of decimals; ``None`` keeps those that the value has.
    """
    number = Decimal(str(value))
    text = f"{number:,f}" if decimals is None else f"{number:,.{decimals}f}"
    return text.replace(",", THIN).replace(".", ",").replace("-", "−")


def initials(name: str) -> str:
    """Return the first letters of the first and last word of a name, in capitals; « ? » for a name without letters.

    An apostrophe or a bracket is no letter: « ’t Serclaes » begins with a T.
    """
    letters = [letter for word in re.split(r"[\s\-]+", name) if (letter := first_letter(word))]
    if not letters:
        return "?"
    return letters[0] + letters[-1] if len(letters) > 1 else letters[0]


def first_letter(word: str) -> str:
    """Return the first letter of a word with its accent, in capitals; "" for a word that has none."""
    composed = unicodedata.normalize("NFC", word)
    return next((character.upper()[:1] for character in composed if character.isalpha()), "")

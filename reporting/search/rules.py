"""Reading what was typed in the search field, and showing where a name answers it. Pure functions."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from beneficiaries.rules.national_number import NATIONAL_NUMBER_DIGITS, check_digits_hold
from foundation.rules.dates import BIRTH
from foundation.rules.text import search_key

# Longer than any name, address or number: what is pasted by mistake is cut there.
LONGEST = 200
MIN_LETTERS = 2
MOST_WORDS = 8

_ENTERPRISE_DIGITS = 10
_CONTROL = 97
_HOME_CODE = "32"
_MOBILE = "4"

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"))
# What people write before a number.
_LABEL = re.compile(
    r"^(?:niss|insz|bis|nrn|rrn|rn|nn|(?:n°|num[ée]ro|registre)\s*national|rijksregister(?:nummer)?|national(?:register)?nummer"
    r"|tva|btw|mwst|bce|kbo|zdu|t[ée]l(?:[ée]phone|efoon|efon)?|gsm|handy)\b\s*[:.]?\s*",
    re.IGNORECASE,
)
_BETWEEN = r"[\s./\-_()]*"
_DIGITS = re.compile(rf"\+?\d(?:{_BETWEEN}\d)*")
_ONLY_A_NUMBER = re.compile(rf"\+?[\s(]*\d(?:{_BETWEEN}\d)*[\s)]*")
_ENTERPRISE = re.compile(rf"(?:BE\s*)?\d(?:{_BETWEEN}\d)*", re.IGNORECASE)

_SEPARATED = re.compile(r"(\d{1,4})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{4}|\d{1,2})")
_TOGETHER = re.compile(r"\d{6}|\d{8}")
_IN_WORDS = re.compile(r"(\d{1,2})(?:er|e)? ([a-z]+) (\d{4}|\d{2})")
# A national number of which the birth alone is typed yet: « 85.07.30-03 ».
_BEGUN = re.compile(r"(\d\d)[./-]?(\d\d)[./-]?(\d\d)[./\- ]+\d{1,3}(?:[./\- ]*\d?)")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            # French, then Dutch, then German: no name of one is another month in another.
            ("janvier", "janv", "januari", "jan", "januar", "janner"),
            ("fevrier", "fevr", "februari", "feb", "februar"),
            ("mars", "maart", "mrt", "marz", "maerz"),
            ("avril", "avr", "april", "apr"),
            ("mai", "mei"),
            ("juin", "juni", "jun"),
            ("juillet", "juil", "juli", "jul"),
            ("aout", "augustus", "aug", "august"),
            ("septembre", "sept", "september", "sep"),
            ("octobre", "oct", "oktober", "okt"),
            ("novembre", "nov", "november"),
            ("decembre", "dec", "december", "dezember", "dez"),
        ),
        start=1,
    )
    for name in names
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed may be. A national number is nothing else; a number may be a telephone and an enterprise at once.

    Attributes:
        national_number: eleven digits, whether their check digits hold or not.
        phone: the digits of a telephone, after a « + » when it names its country.
        enterprise: the ten digits of an enterprise number whose check digits hold.
        born: the days of birth that it may mean, the likeliest first.
        words: the normalised words, when it is none of these.
    """

    national_number: str = ""
    email: str = ""
    phone: str = ""
    enterprise: str = ""
    born: tuple[date, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def identifies(self) -> bool:
        """Whether it is what one person or firm is known by, and not words."""
        return bool(self.national_number or self.email or self.phone or self.enterprise or self.born)

    @property
    def is_personal(self) -> bool:
        """Whether it is the number or the address of somebody, which no address of a page may hold. The number of an
        enterprise is public, though it may be a telephone as well.
        """
        return bool(self.national_number or self.email or (self.phone and not self.enterprise))

    @property
    def asks(self) -> bool:
        """Whether it is enough to look for anything."""
        return self.identifies or len("".join(self.words)) >= MIN_LETTERS

    @property
    def is_wrong_number(self) -> bool:
        """Whether it is a national number that nobody can carry."""
        return bool(self.national_number) and not check_digits_hold(self.national_number)


def read(typed: str, on: date) -> Reading:
    """Read what was typed, on the day `on`; an empty reading when there is nothing to look for.

    Eleven digits, however they are written and whatever stands beside them, are a national number, unless a « + »
    before them, or the code of the country before a number that nobody carries, says that they are a telephone.
    """
    text = " ".join(unicodedata.normalize("NFKC", typed[:LONGEST]).translate(_DASHES).split())
    text = _LABEL.sub("", text)
    if "@" in text and " " not in text:
        return Reading(email=text)
    for run in _DIGITS.findall(text):
        digits = _digits(run)
        if len(digits) == NATIONAL_NUMBER_DIGITS and not run.startswith("+"):
            if digits.startswith(_HOME_CODE + _MOBILE) and not check_digits_hold(digits):
                return Reading(phone=f"+{digits}")
            return Reading(national_number=digits)
    reading = Reading(phone=_phone(text), enterprise=_enterprise(text), born=tuple(dict.fromkeys(_births(text, on))))
    if reading.identifies:
        return reading
    return Reading(words=tuple(search_key(text).split()[:MOST_WORDS]))


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign in "0123456789")


def _phone(text: str) -> str:
    """The digits to dial; "" when a telephone is not written so. Whether it exists is not known here."""
    if not _ONLY_A_NUMBER.fullmatch(text):
        return ""
    # « +32 (0)470 » names the country and the way to call from inside it.
    digits = _digits(re.sub(r"\(0\)", "", text) if text.startswith("+") else text)
    if text.startswith("+"):
        return f"+{digits}" if 8 <= len(digits) <= 15 else ""
    if digits.startswith("00"):
        return f"+{digits[2:]}" if 10 <= len(digits) <= 17 else ""
    return digits if digits.startswith("0") and 9 <= len(digits) <= 10 else ""


def _enterprise(text: str) -> str:
    if not _ENTERPRISE.fullmatch(text):
        return ""
    # Nine digits were enough before 2005.
    digits = _digits(text).rjust(_ENTERPRISE_DIGITS, "0") if len(_digits(text)) == 9 else _digits(text)
    if len(digits) != _ENTERPRISE_DIGITS or digits[0] not in "01" or digits[:2] == "00":
        return ""
    return digits if _CONTROL - int(digits[:8]) % _CONTROL == int(digits[8:]) else ""


def _births(text: str, on: date) -> Iterator[date]:
    """The days that the text may mean, in the orders in which people write them."""
    for year, month, day in _orders(text):
        century = BIRTH.year_meant(int(year), on) if len(year) <= 2 else int(year)
        try:
            born = date(century, int(month), int(day))
        except ValueError:
            continue
        if BIRTH.fault_of(born, on) is None:
            yield born


def _orders(text: str) -> Iterator[tuple[str, str, str]]:
    """Year, month and day, read in each order that the writing allows."""
    if match := _SEPARATED.fullmatch(text):
        first, second, third = match.groups()
        if len(first) <= 2:
            yield third, second, first
        # As the national number begins, or as computers write.
        if len(first) in (2, 4) and len(third) <= 2:
            yield first, second, third
    elif _TOGETHER.fullmatch(text):
        # Six digits first as the national number begins; eight first as people count.
        backwards = text[:-4], text[-4:-2], text[-2:]
        forwards = text[4:], text[2:4], text[:2]
        yield from (backwards, forwards) if len(text) == 6 else (forwards, backwards)
    elif match := _BEGUN.fullmatch(text):
        year, month, day = match.groups()
        yield year, month, day
    elif (match := _IN_WORDS.fullmatch(search_key(text))) and match.group(2) in _MONTHS:
        yield match.group(3), str(_MONTHS[match.group(2)]), match.group(1)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text, and whether it is what was looked for."""

    text: str
    found: bool


def parts_of(text: str, words: Sequence[str]) -> list[Part]:
    """Cut a text where it answers the words, whatever its accents, case and spaces; the parts make up the text."""
    if not text:
        return []
    key, places = _compact(text)
    found = [False] * len(text)
    for word in words:
        if len(word) < MIN_LETTERS:
            continue
        start = key.find(word)
        while start >= 0:
            first, last = places[start], places[start + len(word) - 1]
            found[first : last + 1] = [True] * (last + 1 - first)
            start = key.find(word, start + 1)
    # An accent of its own goes with its letter.
    for at in range(1, len(text)):
        found[at] = found[at] or (found[at - 1] and bool(unicodedata.combining(text[at])))
    cuts = [0, *(at for at in range(1, len(text)) if found[at] != found[at - 1]), len(text)]
    return [Part(text[start:end], found[start]) for start, end in pairwise(cuts)]


def _compact(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text as a key, and from which sign of the text each comes."""
    letters = [(letter, at) for at, sign in enumerate(text) for letter in search_key(sign).replace(" ", "")]
    return "".join(letter for letter, _at in letters), [at for _letter, at in letters]


def excerpt(text: str, words: Sequence[str], length: int = 120) -> str:
    """The stretch of a text around the first word that answers, at most about `length` signs, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    before = 0
    for part in parts_of(flat, words):
        if part.found:
            break
        before += len(part.text)
    else:
        before = 0
    start = max(min(before - length // 3, len(flat) - length), 0)
    start = flat.find(" ", start - 1) + 1 if start and " " in flat[start - 1 : before] else start
    end = flat.rfind(" ", start, start + length + 1) if start + length < len(flat) else len(flat)
    end = end if end > before else min(start + length, len(flat))
    return f"{'… ' if start else ''}{flat[start:end]}{' …' if end < len(flat) else ''}"

"""What a national number says of its bearer: the date of birth, when it holds one."""

from datetime import date

NATIONAL_NUMBER_DIGITS = 11

_CONTROL = 97
_DATE_DIGITS, _CONTROLLED_DIGITS = 6, 9
_THIS_CENTURY = 2_000_000_000


def check_digits_hold(niss: str) -> bool:
    """Return whether these eleven digits end in the check of the nine first, born in either century."""
    if len(niss) != NATIONAL_NUMBER_DIGITS or not niss.isdigit():
        return False
    controlled, check = int(niss[:_CONTROLLED_DIGITS]), int(niss[_CONTROLLED_DIGITS:])
    return check in (_CONTROL - controlled % _CONTROL, _CONTROL - (_THIS_CENTURY + controlled) % _CONTROL)


def birth_told(niss: str) -> date | None:
    """Return the date of birth that eleven digits tell; None for a number whose date is not known or not of a birth.

    The check digits say the century: from 2000 on they are those of the number with a 2 before it. A BIS number has 20
    or 40 added to its month, and tells nothing that a paper would bear out.
    """
    if len(niss) != _CONTROLLED_DIGITS + 2 or not niss.isdigit():
        return None
    controlled, check = int(niss[:_CONTROLLED_DIGITS]), int(niss[_CONTROLLED_DIGITS:])
    this_century = _CONTROL - (_THIS_CENTURY + controlled) % _CONTROL == check
    year, month, day = (int(niss[start : start + 2]) for start in range(0, _DATE_DIGITS, 2))
    try:
        return date((2000 if this_century else 1900) + year, month, day)
    except ValueError:
        return None

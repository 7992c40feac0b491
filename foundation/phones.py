"""Telephone numbers: kept in one form however they are written, shown as people write them, callable."""

import re
from typing import Any

import phonenumbers
from django.db import models
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

# Where a number without a country code is called from.
HOME = "BE"
# Words beside a number (« le soir », « sa sœur ») or two numbers in one field are kept as they are.
_ONE_NUMBER = re.compile(r"[+\d\s./()\-–]+")
_NO_SPACE = re.compile(r"[^+\d]")


def _parsed(text: str) -> PhoneNumber | None:
    """The number that a text is, and nothing but it; None for anything else."""
    if not _ONE_NUMBER.fullmatch(text):
        return None
    try:
        number = phonenumbers.parse(text, HOME)
    except NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def e164(text: str) -> str:
    """Return the number as +32475123456; "" for what is not one valid number, of Belgium unless it says otherwise."""
    number = _parsed(text.strip())
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else ""


def phone_words(text: str) -> str:
    """Return the number as people write it: « 0475 12 34 56 », « +33 6 12 34 56 78 »; anything else unchanged."""
    number = _parsed(text.strip())
    if number is None:
        return text
    at_home = phonenumbers.region_code_for_number(number) == HOME
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def dialled(text: str) -> str:
    """Return what a telephone dials for a number: E.164, or the digits of what was not understood."""
    return e164(text) or _NO_SPACE.sub("", text)


def numbers_in(text: str) -> frozenset[str]:
    """Return every valid number that stands in a text, however it is written there, as E.164."""
    found = phonenumbers.PhoneNumberMatcher(text, HOME)
    return frozenset(phonenumbers.format_number(one.number, PhoneNumberFormat.E164) for one in found)


class PhoneField(models.CharField):
    """A telephone number: E.164 in the database, as people write it in Python; what is not one number stays as typed.

    A lookup finds a number however it is written there.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """As people write it."""
        return phone_words(value) if value else value

    def to_python(self, value: Any) -> Any:
        """As people write it."""
        text = super().to_python(value)
        return phone_words(text) if text else text

    def get_prep_value(self, value: Any) -> Any:
        """As one form whatever was typed."""
        text = super().get_prep_value(value)
        return (e164(text) or text) if text else text

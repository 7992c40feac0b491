"""The enterprise number (BCE) of a firm or of an organisation: checked, normalised, readable."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.be import vat
from stdnum.exceptions import ValidationError as NumberFault


def normalise_bce(text: str) -> str:
    """The ten digits of an enterprise number, or "" when nothing was typed.

    Raises:
        ValidationError: wrong length, wrong first digit or wrong check digits.
    """
    if not text.strip():
        return ""
    try:
        return str(vat.validate(text))
    except NumberFault as error:
        raise ValidationError(
            _("Ce numéro d’entreprise n’est pas valide : dix chiffres, les deux derniers sont un contrôle."),
            code="bce_invalid",
        ) from error


def bce_digits(text: str) -> str:
    """The ten digits when the text is a valid enterprise number, however it is written; "" for any other words."""
    try:
        return normalise_bce(text)
    except ValidationError:
        return ""


def bce_words(digits: str) -> str:
    """An enterprise number as people read it: « 0403.019.261 »; "" for none."""
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}" if digits else ""

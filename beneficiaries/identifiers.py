"""The national number: checked, normalised, found without being readable."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.be import ssn
from stdnum.exceptions import ValidationError as NumberFault

from privacy.cipher import blind_index

NISS_CONTEXT = "beneficiary.niss"


def normalise_niss(text: str) -> str:
    """The eleven digits of a national or BIS number, or "" when nothing was typed.

    Raises:
        ValidationError: the number has the wrong length or a wrong check digit.
    """
    if not text.strip():
        return ""
    try:
        return str(ssn.validate(text))
    except NumberFault as error:
        raise ValidationError(
            _("Ce numéro national n’est pas valide : vérifiez les onze chiffres, les deux derniers sont un contrôle."),
            code="niss_invalid",
        ) from error


def niss_index(niss: str) -> str:
    """The blind index under which a normalised number is looked up, "" for none."""
    return blind_index(niss, NISS_CONTEXT) if niss else ""

"""Countries where a firm that engages our people may be: our own, its neighbours first."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HOME = "BE"

#: ISO 3166 codes and their names, in the order of the screen
COUNTRIES: dict[str, str | Promise] = {
    HOME: _("Belgique"),
    "LU": _("Luxembourg"),
    "FR": _("France"),
    "DE": _("Allemagne"),
    "NL": _("Pays-Bas"),
    "GB": _("Royaume-Uni"),
    "AT": _("Autriche"),
    "BG": _("Bulgarie"),
    "CH": _("Suisse"),
    "CZ": _("Tchéquie"),
    "DK": _("Danemark"),
    "ES": _("Espagne"),
    "FI": _("Finlande"),
    "GR": _("Grèce"),
    "HR": _("Croatie"),
    "HU": _("Hongrie"),
    "IE": _("Irlande"),
    "IT": _("Italie"),
    "NO": _("Norvège"),
    "PL": _("Pologne"),
    "PT": _("Portugal"),
    "RO": _("Roumanie"),
    "SE": _("Suède"),
    "SK": _("Slovaquie"),
    "SI": _("Slovénie"),
    "ZZ": _("Un autre pays"),
}

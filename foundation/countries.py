"""Countries where a firm that engages our people may be: our own, its neighbours first."""

HOME = "BE"

#: ISO 3166 codes and their French names, in the order of the screen
COUNTRIES: dict[str, str] = {
    HOME: "Belgique",
    "LU": "Luxembourg",
    "FR": "France",
    "DE": "Allemagne",
    "NL": "Pays-Bas",
    "GB": "Royaume-Uni",
    "AT": "Autriche",
    "BG": "Bulgarie",
    "CH": "Suisse",
    "CZ": "Tchéquie",
    "DK": "Danemark",
    "ES": "Espagne",
    "FI": "Finlande",
    "GR": "Grèce",
    "HR": "Croatie",
    "HU": "Hongrie",
    "IE": "Irlande",
    "IT": "Italie",
    "NO": "Norvège",
    "PL": "Pologne",
    "PT": "Portugal",
    "RO": "Roumanie",
    "SE": "Suède",
    "SK": "Slovaquie",
    "SI": "Slovénie",
    "ZZ": "Un autre pays",
}

"""The rooms of the house, for whatever looks at all of them; a test of the layers holds that none is left out."""

ROOMS = (
    "foundation",
    "privacy",
    "accounts",
    "tables",
    "method",
    "beneficiaries",
    "employers",
    "placements",
    "followup",
    "timesheets",
    "road",
    "esf",
    "documents",
    "inspection",
    "reporting",
    "demo",
    "config",
)

"""How dates and numbers are written and read in German-speaking Belgium: the day is an ordinal, « 3. Februar 2025 »."""

from config.formats.fr.formats import *  # noqa: F403

DATE_FORMAT = "j. F Y"
DATETIME_FORMAT = "j. F Y, H:i"
MONTH_DAY_FORMAT = "j. F"

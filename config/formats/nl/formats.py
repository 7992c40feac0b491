"""How dates and numbers are written and read in Dutch-speaking Belgium, as in French."""

from config.formats.fr.formats import *  # noqa: F403

TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%Hu%M", "%Hu"]

"""Loading the pilot of 2002 (``docs/decisions/0007-pilot-loading.md``)."""

from demo.loading.load import PilotLoad, PilotRefused, load_pilot, pilot_loaded_as_of

__all__ = ["PilotLoad", "PilotRefused", "load_pilot", "pilot_loaded_as_of"]

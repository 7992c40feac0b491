"""Who decides what stops or lengthens the 24 months."""

import rules

from accounts.permissions import is_coordinator, same_organisation

rules.add_perm("placements.decide_clock", same_organisation & is_coordinator)

"""Who may read figures: names stay with those who may read cases, the analyst sees aggregates."""

import rules

from accounts.permissions import is_admin, is_analyst, is_coordinator, is_inspector, same_organisation

rules.add_perm("reporting.view_dashboard", (is_coordinator | is_admin) & same_organisation)
rules.add_perm("reporting.view_reports", (is_admin | is_coordinator | is_analyst | is_inspector) & same_organisation)
rules.add_perm("reporting.open_figures", (is_admin | is_coordinator | is_inspector) & same_organisation)

"""Who may do what with firms and jobs: they belong to the whole team."""

import rules

from accounts.permissions import is_admin, is_coordinator, is_jobcoach, same_organisation

rules.add_perm("employers.view_company", (is_jobcoach | is_coordinator | is_admin) & same_organisation)
rules.add_perm("employers.change_company", (is_jobcoach | is_coordinator) & same_organisation)

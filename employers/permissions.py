"""Who may do what with firms and jobs: they belong to the whole team."""

import rules

from accounts.permissions import accompanies, reads_names, same_organisation

rules.add_perm("employers.view_company", reads_names & same_organisation)
rules.add_perm("employers.change_company", accompanies & same_organisation)

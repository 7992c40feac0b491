"""Who opens inspection files, and who sees what was read of them."""

import rules

from accounts.permissions import is_admin, is_coordinator, is_inspector, same_organisation

# What is made for the inspection: one case and its papers. Whoever administers sees what the inspection has read.
rules.add_perm("inspection.read_inspection_file", (is_coordinator | is_admin | is_inspector) & same_organisation)
rules.add_perm("inspection.view_inspection_reads", is_admin & same_organisation)

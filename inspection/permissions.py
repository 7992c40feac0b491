"""Who opens inspection files, and who sees what was read of them."""

import rules

from accounts.permissions import answers_for_team, is_admin, is_inspector, same_organisation

# What is made for the inspection: one case and its papers. Whoever administers sees what the inspection has read.
rules.add_perm("inspection.read_inspection_file", (answers_for_team | is_inspector) & same_organisation)
rules.add_perm("inspection.view_inspection_reads", is_admin & same_organisation)
# Whoever inspects reads the report as it stands and those that were sent, and no draft.
rules.add_perm("inspection.read_report", (answers_for_team | is_inspector) & same_organisation)
rules.add_perm("inspection.prepare_report", answers_for_team & same_organisation)

"""Who reads and writes the record of a participant, and who takes the participant file away."""

import rules

from accounts.permissions import answers_for_team, is_admin, is_jobcoach, same_organisation
from beneficiaries.permissions import carries_case

# The ESF+ record: read with the case; written by whoever carries it and by those who answer for the subsidy. Sensitive
# answers are shown to the same.
rules.add_perm(
    "esf.change_participation",
    same_organisation & (answers_for_team | (is_jobcoach & carries_case)),
)
rules.add_perm("esf.export_participants", answers_for_team & same_organisation)
rules.add_perm("esf.manage_participant_file", is_admin & same_organisation)

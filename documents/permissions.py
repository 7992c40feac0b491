"""Who writes the texts of documents."""

import rules

from accounts.permissions import is_admin, same_organisation

# The texts of documents and their letterhead; a document itself is made by whoever may change its case.
rules.add_perm("documents.manage_templates", is_admin & same_organisation)

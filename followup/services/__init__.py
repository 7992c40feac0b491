"""The only writers of contacts, appointments, drafts and the status row of each case."""

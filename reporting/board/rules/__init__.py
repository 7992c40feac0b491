"""Rules of the coordinator's board: who is shown, what comes, which Monday. No Django, no database, no clock."""

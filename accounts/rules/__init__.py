"""Rules of the accounts app: they receive facts and dates, and read nothing."""

"""Pages of the accounts app: settings for administrators, one's own account for everybody."""

"""How the activity report classes people, contracts and hours of staff."""

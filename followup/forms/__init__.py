"""The forms of the followup app."""

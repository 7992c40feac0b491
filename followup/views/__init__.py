"""The pages of the followup app."""

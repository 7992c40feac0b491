"""What each topic of reporting declares to the rooms below: its tabs, its history, its trail, its settings."""

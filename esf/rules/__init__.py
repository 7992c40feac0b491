"""The common indicators of the ESF+."""

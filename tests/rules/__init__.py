"""The pure rules: boundary tables, properties, and oracles that count day by day."""

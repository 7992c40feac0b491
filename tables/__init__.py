"""What a report is made of: engine, renderers, charts, funding marks. Knows no trade."""

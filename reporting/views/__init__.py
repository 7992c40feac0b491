"""Pages of dashboards, reports and search."""

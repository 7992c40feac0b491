"""The only writers of firms, prospection and jobs."""

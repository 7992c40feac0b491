"""The rows that reports count, read in a bounded number of statements whatever the number of cases."""

"""Readers of the board."""

from reporting.board.selectors.board import Dashboard, dashboard

__all__ = ("Dashboard", "dashboard")

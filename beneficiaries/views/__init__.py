"""Pages about people, their cases and their path."""

from beneficiaries.views.path import CasePathView

__all__ = ["CasePathView"]

"""Preparing a report, sending it, and keeping what was sent (docs/decisions/0009-sent-reports.md)."""

from reporting.services.runs.performing import perform_run, resume_runs
from reporting.services.runs.requesting import RunRefused, discard_run, request_run, retry_run
from reporting.services.runs.submitting import SubmissionRefused, submit_run

__all__ = (
    "RunRefused",
    "SubmissionRefused",
    "discard_run",
    "perform_run",
    "request_run",
    "resume_runs",
    "retry_run",
    "submit_run",
)

"""Preparing a report, sending it, and keeping what was sent (docs/decisions/0012-sent-reports.md)."""

from reporting.sending.services.performing import perform_run, resume_runs
from reporting.sending.services.requesting import RunRefused, discard_run, request_run, require_draft, retry_run
from reporting.sending.services.submitting import (
    SubmissionRefused,
    about_provisional,
    require_sendable,
    submit_run,
)

__all__ = (
    "RunRefused",
    "SubmissionRefused",
    "about_provisional",
    "discard_run",
    "perform_run",
    "request_run",
    "require_draft",
    "require_sendable",
    "resume_runs",
    "retry_run",
    "submit_run",
)

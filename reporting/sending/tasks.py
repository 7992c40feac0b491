"""What the worker does for reports. Each may run twice, at once or after a kill: the second time changes nothing."""

from typing import Any
from uuid import UUID

from celery import shared_task
from django.dispatch import receiver

from reporting.sending.services import perform_run, resume_runs
from reporting.sending.services.sweeping import forget_orphan_files
from reporting.sending.signals import run_waits


@shared_task(name="reporting.sending.tasks.perform_report_run", bind=True)
def perform_report_run(self: Any, run_id: str) -> None:
    """Compute a run and make its files. A message that comes back is that of a worker who is gone."""
    returned = bool((self.request.delivery_info or {}).get("redelivered"))
    perform_run(UUID(run_id), takeover=returned)


@receiver(run_waits, dispatch_uid="reporting.sending.tasks.run_waits")
def take_up(sender: Any, run_id: UUID, **kwargs: Any) -> None:
    """Hand a report that waits to a worker."""
    perform_report_run.delay(str(run_id))


@shared_task(name="reporting.sending.tasks.resume_report_runs")
def resume_report_runs() -> None:
    """Take up again what a stopped server left."""
    resume_runs()


@shared_task(name="reporting.sending.tasks.forget_orphan_files")
def forget_orphan_report_files() -> None:
    """Delete the files that a killed worker left without a row."""
    forget_orphan_files()

"""Taking hold of a run for the length of an act."""

from accounts.permissions import NotAllowed
from reporting.models import ReportRun


def locked_run(run: ReportRun) -> ReportRun:
    """The row as it is now, held until the end of the transaction: two acts on one run follow each other.

    Raises:
        NotAllowed: somebody has thrown it away meanwhile.
    """
    locked: ReportRun | None = ReportRun.objects.select_for_update().filter(pk=run.pk).first()
    if locked is None:
        raise NotAllowed
    return locked

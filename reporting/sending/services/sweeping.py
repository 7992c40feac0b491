"""Files that a killed worker left without a row: nobody can open them, and they may hold names."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from reporting.models import ReportFile
from reporting.sending.models import FOLDER

# A worker that is still writing has a file without a row for some seconds.
LEFT_ALONE_FOR = timedelta(days=1)


def forget_orphan_files() -> int:
    """Delete the files of runs that no row names and that are a day old; returns how many."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    before = timezone.now() - LEFT_ALONE_FOR
    known = set(ReportFile.objects.order_by().values_list("file", flat=True))
    forgotten = 0
    for name in sorted(f"{FOLDER}/{one}" for one in names):
        if name not in known and default_storage.get_modified_time(name) < before:
            default_storage.delete(name)
            forgotten += 1
    return forgotten

"""The background worker and what beat starts by the clock (all of it here, in code, so that it is reviewed)."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

# The rooms' tasks are found because rooms are installed apps; config is none.
app = Celery("ancrage", include=["config.tasks"])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Hours are those of Brussels. A task may run twice (late acknowledgement): the second time it must change nothing.
app.conf.beat_schedule = {
    "forget-expired-sessions": {
        "task": "config.tasks.forget_expired_sessions",
        "schedule": crontab(hour=3, minute=30),
    },
    "sweep-files-of-abandoned-forms": {
        "task": "config.tasks.sweep_kept_files",
        "schedule": crontab(hour=3, minute=35),
    },
    # Again each hour until the evening: the run of the day is made once, by the first that can.
    "remind": {
        "task": "followup.tasks.run_reminders",
        "schedule": crontab(hour="6-18", minute=5),
    },
    # What a worker that died, an emptied queue or a mail server at rest left waiting.
    "send-mails": {
        "task": "followup.tasks.send_mails",
        "schedule": crontab(minute="*/5"),
    },
    # Each calendar kept elsewhere twice an hour (followup.rules.busy), a new address within minutes.
    "read-calendars": {
        "task": "followup.tasks.read_calendars",
        "schedule": crontab(minute="*/5"),
    },
    # Reports that a stopped server left half made, or whose message was lost.
    "resume-reports": {
        "task": "reporting.sending.tasks.resume_report_runs",
        "schedule": crontab(minute="*/5"),
    },
    # Each hour of each morning: a week is read once, on Monday, or on the day that the worker wakes.
    "freeze-board": {
        "task": "reporting.board.tasks.freeze_board",
        "schedule": crontab(hour="4-12", minute=15),
    },
    "forget-orphan-report-files": {
        "task": "reporting.sending.tasks.forget_orphan_files",
        "schedule": crontab(hour=3, minute=45),
    },
}

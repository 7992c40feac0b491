"""A beat that has no patience: every half second, the run of the day that the environment names, and the mails."""

import os

from config.celery import app

app.conf.beat_schedule = {
    "remind": {"task": "followup.tasks.run_reminders", "schedule": 0.5, "args": [os.environ["RUN_ON"]]},
    "send-mails": {"task": "followup.tasks.send_mails", "schedule": 0.5},
}

"""manage.py send_mails: the outbox, for cron or by hand."""

from typing import Any

from django.core.management.base import BaseCommand

from followup.services.outbox import send_due


class Command(BaseCommand):
    """Sends what waits; any number of them may run at once."""

    help = "Envoie les e-mails qui attendent (sans Celery : à lancer par cron toutes les cinq minutes)."

    def handle(self, *args: Any, **options: Any) -> None:
        done = send_due()
        self.stdout.write(f"{done.sent} envoyés, {done.postponed} remis à plus tard, {done.failed} en échec.")

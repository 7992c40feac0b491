"""manage.py run_reminders: the daily run, for cron or by hand."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from followup.services.outbox import send_due
from followup.services.reminders import run_day
from foundation.clock import today
from foundation.errors import DomainError


class Command(BaseCommand):
    """Does what the worker does every morning; made twice it changes nothing."""

    help = "Prépare les rappels du jour et envoie leurs e-mails (sans Celery : à lancer par cron chaque matin)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="AAAA-MM-JJ", help="Le jour à traiter (aujourd’hui par défaut).")
        parser.add_argument("--no-mail", action="store_true", help="Laisser les e-mails dans la boîte d’envoi.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            on = date.fromisoformat(options["on"]) if options["on"] else today()
        except ValueError as error:
            raise CommandError(f"« {options['on']} » n’est pas une date : écrivez par exemple 2025-03-31.") from error
        try:
            run = run_day(on=on)
        except DomainError as error:
            raise CommandError(str(error)) from error
        if run.finished_at is None:
            self.stdout.write(f"{on:%d/%m/%Y} : un jour plus récent a déjà été traité, rien à faire.")
            return
        self.stdout.write(
            f"{on:%d/%m/%Y} : {run.raised} rappels, {run.escalated} signalés à la coordination, "
            f"{run.closed} réglés, {run.mails} e-mails préparés."
        )
        if not options["no_mail"]:
            self.stdout.write(f"{send_due().sent} e-mails envoyés.")

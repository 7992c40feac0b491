"""manage.py load_pilot: the pilot of 2002, with invented people, as of a chosen day."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo.loading import load_pilot
from demo.plan.plan import REPORT_DAY
from foundation.clock import today
from foundation.errors import DomainError


def _day(text: str) -> date:
    if text in {"today", "aujourd’hui", "aujourd'hui"}:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"« {text} » n’est pas une date : écrivez AAAA-MM-JJ ou today.") from error


class Command(BaseCommand):
    """Loads the six organisations, their people, firms, contracts and contacts."""

    help = (
        "Charge l’expérience pilote de 2002 (six organismes, 311 personnes inventées et "
        "accompagnées, 491 entreprises, 152 contrats) ; "
        "les comptes n’ont pas de mot de passe."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--as-of",
            type=_day,
            default=REPORT_DAY,
            metavar="AAAA-MM-JJ|today",
            help="jour où s’arrête l’histoire (31 décembre 2002 si rien n’est dit) ; tout est décalé d’autant",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load = load_pilot(as_of=options["as_of"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Expérience pilote chargée, arrêtée au {load.as_of:%d/%m/%Y} : {load.organisations} organismes, "
            f"{load.users} comptes, {load.people} personnes, {load.companies} entreprises, {load.contracts} contrats, "
            f"{load.contacts} contacts."
        )

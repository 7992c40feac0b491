"""manage.py load_demo: something to look at, and six ways to log in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo.acts import DEMO_PASSWORD, load_demo
from foundation.clock import today
from foundation.errors import DomainError


class Command(BaseCommand):
    """Loads the demonstration the first time; says how to log in each time."""

    help = "Charge l’expérience pilote arrêtée à aujourd’hui et ouvre des comptes de démonstration (pas en production)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            demo = load_demo()
        except DomainError as error:
            raise CommandError(str(error)) from error
        say = self.stdout.write
        if demo.is_new:
            say("Données inventées chargées : l’expérience pilote de 2002, comme si elle s’arrêtait aujourd’hui.")
        elif demo.as_of < today():
            say(f"Les données de démonstration s’arrêtent au {demo.as_of:%d/%m/%Y}, le jour de leur chargement.")
        say(f"Pour entrer (mot de passe de tous : {DEMO_PASSWORD}) :")
        for account in demo.accounts:
            say(f"  {account.email:<26} {account.what}, {account.name}")

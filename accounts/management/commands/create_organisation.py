"""manage.py create_organisation"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.enums import OrganisationKind
from accounts.models import User
from accounts.services.invitations import password_path
from accounts.services.organisations import found_organisation
from foundation.clock import today
from foundation.errors import DomainError


class Command(BaseCommand):
    """Open an organisation with its first administrator; everything else is done on screen."""

    help = "Crée un organisme et son premier compte administrateur, et donne l’adresse où choisir le mot de passe."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what the organisation and the administrator need."""
        parser.add_argument("--name", required=True, help="nom de l’organisme")
        parser.add_argument("--short-name", required=True, help="nom court, affiché en haut de chaque page")
        parser.add_argument("--kind", choices=OrganisationKind.values, default=OrganisationKind.MIRE)
        parser.add_argument("--email", required=True, help="adresse du premier compte administrateur")
        parser.add_argument("--first-name", default="", help="prénom (inutile si le compte existe)")
        parser.add_argument("--last-name", default="", help="nom (inutile si le compte existe)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create, then print the path of the page where the password is chosen."""
        email = options["email"].strip().lower()
        admin = User.objects.filter(email=email).first()
        if admin is None:
            admin = User(email=email, first_name=options["first_name"], last_name=options["last_name"])
            admin.set_unusable_password()
        facts = {"name": options["name"], "short_name": options["short_name"], "kind": options["kind"]}
        try:
            organisation = found_organisation(facts=facts, admin=admin, on=today())
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Organisme créé : {organisation.name}.")
        if admin.has_usable_password():
            self.stdout.write(f"{admin.email} l’administre, avec son mot de passe actuel.")
        else:
            self.stdout.write("Mot de passe à choisir une fois, sur l’adresse du site suivie de :")
            self.stdout.write(password_path(admin))

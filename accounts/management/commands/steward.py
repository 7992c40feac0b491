"""manage.py steward"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.selectors.parameters import stewards
from accounts.services.invitations import password_path
from accounts.services.stewardship import appoint_steward, dismiss_steward
from foundation.clock import today
from foundation.errors import DomainError


class Command(BaseCommand):
    """Say who keeps the parameters of the installation; the trail keeps when and why."""

    help = (
        "Garant·es des paramètres : qui change les règles qui valent pour tous les organismes. Sans option, les "
        "nomme ; --give donne ce rôle, --take le retire."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add who and why."""
        act = parser.add_mutually_exclusive_group()
        act.add_argument("--give", metavar="ADRESSE", help="adresse e-mail de qui devient garant·e")
        act.add_argument("--take", metavar="ADRESSE", help="adresse e-mail de qui ne l’est plus")
        parser.add_argument("--reason", default="", help="motif, gardé dans l’historique (obligatoire)")
        parser.add_argument("--first-name", default="", help="prénom (inutile si le compte existe)")
        parser.add_argument("--last-name", default="", help="nom (inutile si le compte existe)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or say in a sentence why not."""
        email = (options["give"] or options["take"] or "").strip().lower()
        if not email:
            self._list()
            return
        if not options["reason"].strip():
            raise CommandError("Dites pourquoi avec --reason : le motif reste dans l’historique.")
        user = User.objects.filter(email=email).first()
        try:
            if options["give"]:
                self._give(user, email, options)
            else:
                self._take(user, email, options["reason"].strip())
        except DomainError as error:
            raise CommandError(str(error)) from error

    def _give(self, user: User | None, email: str, options: dict[str, Any]) -> None:
        if user is None:
            user = User(email=email, first_name=options["first_name"], last_name=options["last_name"])
            user.set_unusable_password()
        appoint_steward(user=user, reason=options["reason"].strip(), on=today())
        self.stdout.write(f"{user.get_full_name()} est garant·e des paramètres.")
        if not user.has_usable_password():
            self.stdout.write("Mot de passe à choisir une fois, sur l’adresse du site suivie de :")
            self.stdout.write(password_path(user))

    def _take(self, user: User | None, email: str, reason: str) -> None:
        if user is None:
            raise CommandError(f"Aucun compte n’a l’adresse {email}.")
        dismiss_steward(user=user, reason=reason, on=today())
        self.stdout.write(f"{user.get_full_name()} n’est plus garant·e des paramètres.")
        if not stewards().exists():
            self.stdout.write("Plus personne ne l’est : les règles de l’installation ne changent plus.")

    def _list(self) -> None:
        known = list(stewards())
        if not known:
            self.stdout.write("Personne n’est garant des paramètres. Pour en nommer : --give ADRESSE --reason MOTIF.")
        for user in known:
            self.stdout.write(f"{user.get_full_name()} ({user.email}), depuis le {user.steward_since:%d/%m/%Y}")

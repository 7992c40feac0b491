"""manage.py rotate_encryption_keys"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from privacy.rotation import rotate


class Command(BaseCommand):
    """Re-encrypt the secrets that an older key protects, after a new key was put first in the settings."""

    help = "Rechiffre avec la première clé de ANCRAGE_ENCRYPTION_KEYS tout ce qu’une clé plus ancienne protège."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="compte sans rien écrire")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Print one line per column, then what may be done with the old keys."""
        counts = rotate(write=not dry_run)
        for column, count in counts.items():
            self.stdout.write(f"{column} : {count}")
        if dry_run:
            self.stdout.write(f"{sum(counts.values())} valeur(s) à rechiffrer ; rien n’a été écrit.")
        else:
            self.stdout.write(
                f"{sum(counts.values())} valeur(s) rechiffrée(s). Les anciennes clés peuvent être retirées."
            )

"""The foundation app, as Django knows it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _

from foundation.rules.saying import speak_with

# Before any room declares its models, whose choices are labels of the rules.
speak_with(at_once=gettext, when_shown=gettext_lazy, counted=ngettext)


class FoundationConfig(AppConfig):
    """What every room shares and no room owns."""

    name = "foundation"
    verbose_name = _("fondations")

    def ready(self) -> None:
        """Speak other languages; count as French counts; keep what search asks, once the tables are there."""
        from foundation.catalogues import compile_catalogues
        from foundation.finding_index import keep_pieces
        from foundation.plurals import say_nought_in_the_singular

        compile_catalogues()
        say_nought_in_the_singular()
        post_migrate.connect(keep_pieces, sender=self, dispatch_uid="foundation.keep_pieces")

"""The tables app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TablesConfig(AppConfig):
    """What a report is made of: engine, renderers, charts."""

    name = "tables"
    verbose_name = _("tableaux")
    default_auto_field = "django.db.models.BigAutoField"

"""Words of the coach's counters: ``{% load counters %}``."""

from django import template
from django.utils.translation import gettext as _

from followup.enums import Place

register = template.Library()


@register.filter
def place_name(code: str) -> str:
    """``{{ place|place_name }}``: « bureau », « à distance »; « lieu non précisé » when nobody said where."""
    return str(Place(code).label) if code else _("lieu non précisé")

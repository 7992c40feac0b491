"""Which style sheets and scripts a page loads. Built in: no template has to load this library."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def styles(*names: str) -> SafeString:
    """``{% styles "clock" "table" %}``: links to the sheets of these components, in that order.

    A page loads what it shows and nothing else, in its block ``styles``; what every page shows is loaded by base.html.
    """
    links = ((static(f"ancrage/css/components/{name}.css"),) for name in names)
    return format_html_join("\n    ", '<link rel="stylesheet" href="{}">', links)

"""What every template knows without loading it: which style sheets a page loads, and the token of its forms."""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from foundation.kept_words import WRITER, sign_writer
from foundation.sent_forms import OPENING, new_opening

register = template.Library()


@register.simple_tag
def styles(*names: str) -> SafeString:
    """``{% styles "clock" "table" %}``: links to the sheets of these components, in that order.

    A page loads what it shows and nothing else, in its block ``styles``; what every page shows is loaded by base.html.
    """
    links = ((static(f"ancrage/css/components/{name}.css"),) for name in names)
    return format_html_join("\n    ", '<link rel="stylesheet" href="{}">', links)


class TokenNode(CsrfTokenNode):
    """The token against forgery; who opened the form: what it sends finds them again if it cannot be judged; and a key
    of this opening: sent twice, it acts once.
    """

    def render(self, context: Context) -> SafeString:
        # Already made safe by Django, which does not say so.
        token = SafeString(super().render(context))
        request: Any = context.get("request")
        writer = sign_writer(request) if token and request is not None and hasattr(request, "user") else ""
        if not writer:
            return token
        told = ((WRITER, writer), (OPENING, new_opening()))
        return token + format_html_join("", '<input type="hidden" name="{}" value="{}">', told)


@register.tag
def csrf_token(parser: Parser, token: Token) -> TokenNode:
    """``{% csrf_token %}``, as Django's own, in every form that is sent by POST."""
    return TokenNode()

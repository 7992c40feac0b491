"""Typing a postcode with its commune beside it: a list of the browser's own, no script."""

from functools import cache
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.places import places

LIST_ID = "codes-postaux"
# Flanders is left out of the help, never of the check: a page stays light.
_FLANDERS = (range(1500, 2000), range(2000, 4000), range(8000, 10000))


@cache
def postcode_list() -> SafeString:
    """The postcodes of Brussels and Wallonia, each with its communes, as a list that an input names."""
    helped = sorted(code for code in places().by_code if not any(int(code) in codes for codes in _FLANDERS))
    options = format_html_join(
        "", '<option value="{}">{}</option>', ((code, ", ".join(places().by_code[code])) for code in helped)
    )
    return format_html('<datalist id="{}">{}</datalist>', LIST_ID, options)


class PostcodeInput(forms.TextInput):
    """An input that offers the postcodes it knows, and takes any other."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The input, and its list beside it."""
        drawn = super().render(name, value, {**(attrs or {}), "list": LIST_ID}, renderer)
        return format_html("{}{}", drawn, postcode_list())

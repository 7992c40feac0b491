"""The interface's vocabulary in templates: ``{% load ui %}``.

Filters put dates, durations and numbers into French words; tags render the components of ``templates/components/``.
Nothing here queries the database, and no component relies on colour alone.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from foundation import clock, formatting, phones
from foundation.components import PAGE_GAP, numbered_pages
from foundation.keyset import AFTER, BEFORE, PAGE_PARAMETERS, KeyPage
from foundation.undoing import undo_address_of

register = template.Library()


def _day(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


# --- words ------------------------------------------------------------------------------------------------------------


@register.filter
def d(value: date | datetime | None) -> str:
    """``{{ row.due_on|d }}``: 27/03/2026; an empty string for no date."""
    day = _day(value)
    return formatting.date_words(day) if day else ""


@register.filter
def undo_address(message: Message) -> str:
    """``{% with address=message|undo_address %}``: where what a message tells is undone; "" when it cannot be."""
    return undo_address_of(message.extra_tags)


@register.filter
def named(value: date | datetime | None, pattern: str = "l j F Y") -> str:
    """``{{ day.on|named:"l j F" }}``: « mardi 1er décembre »; an empty string for no date."""
    day = _day(value)
    return formatting.named_day_words(day, pattern) if day else ""


@register.filter
def dt(value: datetime | None) -> str:
    """``{{ entry.created_at|dt }}``: 27/03/2026 à 14:02, in Brussels time."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return _("%(date)s à %(time)s") % {"date": f"{local:%d/%m/%Y}", "time": f"{local:%H:%M}"}


@register.filter
def relative(value: date | datetime | None, on: date | None = None) -> str:
    """``{{ contact.held_on|relative:today }}``: « il y a 2 semaines », « demain », « dans 5 jours »."""
    day = _day(value)
    return formatting.relative_words(day, on or clock.today()) if day else ""


@register.filter
def late(value: date | None, on: date | None = None) -> str:
    """``{{ row.due_on|late:today }}``: « en retard de 3 jours », « aujourd’hui », « dans 5 jours »."""
    return formatting.late_words(value, on or clock.today()) if value else ""


@register.filter
def duration(minutes: int | None) -> str:
    """``{{ contact.minutes|duration }}``: « 1 h 30 », « 45 min »; an empty string for none."""
    return "" if minutes is None or minutes == "" else formatting.duration_words(int(minutes))


@register.filter
def of(name: Any) -> str:
    """``{{ person.get_full_name|of }}``: « de Bruno », « d’Aline »."""
    return formatting.of_name(str(name))


@register.filter
def said(stored: str) -> str:
    """``{{ value.row.source|said }}``: what the product wrote in the database itself, in the reader's language."""
    return formatting.own_words(str(stored or ""))


@register.filter
def dialled(telephone: str) -> str:
    """``<a href="tel:{{ person.phone|dialled }}">``: what a telephone dials, « +32475123456 »."""
    return phones.dialled(telephone)


@register.filter
def decimal_comma(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """``{{ fte|decimal_comma:2 }}``: « 0,80 »; without argument, the decimals that the value has."""
    return "" if value is None or value == "" else formatting.number_words(value, decimals)


@register.filter
def days(value: int | None) -> str:
    """``{{ clock.used_days|days }}``: « 1 jour », « 546 jours »."""
    return "" if value is None else formatting.days_words(value)


@register.filter
def percent(value: float | Decimal | None, decimals: int = 0) -> str:
    """``{{ ratio|percent }}``: 0.425 is « 43 % », ``|percent:1`` is « 42,5 % »; « – » for no rate."""
    if value is None:
        return "–"
    return f"{formatting.number_words(Decimal(str(value)) * 100, decimals)}{formatting.NBSP}%"


# --- small marks ------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=512)
def _icon(name: str, size: int, label: str) -> SafeString:
    meaning = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    drawn = lucide(name, size=size, **{"class": "icon", "stroke_width": "1.75", "focusable": "false", **meaning})
    # ElementTree built it from the package's own drawing and escaped the attributes.
    return mark_safe(drawn)  # noqa: S308


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """``{% icon "phone" %}`` or ``{% icon "phone" 16 label="Téléphone" %}``: an inline Lucide icon, hidden from screen
    readers unless it is given a label.

    Raises:
        lucide.IconDoesNotExist: no such icon.
    """
    return _icon(str(name), size, str(label))


@register.inclusion_tag("components/avatar.html")
def avatar(name: Any, size: str = "") -> dict[str, Any]:
    """``{% avatar case.beneficiary %}``: initials in a disc, decorative (the name is written beside it)."""
    words = str(name)
    return {"initials": formatting.initials(words), "tone": sum(map(ord, words)) % 5 + 1, "size": size}


@register.inclusion_tag("components/badge.html")
def badge(label: Any, tone: str = "neutral", icon_name: str = "") -> dict[str, Any]:
    """``{% badge case.get_phase_display "accent" "check" %}``: tones neutral, accent, good, warn, bad."""
    return {"label": label, "tone": tone, "icon_name": icon_name}


# --- blocks -----------------------------------------------------------------------------------------------------------

_ALERT_ICONS = {"info": "info", "success": "circle-check", "warning": "triangle-alert", "danger": "octagon-alert"}


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: Any = "", live: bool = False) -> SafeString:
    """``{% alert "warning" title="…" %}…{% endalert %}``: tones info, success, warning, danger. ``live=True`` announces
    it.
    """
    role = ("alert" if tone == "danger" else "status") if live else ""
    return render_to_string(
        "components/alert.html",
        {"content": content, "tone": tone, "title": title, "icon_name": _ALERT_ICONS.get(tone, "info"), "role": role},
    )


@register.simple_block_tag
def card(
    content: str, title: Any = "", level: int = 2, href: str = "", action: Any = "", id: str = "", flush: bool = False
) -> SafeString:
    """``{% card title="Contrats" href=url action="Ajouter" id="contrats" %}…{% endcard %}``; ``flush=True`` for a table
    inside.
    """
    return render_to_string(
        "components/card.html",
        {
            "content": content,
            "title": title,
            "level": level,
            "href": href,
            "action": action,
            "card_id": id,
            "flush": flush,
        },
    )


@register.simple_block_tag
def table_region(content: str, caption: Any, hide_caption: bool = False, stack: bool = False) -> SafeString:
    """``{% table_region "Mes dossiers" %}<thead>…</thead><tbody>…</tbody>{% endtable_region %}``.

    A table with its caption, in a region that the keyboard can scroll. ``stack=True`` makes each row a block under 640
    px: give each cell ``data-label``. A content that brings its own ``<table>`` is only made scrollable.
    """
    return render_to_string(
        "components/table_region.html",
        {
            "content": content,
            "caption": caption,
            "hide_caption": hide_caption,
            "stack": stack,
            "whole": content.lstrip().startswith("<table"),
        },
    )


@register.simple_block_tag
def menu(
    content: str, label: Any, icon_name: str = "ellipsis", align: str = "end", show_label: bool = False
) -> SafeString:
    """``{% menu "Autres actions" %}<li>…</li>{% endmenu %}``: a menu that opens without JavaScript."""
    return render_to_string(
        "components/menu.html",
        {"content": content, "label": label, "icon_name": icon_name, "align": align, "show_label": show_label},
    )


@register.simple_block_tag
def confirm_panel(content: str, title: Any, danger: bool = True) -> SafeString:
    """``{% confirm_panel "Clôturer ce dossier ?" %}what will happen, then the form{% endconfirm_panel %}``."""
    return render_to_string("components/confirm_panel.html", {"content": content, "title": title, "danger": danger})


# --- lists and figures ------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/empty_state.html")
def empty_state(
    title: Any, text: Any = "", icon_name: str = "inbox", href: str = "", action: Any = ""
) -> dict[str, Any]:
    """``{% empty_state "Aucun contact" "Consignez le premier." "phone" url "Consigner" %}``: says what to do next."""
    return {"title": title, "text": text, "icon_name": icon_name, "href": href, "action": action}


@register.inclusion_tag("components/stat.html")
def stat(value: Any, label: Any, href: str = "", hint: Any = "", tone: str = "", icon_name: str = "") -> dict[str, Any]:
    """``{% stat 12 "contacts en retard" href=url hint="dont 3 de plus d’un mois" tone="bad" %}``."""
    shown = formatting.number_words(value) if isinstance(value, int | float | Decimal) else value
    return {"value": shown, "label": label, "href": href, "hint": hint, "tone": tone, "icon_name": icon_name}


@register.inclusion_tag("components/filter_tags.html")
def filter_tags(tags: Sequence[Any], clear_url: str = "") -> dict[str, Any]:
    """``{% filter_tags tags clear_url=request.path %}``: the chosen filters, each removable (``ListFilter.tags``)."""
    return {"tags": tags, "clear_url": clear_url}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[Any]) -> dict[str, Any]:
    """``{% summary_list rows %}``: facts as term and value; rows are :class:`foundation.components.SummaryRow`."""
    return {"rows": rows}


@register.inclusion_tag("components/timeline.html")
def timeline(items: Iterable[Any], today: date | None = None, next_url: str = "") -> dict[str, Any]:
    """``{% timeline items today request.get_full_path %}``: what happened, newest first; items are
    :class:`foundation.components.TimelineItem`, whose acts lead back to ``next_url``.
    """
    return {"items": items, "today": today, "next_url": next_url}


@register.inclusion_tag("components/tabs.html", takes_context=True)
def tabs(context: Context, items: Iterable[Any], label: Any = "") -> dict[str, Any]:
    """``{% tabs tabs "Rubriques du dossier" %}``: links to sibling pages; items have ``label``, ``url`` and perhaps
    ``current``, ``count``. Without ``current``, the tab whose address is this page's is the current one.
    """
    path = context["request"].path if "request" in context else ""
    shown = []
    for item in items:
        get = item.get if isinstance(item, Mapping) else functools.partial(_attribute, item)
        current = get("current", None)
        url = get("url", "")
        shown.append(
            {
                "label": get("label", ""),
                "url": url,
                "count": get("count", None),
                "current": url == path if current is None else current,
            }
        )
    return {"items": shown, "label": label or _("Rubriques")}


def _attribute(item: Any, name: str, default: Any) -> Any:
    return getattr(item, name, default)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Any) -> dict[str, Any]:
    """``{% pagination page_obj %}``: the pages around this one, every other parameter of the address kept; the page
    before and the page after of a list that is read by key.
    """
    request = context["request"]
    if isinstance(page, KeyPage):
        return _key_steps(request, page)

    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    pages = [
        {"number": n, "gap": n == PAGE_GAP, "url": "" if n == PAGE_GAP else address(n)}
        for n in numbered_pages(page.number, page.paginator.num_pages)
    ]
    return {
        "page": page,
        "pages": pages,
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }


def _key_steps(request: Any, page: KeyPage) -> dict[str, Any]:
    """The pages that are next to one of a list read by key."""

    def address(name: str, cursor: str) -> str:
        query = request.GET.copy()
        for other in PAGE_PARAMETERS:
            query.pop(other, None)
        if cursor:
            query[name] = cursor
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "pages": [],
        "first_url": address(AFTER, "") if page.cursor else "",
        "previous_url": address(BEFORE, page.previous_cursor) if page.previous_cursor else "",
        "next_url": address(AFTER, page.next_cursor) if page.next_cursor else "",
    }


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(
    context: Context, key: str, label: Any, numeric: bool = False, named: str = "", default: bool = False
) -> dict[str, Any]:
    """``<tr>{% sort_header "name" "Nom" %}…``: a ``th`` whose link sorts by ``?sort=name`` or ``?sort=-name``, from
    page 1. ``named`` is its class, in a table whose layout changes with the width (its role is then told);
    ``default`` says that the list is in this order when the address names none.
    """
    request = context["request"]
    current = request.GET.get("sort", "") or (key if default else "")
    query = request.GET.copy()
    for name in PAGE_PARAMETERS:
        query.pop(name, None)
    query["sort"] = f"-{key}" if current == key else key
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    return {"label": label, "url": f"?{query.urlencode()}", "direction": direction, "numeric": numeric, "named": named}


@register.inclusion_tag("components/back_link.html")
def back_link(href: str, label: Any = "") -> dict[str, Any]:
    """``{% back_link url "Retour aux dossiers" %}``."""
    return {"href": href, "label": label or _("Retour")}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(items: Iterable[tuple[Any, str]]) -> dict[str, Any]:
    """``{% breadcrumbs items %}``: pairs (words, address); the last, the present page, has an empty address."""
    return {"items": items}

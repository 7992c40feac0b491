"""The main navigation: who sees which entry, in one table, and what the header shows of the organisation."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import NAME_READING_ROLES, Role
from foundation.version import version


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the main navigation and the roles that see it; the page itself decides what each may do there."""

    label: str | Promise
    url_name: str
    icon: str
    roles: frozenset[Role]


_NAMES = frozenset(NAME_READING_ROLES)
# Those who carry cases, and who watches over them.
_PRESENCE = frozenset({Role.JOBCOACH, Role.COORDINATOR, Role.ADMIN})

ENTRIES: tuple[Entry, ...] = (
    Entry(_("Ma journée"), "followup:my_day", "sun", frozenset({Role.JOBCOACH})),
    Entry(_("Consigner"), "followup:contact_pick", "pencil-line", frozenset({Role.JOBCOACH})),
    Entry(_("Tableau de bord"), "reporting:dashboard", "layout-dashboard", frozenset({Role.COORDINATOR})),
    Entry(_("Rappels"), "followup:reminder_list", "bell", frozenset({Role.COORDINATOR})),
    Entry(_("Agenda"), "followup:agenda", "calendar-days", frozenset({Role.JOBCOACH, Role.COORDINATOR})),
    Entry(_("Séances"), "followup:session_list", "presentation", frozenset({Role.JOBCOACH, Role.COORDINATOR})),
    Entry(_("Dossiers"), "followup:case_list", "folder-open", _NAMES),
    Entry(_("Entreprises"), "employers:company_list", "building-2", _NAMES),
    Entry(_("Postes"), "employers:vacancy_list", "briefcase", _NAMES),
    Entry(_("Dossiers à inspecter"), "inspection:cases", "folder-search", frozenset({Role.INSPECTOR})),
    Entry(
        _("Rapports"),
        "reporting:report_list",
        "chart-column",
        frozenset({Role.COORDINATOR, Role.ADMIN, Role.ANALYST, Role.INSPECTOR}),
    ),
    Entry(_("Paramètres"), "accounts:settings", "settings", frozenset({Role.ADMIN})),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``nav`` holds the entries of this person's roles, the organisations, and the version.

    One query for somebody who is logged in: the memberships of the day, with their organisations.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {
            "nav": {"entries": [], "organisation": None, "organisations": [], "search_url": "", "version": version()}
        }
    roles: frozenset[Role] = user.roles
    organisations = user.organisations
    entries = [
        {"label": entry.label, "url": url, "icon": entry.icon, "current": _position(request.path, url)}
        for entry, url in ((entry, reverse(entry.url_name)) for entry in ENTRIES if roles & entry.roles)
    ]
    return {
        "nav": {
            "entries": entries,
            "organisation": next((one for one in organisations if one.pk == user.current_organisation_id), None),
            "organisations": organisations,
            "search_url": reverse("reporting:search") if roles & _NAMES else "",
            "profile_url": reverse("accounts:profile"),
            "absences_url": reverse("accounts:absence_list") if roles & _PRESENCE else "",
            "hours_url": reverse("timesheets:sheet_list") if roles & _PRESENCE else "",
            "switch_url": reverse("accounts:switch_organisation"),
            "version": version(),
        }
    }


def _position(path: str, url: str) -> str:
    """The ``aria-current`` of an entry: this very page, a page of its section, or elsewhere (empty)."""
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""

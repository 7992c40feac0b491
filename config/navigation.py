"""The main navigation: who sees which entry, in one table, and what the header shows of the organisation."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import allows
from foundation.clock import today
from foundation.version import version
from road.selectors import road_allowed


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the main navigation, for those who may open it.

    Attributes:
        permission: that of the page it leads to.
        work: narrows the entry to those whose daily work it is; others find the page from where they need it.
        front: the page opens first, before those that are not.
        act: something to do rather than a page to read: a button of the band, the middle of the bar under the thumb.
        short: its words where a fifth of a telephone's width is all there is.
    """

    label: str | Promise
    url_name: str
    icon: str
    permission: str
    work: str = ""
    front: bool = False
    act: bool = False
    short: str | Promise = ""

    def shown_to(self, user: User) -> bool:
        return allows(user, self.permission) and (not self.work or allows(user, self.work))


COACH, COORDINATE, INSPECT = "accounts.coach", "accounts.coordinate", "accounts.inspect"

ENTRIES: tuple[Entry, ...] = (
    Entry(_("Ma journée"), "followup:my_day", "sun", "followup.view_my_day", COACH, front=True, short=_("Journée")),
    Entry(_("Consigner"), "followup:contact_pick", "pencil-line", "followup.record", COACH, act=True),
    Entry(
        _("Tableau de bord"),
        "reporting:dashboard",
        "layout-dashboard",
        "reporting.view_dashboard",
        COORDINATE,
        front=True,
        short=_("Tableau"),
    ),
    Entry(_("Rappels"), "followup:reminder_list", "bell", "followup.view_reminders", COORDINATE),
    Entry(_("Dossiers"), "followup:case_list", "folder-open", "followup.list_cases"),
    Entry(_("Agenda"), "followup:agenda", "calendar-days", "followup.view_my_day"),
    Entry(
        _("Séances"), "followup:session_list", "presentation", "followup.view_sessions", work="followup.manage_sessions"
    ),
    Entry(_("Entreprises"), "employers:company_list", "building-2", "employers.view_company"),
    Entry(_("Postes"), "employers:vacancy_list", "briefcase", "employers.view_company"),
    Entry(_("Partenaires"), "beneficiaries:partner_list", "handshake", "beneficiaries.view_partners"),
    Entry(
        _("Dossiers à inspecter"),
        "inspection:cases",
        "folder-search",
        "inspection.read_inspection_file",
        INSPECT,
        front=True,
        short=_("À inspecter"),
    ),
    Entry(_("Rapports"), "reporting:report_list", "chart-column", "reporting.view_reports", front=True),
    Entry(_("Paramètres"), "accounts:settings", "settings", "accounts.manage_organisation"),
    Entry(_("Installation"), "accounts:installation_list", "scale", "accounts.keep_installation", front=True),
)

# How many pages stand in the band, and beside "Plus" under the thumb; the others are a list that opens.
BAND, THUMB = 5, 4

# What is done rather than read, and pages that no menu holds: the palette proposes them to whoever may open them.
ACTS: tuple[Entry, ...] = (
    Entry(_("Nouveau dossier"), "beneficiaries:case_new", "folder-plus", "beneficiaries.open_case"),
    Entry(_("Nouvelle entreprise"), "employers:company_create", "building-2", "employers.change_company"),
    Entry(_("Nouveau poste"), "employers:vacancy_create", "briefcase", "employers.change_company"),
    Entry(_("Nouvelle séance"), "followup:series_create", "presentation", "followup.manage_sessions"),
    Entry(_("Mes rappels"), "followup:reminder_list", "bell", "followup.view_reminders", COACH),
    Entry(_("Tâches"), "followup:task_list", "list-checks", "followup.view_tasks"),
    Entry(_("Réunions d’équipe"), "followup:meeting_list", "users", "followup.view_tasks"),
    Entry(_("Absences"), "accounts:absence_list", "calendar-off", "accounts.view_absences"),
    Entry(_("Prestations"), "timesheets:sheet_list", "clock", "timesheets.view_time_sheets"),
    Entry(_("Mes rappels par e-mail"), "followup:reminder_preferences", "mail", "followup.choose_reminders"),
)

# Beside the entries: the name in ``nav``, the page, its permission.
ASIDE: tuple[tuple[str, str, str], ...] = (
    ("search_url", "reporting:search", "beneficiaries.view_case"),
    ("absences_url", "accounts:absence_list", "accounts.view_absences"),
    ("hours_url", "timesheets:sheet_list", "timesheets.view_time_sheets"),
)


def front_page(user: User) -> str | None:
    """The name of the page that somebody's work begins with; of several, the first of the navigation.

    `None` for somebody to whom nothing is open.
    """
    shown = [entry for entry in ENTRIES if entry.shown_to(user)]
    return next((entry.url_name for entry in sorted(shown, key=lambda entry: not entry.front)), None)


def acts_of(user: User) -> list[dict[str, Any]]:
    """What the palette proposes to somebody besides the entries; no statement."""
    return [
        {"label": entry.label, "url": reverse(entry.url_name), "icon": entry.icon}
        for entry in ACTS
        if entry.shown_to(user)
    ]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``nav`` holds the entries that this person may open, the organisations, and the version.

    One query for somebody who is logged in: the memberships of the day, with their organisations.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {
            "nav": {
                "entries": [],
                **places([]),
                "organisation": None,
                "organisations": [],
                "search_url": "",
                "version": version(),
            }
        }
    organisations = user.organisations
    entries = [
        {
            "label": entry.label,
            "short": entry.short or entry.label,
            "url": url,
            "icon": entry.icon,
            "act": entry.act,
            "current": _position(request.path, url),
        }
        for entry, url in ((entry, reverse(entry.url_name)) for entry in ENTRIES if entry.shown_to(user))
    ]
    return {
        "nav": {
            "entries": entries,
            **places(entries),
            "organisation": next((one for one in organisations if one.pk == user.current_organisation_id), None),
            "organisations": organisations,
            "profile_url": reverse("accounts:profile"),
            # Asked by the palette alone: templates call it.
            "acts": lambda: acts_of(user),
            **{name: reverse(page) if allows(user, permission) else "" for name, page, permission in ASIDE},
            # Asked by the coach's day alone.
            "road_url": lambda: reverse("road:page") if road_allowed(user, today()).offline else "",
            "switch_url": reverse("accounts:switch_organisation"),
            "version": version(),
        }
    }


def places(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Where each entry stands: in the band, in the list that opens beside it, under the thumb, in the list there.

    One that is left alone is shown rather than folded: a list of one thing is a press for nothing. The act, when there
    is one, takes the middle of the thumb's bar and a place of its own in the band.
    """
    act = next((entry for entry in entries if entry["act"]), None)
    pages = [entry for entry in entries if not entry["act"]]
    band = len(pages) if len(pages) <= BAND + 1 else BAND
    room = THUMB - (act is not None)
    thumb = len(pages) if len(pages) <= room + 1 else room
    under = pages[:thumb]
    return {
        "act": act,
        "band": pages[:band],
        "more": pages[band:],
        "thumb": [*under[:2], act, *under[2:]] if act else under,
        "thumb_more": pages[thumb:],
    }


def _position(path: str, url: str) -> str:
    """The ``aria-current`` of an entry: this very page, a page of its section, or elsewhere (empty)."""
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""

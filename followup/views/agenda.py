"""The week, the day on paper, and the private calendar address."""

from datetime import date
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from followup.models import CalendarFeed, CollectiveSession
from followup.rules.busy import FeedKind
from followup.selectors.agenda import Week, coach_asked, coaches_seen_by, feed_entries, feed_of, taken_times, week_of
from followup.selectors.tasks import tasks_of_day
from followup.selectors.week import busy_of, drawn_week
from followup.services.feeds import note_reading, renew_feed, revoke_feed
from followup.views.ical import Entry, calendar_of, free_busy_of
from foundation.clock import today
from foundation.dates import day_of_address
from foundation.formatting import date_words
from foundation.views import PageView
from foundation.ways import Way
from privacy.audit import record_access

# A telephone asks every quarter of an hour or so; more than this an hour is no telephone.
READINGS_AN_HOUR = 60
HOUR = 3600
SHOWN_ONCE = {FeedKind.APPOINTMENTS: "calendar_address", FeedKind.BUSY: "busy_address"}
ADDRESSES = {FeedKind.APPOINTMENTS: "followup:calendar", FeedKind.BUSY: "followup:free_busy"}


class OwnAgendaMixin(PermissionRequiredMixin):
    """Those who carry cases have an agenda."""

    permission = "followup.view_my_day"


class AgendaView(OwnAgendaMixin, PageView):
    """The week of a coach; `?jour=` chooses the week, `?coach=` whose."""

    template_name = "followup/agenda.html"
    page_title = gettext_lazy("Agenda")

    def week(self) -> Week:
        """The week asked; 404 for somebody whose agenda is not the user's to read."""
        user = cast(User, self.request.user)
        try:
            coach = coach_asked(user, self.request.GET.get("coach", ""), today())
        except User.DoesNotExist as error:
            raise Http404 from error
        return week_of(user, coach, _day_asked(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the week, drawn, and whose it may be."""
        user = cast(User, self.request.user)
        now = timezone.localtime()
        week = self.week()
        return super().get_context_data(
            today=today(),
            now=now,
            read_at=now,
            now_past=now.minute // 5 * 5,
            week=week,
            drawn=drawn_week(
                week,
                now,
                weekend=self.request.GET.get("week-end") == "1",
                busy=busy_of([week.coach], week.monday, week.sunday),
            ),
            coaches=list(coaches_seen_by(user, today())),
            **kwargs,
        )


class DayView(AgendaView):
    """One day, made to be printed and taken along; that it was is recorded on the coach whose day it is."""

    template_name = "followup/agenda_day.html"
    leads_to = Way("followup:agenda", words=gettext_lazy("Agenda"), query=lambda page: page.request.GET)

    def get_page_title(self) -> str:
        return _("Journée du %(date)s") % {"date": date_words(_day_asked(self.request))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the day itself; that it was opened to be printed is recorded."""
        context = super().get_context_data(**kwargs)
        asked = _day_asked(self.request)
        context["day"] = next(day for day in context["week"].days if day.on == asked)
        context["tasks"] = tasks_of_day(cast(User, self.request.user), context["week"].coach, asked, context["today"])
        if context["day"].appointments or context["day"].sessions or context["tasks"]:
            record_access(self.request.user, context["week"].coach, "print")
        return context


def _day_asked(request: HttpRequest) -> date:
    """The day of the address; today when it makes no sense."""
    return day_of_address(request.GET.get("jour", ""), today())


class FeedView(OwnAgendaMixin, PageView):
    """The private addresses, one for oneself and one to give away: what they are, make, renew, revoke them."""

    template_name = "followup/calendar_feed.html"
    page_title = gettext_lazy("Mon agenda sur mon téléphone")
    leads_to = Way("followup:agenda", words=gettext_lazy("Agenda"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the addresses: in full just after they were made, never again."""
        known = {feed.kind: feed for feed in CalendarFeed.objects.filter(user=cast(User, self.request.user))}
        return super().get_context_data(
            feed=known.get(FeedKind.APPOINTMENTS),
            address=self.made(FeedKind.APPOINTMENTS),
            busy_feed=known.get(FeedKind.BUSY),
            busy_address=self.made(FeedKind.BUSY),
            **kwargs,
        )

    def made(self, kind: FeedKind) -> str:
        """The address that was just made."""
        secret = self.request.session.pop(SHOWN_ONCE[kind], "")
        return self.request.build_absolute_uri(reverse(ADDRESSES[kind], args=[secret])) if secret else ""


class FeedActView(OwnAgendaMixin, View):
    """What is done with one of the two addresses; the form says which."""

    http_method_names = ("post",)

    @property
    def kind(self) -> FeedKind:
        """Which; anything else is one's own."""
        return FeedKind.BUSY if self.request.POST.get("kind") == FeedKind.BUSY else FeedKind.APPOINTMENTS


class RenewFeedView(FeedActView):
    """Makes or renews an address, and shows it once."""

    def post(self, request: HttpRequest) -> HttpResponse:
        request.session[SHOWN_ONCE[self.kind]] = renew_feed(actor=cast(User, request.user), kind=self.kind)
        return redirect("followup:calendar_feed")


class RevokeFeedView(FeedActView):
    def post(self, request: HttpRequest) -> HttpResponse:
        revoke_feed(actor=cast(User, request.user), kind=self.kind)
        return redirect("followup:calendar_feed")


@login_not_required
@require_safe
@never_cache
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of a secret: initials and hours for a telephone. An unknown or revoked secret is 404."""
    feed = _asked_feed(request, secret, FeedKind.APPOINTMENTS)
    if isinstance(feed, HttpResponse):
        return feed
    on = today()

    def link(entry: Entry) -> str:
        if isinstance(entry, CollectiveSession):
            return request.build_absolute_uri(reverse("followup:session_detail", args=[entry.pk]))
        return request.build_absolute_uri(reverse("followup:case_summary", args=[entry.case_id]))

    content = calendar_of(feed_entries(feed.user, on), link)
    return _answer(request, feed, content, "ancrage.ics")


@login_not_required
@require_safe
@never_cache
def free_busy(request: HttpRequest, secret: str) -> HttpResponse:
    """The taken times of a secret, for those to whom its owner gave it. An unknown or revoked secret is 404."""
    feed = _asked_feed(request, secret, FeedKind.BUSY)
    if isinstance(feed, HttpResponse):
        return feed
    now = timezone.now()
    return _answer(request, feed, free_busy_of(taken_times(feed.user, now), now, feed.pk), "ancrage.ifb")


def _asked_feed(request: HttpRequest, secret: str, kind: str) -> CalendarFeed | HttpResponse:
    """The address of a secret, or the answer to somebody who asks too often.

    Raises:
        Http404: nobody's, or of somebody who carries no cases any more.
    """
    if not _within_limit(request):
        return HttpResponse(_("Trop de lectures : réessayez dans une heure."), status=429)
    feed = feed_of(secret, kind)
    if feed is None or not allows(feed.user, "followup.view_my_day"):
        raise Http404
    return feed


def _answer(request: HttpRequest, feed: CalendarFeed, content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    if request.method == "GET":
        note_reading(feed, today())
        record_access(feed.user, feed.user, "export")
    return response


def _within_limit(request: HttpRequest) -> bool:
    """Count the readings of an address of the network; guessing secrets stops after a few dozen."""
    key = f"calendar:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) <= READINGS_AN_HOUR
    except ValueError:
        return True

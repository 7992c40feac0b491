"""Lists of the house that grow: fifty rows a page, in their order from one page to the next, at the same cost."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Absence, ClosingDay, Membership, Organisation, Project, Site, User
from followup.models import TeamMeeting
from foundation.views import PAGE_SIZE
from tests.factories.accounts import user_with

pytestmark = pytest.mark.django_db
ON = date(2025, 3, 10)
MANY = PAGE_SIZE + 10


def sites(house: Organisation, start: int, stop: int) -> None:
    Site.objects.bulk_create(Site(organisation=house, name=f"Site {n:03}") for n in range(start, stop))


def projects(house: Organisation, start: int, stop: int) -> None:
    Project.objects.bulk_create(
        Project(organisation=house, code=f"P{n:03}", name="Projet", funder="OTHER", starts_on=ON)
        for n in range(start, stop)
    )


def closings(house: Organisation, start: int, stop: int) -> None:
    """One a week, the first ones years ago."""
    days = [(n, ON + timedelta(weeks=n - 30)) for n in range(start, stop)]
    ClosingDay.objects.bulk_create(
        ClosingDay(organisation=house, name=f"Pont {n:03}", starts_on=day, ends_on=day) for n, day in days
    )


def absences(house: Organisation, start: int, stop: int) -> None:
    """By turns running, to come and just over."""
    first = [ON - timedelta(days=2), ON + timedelta(days=9), ON - timedelta(days=20)]
    for n in range(start, stop):
        away = user_with(Role.JOBCOACH, house, last_name=f"Absent {n:03}")
        begins = first[n % 3] + timedelta(days=n % 5)
        Absence.objects.create(
            organisation=house, user=away, starts_on=begins, ends_on=begins + timedelta(days=4), reason="LEAVE"
        )


def people(house: Organisation, start: int, stop: int) -> None:
    """Every fourth one left."""
    for n in range(start, stop):
        one = user_with(Role.JOBCOACH, house, last_name=f"Collègue {n:03}")
        if n % 4 == 0:
            Membership.objects.filter(user=one).update(ends_on=one.memberships.get().starts_on)


def meetings(house: Organisation, start: int, stop: int) -> None:
    author = user_with(Role.COORDINATOR, house)
    TeamMeeting.objects.bulk_create(
        TeamMeeting(
            organisation=house,
            on=ON - timedelta(days=n // 2),
            present="Toute l’équipe",
            written_by=author,
            submission_id=uuid4(),
        )
        for n in range(start, stop)
    )


LISTS: dict[str, tuple[str, Callable[[Organisation, int, int], None], Role]] = {
    "sites": ("accounts:site_list", sites, Role.ADMIN),
    "projects": ("accounts:project_list", projects, Role.ADMIN),
    "closing days": ("accounts:closing_list", closings, Role.ADMIN),
    "absences": ("accounts:absence_list", absences, Role.COORDINATOR),
    "people": ("accounts:user_list", people, Role.ADMIN),
    "meetings": ("followup:meeting_list", meetings, Role.COORDINATOR),
}


def pages_of(client: Client, address: str) -> list[Any]:
    """Each page from the first to the last."""
    found, url = [], address
    while url:
        page = client.get(url).context["page_obj"]
        found.append(page)
        url = f"{address}?apres={page.next_cursor}" if page.next_cursor else ""
    return found


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_fifty_rows_a_page_each_row_once_and_costs_the_same(frozen, name):
    frozen(ON.isoformat())
    address, fill, role = LISTS[name]
    viewer = user_with(role)
    client, url = Client(), reverse(address)
    client.force_login(viewer)
    fill(viewer.current_organisation, 1, 4)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    fill(viewer.current_organisation, 4, MANY + 1)
    with CaptureQueriesContext(connection) as many:
        first = client.get(url)
    assert len(many) == len(few)
    assert len(first.context["page_obj"]) == PAGE_SIZE
    pages = pages_of(client, url)
    rows = [row.pk for page in pages for row in page]
    assert len(pages) == 2
    assert len(rows) == len(set(rows)) == first.context["page_obj"].count >= MANY
    back = client.get(f"{url}?avant={pages[-1].previous_cursor}").context["page_obj"]
    assert [row.pk for row in back] == rows[:PAGE_SIZE]


def test_absences_are_told_as_they_come_then_those_that_are_over_from_the_latest(frozen):
    frozen(ON.isoformat())
    viewer = user_with(Role.COORDINATOR)
    absences(viewer.current_organisation, 0, 30)
    client = Client()
    client.force_login(viewer)
    page = client.get(reverse("accounts:absence_list")).context
    running, coming, over = ([row["absence"] for row in page[name]] for name in ("running", "coming", "over"))
    assert [one.starts_on for one in running + coming] == sorted(one.starts_on for one in running + coming)
    assert [one.ends_on for one in over] == sorted((one.ends_on for one in over), reverse=True)
    assert (len(running), len(coming), len(over)) == (6, 14, 10)


def test_the_settings_count_who_has_access_and_who_was_invited(frozen):
    frozen(ON.isoformat())
    viewer = user_with(Role.ADMIN)
    people(viewer.current_organisation, 1, 9)
    invited = User.objects.get(last_name="Collègue 001")
    invited.set_unusable_password()
    invited.save()
    client = Client()
    client.force_login(viewer)
    page = client.get(reverse("accounts:settings")).context
    assert (page["user_count"], page["invited_count"]) == (7, 1)

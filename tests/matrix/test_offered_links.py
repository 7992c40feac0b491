"""No page offers what it then refuses: the links that a role reads on its main pages answer otherwise than 403."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve, reverse

from accounts.enums import Role
from accounts.models import User
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.factories.worlds import Belongings, belongings

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("frozen", "refusals_are_expected")]
LINK = re.compile(r"<a\b[^>]*?\shref=\"(/[^\"#]*)")
# Of links of one kind, so many are followed: one's own thing comes first, then those of colleagues.
OF_A_KIND = 3


def main_pages(things: Belongings) -> list[str]:
    """The rooms, with everybody's things in them, and the pages of a case and of a firm."""
    rooms: tuple[str, ...] = ("followup:my_day", "followup:agenda", "followup:reminder_list", "followup:session_list")
    rooms += ("employers:company_list", "employers:vacancy_list", "reporting:dashboard", "reporting:report_list")
    case, firm = things["case_id"].pk, things["company_id"].pk
    about = ("followup:case_summary", "beneficiaries:case_path", "placements:case_jobs", "documents:case_documents")
    return [
        f"{reverse('followup:case_list')}?coach=tous",
        *(reverse(name) for name in rooms),
        *(reverse(name, args=[case]) for name in about),
        reverse("employers:company_detail", args=[firm]),
    ]


def offered(client: Client, page: str) -> Iterator[str]:
    """The addresses that a page leads to; nothing for who may not open it."""
    answer = client.get(page)
    if answer.status_code == 200:
        yield from (unescape(link) for link in LINK.findall(answer.content.decode()))


def refused(user: User, pages: list[str]) -> Iterator[str]:
    """What the pages offer to somebody and refuse them."""
    client = Client()
    followed: set[str] = set()
    kinds: Counter[str] = Counter()
    client.force_login(user)
    for page in pages:
        for link in offered(client, page):
            path = urlsplit(link).path
            kind = resolve(path).view_name
            if path in followed or kinds[kind] == OF_A_KIND:
                continue
            followed.add(path)
            kinds[kind] += 1
            if client.get(link).status_code == 403:
                yield f"{page} offers {link}"


@pytest.mark.parametrize("role", [Role.JOBCOACH, Role.COORDINATOR, Role.ADMIN, Role.INSPECTOR, Role.ANALYST])
def test_no_offered_link_is_refused(role: Role) -> None:
    coach = stories.a_coach()
    things = belongings(coach)
    stories.in_prehire(coach)
    wrong = list(refused(user_with(role, coach.current_organisation), main_pages(things)))
    assert not wrong, "\n".join(wrong)

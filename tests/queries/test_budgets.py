"""What each page costs the database: at most fifteen statements, the same for two rows and for twenty-five.

The pages are those of the permission matrix: a new address is measured as soon as it has its line there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.phases import exit_case, start_prehire
from foundation.clock import today
from tests.factories import stories
from tests.factories.accounts import UserFactory
from tests.factories.crowds import a_crowd
from tests.factories.worlds import Belongings, belongings
from tests.house.test_addresses import addresses
from tests.house.test_choosing import SHORT
from tests.matrix.table import HIDDEN, LINES, MAY, Who, Whose
from tests.queries.rows import fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

LIMIT = 15
FEW, MANY = 2, 25
# The page that asks for a code again leads elsewhere without a second factor; a PDF reads what its workbook reads.
# The inspection file reads all that is kept of a case: tests/inspection/test_file.py counts it.
LEFT_OUT = {
    "mfa_reauthenticate",
    "reporting:report_file activite pdf",
    "inspection:pdf",
    "inspection:zip",
}
LISTS = re.compile(r'<select[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
A_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# The lists of rows that stay short, and why: tests/house/test_choosing.py. Beside them, whoever may receive the cases
# of a colleague: the team of one organisation.
STAYS_SHORT = {one.rpartition(".")[2] for one in SHORT} | {"to_"}
WITH_NAMES = (Role.JOBCOACH, Role.COORDINATOR, Role.ADMIN, Role.INSPECTOR)


def somebody_who_may_all(colleague_of: User | None = None) -> User:
    """Who sees every button: what they are shown costs the most."""
    traits = {role.lower(): True for role in WITH_NAMES}
    here = {"organisation": colleague_of.current_organisation} if colleague_of else {}
    user: User = UserFactory(**traits, **here)
    return user


def pages(things: Belongings, whose: Whose = Whose.OWN) -> dict[str, str]:
    """Every page that shows something, about the things of the world; then pages with a choice made in the address.

    What is done with one's own things only, or with a colleague's only, is asked of those.
    """
    found: dict[str, str] = {}
    routes = {name: pattern.pattern for name, _, pattern in addresses(get_resolver())}
    for line in LINES:
        granted = {line.policy.cell(who, whose) for who in (Who.COORDINATOR, Who.ADMIN)}
        shown = MAY in granted and line.get == 200
        if not shown or line.policy.visitor[0] in (MAY, HIDDEN) or str(line) in LEFT_OUT:
            continue
        kwargs = dict(line.given)
        for name in routes[line.name].converters or routes[line.name].regex.groupindex:
            if name not in kwargs:
                room = line.name.split(":")[0]
                kwargs[name] = things.get(f"{room}:{name}", things.get(name)).pk
        found[str(line)] = reverse(line.name, kwargs=kwargs)
    return found | choices(things)


def choices(things: Belongings) -> dict[str, str]:
    """Pages that read more when the address asks for more."""
    case, match, job = things["case_id"], things["match_id"], things["employment_id"]
    firm, vacancy = things["company_id"], things["vacancy_id"]
    hire, contact = reverse("placements:hire", args=[case.pk]), reverse("followup:contact_create", args=[case.pk])
    return {
        "hire, from a proposal": f"{hire}?adequation={match.pk}",
        "hire, to renew": f"{hire}?contrat={job.pk}",
        "hire, found alone": f"{hire}?entreprise={firm.pk}",
        "contact, of an appointment": f"{contact}?rendez-vous={things['appointment_id'].pk}",
        "contact, with the employer": f"{contact}?avec=employeur&entreprise={firm.pk}",
        "propose, this job": f"{reverse('placements:match_create', args=[case.pk])}?poste={vacancy.pk}",
        "new job, of this firm": f"{reverse('employers:vacancy_create')}?entreprise={firm.pk}",
        "search, many found": f"{reverse('reporting:search')}?q=foule",
        "cases, ordered and filtered": f"{reverse('followup:case_list')}?q=foule&sort=name",
        "history, what was done": f"{reverse('beneficiaries:case_history', args=[case.pk])}?voir=modifications",
    }


def other_phases(user: User) -> dict[str, str]:
    """The pages of a case that depend on its phase, for the other phases."""
    begun, ready = stories.a_case(user), stories.made_ready(stories.a_case(user))
    searching, gone, back = stories.in_prehire(user), stories.closed(user), came_back(user)
    cases = {"begun": begun, "ready": ready, "searching": searching, "gone": gone, "came back": back}
    found = {
        "eligibility, begun": reverse("beneficiaries:eligibility", args=[begun.pk]),
        "eligibility, came back": reverse("beneficiaries:eligibility", args=[returning(user).pk]),
        "agreement, begun": reverse("beneficiaries:agreement", args=[begun.pk]),
    }
    for label, case in cases.items():
        for name in ("followup:case_summary", "beneficiaries:case_path", "placements:case_jobs"):
            found[f"{name}, {label}"] = reverse(name, args=[case.pk])
    return found


def returning(user: User) -> CoachingCase:
    """Somebody whose former case held a job, on the day of the return."""
    former = stories.in_followup(user, since=today() - timedelta(days=40))
    exit_case(case=former, on=today(), exit_reason="WITHDRAWAL", exit_outcome="UNKNOWN", actor=user)
    opening = CaseOpening(coach=user, opened_on=today())
    return open_case(beneficiary=former.beneficiary, opening=opening, actor=user)


def came_back(user: User) -> CoachingCase:
    """The same in pre-hire: the days used then are carried over."""
    case = stories.made_ready(returning(user))
    start_prehire(case=case, on=today(), actor=user)
    return case


class Visit(NamedTuple):
    """What one visit costs: how many statements, which; how many options each list of the page holds, by name."""

    count: int
    sql: str
    options: dict[str, int]


def options_in(page: str) -> dict[str, int]:
    """How many options the lists of a page hold, by the name of their field; those of a row under one name."""
    found: dict[str, int] = {}
    for name, inside in LISTS.findall(page):
        short = A_KEY.sub("", name)
        found[short] = max(found.get(short, 0), inside.count("<option"))
    return found


def cost(client: Client, address: str) -> Visit:
    """What one visit costs. Savepoints read nothing."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = client.get(address)
    assert response.status_code == 200, f"{response.status_code}: {address}"
    # Whether a dated parameter changed is asked by the clock, not by the page: every few seconds.
    asked_by_the_clock = 'MAX("accounts_parameter"'
    sent = [sql for sql in (query["sql"] for query in seen) if "SAVEPOINT" not in sql and asked_by_the_clock not in sql]
    page = response.content.decode() if response["Content-Type"].startswith("text/html") else ""
    return Visit(len(sent), "\n".join(f"    {sql[:150]}" for sql in sent), options_in(page))


def led_to(client: Client, address: str) -> str:
    """Words stand in no address of the search: one that holds some leads to another. Any other address is itself."""
    return client.get(address)["Location"] if address.startswith(f"{reverse('reporting:search')}?") else address


def warm_costs(client: Client, wanted: Mapping[str, str]) -> dict[str, Visit]:
    """What the second visit of each page costs: the first one fills the caches of the process."""
    wanted = {label: led_to(client, address) for label, address in wanted.items()}
    for address in wanted.values():
        client.get(address)
    return {label: cost(client, address) for label, address in wanted.items()}


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_page_costs_the_same_for_two_rows_and_for_twenty_five() -> None:
    user = somebody_who_may_all()
    things = belongings(user)
    client, wanted = logged_in(user), pages(things)
    fill(user, things, 0, FEW)
    few = warm_costs(client, wanted)
    fill(user, things, FEW, MANY)
    many = warm_costs(client, wanted)
    grown = [
        f"{label}: {few[label].count} statements for {FEW} rows, {seen.count} for {MANY}\n{seen.sql}"
        for label, seen in many.items()
        if seen.count != few[label].count
    ]
    dear = [f"{label}: {seen.count} statements\n{seen.sql}" for label, seen in many.items() if seen.count > LIMIT]
    longer = [
        f"{label}: the list « {name} » has {count} options, it had {few[label].options.get(name, 0)}"
        for label, seen in many.items()
        for name, count in seen.options.items()
        if count > few[label].options.get(name, 0) and name not in STAYS_SHORT
    ]
    assert not grown + dear + longer, "\n".join(grown + dear + longer)


def test_a_list_is_found_in_its_page_under_the_name_of_its_field() -> None:
    key = "0d4f7a3e-7d0e-4e41-9a55-6a4b3a2d9e11"
    page = (
        '<select name="a" class="b"><option>1</option><option>2</option></select>'
        f'<select name="to_{key}"><option>1</option></select>'
    )
    assert options_in(page) == {"a": 2, "to_": 1}


def test_the_first_visit_which_leaves_a_trace_keeps_within_the_limit() -> None:
    user = somebody_who_may_all()
    wanted = pages(belongings(user), Whose.COLLEAGUE) | other_phases(user)
    for address in wanted.values():
        logged_in(user).get(address)
    dear = []
    for label, address in wanted.items():
        visitor = logged_in(somebody_who_may_all(user))
        count, sql, _options = cost(visitor, led_to(visitor, address))
        if count > LIMIT:
            dear.append(f"{label}: {count} statements\n{sql}")
    assert not dear, "\n".join(dear)


MAIN_LISTS = ("followup:my_day", "followup:case_list", "reporting:dashboard", "followup:contact_pick")
REPORTS = ("activite", "inspection", "consolidation")


def test_the_main_lists_cost_the_same_for_twenty_cases_and_for_two_thousand() -> None:
    user = somebody_who_may_all()
    colleagues = [stories.a_coach(user.current_organisation) for _ in range(9)]
    vacancy = stories.a_vacancy(user)
    client, wanted = logged_in(user), {name: reverse(name) for name in MAIN_LISTS}
    wanted |= {name: reverse("reporting:report", args=[name]) for name in REPORTS}
    wanted["who for this job"] = reverse("placements:vacancy_adequacy", args=[vacancy.pk])
    a_crowd([user, *colleagues], 20, vacancy.company, vacancy)
    few = {label: seen.count for label, seen in warm_costs(client, wanted).items()}
    a_crowd([user, *colleagues], 1980, vacancy.company, vacancy)
    many = {label: seen.count for label, seen in warm_costs(client, wanted).items()}
    assert few == many
    assert max(many.values()) <= LIMIT

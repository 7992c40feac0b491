"""Lists read by key: every row once, in order, whatever is written between two pages."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db.models import QuerySet

from followup.models import CaseStatus
from foundation.clock import today
from foundation.keyset import AFTER, BEFORE, Cursor, KeyPage, SortKey, cursor_of, read_cursor, with_pk
from tests.factories.stories import a_coach, a_contact, in_prehire

A_KEY = "00000000-0000-4000-8000-000000000001"
LAST = SortKey("last_contact_on", nullable=True, told=True)
NAME = SortKey("case__beneficiary__search_key")


@pytest.mark.once
def test_a_cursor_is_read_as_it_is_written():
    keys, pk = with_pk([LAST, NAME]), uuid4()
    for day in (date(2025, 3, 3), None):
        row = SimpleNamespace(pk=pk, last_contact_on=day)
        assert read_cursor(str(cursor_of(row, 51, keys)), keys) == Cursor(pk, 51, {"last_contact_on": day})


@pytest.mark.once
@pytest.mark.parametrize(
    "written", ["", "x", "2025-03-03", "2025-99-99~", f"~{A_KEY}", f"1~b~{A_KEY}", f"a~-~{A_KEY}", A_KEY]
)
def test_what_is_no_cursor_of_this_order_is_none(written):
    assert read_cursor(written, with_pk([LAST, NAME])) is None


@pytest.fixture
def crowd(frozen):
    """Seven people: some never met, some met on the same day."""
    coach = a_coach()
    for number in range(7):
        case = in_prehire(coach, since=today() - timedelta(days=60), last_name="Même" if number > 4 else f"N{number}")
        if number % 3:
            a_contact(case, on=today() - timedelta(days=number // 3))
    return coach


def rows() -> QuerySet[CaseStatus]:
    return CaseStatus.objects.all()


def walk(keys, way=AFTER, start="", per_page=2, between=lambda: None):
    """The keys of the rows, page after page, and how each page numbers its first row."""
    found, numbers, cursor = [], [], start
    while True:
        page = KeyPage(rows(), keys, {way: cursor} if cursor else {}, per_page).read()
        found.append([row.pk for row in page])
        numbers.append(page.start_index)
        cursor = page.next_cursor if way == AFTER else page.previous_cursor
        if not cursor:
            return found, numbers, page
        between()


@pytest.mark.django_db
@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("column", [LAST, NAME])
def test_pages_hold_every_row_once_in_order_there_and_back(crowd, column, backwards):
    keys = [SortKey(column.column, backwards, column.nullable, column.told), *([NAME] if column is LAST else [])]
    whole = list(rows().order_by(*(key.order() for key in with_pk(keys))).values_list("pk", flat=True))
    there, numbers, last = walk(keys)
    assert [pk for page in there for pk in page] == whole
    assert numbers == [1, 3, 5, 7]
    assert (last.count, last.num_pages, last.number, last.end_index) == (7, 4, 4, 7)
    back, numbers, _first = walk(keys, BEFORE, last.previous_cursor)
    assert [pk for page in reversed(back) for pk in page] == whole[:6]
    assert numbers == [5, 3, 1]


@pytest.mark.django_db
def test_what_is_written_meanwhile_moves_nobody_to_another_page(crowd):
    first = KeyPage(rows(), [NAME], {}, 3).read()
    expected = list(rows().order_by("case__beneficiary__search_key", "pk").values_list("pk", flat=True))[3:6]
    in_prehire(crowd, last_name="AAA")
    second = KeyPage(rows(), [NAME], {AFTER: first.next_cursor}, 3).read()
    assert [row.pk for row in second] == expected
    assert (second.start_index, second.count) == (4, 8)
    before = KeyPage(rows(), [NAME], {BEFORE: second.previous_cursor}, 3).read()
    assert [row.pk for row in before] == [row.pk for row in first]


@pytest.mark.django_db
def test_whoever_was_seen_since_is_sought_where_they_stood(crowd):
    """The last row of a page is dealt with, and moves to the end: the next page goes on from where it was."""
    keys = [LAST, NAME]
    first = KeyPage(rows(), keys, {}, 2).read()
    following = KeyPage(rows(), keys, {AFTER: first.next_cursor}, 2).read()
    expected = [row.pk for row in following]
    a_contact(first.object_list[-1].case, on=today())
    again = KeyPage(rows(), keys, {AFTER: first.next_cursor}, 2).read()
    assert [row.pk for row in again] == expected


@pytest.mark.django_db
def test_the_row_of_the_cursor_may_be_filtered_out_since(crowd):
    first = KeyPage(rows(), [NAME], {}, 3).read()
    left = rows().exclude(pk=first.object_list[-1].pk)
    again = KeyPage(left, [NAME], {AFTER: first.next_cursor}, 3, whole=rows()).read()
    assert again.start_index == 4
    assert len(again) == 3


@pytest.mark.django_db
def test_no_name_stands_in_an_address(crowd):
    page = KeyPage(rows(), [NAME], {}, 6).read()
    assert page.next_cursor == f"6~{page.object_list[-1].pk}"


@pytest.mark.django_db
def test_a_cursor_without_its_row_shows_nothing_and_says_how_many_there_are(crowd):
    page = KeyPage(rows(), [NAME], {AFTER: f"3~{uuid4()}"}, 3).read()
    assert (list(page), page.count, page.next_cursor, page.previous_cursor) == ([], 7, "", "")

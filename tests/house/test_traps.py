"""Each trap of tests/traps.py and of the settings bites, and lets an honest page through."""

import warnings
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import Context, Origin, Template, engines
from django.utils import timezone
from zeal import NPlusOneError, zeal_context

from foundation.clock import today
from tests import traps

OURS = Origin(str(traps.ROOT / "templates" / "case.html"), "case.html")
THEIRS = Origin(str(traps.ROOT / ".venv" / "lib" / "allauth" / "login.html"), "login.html")
REPLACED = Origin(str(traps.ROOT / "templates" / "allauth" / "elements" / "button.html"), "button.html")


def render(source: str, origin: Origin = OURS, **context: object) -> str:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    return Template(source, origin=origin, engine=engine).render(Context(context))


class TestUnknownVariable:
    @pytest.mark.parametrize(
        "source",
        [
            "{{ person }}",
            "{{ person.last_name }}",
            "{{ person|upper }}",
            "{% with name=person %}{% endwith %}",
            "{% url person %}",
        ],
    )
    def test_shown_by_our_template_it_fails(self, source: str) -> None:
        with pytest.raises(traps.UnknownVariable, match="person"):
            render(source)

    def test_an_attribute_that_is_not_there_fails(self) -> None:
        with pytest.raises(traps.UnknownVariable, match="surname"):
            render("{{ person.surname }}", person={"last_name": "Dupont"})

    def test_it_fails_in_a_block_and_in_an_inclusion(self, tmp_path: Path) -> None:
        engine = engines["django"].engine  # type: ignore[attr-defined]
        included = Template("{{ person }}", origin=OURS, engine=engine)
        with pytest.raises(traps.UnknownVariable):
            render("{% include part %}", part=included)
        parent = Template("{% block a %}{% endblock %}", origin=THEIRS, engine=engine)
        with pytest.raises(traps.UnknownVariable):
            render("{% extends parent %}{% block a %}{{ person }}{% endblock %}", parent=parent)

    def test_in_a_librarys_template_it_shows_nothing(self) -> None:
        assert render("[{{ attrs.tags }}]", THEIRS) == "[]"

    def test_in_ours_that_replaces_a_librarys_it_fails(self) -> None:
        with pytest.raises(traps.UnknownVariable):
            render("[{{ attrs.tags }}]", REPLACED)

    @pytest.mark.parametrize(
        "source", ["[{% if person %}yes{% endif %}]", "[{% for p in people %}{{ p }}{% endfor %}]"]
    )
    def test_asking_whether_it_is_there_is_honest(self, source: str) -> None:
        assert render(source) == "[]"

    def test_none_and_empty_are_values(self) -> None:
        assert render("[{{ person.phone }}{{ person.email|default:'' }}]", person={"phone": "", "email": None}) == "[]"


@pytest.mark.django_db
class TestUnorderedList:
    def test_a_loop_over_it_fails(self) -> None:
        with pytest.raises(traps.UnorderedList, match="ContentType"):
            render("{% for row in rows %}{{ row.pk }}{% endfor %}", rows=ContentType.objects.all())

    def test_a_page_of_it_fails(self) -> None:
        with pytest.raises(Warning, match="unordered"):
            Paginator(ContentType.objects.all(), 10).page(1)

    def test_with_an_order_it_passes(self) -> None:
        assert render("{% for row in rows %}{{ row.pk }} {% endfor %}", rows=ContentType.objects.order_by("pk"))

    def test_in_a_librarys_template_it_passes(self) -> None:
        assert render("{% for row in rows %}{{ row.pk }} {% endfor %}", THEIRS, rows=ContentType.objects.all())


class TestContentPolicy:
    @pytest.mark.parametrize(
        "html",
        [
            "<p style='color: red'>",
            "<style>p { color: red }</style>",
            "<script>run()</script>",
            "<button onclick='run()'>",
            "<svg onload='run()'>",
            "<a href='javascript:run()'>",
            "<a href=' JavaScript:run()'>",
            "<script src='https://cdn.example.org/x.js'></script>",
            "<link rel='stylesheet' href='//cdn.example.org/x.css'>",
            "<img src='http://pictures.example.org/x.png'>",
        ],
    )
    def test_what_a_browser_would_refuse_fails(self, html: str) -> None:
        with pytest.raises(traps.PolicyBreach, match="line 2"):
            traps.check_policy(HttpResponse(f"<!doctype html>\n{html}"))

    @pytest.mark.parametrize(
        "html",
        [
            "<script src='/static/x.js' defer></script>",
            "<script type='application/json' id='data'>{}</script>",
            "<a href='https://www.leforem.be'>site</a>",
            "<p>style='color: red' and <code>&lt;script&gt;</code></p>",
            "<img src='data:image/png;base64,AA=='>",
        ],
    )
    def test_an_honest_page_passes(self, html: str) -> None:
        traps.check_policy(HttpResponse(html))

    def test_a_file_is_not_read_as_a_page(self) -> None:
        traps.check_policy(HttpResponse("<script>1</script>", content_type="text/csv"))

    @pytest.mark.urls("tests.house.broken_urls")
    def test_the_test_client_checks_each_answer(self, client) -> None:
        with pytest.raises(traps.PolicyBreach):
            client.get("/inline-style")


@pytest.mark.django_db
class TestRowsReadOneByOne:
    def test_a_query_per_row_fails(self) -> None:
        rows = Permission.objects.order_by("pk")[:3]
        with zeal_context(), pytest.raises(NPlusOneError):
            [row.content_type.model for row in rows]

    @pytest.mark.urls("tests.house.broken_urls")
    def test_a_page_that_does_it_fails(self, client) -> None:
        with pytest.raises(NPlusOneError):
            client.get("/one-by-one")

    @pytest.mark.urls("tests.house.broken_urls")
    def test_a_page_that_joins_passes(self, client) -> None:
        assert client.get("/joined").status_code == 200


class TestWarnings:
    def test_any_warning_fails(self) -> None:
        with pytest.raises(UserWarning):
            warnings.warn("something will break one day", UserWarning, stacklevel=1)

    @pytest.mark.django_db
    def test_a_naive_datetime_fails(self) -> None:
        naive = timezone.now().replace(tzinfo=None)
        with pytest.raises(RuntimeWarning, match="naive"):
            Session.objects.filter(expire_date__lt=naive).exists()


class TestSkips:
    # A suite in a suite: the outcome of a skip under CI, seen from outside.
    STORY = "import pytest\n@pytest.mark.skip(reason='later')\ndef test_later(): pass\n"
    MODULE = "import pytest\npytest.skip('not here', allow_module_level=True)\n"

    @pytest.mark.parametrize("story", [STORY, MODULE])
    @pytest.mark.parametrize(("environment", "failures"), [("true", True), ("", False)])
    def test_under_ci_a_skip_is_a_failure(
        self, story: str, environment: str, failures: bool, tmp_path: Path, run_pytest
    ) -> None:
        (tmp_path / "test_story.py").write_text(story)
        result = run_pytest(tmp_path, CI=environment)
        assert ("may not skip" in result.stdout) is failures, result.stdout
        assert (result.returncode not in {0, 5}) is failures, result.stdout


class TestFrozenClock:
    def test_it_stands_still_in_brussels(self, frozen) -> None:
        assert today().isoformat() == "2025-03-03"
        first = timezone.now()
        assert timezone.now() == first

    def test_it_moves_where_it_is_told(self, frozen) -> None:
        frozen("2025-12-31")
        assert today().isoformat() == frozen.today.isoformat() == "2025-12-31"

    def test_the_day_begins_in_brussels_not_in_london(self, frozen) -> None:
        frozen(datetime(2025, 7, 1, 22, 30, tzinfo=UTC))
        assert today().isoformat() == "2025-07-02"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_that_commits_finds_the_rows_of_the_migrations(time: str) -> None:
    assert ContentType.objects.filter(app_label="accounts", model="parameter").count() == 1

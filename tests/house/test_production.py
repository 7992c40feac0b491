"""Production: no start without its secrets, and what it serves is what the settings promise."""

import http.client
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
import yaml
from django.db import OperationalError

from config import healthcheck
from tests.house.conftest import free_port, production_environment, run_python
from tests.traps import ROOT

SECRETS = (
    "DJANGO_SECRET_KEY",
    "ANCRAGE_ENCRYPTION_KEYS",
    "ANCRAGE_BLIND_INDEX_KEY",
    "DJANGO_ALLOWED_HOSTS",
    "DATABASE_URL",
)


def variables_read() -> set[str]:
    """The environment variables that the production settings name."""
    source = (ROOT / "config" / "settings" / "prod.py").read_text()
    return set(re.findall(r'(?:_required|_listed|env\.\w+)\(\s*"([A-Z_]+)"', source))


class TestSettings:
    @pytest.mark.parametrize("name", SECRETS)
    @pytest.mark.parametrize("value", [None, "", "  "])
    def test_no_start_without(self, name: str, value: str | None, production: dict[str, str]) -> None:
        if value is None:
            del production[name]
        else:
            production[name] = value
        result = run_python("-c", "import config.settings.prod", env=production)
        assert result.returncode != 0
        assert f"{name} must be set" in result.stderr

    def test_debug_cannot_be_turned_on(self, production: dict[str, str]) -> None:
        for name in ("DEBUG", "DJANGO_DEBUG"):
            production[name] = "true"
        result = run_python("-c", "from config.settings import prod; print(prod.DEBUG)", env=production)
        assert result.stdout.strip() == "False", result.stderr

    def test_a_malformed_key_is_refused(self, production: dict[str, str]) -> None:
        production["ANCRAGE_ENCRYPTION_KEYS"] = "k1:tooshort"
        result = run_python("manage.py", "check", env=production)
        assert result.returncode != 0
        assert "ANCRAGE_ENCRYPTION_KEYS" in result.stderr

    def test_postgresql_keeps_its_connections(self, production: dict[str, str]) -> None:
        production["DATABASE_URL"] = "postgres://ancrage:p%40ss@db.example.org:5433/dossiers?sslmode=require"
        names = ("ENGINE", "NAME", "PASSWORD", "PORT", "OPTIONS", "CONN_MAX_AGE")
        source = f"from config.settings.prod import DATABASES as d; print(*(d['default'][n] for n in {names}))"
        result = run_python("-c", source, env=production)
        expected = "django.db.backends.postgresql dossiers p@ss 5433 {'sslmode': 'require'} 60"
        assert result.stdout.strip() == expected, result.stderr


@pytest.fixture(scope="module")
def services() -> dict[str, dict]:
    """The services that docker-compose.yml describes."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


class TestCompose:
    def test_each_part_is_there_and_tells_its_health(self, services: dict[str, dict]) -> None:
        assert set(services) == {"migrate", "web", "worker", "beat", "postgres", "redis"}
        assert {name for name, service in services.items() if "healthcheck" not in service} == {"migrate"}

    @pytest.mark.parametrize("name", ["migrate", "web", "worker", "beat"])
    def test_it_gives_exactly_what_the_settings_read(self, name: str, services: dict[str, dict]) -> None:
        # Where the static files lie is the image's business, not the operator's.
        assert set(services[name]["environment"]) == variables_read() - {"DJANGO_STATIC_ROOT"}

    def test_it_refuses_to_start_without_the_secrets(self, services: dict[str, dict]) -> None:
        environment = services["web"]["environment"]
        for name in SECRETS:
            assert environment[name].startswith(f"${{{name}:?"), name

    def test_no_secret_is_written_in_it(self) -> None:
        text = (ROOT / "docker-compose.yml").read_text()
        assert not re.findall(r"(?:KEY|KEYS|PASSWORD): (?!\$\{)", text)

    def test_only_this_machine_reaches_the_web_server_and_nobody_the_database(self, services: dict[str, dict]) -> None:
        assert {name for name, service in services.items() if "ports" in service} == {"web"}
        assert services["web"]["ports"] == ["127.0.0.1:${ANCRAGE_PORT:-8000}:8000"]

    def test_the_example_names_every_variable(self) -> None:
        example = (ROOT / ".env.example").read_text()
        wanted = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
        assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == wanted

    def test_the_example_holds_no_secret(self) -> None:
        example = (ROOT / ".env.example").read_text()
        values = dict(re.findall(r"^([A-Z_]+)=(.*)$", example, re.MULTILINE))
        assert not any(values[name] for name in values if name.endswith(("KEY", "KEYS", "PASSWORD")))


class Answer:
    """What the server said: status, headers (names in lower case), cookies, text."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.cookies = [value for name, value in response.getheaders() if name.lower() == "set-cookie"]
        self.text = response.read().decode(errors="replace")


class Visitor:
    """Someone whose request the reverse proxy passes on."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str, host: str = "ancrage.example.org", scheme: str = "https") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        proxied = {"Host": host, "X-Forwarded-Proto": scheme, "X-Forwarded-For": "192.0.2.7"}
        connection.request("GET", path, headers=proxied)
        answer = Answer(connection.getresponse())
        connection.close()
        return answer


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """gunicorn as the image starts it, on a database just migrated and static files just collected."""
    folder = tmp_path_factory.mktemp("production")
    environment = production_environment(folder)
    for command in (["migrate"], ["collectstatic"]):
        result = run_python("manage.py", *command, "--no-input", "--verbosity", "0", env=environment)
        assert result.returncode == 0, result.stderr
    port = free_port()
    words = next(line for line in (ROOT / "Dockerfile").read_text().splitlines() if line.startswith("CMD"))
    command = [sys.executable, "-m", *json.loads(words.removeprefix("CMD "))]
    command = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in command]
    log = (folder / "gunicorn.log").open("w")
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as server:  # noqa: S603
        try:
            _wait_for(port, server)
            yield Visitor(port)
        finally:
            server.terminate()
    log.close()


def _wait_for(port: int, server: subprocess.Popen) -> None:
    for _ in range(150):
        assert server.poll() is None, "gunicorn stopped"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("gunicorn did not listen within 30 seconds")


class TestServed:
    def test_without_encryption_one_is_sent_to_https(self, visitor: Visitor) -> None:
        answer = visitor.get("/compte/login/", scheme="http")
        assert answer.status == 301
        assert answer.headers["location"] == "https://ancrage.example.org/compte/login/"

    def test_another_name_is_refused(self, visitor: Visitor) -> None:
        assert visitor.get("/compte/login/", host="evil.example.org").status == 400

    def test_who_is_not_logged_in_is_sent_to_the_log_in_page(self, visitor: Visitor) -> None:
        answer = visitor.get("/")
        assert (answer.status, answer.headers["location"]) == (302, "/compte/login/?next=/")

    def test_the_log_in_page_has_every_protection(self, visitor: Visitor) -> None:
        answer = visitor.get("/compte/login/")
        assert answer.status == 200
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
        assert policy == {
            "default-src": "'self'",
            "script-src": "'self'",
            "style-src": "'self'",
            "img-src": "'self' data:",
            "object-src": "'none'",
            "base-uri": "'none'",
            "frame-ancestors": "'none'",
            "form-action": "'self'",
        }
        assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "geolocation=()" in answer.headers["permissions-policy"]

    def test_cookies_travel_encrypted_and_for_this_site_only(self, visitor: Visitor) -> None:
        cookies = visitor.get("/compte/login/").cookies
        assert cookies
        for cookie in cookies:
            assert cookie.startswith("__Host-"), cookie
            assert "Secure" in cookie, cookie
            assert "SameSite=Lax" in cookie, cookie

    def test_each_file_of_a_page_is_served_by_the_site_for_ever(self, visitor: Visitor) -> None:
        page = visitor.get("/compte/login/").text
        files = re.findall(r'(?:href|src)="(/static/[^"#]+)', page)
        assert files
        for file in files:
            answer = visitor.get(file)
            assert answer.status == 200, file
            assert "immutable" in answer.headers["cache-control"], file

    def test_so_is_each_module_that_a_script_imports(self, visitor: Visitor) -> None:
        """Under a name that changes with what it holds: else a browser would keep old modules under a new page."""
        page = visitor.get("/compte/login/").text
        waiting = re.findall(r'src="(/static/ancrage/js/[^"]+)" type="module"', page)
        seen: set[str] = set()
        while waiting:
            file = waiting.pop()
            if file in seen:
                continue
            seen.add(file)
            answer = visitor.get(file)
            assert answer.status == 200, file
            assert "immutable" in answer.headers["cache-control"], file
            imports = re.findall(r'(?:from|import) "\./([^"]+)"', answer.text)
            waiting += [f"/static/ancrage/js/{name}" for name in imports]
        # What a page loads beside is behind the log-in: it stands under such a name among what was collected.
        beside = {
            name
            for template in (ROOT / "templates").rglob("*.html")
            for name in re.findall(r'{% static "ancrage/js/([^"]+)" %}', template.read_text())
        } - {"app.js"}
        read = {re.sub(r"\.[0-9a-f]{12}(?=\.js$)", "", file.rsplit("/", 1)[-1]) for file in seen}
        assert read | beside == {file.name for file in (ROOT / "static/ancrage/js").glob("*.js")}

    def test_a_page_that_is_not_there_says_so_in_french_and_tells_nothing(self, visitor: Visitor) -> None:
        answer = visitor.get("/compte/nulle-part/")
        assert answer.status == 404
        assert "urlpatterns" not in answer.text
        assert re.search(r'<html[^>]* lang="fr', answer.text)

    @pytest.mark.parametrize("path", ["/livez", "/readyz"])
    def test_health_is_told_from_within_without_encryption(self, path: str, visitor: Visitor) -> None:
        answer = visitor.get(path, scheme="http")
        assert (answer.status, answer.text) == (200, "ok\n")
        assert "no-store" in answer.headers["cache-control"]
        assert not answer.cookies

    def test_the_health_check_of_the_container_passes(self, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DJANGO_ALLOWED_HOSTS", "ancrage.example.org")
        assert healthcheck.ready(visitor.port)
        assert not healthcheck.ready(free_port())


@pytest.mark.django_db
def test_without_its_database_the_site_is_alive_and_not_ready(client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError("no connection")

    monkeypatch.setattr("config.views.connection.cursor", broken)
    assert client.get("/readyz").status_code == 503
    assert client.get("/livez").status_code == 200

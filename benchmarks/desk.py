"""The desk in a real browser, over the pilot's data, held to its bounds: `python -m benchmarks.desk`.

People wholly visible, heights of pages, bytes of a visit, layout shift of every kind of page at both widths, and a
scripted person who writes a contact down by keys alone. Runs on a database and a port of its own, leaves nothing
behind, and fails when a bound is broken. Figures are noted in docs/performance.md.
"""

import argparse
import gzip
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.pages import user_of

SIZES = {1280: 900, 390: 844}
PEOPLE = {1280: 15, 390: 7}
LARGEST_SHIFT = 0.05
FIRST_VISIT_KB = 150
CONTACT_SECONDS = 10
#: Between two presses: somebody who knows the page. Words are typed as they come, twelve signs a second.
PRESS_MS, SIGN_MS = 250, 80
WORDS = "Garde trouvée pour le petit, essai mardi."
ROLES = ("jobcoach", "coordinator", "admin", "analyst", "inspector", "steward")
STARTS = ("/", "/compte/", "/accessibilite/", "/nulle-part/")
DOORS = ("/compte/login/", "/compte/password/reset/")

ROWS = """() => [...document.querySelectorAll("[data-row]")].filter((row) => {
    const box = row.getBoundingClientRect();
    const seen = document.elementFromPoint(box.x + box.width / 2, box.bottom - 2);
    return box.height && box.top >= 0 && box.bottom <= innerHeight && seen && row.contains(seen);
}).length"""
HEIGHT = "document.documentElement.scrollHeight"
LINKS = """() => [...document.querySelectorAll("a[href^='/']:not([download])")].map((a) => a.getAttribute("href"))"""
# What moved by itself: not what answers a press.
WATCH = """window.shifted = 0;
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});"""


def main() -> None:
    """Load the demo, serve it, measure, and leave with 1 where a bound is broken."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--pictures", type=Path, help="a folder for a picture of each kind of page at both widths")
    pictures = given.parse_args().pictures
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "ANCRAGE_VAR": folder,
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'benchmark.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DJANGO_DEBUG": "0",
            # Playwright's loop runs in this thread, and Django would refuse its queries.
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("load_demo")
        with served() as base, browsed() as chromium:
            desk = Desk(chromium, base, pictures)
            broken = [*visible(desk), *first_visit(desk), *written(desk), *shifts(desk)]
    if broken:
        sys.exit("\nHors des bornes :\n" + "\n".join(broken))


@contextmanager
def served() -> Iterator[str]:
    """The address of a server of its own, as bin/demo starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    server = subprocess.Popen([*command, "--no-control-socket", "--log-level", "error"])  # noqa: S603
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{base}/livez", timeout=2).close()  # noqa: S310
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        yield base
    finally:
        server.terminate()
        server.wait()


@contextmanager
def browsed() -> Iterator[Any]:
    """The system's Chromium."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import chromium_path

    with sync_playwright() as playwright:
        sandbox = [] if os.getuid() else ["--no-sandbox"]
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=sandbox)
        yield chromium
        chromium.close()


class Desk:
    """The browser, the server, and how somebody of a role sits down before them."""

    def __init__(self, chromium: Any, base: str, pictures: Path | None) -> None:
        self.chromium, self.base, self.pictures = chromium, base, pictures

    @contextmanager
    def seat(self, role: str | None, width: int) -> Iterator[Any]:
        """A page of somebody whose session is open and whose browser has kept nothing yet."""
        from django.conf import settings
        from django.test import Client

        size = {"width": width, "height": SIZES[width]}
        visitor = self.chromium.new_context(base_url=self.base, viewport=size, locale="fr-BE")
        if role:
            client = Client(SERVER_NAME="localhost")
            client.force_login(user_of(role))
            session = client.cookies[settings.SESSION_COOKIE_NAME]
            visitor.add_cookies([{"name": session.key, "value": session.value, "url": self.base}])
        visitor.add_init_script(WATCH)
        yield visitor.new_page()
        visitor.close()


def visible(desk: Desk) -> Iterator[str]:
    """Prints the people wholly seen without scrolling and the height of both lists; yields the bounds broken."""
    print(f"\n{'liste':<14} {'largeur':>7} {'personnes':>9} {'borne':>6} {'hauteur':>8}")
    for width in SIZES:
        with desk.seat("jobcoach", width) as page:
            for name, url in (("Ma journée", "/ma-journee/"), ("Dossiers", "/dossiers/")):
                page.goto(url, wait_until="networkidle")
                seen, height = page.evaluate(ROWS), page.evaluate(HEIGHT)
                print(f"{name:<14} {width:>7} {seen:>9} {PEOPLE[width]:>6} {height:>8}")
                if seen < PEOPLE[width]:
                    yield f"{name}, {width} px : {seen} personnes, {PEOPLE[width]} voulues"


def first_visit(desk: Desk) -> Iterator[str]:
    """Prints the kilobytes of a first visit of Ma journée, text compressed as a server sends it (gzip)."""
    with desk.seat("jobcoach", 1280) as page:
        answers: list[Any] = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto("/ma-journee/", wait_until="networkidle")
        sizes = [(answer.headers.get("content-type", ""), answer.body()) for answer in answers if answer.ok]
    compressed = sum(len(body) if "font" in kind else len(gzip.compress(body)) for kind, body in sizes) / 1024
    own = len(gzip.compress(sizes[0][1])) / 1024
    print(
        f"\nMa journée : {compressed:.0f} Ko à la première visite en {len(sizes)} réponses, {own:.0f} Ko pour la page"
    )
    if compressed > FIRST_VISIT_KB:
        yield f"première visite : {compressed:.0f} Ko, {FIRST_VISIT_KB} au plus"


def written(desk: Desk) -> Iterator[str]:
    """Prints presses and seconds from Ma journée to a saved contact, keys alone; yields the bound broken."""
    with desk.seat("jobcoach", 1280) as page:
        page.goto("/ma-journee/", wait_until="networkidle")
        presses, started = 0, time.perf_counter()

        def press(key: str) -> None:
            nonlocal presses
            presses += 1
            page.keyboard.press(key)
            page.wait_for_timeout(PRESS_MS)

        def tab_to(selector: str) -> None:
            # As somebody does who looks for the field: no further than a page of stops.
            for _ in range(20):
                if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                    return
                press("Tab")
            raise SystemExit(f"Le clavier n’atteint pas {selector}")

        press("j")
        press("c")
        page.wait_for_url("**/contacts/nouveau/**")
        if page.evaluate("document.activeElement === document.body"):
            press("Tab")
            press("Enter")
        tab_to("[name=channel]")
        press("Space")
        tab_to("[name=minutes]")
        press("Space")
        tab_to("[name=summary]")
        page.keyboard.type(WORDS, delay=SIGN_MS)
        tab_to("form.contact-form button[type=submit]")
        press("Enter")
        page.wait_for_url("**/ma-journee/**")
        page.get_by_text("consigné").first.wait_for()
        seconds = time.perf_counter() - started
    print(f"Consigner un contact : {presses} touches et {len(WORDS)} signes, {seconds:.1f} s")
    if seconds >= CONTACT_SECONDS:
        yield f"consigner un contact : {seconds:.1f} s, moins de {CONTACT_SECONDS} voulues"


def shifts(desk: Desk) -> Iterator[str]:
    """Prints how much each kind of page moves by itself while it loads, widest first; yields those beyond the bound."""
    found: dict[str, dict[int, float]] = {}
    for width in SIZES:
        for name, moved in shifts_at(desk, width):
            found.setdefault(name, {})[width] = moved
    print(f"\n{len(found)} sortes de pages\n{'décalage':<56} " + " ".join(f"{width:>7}" for width in SIZES))
    for name, moved in sorted(found.items(), key=lambda one: -max(one[1].values())):
        print(f"{name:<56} " + " ".join(f"{moved.get(width, 0):>7.3f}" for width in SIZES))
        if max(moved.values()) >= LARGEST_SHIFT:
            yield f"{name} : décalage {max(moved.values()):.3f}, moins de {LARGEST_SHIFT} voulu"


def shifts_at(desk: Desk, width: int) -> Iterator[tuple[str, float]]:
    """Each kind of page that a visitor or a role reaches by links, once a role, with its shift."""
    with desk.seat(None, width) as page:
        for url in DOORS:
            yield url, shift_of(page, url)
    for role in ROLES:
        with desk.seat(role, width) as page:
            waiting, known = list(STARTS), set(STARTS)
            while waiting:
                url = waiting.pop(0)
                kind = kind_of(url)
                try:
                    moved = shift_of(page, url)
                except FileArrived:
                    continue
                picture(desk, page, f"{role}-{kind}-{width}")
                yield f"{role} {kind}", moved
                for link in page.evaluate(LINKS):
                    # An address without what follows « ? »: the same page asked otherwise.
                    where = urlsplit(link).path
                    if (of := kind_of(where)) not in known and not is_file(where):
                        known.add(of)
                        waiting.append(where)


class FileArrived(Exception):
    """The address answered with a file, which has no layout."""


def shift_of(page: Any, url: str) -> float:
    """How much a page moved by itself until it was still."""
    from playwright.sync_api import Error

    try:
        page.goto(url, wait_until="load")
    except Error as error:
        raise FileArrived from error
    page.wait_for_timeout(250)
    return float(page.evaluate("window.shifted || 0"))


def picture(desk: Desk, page: Any, name: str) -> None:
    """Keeps what was seen, when a folder was given."""
    if desk.pictures:
        desk.pictures.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(desk.pictures / f"{re.sub('[^a-z0-9-]+', '_', name)}.png"), full_page=True)


def kind_of(url: str) -> str:
    """The name of the address, whatever it is about."""
    from django.urls import Resolver404, resolve

    try:
        return resolve(url).view_name or url
    except Resolver404:
        return url


def is_file(url: str) -> bool:
    """Whether a link leads to a file, to a log-out or out of the pages."""
    return bool(re.search(r"\.(pdf|csv|xlsx|zip|ics|json)$|/logout/|/fichier/$|^/static/|^//", url))


if __name__ == "__main__":
    main()

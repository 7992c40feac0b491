"""What pages show and which style sheets they load, read from their sources: templates, and the sheets themselves."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
CSS = ROOT / "static" / "ancrage" / "css"
COMPONENTS = CSS / "components"
# Sheets that base.html links by their whole address.
GROUND = ("theme", "base", "layout")

CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")


def bare(text: str) -> str:
    """A sheet without its comments and its strings."""
    return re.sub(r'"[^"]*"', '""', re.sub(r"/\*.*?\*/", "", text, flags=re.S))


def selectors(text: str) -> list[str]:
    """The selectors of a sheet, one by one, those of its media and container queries among them."""
    heads = re.findall(r"([^{};]+)\{", bare(text))
    groups = [head.strip() for head in heads if not head.strip().startswith("@")]
    return [one.strip() for group in groups for one in re.split(r",(?![^(]*\))", group)]


def subjects(text: str) -> frozenset[str]:
    """The classes that a sheet is about: those of the first compound of each selector."""
    first = (re.split(r"[\s>+~]", one, maxsplit=1)[0] for one in selectors(text))
    return frozenset(name for compound in first for name in CLASS.findall(compound))


def classes(text: str) -> frozenset[str]:
    """Every class that a sheet names."""
    return frozenset(name for one in selectors(text) for name in CLASS.findall(one))


@cache
def owners() -> dict[str, frozenset[str]]:
    """For each class, the sheets that are about it."""
    found: dict[str, set[str]] = {}
    for sheet in sorted(CSS.glob("*.css")) + sorted(COMPONENTS.glob("*.css")):
        for name in subjects(sheet.read_text()):
            found.setdefault(name, set()).add(sheet.stem)
    return {name: frozenset(sheets) for name, sheets in found.items()}


@cache
def bootstrap() -> frozenset[str]:
    """The classes that what we take of Bootstrap names: its ground, and no piece."""
    spec = find_spec("bootstrap_wrapper")
    assert spec is not None
    assert spec.origin is not None
    return classes((Path(spec.origin).parents[1] / "bootstrap/css/bootstrap-reboot.css").read_text())


@cache
def tags() -> dict[str, str]:
    """The template that each tag of ours renders: `clock_bar` renders `components/clock_bar.html`."""
    found: dict[str, str] = {}
    for library in ROOT.glob("*/templatetags/*.py"):
        text = library.read_text()
        rendered = re.findall(r'@register\.inclusion_tag\("([^"]+)"[^)]*\)\s*def (\w+)', text)
        found.update({name: path for path, name in rendered})
        for block in re.findall(r"^@register\.simple_(?:block_)?tag.*?(?=^@register|\Z)", text, flags=re.S | re.M):
            name, path = re.search(r"def (\w+)", block), re.search(r'render_to_string\(\s*"([^"]+)"', block)
            if name and path:
                found[name[1]] = path[1]
    return found


# Where the rooms above put a panel of theirs: the template that includes it by a variable.
PANELS = {
    "HeaderPanel": "beneficiaries/case_head.html",
    "CaseNotice": "beneficiaries/case_base.html",
    "CompanyPanel": "employers/company_detail.html",
    "VacancyPanel": "employers/vacancy_detail.html",
}


@cache
def panels() -> dict[str, frozenset[str]]:
    """The templates that rooms register as panels, by the template that shows them."""
    found: dict[str, set[str]] = {}
    for module in (path for room in ROOT.glob("*/apps.py") for path in room.parent.rglob("*.py")):
        for kind, path in re.findall(r'\b(\w+)\(\s*template="([^"]+)"', module.read_text()):
            if kind in PANELS:
                found.setdefault(PANELS[kind], set()).add(path)
    return {host: frozenset(paths) for host, paths in found.items()}


@dataclass(frozen=True)
class Used:
    """The classes that a page may show: whole names, and the beginnings of those that a variable ends."""

    whole: frozenset[str]
    begun: frozenset[str]

    def has(self, name: str) -> bool:
        """Whether the page may show this class."""
        return name in self.whole or any(name.startswith(stem) for stem in self.begun)


@cache
def parts(path: str) -> frozenset[str]:
    """A template and all that it is made of: what it extends, what it includes, what its tags render."""
    seen: set[str] = set()
    todo = [path]
    while todo:
        one = todo.pop()
        if one in seen or not (TEMPLATES / one).exists():
            continue
        seen.add(one)
        text = (TEMPLATES / one).read_text()
        todo += re.findall(r'\{%\s*(?:extends|include)\s+"([^"]+)"', text)
        todo += panels().get(one, ())
        todo += [tags()[name] for name in re.findall(r"\{%\s*(\w+)", text) if name in tags()]
    return frozenset(seen)


@cache
def parents(path: str) -> tuple[str, ...]:
    """A template and those that it extends, itself first."""
    chain = [path]
    while found := re.search(r'\{%\s*extends\s+"([^"]+)"', (TEMPLATES / chain[-1]).read_text()):
        chain.append(found[1])
    return tuple(chain)


@cache
def used(path: str) -> Used:
    """The classes that a page may show."""
    whole: set[str] = set()
    begun: set[str] = set()
    for one in parts(path):
        text = (TEMPLATES / one).read_text()
        whole.update(re.findall(r"\{% block page_class %\}([\w-]+)", text))
        for value in re.findall(r'class="((?:\{%.*?%\}|\{\{.*?\}\}|[^"{])*)"', text):
            for name in re.sub(r"\{%.*?%\}", " ", re.sub(r"\{\{.*?\}\}", "{}", value)).split():
                stem, variable, _end = name.partition("{}")
                if variable and stem:
                    begun.add(stem)
                elif not variable:
                    whole.add(name)
    return Used(frozenset(whole), frozenset(begun))


@cache
def loaded(path: str) -> frozenset[str]:
    """The sheets that a page loads, by the name of their component."""
    links: set[str] = set()
    for one in parents(path):
        for arguments in re.findall(r"\{%\s*styles\s+([^%]+)%\}", (TEMPLATES / one).read_text()):
            links.update(re.findall(r'"([\w-]+)"', arguments))
    return frozenset(links)


# What whole pages begin with; the last is a page that a telephone keeps and opens without network.
STANDALONE = {"base.html", "plain.html", "road/page.html"}


@cache
def pages() -> tuple[str, ...]:
    """The templates of whole pages."""
    every = (path.relative_to(TEMPLATES).as_posix() for path in sorted(TEMPLATES.rglob("*.html")))
    return tuple(path for path in every if parents(path)[-1] in STANDALONE)


def read(name: str) -> str:
    """The text of a sheet of the screen, by its name."""
    return ((CSS if name in GROUND else COMPONENTS) / f"{name}.css").read_text()


@cache
def words() -> frozenset[str]:
    """Every word with dashes that templates, modules and scripts write."""
    sources = [
        *TEMPLATES.rglob("*.html"),
        *(path for room in ROOT.glob("*/apps.py") for path in room.parent.rglob("*.py")),
        *(ROOT / "static" / "ancrage").rglob("*.js"),
    ]
    return frozenset(word for path in sources for word in re.findall(r"[\w-]+", path.read_text()))


@cache
def stems() -> frozenset[str]:
    """The beginnings of classes that a variable ends, in templates and in modules."""
    sources = [*TEMPLATES.rglob("*.html"), *(p for room in ROOT.glob("*/apps.py") for p in room.parent.rglob("*.py"))]
    return frozenset(stem for path in sources for stem in re.findall(r"([a-z][\w-]*-)\{", path.read_text()))


def named_somewhere(name: str) -> bool:
    """Whether something that makes pages writes this class, whole or begun."""
    return name in words() or any(name.startswith(stem) for stem in stems())

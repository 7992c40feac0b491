"""Who pays for what a document tells: the heading that the documents of an ESF+ project carry.

Source: regulation (EU) 2021/1060, article 50 and annex IX: emblem and « Cofinancé par l’Union européenne » (regulation
file, 4.5 and 5; the sentence was seen, the articles are from memory).

Whoever makes a document passes `funding_of(project)` to it: `Document(..., funding=funding_of(scope.project))` for a
report, and for any other page or PDF the templates `tables/funding.html` (screen) and `tables/pdf/funding.html`
(paper) with `funding` in the context.
"""

import base64
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from accounts.enums import EmblemPlace, Funder
from accounts.models import Project
from tables.engine.funding import Funding

__all__ = ["Funding", "emblem_data_uri", "emblem_path", "funding_of"]


def funding_of(project: Project | None) -> Funding | None:
    """What the documents of a project carry about its funding; `None` where the European Union does not co-finance."""
    if project is None or project.funder != Funder.FSE:
        return None
    references = (
        (_("Projet"), str(project)),
        (_("Convention"), project.agreement_number),
        (_("Programme"), project.programme),
        (_("Taux de cofinancement"), project.cofinancing_rate),
    )
    return Funding(
        sentence=_("Cofinancé par l’Union européenne"),
        references=tuple((label, words) for label, words in references if words),
        emblem_alt=_("Emblème de l’Union européenne"),
        emblem_first=project.emblem_place != EmblemPlace.RIGHT,
    )


def emblem_path(extension: str) -> Path:
    """The file of the emblem, `svg` or `png`.

    Raises:
        FileNotFoundError: there is no such drawing.
    """
    found = finders.find(f"ancrage/eu-emblem.{extension}")
    if found is None:
        raise FileNotFoundError(f"eu-emblem.{extension}")
    return Path(str(found))


@cache
def emblem_data_uri() -> str:
    """The emblem as an inline image, for a PDF that is rendered without reading any address."""
    return "data:image/svg+xml;base64," + base64.b64encode(emblem_path("svg").read_bytes()).decode()

"""Choosing one among many by typing: the sources that rooms declare, the field of a form, and what is drawn of it.

A list of everything is never sent to the page. What is typed is answered by the index of names
(`foundation/finding.py`) with a few proposals: by a script as one types, or, without one, by « Chercher », which shows
the form again with them. The field takes any row of its source and none besides, whoever proposed it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foundation.finding import alike, best_first
from foundation.keys import key_of
from foundation.making import MOST_PROBABLE, OPEN, SHOWN, WRITE, Maker, Making, wants_sheet
from foundation.registry import Registry
from foundation.rules.text import search_key

LIMIT = 20
MOST_LETTERS = 100
# What the button « Chercher » is called when it sends the form, and the field of the words beside that of the choice.
SEARCH = "chercher"
WORDS = "{}-mots"
# The words whose proposals the page showed: one of these, or none, is then an answer to them.
ANSWERED = "{}-vus"
NOBODY = _("aucun")
# The rest of the address of a source: what its rows depend on.
About = Mapping[str, str]


def matching(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """The rows whose `search_key` holds what was typed, best first."""
    return best_first(rows.filter(search_key__holds=search_key(typed)), typed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Rows among which one chooses: those that the user may take, in order; how words narrow them; how each is told."""

    name: str
    permission: str
    rows: Callable[[Any, About], QuerySet[Any]]
    label: Callable[[Any], str] = str
    second: Callable[[Any], str] = lambda row: ""
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] = matching
    # Whether words that nothing holds may stand for something that is spelt nearly so.
    forgives: bool = True
    # How a row that nobody wrote down yet is written from where one chooses; none where that is an act of its own.
    maker: Maker | None = None


sources: Registry[Source] = Registry(key=lambda one: one.name)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row that may be chosen: what is sent, what is read first and after it."""

    value: str
    label: str
    second: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """The first rows that answer; `more` when there are others, `approximate` when they only look like the words,
    `perhaps` when they may be what is about to be written down a second time.
    """

    found: list[Proposal] = field(default_factory=list)
    more: bool = False
    approximate: bool = False
    perhaps: bool = False

    @property
    def words(self) -> str:
        """How many there are, and what to do about it."""
        count = len(self.found)
        if self.perhaps:
            return _now("Ces noms sont déjà connus :") if count else ""
        if not count:
            return _now("Rien ne répond à ces mots.")
        if self.more:
            return _now("Les %(count)s premières propositions : précisez.") % {"count": count}
        if self.approximate:
            return ngettext(
                "Rien ne s’écrit ainsi ; %(count)s proposition y ressemble.",
                "Rien ne s’écrit ainsi ; %(count)s propositions y ressemblent.",
                count,
            ) % {"count": count}
        return ngettext("%(count)s proposition.", "%(count)s propositions.", count) % {"count": count}


def told(source: Source, row: Any) -> Proposal:
    """A row as it is proposed."""
    return Proposal(str(row.pk), source.label(row), source.second(row))


def propose(source: Source, rows: QuerySet[Any], typed: str) -> Proposals:
    """The rows of a source that answer what was typed, the first ones when nothing was. Two statements at most."""
    typed = typed.strip()[:MOST_LETTERS]
    wanted = source.search(rows, typed) if search_key(typed) else rows
    found = list(wanted[: LIMIT + 1])
    if found or not typed or not source.forgives:
        return Proposals([told(source, row) for row in found[:LIMIT]], more=len(found) > LIMIT)
    near = alike(rows, typed, LIMIT)
    by_key = {row.pk: row for row in rows.filter(pk__in=near)} if near else {}
    return Proposals([told(source, by_key[pk]) for pk in near if pk in by_key], approximate=True)


def probable(source: Source, rows: QuerySet[Any], typed: str, near: list[Any]) -> Proposals:
    """The few rows of a source that the words may well name: those that hold them, and these that are written nearly
    so. None of another source is told.
    """
    holding = list(source.search(rows, typed)[:MOST_PROBABLE])
    others = {row.pk for row in near} - {row.pk for row in holding}
    others |= set(alike(rows, typed, MOST_PROBABLE)) if not holding and source.forgives else set()
    found = [*holding, *(rows.filter(pk__in=others) if others else ())][:MOST_PROBABLE]
    return Proposals([told(source, row) for row in found], perhaps=True)


def row_of(rows: QuerySet[Any], text: str) -> Any:
    """The row of the identifier that an address gives, none when it is not one of these."""
    key = key_of(text)
    return rows.filter(pk=key).first() if key is not None else None


class ChoosingInput(forms.Widget):
    """A text to type in, the proposals once some were asked for, and what is chosen."""

    template_name = "forms/choosing.html"
    use_fieldset = False
    # Set by the field: itself is known by the iterator of its choices.
    choices: Any = ()

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self._forget()
        self.address = ""

    def _forget(self) -> None:
        self.typed = ""
        self.asked = False
        self.answered = False
        self.making: Making | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> "ChoosingInput":
        """The widget of another form, which knows nothing of what was read for this one: its words are somebody's."""
        copied: ChoosingInput = super().__deepcopy__(memo)
        copied._forget()
        return copied

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """What was chosen; what was typed and not chosen is kept beside."""
        self.typed = str(data.get(WORDS.format(name)) or "").strip()[:MOST_LETTERS]
        self.asked = data.get(SEARCH) == name
        self.answered = name in data and data.get(ANSWERED.format(name)) == self.typed
        self._read_sheet(data, files, name)
        return data.get(name)

    def _read_sheet(self, data: Mapping[str, Any], files: Any, name: str) -> None:
        """The sheet of what nobody wrote down yet: read once of one request, it stays as it was judged."""
        if self.making is not None and self.making.data is data:
            return
        maker = self._field.maker
        wanted = maker is not None and not self.asked and not data.get(name) and wants_sheet(data, name)
        self.making = None
        if maker is not None and wanted:
            self.making = Making(maker, self._field.viewer, name, self.typed, data, files)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and WORDS.format(name) not in data

    @property
    def _field(self) -> "ChoosingField":
        found: ChoosingField = self.choices.field
        return found

    def chosen(self, value: Any) -> Proposal | None:
        """What is chosen as it is read; none when that is nothing of the source."""
        if value in (None, ""):
            return None
        row = value if isinstance(value, Model) else self._field.row(value)
        return told(self._field.source, row) if row is not None else None

    def format_value(self, value: Any) -> Any:
        return value

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        made = self.making.made if self.making else None
        typed = "" if made is not None else self.typed
        chosen = self.chosen(value if made is None else made)
        proposals = self._proposals(typed)
        found = [one for one in (proposals.found if proposals else []) if not chosen or one.value != chosen.value]
        maker = self._field.maker
        context["choosing"] = {
            "address": self.address,
            "words_name": WORDS.format(name),
            "answered_name": ANSWERED.format(name),
            "search_name": SEARCH,
            "typed": typed,
            "chosen": chosen,
            "found": found,
            "told": proposals.words if proposals else "",
            "nobody": "" if self._field.required else self._field.nobody,
            "made": made is not None,
        }
        if maker is not None:
            context["choosing"] |= {
                "may_make": True,
                "make_at": self._field.makes_at,
                "make_words": maker.offer(typed) if typed else "",
                "open_name": OPEN,
                "write_name": WRITE,
                "shown_name": SHOWN.format(name),
            }
        if self.making is not None and made is None:
            if self.making.sheet is None:
                self.making.read()
            context["choosing"] |= {"sheet": self.making.sheet, "sheet_title": maker.title() if maker else ""}
        return context

    def _proposals(self, typed: str) -> Proposals | None:
        """What answers the words; beside the sheet, what they may well name already."""
        if self.making is not None and typed:
            near = self.making.maker.probable(self._field.viewer, typed)
            return probable(self._field.source, self._field.proposed, typed, near)
        return propose(self._field.source, self._field.proposed, typed) if typed or self.asked else None


class ChoosingField(forms.ModelChoiceField):
    """One row of a source. :meth:`offer` says for whom, and about what; nothing can be chosen before.

    Args:
        source: the name under which a room declared it.
        queryset: an empty one, of the model of the source.
        nobody: the words for no answer, where none is needed.
    """

    widget = ChoosingInput
    default_error_messages = {
        "invalid_choice": _("Ce choix n’existe pas ici : cherchez à nouveau."),
        "not_chosen": _("Choisissez parmi les propositions pour « %(typed)s », ou effacez ces mots."),
        "not_made": _("Ce que vous avez commencé à créer ici n’est pas enregistré : créez-le, ou annulez."),
    }

    def __init__(self, source: str, *, queryset: QuerySet[Any], nobody: str | Promise = NOBODY, **kwargs: Any):
        self.source_name = source
        self.proposed = queryset
        self.nobody = nobody
        self.viewer: Any = None
        self.maker: Maker | None = None
        self.makes_at = ""
        super().__init__(queryset=queryset, **kwargs)

    @property
    def source(self) -> Source:
        """What the room declared."""
        return sources[self.source_name]

    def offer(
        self,
        viewer: Any,
        *,
        but: Any = None,
        takes: QuerySet[Any] | None = None,
        makes: bool = False,
        makes_at: str = "",
        **about: Any,
    ) -> None:
        """Offer the rows of the source, all but one perhaps. The field `takes` others too where a service refuses them
        in words of its own. It `makes` what is not found, for whoever may: in the form, or on the page `makes_at`
        where nothing else is typed.
        """
        self.viewer = viewer
        maker = self.source.maker if makes or makes_at else None
        self.maker, self.makes_at = maker if maker is not None and maker.may(viewer) else None, makes_at
        known = {name: str(value) for name, value in about.items() if value is not None}
        rows = self.source.rows(viewer, known)
        self.proposed = rows.exclude(pk=but) if but is not None else rows
        self.queryset = self.proposed if takes is None else takes
        here = {"organisme": str(viewer.current_organisation_id or ""), **known}
        if but is not None:
            here["sauf"] = str(but)
        if self.maker is not None:
            here[OPEN] = "1"
        self.widget.address = f"{reverse('accounts:choose', args=[self.source_name])}?{urlencode(here)}"

    @property
    def _taken(self) -> QuerySet[Any]:
        return cast("QuerySet[Any]", self.queryset)

    @property
    def _input(self) -> ChoosingInput:
        return cast(ChoosingInput, self.widget)

    def row(self, value: Any) -> Any:
        """The row of that identifier, none when it is not one of the source."""
        try:
            return self._taken.get(pk=value)
        except (ValueError, TypeError, ValidationError, self._taken.model.DoesNotExist):
            return None

    def make(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Write the row of the sheet that was sent; what is wrong with it is shown there. Whether it is written."""
        self._input.value_from_datadict(data, files, name)
        making = self._input.making
        if making is None or not making.is_sent:
            return False
        making.write()
        return making.made is not None

    def label_from_instance(self, obj: Any) -> str:
        return self.source.label(obj)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self._input.typed) or super().has_changed(initial, data)

    def clean(self, value: Any) -> Any:
        """The row; words of which nothing was chosen are told with their proposals, never forgotten."""
        typed = self._input.typed
        if self._input.making is not None:
            raise ValidationError(self.error_messages["not_made"], code="not_made")
        if typed and not self._input.asked and not self._input.answered:
            raise ValidationError(self.error_messages["not_chosen"] % {"typed": typed}, code="not_chosen")
        if self._input.asked and not value:
            return None
        return super().clean(value)


def _sent_for(form: forms.BaseForm, field: str, button: str) -> bool:
    return bool(form.add_prefix(field) == (form.data.get(form.add_prefix(button)) or form.data.get(button)))


def only_searches(form: forms.BaseForm) -> bool:
    """Whether the form was sent to look for something, or to write down what was not found, and is not to be judged."""
    choices = [name for name, one in form.fields.items() if isinstance(one, ChoosingField)]
    return any(_sent_for(form, name, button) for name in choices for button in (SEARCH, OPEN, WRITE))


def make_asked(form: forms.BaseForm) -> bool:
    """Write what somebody did not find and asks to create; whether it is written, and chosen."""
    return any(
        field.make(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
        if isinstance(field, ChoosingField) and field.maker is not None and _sent_for(form, name, WRITE)
    )

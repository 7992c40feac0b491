"""From a case and what was asked to a paper ready to be drawn, with the data that its archive copy carries."""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Organisation, User
from beneficiaries.models import CoachingCase
from beneficiaries.selectors.belonging import project_of
from documents.models import DocumentTemplate, Letterhead
from documents.paper.discretion import HiddenFirms
from documents.paper.drawing import Head, Paper, Signature
from documents.paper.kinds import COACH, EMPLOYER, HOUSE, PERSON, SESSION_SPEC, THIRD, KindSpec
from documents.paper.order import Order
from documents.paper.values import (
    Subject,
    house_values,
    length_values,
    organisation_address,
    values_of,
)
from documents.rules.languages import FRENCH
from documents.rules.markup import Grid, Items, Prose, Value, filled, in_words, mentions, one_line, parse, text_of
from followup.models import Attendance, CollectiveSession
from followup.selectors.sessions import BLANK_LINES
from foundation.enterprise_number import bce_words
from foundation.formatting import duration_words, named_day_words
from tables.funding import funding_of


@dataclass(frozen=True, slots=True)
class Wording:
    """The text of a kind in force on a day: the organisation's version, or the text that comes with Ancrage.

    `language` is the one that it speaks; `asked` the one that was wanted, "" when that is the same.
    """

    title: str
    body: str
    template: DocumentTemplate | None = None
    language: str = FRENCH
    asked: str = ""

    @property
    def is_instead(self) -> bool:
        """Whether it stands in for a text in another language, which the organisation has not written."""
        return self.asked not in ("", self.language)

    @property
    def version(self) -> str:
        """Which one it is, in words."""
        return _("version %(n)s") % {"n": self.template.version} if self.template else _("texte d’origine")


def original(spec: KindSpec, language: str = FRENCH, asked: str = "") -> Wording:
    """The text that comes with Ancrage, in one of its languages."""
    return Wording(
        spec.original_title(language), spec.original_text(language), language=language, asked=asked or language
    )


def head_of(organisation: Organisation, letterhead: Letterhead | None) -> Head:
    """The letterhead of an organisation's papers."""
    lines = (
        *organisation_address(organisation),
        organisation.phone,
        organisation.email,
        f"BCE {bce_words(organisation.bce_number)}" if organisation.bce_number else "",
    )
    return Head(
        name=organisation.name,
        lines=tuple(line for line in lines if line),
        logo=logo_uri(letterhead),
        footer=letterhead.footer if letterhead else "",
    )


def logo_uri(letterhead: Letterhead | None) -> str:
    """The logo as an inline image; "" without one."""
    if letterhead is None or not letterhead.logo:
        return ""
    with letterhead.logo.open("rb") as file:
        return "data:image/png;base64," + base64.b64encode(file.read()).decode()


def example_paper(
    spec: KindSpec, wording: Wording, organisation: Organisation, letterhead: Letterhead | None, on: date
) -> Paper:
    """The paper of a person who does not exist, at an organisation that does: to look at a text before it is used."""
    with override(wording.language):
        return _example_paper(spec, wording, organisation, letterhead, on)


def _example_paper(
    spec: KindSpec, wording: Wording, organisation: Organisation, letterhead: Letterhead | None, on: date
) -> Paper:
    head = head_of(organisation, letterhead)
    known = {**house_values(organisation, on), **length_values(on, organisation.pk)}
    values = {**spec.examples(), **{name: value for name, value in known.items() if name in spec.examples()}}
    people = {
        PERSON: "Alix Imaginaire",
        COACH: "Camille Fictive",
        HOUSE: "Camille Fictive",
        EMPLOYER: "Dominique Exemple",
        THIRD: "",
    }
    letter = spec.is_letter
    firm, third = (in_words(values.get(name, "")) for name in ("emploi.entreprise", "tiers.nom"))
    parties = {EMPLOYER: firm, THIRD: third}
    return Paper(
        kind=spec.slug,
        title=_title(spec, wording, values),
        head=head,
        blocks=filled(parse(wording.body), values, spec.names.name_of),
        dated_on=on,
        recipient=("Alix Imaginaire", "rue Inventée 12", "4800 Verviers") if letter else (),
        opening=_opening(organisation.town, on) if letter else "",
        signatures=tuple(
            _signature(role, people[role], parties.get(role) or head.name, spec) for role in spec.signatories
        ),
        presences=_presences(("Imaginaire Alix", ""), ("Exemple Sacha", _("excusé·e"))) if spec.of_session else None,
        language=wording.language,
    )


@dataclass(frozen=True, slots=True)
class Composed:
    """A paper, and the values that its text used."""

    paper: Paper
    values: Mapping[str, Value]


def case_paper(
    spec: KindSpec,
    case: CoachingCase,
    order: Order,
    *,
    actor: User,
    wording: Wording,
    head: Head,
    hidden: HiddenFirms,
    reference: str = "",
) -> Composed:
    """The paper of a case, in the language of its text: its values are read now, its date is the one that was asked."""
    with override(wording.language):
        return _case_paper(spec, case, order, actor, wording, head, hidden, reference)


def _case_paper(
    spec: KindSpec,
    case: CoachingCase,
    order: Order,
    actor: User,
    wording: Wording,
    head: Head,
    hidden: HiddenFirms,
    reference: str,
) -> Composed:
    values = values_of(Subject(case, order, hidden), spec.values)
    letter = spec.is_letter
    # What states facts, or is sent, is signed by whoever makes it; an agreement binds the coach of the case.
    signer = actor if letter or spec.states_facts else case.coach
    job = order.employment
    people = {
        PERSON: case.beneficiary.full_name,
        COACH: signer.get_full_name(),
        HOUSE: signer.get_full_name(),
        EMPLOYER: in_words(values.get("emploi.reference", "")),
        THIRD: "",
    }
    parties = {EMPLOYER: job.company.name if job else "", THIRD: order.third_party}
    paper = Paper(
        kind=spec.slug,
        title=_title(spec, wording, values),
        head=head,
        blocks=filled(parse(wording.body), values, spec.names.name_of),
        dated_on=order.dated_on,
        reference=reference,
        recipient=order.recipient,
        opening=_opening(case.organisation.town, order.dated_on) if letter else "",
        signatures=tuple(
            _signature(role, people[role], parties.get(role) or case.organisation.name, spec)
            # A colleague who writes in the coach's place signs for the organisation.
            for role in (HOUSE if one == COACH and signer.pk != case.coach_id else one for one in spec.signatories)
        ),
        funding=funding_of(project_of(case, order.dated_on)),
        language=wording.language,
    )
    return Composed(paper, _used(spec, wording, values))


def session_paper(
    session: CollectiveSession, lines: Iterable[Attendance], wording: Wording, head: Head, *, reference: str = ""
) -> Composed:
    """The attendance sheet of a session, in the language of its text, ready to be signed."""
    with override(wording.language):
        return _session_paper(session, lines, wording, head, reference)


def _session_paper(
    session: CollectiveSession, lines: Iterable[Attendance], wording: Wording, head: Head, reference: str
) -> Composed:
    spec = SESSION_SPEC
    values: dict[str, Value] = {
        **house_values(session.organisation, session.on),
        "seance.titre": session.series.title,
        "seance.date": named_day_words(session.on),
        "seance.heure": f"{session.at:%H:%M}",
        "seance.duree": duration_words(session.minutes),
        "seance.lieu": session.place,
        "seance.animation": session.leader.get_full_name(),
    }
    people = (
        (str(line.case.beneficiary), line.get_state_display() if line.state == "EXCUSED" else "") for line in lines
    )
    paper = Paper(
        kind=spec.slug,
        title=_title(spec, wording, values),
        head=head,
        blocks=filled(parse(wording.body), values, spec.names.name_of),
        dated_on=session.on,
        reference=reference,
        signatures=(Signature(_("Animation"), session.leader.get_full_name(), _("Signature")),),
        presences=_presences(*people),
        language=wording.language,
    )
    return Composed(paper, _used(spec, wording, values))


def _presences(*people: tuple[str, str]) -> Mapping[str, Any]:
    return {"lines": [{"name": name, "state": state} for name, state in people], "blank": range(BLANK_LINES)}


def _title(spec: KindSpec, wording: Wording, values: Mapping[str, Value]) -> str:
    """The title, its fields filled; on one line, without markup."""
    return one_line(text_of(filled(parse(wording.title), values, spec.names.name_of)))


def _opening(town: str, on: date) -> str:
    day = named_day_words(on, "j F Y")
    return _("%(town)s, le %(day)s") % {"town": town, "day": day} if town else _("Le %(day)s") % {"day": day}


def _signature(role: str, name: str, party: str, spec: KindSpec) -> Signature:
    labels = {PERSON: _("La personne"), COACH: _("Le ou la jobcoach")}
    label = labels.get(role) or _("Pour %(party)s") % {"party": party}
    if spec.is_letter:
        label = _("jobcoach, %(party)s") % {"party": party} if role == COACH else party
    hint = _("Signature et cachet") if spec.is_stamped else _("Date et signature")
    return Signature(label, name, hint)


def _used(spec: KindSpec, wording: Wording, values: Mapping[str, Value]) -> Mapping[str, Value]:
    """The values that a text names: an archive keeps what the paper says, nothing more of the person."""
    named = {
        spec.names.name_of(mention.written) for text in (wording.title, wording.body) for mention in mentions(text)
    }
    return {name: value for name, value in values.items() if name in named}


def data_of(composed: Composed, wording: Wording, facts: Mapping[str, str]) -> str:
    """The data of a document, as its archive copy carries them: JSON, keys in French, dates as on the paper."""
    content = {
        "document": {**facts, "titre": composed.paper.title, "langue": composed.paper.language_tag},
        "texte": {"version": wording.version, "titre": wording.title, "corps": wording.body},
        "valeurs": {name: as_data(value) for name, value in composed.values.items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def as_data(value: Value) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Items):
        return list(value.lines)
    if isinstance(value, Grid):
        return {"colonnes": list(value.headers), "lignes": [list(row) for row in value.rows]}
    return value.text if isinstance(value, Prose) else value

"""What the search shows of people, firms and jobs: a line each, with what tells it from its namesakes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.permissions import allows
from beneficiaries.models import CoachingCase
from employers.models import Company, Vacancy
from employers.registries import Talk, talks_with
from followup.models import CaseStatus
from followup.selectors.clocks import chain_of, is_expired
from foundation.formatting import date_words, relative_words
from method.components import ChainFacts
from method.rules.phases import Phase
from reporting.search.rules import Part, Reading, parts_of

Label = str | Promise

# Pages of a case that the palette proposes for the first person found, besides the one that the name leads to.
TABS: tuple[tuple[Label, str, str], ...] = (
    (gettext_lazy("Ouvrir l’onglet Emploi"), "briefcase", "placements:case_jobs"),
    (gettext_lazy("Ouvrir l’onglet Parcours"), "route", "beneficiaries:case_path"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something found, in one line.

    Attributes:
        parts: its name, cut where it answers.
        short: what stands beside the name in the palette as well; `detail`: what tells it from its namesakes.
        aside: what comes next of a person, who spoke last to a firm.
        status: of a person, that of the last case; `chain`, its phase and clock while it runs.
        said: of a note, what was said.
    """

    label: str
    parts: Sequence[Part]
    url: str
    icon: str
    short: str = ""
    detail: str = ""
    aside: str = ""
    status: CaseStatus | None = None
    chain: ChainFacts | None = None
    said: Sequence[Part] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """A page that does something, for those who may."""

    label: Label
    icon: str
    url: str


def people(found: Sequence[UUID], reading: Reading, user: User, on: date) -> list[Hit]:
    """One line per person, leading to the last case, in the order given; one statement."""
    statuses = (
        CaseStatus.objects.visible_to(user)
        .filter(case__beneficiary__in=found)
        .with_due(on)
        .with_next_appointment(on)
        .select_related("case__beneficiary", "case__coach")
        .order_by("case__opened_on", "case__created_at")
    )
    last = {status.case.beneficiary_id: status for status in statuses} if found else {}
    return [_person(last[pk], reading, on) for pk in found if pk in last]


def _person(status: CaseStatus, reading: Reading, on: date) -> Hit:
    case = status.case
    person, gone = case.beneficiary, status.phase == Phase.EXIT
    others = _("autres noms : %(names)s") % {"names": person.other_names} if person.other_names else ""
    detail = (person.born_words, case.coach.get_full_name(), others)
    return Hit(
        label=person.full_name,
        parts=parts_of(person.full_name, reading.words),
        url=reverse("followup:case_summary", args=[case.pk]),
        icon="users",
        short=_("sortie le %(day)s") % {"day": date_words(status.phase_started_on)} if gone else "",
        detail=" · ".join(words for words in detail if words),
        aside=_next(status, on),
        status=status,
        chain=None if gone else chain_of(status, on),
    )


def _next(status: CaseStatus, on: date) -> str:
    """The next contact: fixed, or due; "" when none is. An appointment that is past waits for its outcome."""
    if status.phase == Phase.EXIT:
        return ""
    if status.next_appointment_on is not None:
        when = {"when": relative_words(status.next_appointment_on, on)}
        past = status.next_appointment_on < on
        return (_("rendez-vous %(when)s, résultat à dire") if past else _("rendez-vous %(when)s")) % when
    due: date | None = getattr(status, "contact_due_on", None)
    return _("contact à prendre %(when)s") % {"when": relative_words(due, on)} if due else ""


def acts_for(status: CaseStatus, user: User, on: date) -> list[Act]:
    """What may be done for a person at once."""
    case: CoachingCase = status.case
    acts = []
    if allows(user, "beneficiaries.tell_of_case", case):
        acts.append(Act(_("Consigner un contact"), "pencil-line", reverse("followup:contact_create", args=[case.pk])))
    if (planned := getattr(status, "planned_id", None)) and allows(user, "beneficiaries.change_case", case):
        address = reverse("followup:appointment_change", args=[case.pk, planned])
        acts.append(Act(_("Reporter le rendez-vous"), "calendar-clock", address))
    if case.is_open and not is_expired(status, on) and allows(user, "beneficiaries.change_case", case):
        acts.append(
            Act(_("Fixer un rendez-vous"), "calendar-plus", reverse("followup:appointment_create", args=[case.pk]))
        )
    return [*acts, *(Act(label, icon, reverse(page, args=[case.pk])) for label, icon, page in TABS)]


def firms(found: Sequence[Company], reading: Reading, on: date) -> list[Hit]:
    """One line per firm, with whoever decides there (`decides`), and which of us spoke to it last; about a statement
    per room.
    """
    keys = [firm.pk for firm in found]
    last: dict[UUID, Talk] = {}
    for talk in talks_with(keys):
        last.setdefault(talk.company_id, talk)
    return [
        Hit(
            label=firm.name,
            parts=parts_of(firm.name, reading.words),
            url=reverse("employers:company_detail", args=[firm.pk]),
            icon="building-2",
            short=" · ".join(words for words in (firm.town, getattr(firm, "decides", None)) if words),
            aside=_spoke(last[firm.pk], on) if firm.pk in last else "",
        )
        for firm in found
    ]


def _spoke(talk: Talk, on: date) -> str:
    return f"{talk.coach}, {relative_words(talk.on, on)}"


def jobs(found: Sequence[Vacancy], reading: Reading) -> list[Hit]:
    """One line per job; no statement, their firms come with them."""
    return [
        Hit(
            label=job.title,
            parts=parts_of(job.title, reading.words),
            url=reverse("employers:vacancy_detail", args=[job.pk]),
            icon="briefcase",
            short=str(job.company),
            aside=job.get_state_display(),
        )
        for job in found
    ]


def found_words(number: int) -> str:
    """How many things were found, as it is told to whoever listens."""
    return ngettext("%(n)s résultat", "%(n)s résultats", number) % {"n": number} if number else _("Aucun résultat")

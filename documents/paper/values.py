"""What the fields of a text become for a case: read from the facts, in the words of a paper."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Organisation
from accounts.parameters import Key, value_on
from beneficiaries.enums import ObjectiveState
from beneficiaries.models import CoachingCase
from beneficiaries.selectors.belonging import project_of
from documents.paper.discretion import HiddenFirms
from documents.paper.order import Order
from documents.rules.markup import Items, Prose, Value
from followup.enums import AttendanceState, Channel
from followup.models import Attendance
from followup.rules.cadence import CadencePolicy
from followup.rules.sessions import minutes_attended
from followup.selectors.policy import cadence_policy
from foundation.enterprise_number import bce_words
from foundation.formatting import date_words, duration_words
from foundation.rules.periods import ONE_DAY
from method.rules.phases import Phase
from placements.models import Employment, FollowUpAgreement
from placements.selectors.clocks import clock_facts
from placements.selectors.policy import clock_policy
from placements.selectors.terms import agreed_terms

_WEEK, _FORTNIGHT, _MONTH = 7, 14, range(28, 32)
_INTERVIEWS = (Channel.IN_PERSON, Channel.PHONE, Channel.VIDEO)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document is about: the case, what was asked, and the firms that it may not name."""

    case: CoachingCase
    order: Order
    hidden: HiddenFirms

    @property
    def on(self) -> date:
        """The date that the document carries."""
        return self.order.dated_on


Group = Callable[[Subject], Mapping[str, Value]]


def house_values(organisation: Organisation, on: date) -> Mapping[str, Value]:
    """The organisation, and the date."""
    return {
        "organisme.nom": organisation.name,
        "organisme.adresse": ", ".join(organisation_address(organisation)),
        "organisme.telephone": organisation.phone,
        "organisme.courriel": organisation.email,
        "organisme.bce": bce_words(organisation.bce_number),
        "document.date": date_words(on),
        "document.lieu": organisation.town,
    }


def organisation_address(organisation: Organisation) -> tuple[str, ...]:
    """The lines of an organisation's address; its town once, where the address says it already."""
    town = "" if organisation.town in organisation.address else organisation.town
    return tuple(line for line in (organisation.address, town) if line)


def common_values(subject: Subject) -> Mapping[str, Value]:
    """The person, their coach, their case, the organisation."""
    case, person = subject.case, subject.case.beneficiary
    return {
        "personne.nom": person.full_name,
        "personne.prenom": person.first_name or person.last_name,
        "personne.naissance": date_words(person.birth_date) if person.birth_date else "",
        "personne.adresse": ", ".join(person_address(case)[1:]),
        "personne.telephone": person.phone,
        "personne.courriel": person.email,
        "jobcoach.nom": case.coach.get_full_name(),
        "dossier.ouverture": date_words(case.opened_on),
        "dossier.projet": str(project_of(case, subject.on) or ""),
        "dossier.prescripteur": str(case.referrer) if case.referrer else "",
        **house_values(case.organisation, subject.on),
    }


def person_address(case: CoachingCase) -> tuple[str, ...]:
    """The lines of the person's address, the name first; only the lines that are known."""
    person = case.beneficiary
    lines = (person.full_name, person.street, f"{person.postal_code} {person.town}".strip())
    return tuple(line for line in lines if line)


def company_address(job: Employment, *, to: str = "") -> tuple[str, ...]:
    """The lines of a firm's address, for the attention of somebody there; only the lines that are known."""
    firm = job.company
    lines = (firm.name, to, firm.street, f"{firm.postal_code} {firm.town}".strip())
    return tuple(line for line in lines if line)


# --- how long, how often ----------------------------------------------------------------------------------------------


def path_values(subject: Subject) -> Mapping[str, Value]:
    """The lengths and the cadence in force on the date of the document."""
    return length_values(subject.on, subject.case.organisation_id)


def length_values(on: date, organisation_id: UUID) -> Mapping[str, Value]:
    """The lengths and the cadence in force at an organisation on a day."""
    clocks, cadence = clock_policy(on), cadence_policy(on, organisation_id)
    return {
        "duree.accueil": months_words(value_on(Key.INTAKE_MONTHS, on)),
        "duree.pre_embauche": months_words(clocks.prehire_months),
        "duree.suivi": months_words(clocks.followup_months),
        "rythme.preparatoire": every_words(cadence.every_days[Phase.PREPARATORY]),
        "rythme.pre_embauche": every_words(cadence.every_days[Phase.PRE_HIRE]),
        "rythme.suivi": followup_words(cadence),
    }


def months_words(months: int) -> str:
    """« 24 mois »."""
    return ngettext("%(n)s mois", "%(n)s mois", months) % {"n": months}


def every_words(days: int) -> str:
    """How often, as one says it: « une fois par semaine »."""
    if days == _WEEK:
        return _("une fois par semaine")
    if days == _FORTNIGHT:
        return _("toutes les deux semaines")
    if days in _MONTH:
        return _("une fois par mois")
    return ngettext("chaque jour", "tous les %(n)s jours", days) % {"n": days}


def followup_words(cadence: CadencePolicy) -> str:
    """The cadence of the follow-up, step by step."""
    steps = []
    for step in cadence.follow_up:
        words = every_words(step.every_days)
        if step.until_month is not None:
            words = _("%(often)s jusqu’à la fin du %(n)se mois") % {"often": words, "n": step.until_month}
        steps.append(words)
    last = steps.pop()
    return ", ".join((*steps, _("puis %(often)s") % {"often": last})) if steps else last


# --- what each kind adds ----------------------------------------------------------------------------------------------


def plan_values(subject: Subject) -> Mapping[str, Value]:
    """The goals in course on the date of the document."""
    goals = [goal for goal in subject.case.objectives.all() if goal.state == ObjectiveState.ACTIVE]
    lines = tuple(
        _("%(goal)s (d’ici le %(date)s)") % {"goal": goal.title, "date": date_words(goal.target_on)}
        if goal.target_on
        else goal.title
        for goal in goals
    )
    return {"objectifs": Items(lines, _("Les objectifs se fixent ensemble dans les premières semaines."))}


def third_party_values(subject: Subject) -> Mapping[str, Value]:
    """Who signs besides."""
    return {"tiers.nom": subject.order.third_party}


def followup_values(subject: Subject) -> Mapping[str, Value]:
    """The contract that is followed, and its window.

    Raises:
        ValueError: no contract was named.
    """
    job = subject.order.employment
    if job is None:
        raise ValueError("an agreement of follow-up is about a contract")
    agreement = getattr(job, "followup_agreement", None)
    contact = agreement.contact if agreement else None
    employer = job.as_contract().employer
    spans = [window for window in clock_facts(subject.case).windows() if window.employer == employer]
    window = next((span for span in reversed(spans) if span.starts_on <= job.starts_on), None)
    return {
        "emploi.entreprise": job.company.name,
        "emploi.adresse": ", ".join(company_address(job)[1:]),
        "emploi.reference": contact.name if contact else "",
        "emploi.fonction": agreed_terms(job, subject.on).job_title,
        "emploi.contrat": job.get_contract_type_display(),
        "emploi.debut": date_words(job.starts_on),
        "emploi.fin": date_words(job.last_day) if job.last_day else _("sans date de fin"),
        "emploi.aide": _("%(aid)s, à confirmer auprès du Forem") % {"aid": job.aid} if job.aid else _("aucune notée"),
        "suivi.debut": date_words(window.starts_on) if window else "",
        "suivi.fin": date_words(window.deadline - ONE_DAY) if window else "",
        "suivi.modalites": Prose(_terms_words(agreement)),
    }


def _terms_words(agreement: FollowUpAgreement | None) -> str:
    """The terms agreed; before them, that the follow-up had been refused and since when it is accepted. The reason of
    the refusal stays in the case: the paper goes to both sides.
    """
    if agreement is None:
        return ""
    since = agreement.accepted_from
    said = (
        _("Refusé d’abord, le suivi est accepté à partir du %(date)s.") % {"date": date_words(since)} if since else ""
    )
    return "\n\n".join(filter(None, (said, agreement.terms)))


def certificate_values(subject: Subject) -> Mapping[str, Value]:
    """The dates of the support, how many interviews and sessions; nothing of what was said there."""
    case, on = subject.case, subject.on
    talks = case.contacts.held().with_person().filter(channel__in=_INTERVIEWS, on__lte=on)
    minutes = list(talks.values_list("minutes", flat=True))
    there = list(
        Attendance.objects.filter(case=case, state=AttendanceState.PRESENT, session__on__lte=on).values_list(
            "state", "minutes"
        )
    )
    return {
        "accompagnement.periode": period_words(case, on),
        "accompagnement.entretiens": _counted(
            len(minutes),
            sum(minutes),
            ngettext("%(n)s entretien individuel", "%(n)s entretiens individuels", len(minutes)),
            _("aucun entretien individuel"),
        ),
        "accompagnement.seances": _counted(
            len(there),
            minutes_attended(there),
            ngettext("%(n)s séance collective", "%(n)s séances collectives", len(there)),
            _("aucune séance collective"),
        ),
        "attestation.usage": subject.order.usage or _("à toutes fins utiles"),
    }


def period_words(case: CoachingCase, on: date) -> str:
    """« depuis le 10/02/2025 », or « du 10/02/2025 au 12/05/2025 » once the case is closed."""
    first = date_words(case.opened_on)
    if case.closed_on is None or case.closed_on > on:
        return _("depuis le %(first)s") % {"first": first}
    return _("du %(first)s au %(last)s") % {"first": first, "last": date_words(case.closed_on)}


def _counted(number: int, minutes: int, words: str, nothing: str) -> str:
    if not number:
        return nothing
    return f"{words % {'n': number}} ({duration_words(minutes)})"


def letter_values(subject: Subject) -> Mapping[str, Value]:
    """What was typed."""
    order = subject.order
    return {
        "courrier.destinataire": next(iter(order.recipient), ""),
        "courrier.objet": order.subject,
        "courrier.texte": Prose(order.text),
    }


def values_of(subject: Subject, groups: Iterable[Group]) -> Mapping[str, Value]:
    """The common values and those of some groups; what these read from the case names no firm that is hidden."""
    values: dict[str, Value] = {}
    for group in groups:
        values |= group(subject)
    if subject.hidden:
        values = {name: subject.hidden.masked(value) for name, value in values.items()}
    return {**common_values(subject), **values}

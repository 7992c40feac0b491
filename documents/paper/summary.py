"""The summary of a case for the person: where they are, what was agreed, dates. Never the coach's private words."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from beneficiaries.models import PhaseSpell
from documents.paper.values import Subject
from documents.rules.markup import Grid, Items, Value
from followup.enums import Channel
from followup.models import Appointment
from foundation.formatting import date_words, days_words, duration_words
from foundation.rules.periods import ONE_DAY
from placements.models import Employment
from placements.rules.clocks import PrehireState
from placements.selectors.clocks import clock_facts
from placements.selectors.terms import agreed_terms


def summary_values(subject: Subject) -> Mapping[str, Value]:
    """The fields of the summary, as things stand on the date of the document."""
    case = subject.case
    spells = sorted(case.spells.all(), key=lambda spell: spell.sequence)
    last = spells[-1]
    return {
        "dossier.phase": _("%(phase)s, depuis le %(date)s")
        % {"phase": last.get_phase_display(), "date": date_words(last.starts_on)},
        "dossier.conventions": Items(
            tuple(
                _("%(paper)s : signature du %(date)s")
                % {"paper": _capital(agreement.get_kind_display()), "date": date_words(agreement.signed_on)}
                for agreement in case.agreements.all()
            ),
            _("Aucun document n’est encore signé."),
        ),
        "dossier.horloges": Items(tuple(_clocks(subject))),
        "dossier.rendez_vous": _appointment_words(subject),
        "tableau.phases": Grid(
            _("Les étapes de votre accompagnement"), (_("Étape"), _("Du"), _("Au")), tuple(map(_phase_row, spells))
        ),
        "tableau.objectifs": Grid(
            _("Les objectifs que nous avons fixés"),
            (_("Objectif"), _("Fixé le"), _("Où on en est")),
            tuple(
                (goal.title, date_words(goal.set_on), _state(goal.get_state_display(), goal.settled_on))
                for goal in case.objectives.all()
            ),
            _("Nous n’avons pas encore fixé d’objectif."),
        ),
        "tableau.contrats": _jobs(subject),
        "tableau.contacts": _contacts(subject),
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _state(words: str, on: date | None) -> str:
    return _("%(state)s le %(date)s") % {"state": words, "date": date_words(on)} if on else words


def _phase_row(spell: PhaseSpell) -> tuple[str, str, str]:
    last = ""
    if spell.phase != "EXIT":
        # A passage through hiring may last less than a day.
        last = date_words(max(spell.starts_on, spell.ends_on - ONE_DAY)) if spell.ends_on else _("en cours")
    return _capital(spell.get_phase_display()), date_words(spell.starts_on), last


def _clocks(subject: Subject) -> Iterator[str]:
    facts = clock_facts(subject.case)
    clock = facts.prehire(subject.on)
    months = facts.policy.prehire_months
    if clock is None or facts.prehire_started_on is None:
        yield _("Les %(months)s mois d’accompagnement commenceront avec la pré-embauche.") % {"months": months}
        return
    said = {"months": months, "first": date_words(facts.prehire_started_on), "days": days_words(clock.used_days)}
    if clock.state is PrehireState.CLOSED:
        yield _("Les %(months)s mois ont commencé le %(first)s ; %(days)s ont été utilisés.") % said
    elif clock.deadline is None:
        yield _("Les %(months)s mois ont commencé le %(first)s ; ils sont à l’arrêt pendant votre contrat.") % said
    elif clock.deadline <= subject.on:
        yield _("Les %(months)s mois, commencés le %(first)s, sont épuisés.") % said
    else:
        said["last"] = date_words(clock.deadline - ONE_DAY)
        yield _("Les %(months)s mois ont commencé le %(first)s et vont jusqu’au %(last)s.") % said
    for window in facts.windows():
        if window.period.contains(subject.on) or window.starts_on > subject.on:
            yield _("Le suivi dans l’entreprise va du %(first)s au %(last)s.") % {
                "first": date_words(window.starts_on),
                "last": date_words(window.deadline - ONE_DAY),
            }


def _appointment_words(subject: Subject) -> str:
    planned = Appointment.objects.planned().filter(case=subject.case, on__gte=subject.on)
    following = planned.order_by("on", "at", "created_at").first()
    if following is None:
        return _("à fixer")
    said = {
        "date": date_words(following.on),
        "time": f"{following.at:%H:%M}" if following.at else "",
        "how": Channel(following.channel).label,
    }
    return _("le %(date)s à %(time)s, %(how)s") % said if following.at else _("le %(date)s, %(how)s") % said


def _jobs(subject: Subject) -> Grid:
    jobs = (
        subject.case.employments.effective()
        .select_related("company")
        .prefetch_related("amendments")
        .order_by("-starts_on", "created_at")
    )
    return Grid(
        _("Du plus récent au plus ancien"),
        (_("Fonction"), _("Entreprise"), _("Contrat"), _("Du"), _("Au")),
        tuple(_job_row(job, subject) for job in jobs),
        _("Aucun contrat n’est encore enregistré."),
    )


def _job_row(job: Employment, subject: Subject) -> tuple[str, ...]:
    firm = _("non nommée (suivi discret)") if subject.hidden.hides(job.company_id) else job.company.name
    last = date_words(job.last_day) if job.last_day else _("sans date de fin")
    return (
        agreed_terms(job, subject.on).job_title,
        firm,
        job.get_contract_type_display(),
        date_words(job.starts_on),
        last,
    )


def _contacts(subject: Subject) -> Grid:
    held = subject.case.contacts.held().with_person().filter(on__lte=subject.on)
    rows = tuple(
        (
            date_words(contact.on),
            contact.get_channel_display(),
            contact.coach.get_full_name(),
            duration_words(contact.minutes),
        )
        for contact in held.select_related("coach").order_by("-on", "-created_at")
    )
    return Grid(
        _("Du plus récent au plus ancien"),
        (_("Date"), _("Comment"), _("Avec"), _("Durée")),
        rows,
        _("Aucun contact n’est encore consigné."),
    )

"""What was done with the person: contacts, collective sessions, contracts and how each was followed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followup.enums import AttendanceState
from followup.models import Attendance
from foundation.formatting import duration_words
from inspection.file.facts import DatedContact, InspectionFacts
from inspection.file.parts import capital, day, facts, listing, minutes, moment
from placements.enums import FollowUpMode
from placements.models import Employment, EmploymentVerification
from placements.selectors.discretion import is_hidden
from placements.selectors.insertion import insertion_of
from placements.selectors.jobs import CANCELLED, PLANNED, RUNNING, agreement_of, job_state
from placements.selectors.terms import change_words, week_words
from tables.engine.tables import Cell, Section, Table


def contacts(known: InspectionFacts) -> Section:
    """Every contact as it was written, those outside the mandate marked. Drafts are nobody's but their author's."""
    rows = (
        (
            day(one.contact.on),
            (_how(one), minutes(one.contact.minutes), _content(one), _written(one)),
        )
        for one in known.contacts
    )
    table = listing(
        "contacts",
        _("Contacts"),
        _("Jour"),
        (_("Comment, avec qui, où"), _("Durée"), _("Contenu"), _("Par")),
        rows,
    )
    return Section(_("Contacts"), (_hours(known.contacts), table), _mandate_words(known.contacts))


def _how(one: DatedContact) -> str:
    row = one.contact
    words = [capital(row.get_channel_display()), _("avec %(whom)s") % {"whom": row.get_party_display()}]
    if row.company:
        words.append(row.company.name)
    if row.place:
        words.append(str(row.get_place_display()))
    if not one.held:
        words.append(str(row.get_outcome_display()))
    return ", ".join(words) + (f" – {_('HORS MANDAT')}" if one.outside else "")


def _content(one: DatedContact) -> str:
    goals = " ; ".join(goal.title for goal in one.contact.objectives.all())
    if not goals:
        return one.contact.summary
    return f"{one.contact.summary} [{_('Objectifs : %(goals)s') % {'goals': goals}}]"


def _written(one: DatedContact) -> str:
    """Who held it, and when it was written down: a note written late shows."""
    return _("%(who)s ; noté le %(at)s") % {
        "who": one.contact.coach.get_full_name(),
        "at": moment(one.contact.created_at),
    }


def _hours(every: Sequence[DatedContact]) -> Table:
    held = [one for one in every if one.held]
    lines = (
        (_("Dans le mandat"), [one for one in held if not one.outside]),
        (_("Hors mandat"), [one for one in held if one.outside]),
        (_("Personne absente"), [one for one in every if not one.held]),
    )
    return listing(
        "contact-hours",
        _("Nombre et durée"),
        _("Contacts"),
        (_("Nombre"), _("Durée")),
        ((label, (Cell(len(group)), minutes(sum(one.contact.minutes for one in group)))) for label, group in lines),
    )


def _mandate_words(every: Sequence[DatedContact]) -> str:
    if not any(one.outside for one in every):
        return ""
    return _("Les contacts hors mandat sont conservés et ne comptent dans aucune heure subsidiée.")


# --- sessions ---------------------------------------------------------------------------------------------------------


def sessions(known: InspectionFacts) -> Section:
    """The collective sessions where the person had a place; they never count for the cadence."""
    rows = list(known.case.attendances.all())
    table = listing(
        "sessions",
        _("Séances collectives"),
        _("Jour"),
        (_("Séance"), _("Lieu"), _("Animée par"), _("Présence"), _("Durée")),
        (_session(row) for row in rows),
    )
    there = sum(row.state == AttendanceState.PRESENT for row in rows)
    total = sum(row.minutes for row in rows)
    words = ngettext("%(n)s présence, %(time)s.", "%(n)s présences, %(time)s en tout.", there) % {
        "n": there,
        "time": duration_words(total),
    }
    return Section(_("Séances collectives"), (table,), words if there else "")


def _session(row: Attendance) -> tuple[str, tuple[str | Cell, ...]]:
    session = row.session
    state = capital(row.get_state_display())
    if session.cancelled_on:
        state = _("Séance annulée : %(reason)s") % {"reason": session.cancel_reason}
    return day(session.on), (
        session.series.title,
        session.place,
        session.leader.get_full_name(),
        state,
        minutes(row.minutes),
    )


# --- contracts --------------------------------------------------------------------------------------------------------


def jobs(known: InspectionFacts) -> Section:
    """Contracts with their ends and reasons, what the employer hoped for in aid, and what they come to."""
    contracts = listing(
        "contracts",
        _("Contrats"),
        _("Employeur"),
        (_("Contrat"), _("Premier jour"), _("Dernier jour"), _("Fin"), _("Heures par semaine"), _("Aide à l’embauche")),
        (_contract(job, known.on) for job in known.jobs),
        note=_("Les aides sont celles que l’employeur envisageait : seul le Forem confirme qu’elles sont accordées."),
    )
    tables = (
        contracts,
        *_changes(known),
        *_idleness(known),
        *_weeks(known),
        _followups(known),
        _verifications(known),
        _insertion(known),
    )
    return Section(_("Emploi"), tables, _discretion(known.jobs))


def _contract(job: Employment, on: date) -> tuple[str, tuple[str, ...]]:
    what = f"{job.get_contract_type_display()}, {job.job_title}"
    if job.joint_committee:
        what = _("%(what)s, CP %(number)s") % {"what": what, "number": job.joint_committee}
    if job.user_company:
        what = _("%(what)s, chez %(firm)s") % {"what": what, "firm": job.user_company.name}
    what = _("%(what)s (origine : %(origin)s)") % {"what": what, "origin": job.get_origin_display()}
    state = job_state(job, on)
    if state == CANCELLED and job.cancelled_on:
        end = _("embauche annulée le %(date)s") % {"date": day(job.cancelled_on)}
    elif job.ended_on:
        end = str(job.get_end_reason_display())
    else:
        end = {RUNNING: _("en cours"), PLANNED: _("à venir")}.get(state, _("motif de fin non enregistré"))
    last = day(job.last_day) or _("sans terme")
    if job.ended_on and job.ends_on and job.ended_on != job.ends_on:
        last = _("%(last)s (prévu le %(planned)s)") % {"last": last, "planned": day(job.ends_on)}
    aid = job.aid.shown if job.aid else ""
    return job.company.name, (what, day(job.starts_on), last, end, job.hours, aid)


def _changes(known: InspectionFacts) -> Iterator[Table]:
    """The amendments; no table without any. The trail tells those that were taken back."""
    rows = [(job, row) for job in known.jobs for row in job.amendments.all()]
    if rows:
        yield listing(
            "amendments",
            _("Avenants"),
            _("Emploi"),
            (_("Prend effet le"), _("Ce qui change"), _("Appris le"), _("Noté par")),
            (
                (
                    f"{job.company.name}, {day(job.starts_on)}",
                    (
                        day(row.effective_on),
                        " ; ".join(change_words(row)),
                        day(row.learnt_on),
                        row.recorded_by.get_full_name(),
                    ),
                )
                for job, row in rows
            ),
            note=_("Le premier tableau dit les termes signés ; son dernier jour suit les avenants."),
        )


def _idleness(known: InspectionFacts) -> Iterator[Table]:
    """Temporary unemployment; no table without any."""
    rows = [(job, row) for job in known.jobs for row in job.temporary_unemployment.all()]
    if rows:
        yield listing(
            "temporary-unemployment",
            _("Chômage temporaire"),
            _("Emploi"),
            (_("Premier jour"), _("Dernier jour"), _("Cause"), _("Noté par")),
            (
                (
                    f"{job.company.name}, {day(job.starts_on)}",
                    (
                        day(row.starts_on),
                        day(row.ends_on),
                        f"{row.get_kind_display()} ({_('partiel')})" if row.partial else str(row.get_kind_display()),
                        row.recorded_by.get_full_name(),
                    ),
                )
                for job, row in rows
            ),
            note=_("Le contrat continue : l’horloge des 24 mois reste arrêtée et la fenêtre de suivi ne bouge pas."),
        )


def _weeks(known: InspectionFacts) -> Iterator[Table]:
    """The weeks of work through an agency; no table without any."""
    rows = [(job, row) for job in known.jobs for row in job.weeks.all()]
    if rows:
        yield listing(
            "work-weeks",
            _("Semaines d’intérim"),
            _("Emploi"),
            (_("Semaine du"), _("Prestations")),
            (
                (f"{job.company.name}, {day(job.starts_on)}", (day(row.monday), week_words(row.as_week())))
                for job, row in rows
            ),
            note=_("Une semaine sans travail n’arrête pas l’horloge des 24 mois."),
        )


def _followups(known: InspectionFacts) -> Table:
    rows = []
    for job in known.effective_jobs:
        if job.contract_type not in known.clocks.policy.followed_types:
            continue
        agreement = agreement_of(job)
        label = f"{job.company.name}, {day(job.starts_on)}"
        if agreement is None:
            rows.append((label, (_("non convenu à ce jour"), *[""] * 6)))
            continue
        # An employer who must not hear of the person is named for the contract, and nobody there is.
        whom = agreement.contact.name if agreement.contact and agreement.mode == FollowUpMode.AGREED else ""
        words = (day(agreement.agreed_on), agreement.refusal_reason, day(agreement.accepted_from))
        by = agreement.recorded_by.get_full_name()
        rows.append((label, (str(agreement.get_mode_display()), *words, whom, agreement.terms, by)))
    columns = (
        _("Suivi"),
        _("Convenu ou refusé le"),
        _("Motif du refus"),
        _("Accepté ensuite à partir du"),
        _("Personne de référence"),
        _("Modalités"),
        _("Noté par"),
    )
    return listing("followups", _("Accords de suivi"), _("Emploi"), columns, rows)


def _verifications(known: InspectionFacts) -> Table:
    """Who made sure that the person was at work, when and how."""
    rows = []
    for job in known.jobs:
        verified: Iterable[EmploymentVerification] = cast(Any, job).verifications.all()
        for one in verified:
            found = _("terminé le %(day)s") if one.found_ended else _("au travail le %(day)s")
            words = found % {"day": day(one.seen_on)}
            how = f"{one.get_how_display()}. {one.note}".removesuffix(". ")
            label = f"{job.company.name}, {day(job.starts_on)}"
            rows.append((label, (day(one.asked_on), capital(how), words, one.recorded_by.get_full_name())))
    columns = (_("Vérifié le"), _("Comment"), _("Ce qui en est"), _("Par"))
    return listing("verifications", _("Vérifications d’emploi"), _("Emploi"), columns, rows)


def _insertion(known: InspectionFacts) -> Table:
    found = insertion_of(known.jobs, known.on)
    return facts(
        "insertion",
        _("Placement et insertion durable au %(date)s") % {"date": day(known.on)},
        (
            (_("Mise à l’emploi"), day(found.placed_on) or _("non")),
            (_("Insertion durable"), day(found.durable_on) or _("non atteinte")),
        ),
        note=found.definition,
    )


def _discretion(every: Sequence[Employment]) -> str:
    hidden = [job for job in every if job.cancelled_on is None and is_hidden(job)]
    firms = sorted({firm.name for job in hidden for firm in job.firms})
    if not firms:
        return ""
    return _(
        "Suivi discret ou refusé : rien de cet accompagnement ne peut être dit à %(firms)s. Cet employeur ne peut être "
        "ni contacté ni interrogé au sujet de la personne ; sa personne de référence n’est pas nommée."
    ) % {"firms": ", ".join(firms)}

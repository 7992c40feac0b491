"""The path of the case: phases, the two clocks explained, what stopped or lengthened them, and how it ended."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from beneficiaries.enums import ExitOutcome, ExitReason
from beneficiaries.models import PhaseSpell
from foundation.formatting import days_words
from foundation.rules.periods import ONE_DAY
from inspection.file.facts import InspectionFacts
from inspection.file.parts import capital, day, facts, listing, moment
from method.rules.phases import Phase
from placements.enums import REFUSED_MODES
from placements.models import ClockSuspension, Employment
from placements.rules.windows import FollowUpWindow
from placements.selectors.clock_page import result_words, span, steps
from placements.selectors.clocks_shown import contract_names
from placements.selectors.discretion import is_hidden
from placements.selectors.jobs import agreement_of
from tables.engine.tables import Section, Table


def phases(known: InspectionFacts) -> Section:
    """Every phase with its dates, why it changed, and who changed it."""
    table = listing(
        "phases",
        _("Phases"),
        _("Phase"),
        (_("Début"), _("Passage à la suivante"), _("Durée"), _("Motif"), _("Par"), _("Enregistrée le")),
        (
            (
                capital(spell.get_phase_display()),
                (
                    day(spell.starts_on),
                    day(spell.ends_on) or _("en cours"),
                    days_words((spell.ends_on - spell.starts_on).days) if spell.ends_on else "",
                    _why(spell),
                    spell.actor.get_full_name(),
                    moment(spell.created_at),
                ),
            )
            for spell in known.spells
        ),
    )
    return Section(_("Phases"), (table,))


def _why(spell: PhaseSpell) -> str:
    if spell.phase != Phase.EXIT:
        return spell.reason
    words = f"{ExitReason(spell.exit_reason).label} ; {ExitOutcome(spell.exit_outcome).label}"
    return f"{words}. {spell.reason}" if spell.reason else words


# --- the 24 months ----------------------------------------------------------------------------------------------------


def clock(known: InspectionFacts) -> Section:
    """The 24 months, line by line as the case's own page explains them, then what was asked to change them."""
    title = _("Horloge des 24 mois")
    explanation = known.clocks.explained(known.on)
    decided = (_suspensions(known), _extensions(known))
    if explanation is None:
        words = _("La pré-embauche n’a pas commencé : l’horloge n’a pas démarré.")
        return Section(title, tuple(table for table in decided if table.rows), words)
    case = known.case
    rows = (
        (
            step.label,
            (
                span(step.first, step.last) if step.last or step.is_open else day(step.first),
                step.days,
                step.deadline,
                " ; ".join(source.words for source in step.sources),
                step.remark,
            ),
        )
        for step in steps(case, explanation, known.effective_jobs, list(case.suspensions.all()))
    )
    lines = listing(
        "clock",
        _("Calcul de l’échéance"),
        _("Ligne"),
        (_("Jours"), _("Effet"), _("Échéance à ce point"), _("D’où cela vient"), _("Remarque")),
        rows,
        note=_("Échéance : premier jour qui n’est plus couvert. L’arrêtent : %(types)s et suspensions approuvées.")
        % {"types": contract_names(known.clocks.policy.stopping_types)},
    )
    found = explanation.clock
    result = facts(
        "clock-result",
        _("Résultat au %(date)s") % {"date": day(known.on)},
        (
            (_("Jours utilisés"), days_words(found.used_days)),
            (_("Jours accordés"), days_words(found.allowance_days)),
            (_("Jours d’arrêt"), days_words(found.stopped_days)),
            (_("Échéance"), day(found.deadline) or _("en suspens")),
            (_("En clair"), result_words(found, case.closed_on)),
        ),
    )
    return Section(title, (lines, result, *decided))


def _suspensions(known: InspectionFacts) -> Table:
    rows = (
        (
            capital(row.get_reason_display()),
            (
                span(row.starts_on, row.ends_on),
                row.evidence,
                row.requested_by.get_full_name(),
                capital(row.get_state_display()),
                _("%(who)s, le %(date)s") % {"who": row.decided_by.get_full_name(), "date": day(row.decided_on)}
                if row.decided_by
                else "",
                row.decision_note,
                _looked_at(row),
            ),
        )
        for row in known.case.suspensions.all()
    )
    return listing(
        "suspensions",
        _("Suspensions"),
        _("Motif"),
        (_("Jours"), _("Pièce"), _("Demandée par"), _("État"), _("Décidée par"), _("Remarque"), _("Revue")),
        rows,
    )


def _looked_at(row: ClockSuspension) -> str:
    """The last time that somebody said that it still holds."""
    if row.still_holds_by is None:
        return ""
    words = {"date": day(row.still_holds_on), "who": row.still_holds_by.get_full_name(), "note": row.still_holds_note}
    return _("tenait toujours le %(date)s, vu par %(who)s : %(note)s") % words


def _extensions(known: InspectionFacts) -> Table:
    rows = (
        (
            _("%(months)s mois") % {"months": row.months},
            (day(row.granted_on), row.granted_by.get_full_name(), row.reason, row.document),
        )
        for row in known.case.extensions.all()
    )
    return listing(
        "extensions",
        _("Prolongations"),
        _("Durée"),
        (_("Accordée le"), _("Par"), _("Motif"), _("Document")),
        rows,
    )


# --- the six months ---------------------------------------------------------------------------------------------------


def windows(known: InspectionFacts) -> Section:
    """One window per job: from the first day at work to the earlier of six months and the end of the job."""
    months = known.clocks.policy.followup_months
    table = listing(
        "windows",
        _("Fenêtres de suivi"),
        _("Employeur"),
        (_("Jours couverts"), _("Pourquoi elle s’arrête là"), _("Suivi")),
        (_window(known, window, months) for window in known.clocks.windows()),
        note=_("Une fenêtre par emploi : %(months)s mois, ou jusqu’à la fin de l’emploi s’il finit avant.")
        % {"months": months},
    )
    return Section(_("Suivi en entreprise"), (table,))


def _window(known: InspectionFacts, window: FollowUpWindow, months: int) -> tuple[str, tuple[str, ...]]:
    jobs = [job for job in known.effective_jobs if job.as_contract().employer == window.employer]
    name = next((job.company.name for job in jobs if str(job.company_id) == window.place), "")
    period = window.period
    last = period.end - ONE_DAY if period.end else None
    ended = any(job.last_day == last for job in jobs)
    why = _("fin de l’emploi") if ended else _("%(months)s mois écoulés") % {"months": months}
    return name, (span(period.start, last), why, _how_followed(jobs))


def _how_followed(jobs: Sequence[Employment]) -> str:
    """How the jobs of one window are followed: refused or hidden as soon as one of them is."""
    told = [agreement for job in jobs if (agreement := agreement_of(job)) is not None]
    refused = [agreement for agreement in told if agreement.mode in REFUSED_MODES]
    if refused:
        return str(refused[-1].get_mode_display())
    if any(map(is_hidden, jobs)):
        return _("discret")
    return _("convenu") if any(agreement_of(job) is not None for job in jobs) else _("non convenu")


# --- the way out ------------------------------------------------------------------------------------------------------


def exits(known: InspectionFacts) -> Section:
    """How the case ended, and the exits that were taken back."""
    last = known.spells[-1]
    tables: list[Table] = []
    if last.phase == Phase.EXIT:
        pairs = (
            (_("Sorti le"), day(last.starts_on)),
            (_("Motif"), str(last.get_exit_reason_display())),
            (_("Situation à la sortie"), str(last.get_exit_outcome_display())),
            (_("Précision"), last.reason),
            (_("Décidée par"), last.actor.get_full_name()),
            (_("Enregistrée le"), moment(last.created_at)),
        )
        tables.append(facts("exit", _("La sortie"), pairs))
    undone = known.trail.undone_exits if known.trail else ()
    if undone:
        rows = ((moment(row.at), (day(row.exited_on), row.actor, row.reason)) for row in undone)
        columns = (_("Sortie du"), _("Annulée par"), _("Motif"))
        tables.append(listing("undone-exits", _("Sorties annulées"), _("Annulée le"), columns, rows))
    return Section(_("Sorties"), tuple(tables), "" if tables else _("Le dossier est ouvert."))

"""What the checks find, what was allowed or corrected by exception, who did what and who looked."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from beneficiaries.selectors.exceptions import what_words
from beneficiaries.selectors.history import Deed
from inspection.file.facts import InspectionFacts, Reading
from inspection.file.parts import capital, day, listing, moment
from inspection.report import CHECKS, finding_words
from privacy.history import Change
from tables.engine.tables import Cell, Section, Table

HOW_READ = {
    "view": gettext_lazy("consultation"),
    "print": gettext_lazy("impression"),
    "export": gettext_lazy("exportation"),
    "reveal": gettext_lazy("affichage du numéro national"),
    "download": gettext_lazy("téléchargement d’une pièce"),
    "inspection": gettext_lazy("consultation pour l’inspection"),
    "inspection_pdf": gettext_lazy("dossier d’inspection en PDF"),
    "inspection_zip": gettext_lazy("dossier d’inspection avec ses pièces"),
}


def checks(known: InspectionFacts) -> Section:
    """What the inspection's own checks find in the case, from its opening until today."""
    rows = ((str(CHECKS[finding.check]), (day(finding.on), finding_words(finding))) for finding in known.findings)
    table = listing("findings", _("Constats"), _("Contrôle"), (_("Jour"), _("Constat")), rows)
    none = _("Aucun des %(n)s contrôles ne relève de manquement.") % {"n": len(CHECKS)}
    return Section(_("Ce que relèvent les contrôles"), (table,) if table.rows else (), "" if table.rows else none)


def exceptions(known: InspectionFacts) -> Section:
    """Derogations and extensions, granted by somebody; then every correction with its reason."""
    tables = (_derogations(known), _requests(known), _corrections(known))
    return Section(_("Dérogations et corrections"), tables)


def _derogations(known: InspectionFacts) -> Table:
    check = getattr(known.case, "eligibility", None)
    granted: list[tuple[str, tuple[str, ...]]] = []
    if check is not None and check.is_derogation:
        label = _("Éligibilité")
        if check.over_quota:
            label = _("Éligibilité, au-delà du quota")
        granted.append((label, (day(check.checked_on), check.checked_by.get_full_name(), check.derogation_reason, "")))
    granted += [
        (
            _("Prolongation de %(months)s mois") % {"months": row.months},
            (day(row.granted_on), row.granted_by.get_full_name(), row.reason, row.document),
        )
        for row in known.case.extensions.all()
    ]
    columns = (_("Le"), _("Par"), _("Motif"), _("Document"))
    return listing("derogations", _("Dérogations"), _("Dérogation"), columns, granted)


def _requests(known: InspectionFacts) -> Table:
    """Every exception that was asked, with its paper, its answer, and what was taken back."""
    rows = (
        (
            f"{capital(row.get_kind_display())} {what_words(row)}".strip(),
            (
                _("%(who)s, le %(date)s") % {"who": row.requested_by.get_full_name(), "date": day(row.requested_on)},
                row.reason,
                row.document,
                capital(row.get_state_display()),
                _said(row.decided_by, row.decided_on, row.decision_note),
                _said(row.ended_by, row.ended_on, row.end_reason),
            ),
        )
        for row in known.case.exceptions.all()
    )
    columns = (_("Demandée par"), _("Motif"), _("Pièce"), _("État"), _("Décision"), _("Retrait ou reprise"))
    return listing("exceptions", _("Exceptions demandées"), _("Exception"), columns, rows)


def _said(who: User | None, on: date | None, words: str) -> str:
    """Who, when, in which words; "" for nobody."""
    if who is None:
        return ""
    signed = _("%(who)s, le %(date)s") % {"who": who.get_full_name(), "date": day(on)}
    return f"{signed}. {words}" if words else signed


def _corrections(known: InspectionFacts) -> Table:
    corrected = [deed for deed in known.trail.deeds if deed.reason] if known.trail else []
    rows = ((moment(deed.at), (deed.actor, _sentences(deed), deed.reason)) for deed in corrected)
    columns = (_("Par"), _("Ce qui a été corrigé"), _("Motif"))
    return listing("corrections", _("Corrections"), _("Le"), columns, rows)


def history(known: InspectionFacts) -> Section:
    """Who did what, the oldest first; who looked, counted."""
    trail = known.trail
    deeds = trail.deeds if trail else ()
    written = listing(
        "deeds",
        _("Qui a fait quoi"),
        _("Le"),
        (_("Par"), _("Quoi")),
        ((moment(deed.at), (deed.actor or _("le système"), _sentences(deed))) for deed in deeds),
        note=_("Les freins et la fiche de la personne : on dit qu’ils ont changé, non ce qu’ils disent."),
    )
    looked = listing(
        "readings",
        _("Qui a regardé"),
        _("Par"),
        (_("Comment"), _("Fois"), _("La première"), _("La dernière")),
        (_reading(row) for row in (trail.readings if trail else ())),
    )
    return Section(_("Historique"), (written, looked))


def _reading(row: Reading) -> tuple[str, tuple[str | Cell, ...]]:
    how = HOW_READ.get(row.how, HOW_READ["view"])
    return row.reader or _("le système"), (str(how), Cell(row.times), moment(row.first), moment(row.last))


def _sentences(deed: Deed) -> str:
    return " ; ".join(" ".join(_told(sentence, changes)) for sentence, changes in deed.sentences)


def _told(sentence: str, changes: tuple[Change, ...]) -> Iterator[str]:
    yield sentence
    if changes:
        nothing = _("rien")
        each = (
            _("%(label)s : %(before)s → %(after)s")
            % {"label": change.label, "before": change.before or nothing, "after": change.after or nothing}
            for change in changes
        )
        yield f"({' ; '.join(each)})"

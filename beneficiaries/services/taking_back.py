"""Taking back what was typed wrong on a path: what rests on it, and how it leaves."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import allows, require
from accounts.registries import takables
from accounts.selectors.records import record_of, relations_to, rows_naming
from accounts.services.reasons import require_reason
from accounts.services.taking_back import TakeBackRefused, keep_trace, remove_row
from beneficiaries.models import CoachingCase, CriterionProof, Evidence, TrustAgreement
from beneficiaries.rules.agreements import asked_on, opening_agreements
from beneficiaries.services.coherence import require_coherence
from beneficiaries.services.corrections import withdraw_spell
from beneficiaries.services.papers import PaperStatement, files_of_the_act, keep_paper
from beneficiaries.services.phases import locked_case
from foundation.formatting import date_words
from foundation.persistence import save_checked
from method.rules.phases import Phase
from privacy.audit import act, correcting


def entry_resting_on(agreement: TrustAgreement) -> Any | None:
    """The entry in pre-hire that this signature opened; none before there is one, or when it was optional."""
    spells = list(agreement.case.spells.order_by("sequence"))
    entry = next((spell for spell in spells if spell.phase == Phase.PRE_HIRE), None)
    if entry is None or agreement.kind not in opening_agreements(asked_on(spells, entry.starts_on)):
        return None
    return entry


def refuse_signature(agreement: TrustAgreement, actor: User) -> None:
    """A signature on which pre-hire rests is corrected; it is taken back with the entry when nothing came after it,
    by a coordinator.

    Raises:
        TakeBackRefused: otherwise.
    """
    entry = entry_resting_on(agreement)
    if entry is None:
        return
    said = {"date": date_words(entry.starts_on)}
    if entry.ends_on is not None or agreement.case.spells.filter(sequence__gt=entry.sequence).exists():
        raise TakeBackRefused(
            "prehire",
            _("La pré-embauche, ouverte le %(date)s, repose sur cette signature, et le dossier a continué.") % said,
            hint=_("Si la date ou les signataires sont faux, corrigez la signature au lieu de la retirer."),
        )
    if not allows(actor, "beneficiaries.correct_case", agreement.case):
        raise TakeBackRefused(
            "prehire",
            _("La pré-embauche, ouverte le %(date)s, repose sur cette signature.") % said,
            hint=_(
                "Si la date ou les signataires sont faux, corrigez la signature. Si rien n’a été signé, la "
                "coordination retire la signature, et la pré-embauche avec elle."
            ),
        )


def remove_signature(agreement: TrustAgreement, actor: User) -> None:
    """Take a signature out; the entry in pre-hire that rested on it goes too.

    Raises:
        Incoherent: what was done in pre-hire would no longer hold.
    """
    case = locked_case(agreement.case)
    entry = entry_resting_on(agreement)
    remove_row(agreement)
    if entry is not None:
        withdraw_spell(case, entry.sequence)
    require_coherence(case)


def refuse_paper(paper: Evidence, actor: User) -> None:
    """A paper that proves something that was decided is replaced, not removed.

    Raises:
        TakeBackRefused: it proves something.
    """
    used = [row for row in rows_naming(paper) if not isinstance(row, TrustAgreement)]
    if any(isinstance(row, CriterionProof) for row in used):
        raise TakeBackRefused(
            "proof",
            _("Cette pièce prouve un critère de l’éligibilité, qui est figée."),
            hint=_("Remplacez-la par la bonne : l’éligibilité garde ses critères et montre la nouvelle pièce."),
        )
    if used:
        raise TakeBackRefused(
            "used",
            _("Une décision repose sur cette pièce : %(what)s.") % {"what": used[0]._meta.verbose_name},
            hint=_("Remplacez-la par la bonne."),
        )


def remove_paper(paper: Evidence, actor: User) -> None:
    """Take a paper out, and its file with it: a paper of somebody else has no place here. Its fingerprint stays in the
    trail; a signature of which it was the scan stays without one.
    """
    locked_case(paper.case)
    for agreement in TrustAgreement.objects.select_for_update().filter(scan=paper):
        agreement.scan = None
        save_checked(agreement)
    name, storage = str(paper.file.name or ""), paper.file.storage
    remove_row(paper)
    if name:
        transaction.on_commit(partial(storage.delete, name))


def remove_work(row: Any, actor: User) -> None:
    """Take an obstacle or an objective out; contacts that served an objective stay."""
    locked_case(row.case)
    remove_row(row)


@act
def replace_paper(*, paper: Evidence, statement: PaperStatement, reason: str, actor: User) -> Evidence:
    """Put the right paper in the place of a wrong one: what named the one names the other, and its file goes.

    Raises:
        NotAllowed: neither who added it on the same day, nor a coordinator.
        CorrectionRefused: no reason is given.
        PaperRefused: the new paper is dated later than today, or its file is not one of ours.
    """
    require(actor, "accounts.take_back", record_of(paper, paper.case.organisation_id))
    why = require_reason(reason)
    case = locked_case(paper.case)
    with correcting(why), files_of_the_act():
        kept = keep_paper(case, statement, actor)
        for relation in relations_to(Evidence):
            for row in relation.related_model._base_manager.filter(**{relation.field.name: paper}):
                setattr(row, relation.field.name, kept)
                save_checked(row)
        keep_trace(kind=takables["piece"], row=paper, why=why, actor=actor)
        remove_paper(paper, actor)
    return kept


@act
def correct_signature(
    *, agreement: TrustAgreement, signed_on: date, third_party: str, signatories: str, reason: str, actor: User
) -> TrustAgreement:
    """Change the day of a signature or who signed.

    Raises:
        NotAllowed: neither who wrote it on the same day, nor a coordinator.
        CorrectionRefused: no reason is given.
        Incoherent: pre-hire would begin before it, or the signature before the case.
    """
    require(actor, "accounts.take_back", record_of(agreement, agreement.case.organisation_id))
    why = require_reason(reason)
    case: CoachingCase = locked_case(agreement.case)
    agreement = TrustAgreement.objects.select_for_update().get(pk=agreement.pk)
    agreement.signed_on = signed_on
    agreement.third_party = third_party.strip()
    agreement.signatories = signatories.strip()
    with correcting(why):
        save_checked(agreement)
        require_coherence(case)
    return agreement

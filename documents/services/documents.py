"""Making documents: drawn, kept byte by byte, never changed; and reading one back with proof that it is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.permissions import require
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import locked_case
from documents.models import ProducedDocument, reference_of
from documents.paper.build import Composed, Wording, case_paper, data_of, head_of, session_paper
from documents.paper.discretion import HiddenFirms, hidden_firms, refuse_typed
from documents.paper.drawing import FOR_THE_ARCHIVE, drawn
from documents.paper.kinds import SESSION_SPEC, KindSpec
from documents.paper.order import Order
from documents.rules.languages import shared_language
from documents.selectors import first_and_last_date, followed_jobs, letterhead_of, refusal_of, wording_of
from followup.models import Attendance, CollectiveSession
from followup.selectors.sessions import participants
from foundation.clock import today
from foundation.errors import DomainError
from foundation.formatting import date_words
from foundation.persistence import save_checked
from placements.models import Employment
from placements.selectors.discretion import EmployerHidden
from privacy.audit import act
from privacy.cipher import TamperedValue


class DocumentRefused(DomainError):
    """A document cannot be made, or handed out, as asked."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document composed and allowed, before it is drawn: its key is printed on it."""

    key: UUID
    spec: KindSpec
    order: Order
    wording: Wording
    composed: Composed
    hidden: HiddenFirms


def prepare_document(*, case: CoachingCase, spec: KindSpec, order: Order, actor: User) -> Prepared:
    """Compose a document of a case without keeping anything: what a preview shows, and what would be kept.

    Raises:
        NotAllowed: the case is not the actor's.
        DocumentRefused: the document has no place in this case, or its date does not hold.
        EmployerHidden: it would reach or name an employer who may not hear of the person.
    """
    require(actor, "beneficiaries.change_case", case)
    jobs = _jobs(case)
    refusal = refusal_of(spec, case, jobs, today())
    if refusal:
        raise DocumentRefused("not_now", refusal)
    _refuse_date(case, spec, order)
    hidden = hidden_firms(case)
    refuse_typed(hidden, order)
    if spec.is_about_a_job:
        _refuse_job(case, jobs, order, hidden)
    key = uuid4()
    language = order.language or case.beneficiary.language
    wording = wording_of(case.organisation, spec, order.dated_on, language)
    composed = case_paper(
        spec,
        case,
        order,
        actor=actor,
        wording=wording,
        head=head_of(case.organisation, letterhead_of(case.organisation)),
        hidden=hidden,
        reference=reference_of(key),
    )
    named = hidden.named_in(composed.paper.words)
    if named is not None:
        raise EmployerHidden(
            _("Suivi discret : ce document nommerait %(firm)s.") % {"firm": named},
            hint=_("Son nom est dans le texte du document : demandez qu’il en soit retiré."),
        )
    return Prepared(key, spec, order, wording, composed, hidden)


def produce_document(
    *, case: CoachingCase, spec: KindSpec, order: Order, actor: User, submission_id: UUID | None = None
) -> ProducedDocument:
    """Make a document of a case and keep it; `submission_id` sent twice gives the same document.

    It is drawn before the case is locked: nobody waits for it. What it says is then checked again under the lock.

    Raises:
        NotAllowed, DocumentRefused, EmployerHidden: see `prepare_document`.
        PdfUnavailable: this machine cannot draw text, or a letter of it.
    """
    already = _already(case, submission_id)
    if already is not None:
        require(actor, "beneficiaries.change_case", case)
        return already
    prepared = prepare_document(case=case, spec=spec, order=order, actor=actor)
    with _files_of_the_act() as written:
        return _keep_for_case(
            case=case,
            prepared=prepared,
            actor=actor,
            submission_id=submission_id,
            written=written,
            copies=_draw(prepared, actor, f"dossier {case.pk}"),
        )


@act
def _keep_for_case(
    *,
    case: CoachingCase,
    prepared: Prepared,
    copies: tuple[bytes, bytes],
    actor: User,
    submission_id: UUID | None,
    written: list[FieldFile],
) -> ProducedDocument:
    case = locked_case(case)
    require(actor, "beneficiaries.change_case", case)
    already = _already(case, submission_id)
    if already is not None:
        return already
    if hidden_firms(case).firms != prepared.hidden.firms:
        raise DocumentRefused(
            "discretion_changed", _("La personne vient de demander un suivi discret : refaites ce document.")
        )
    document = _row(prepared, actor, submission_id)
    document.organisation, document.case = case.organisation, case
    return _keep(document, copies, written)


def prepare_sheet(*, session: CollectiveSession, actor: User) -> tuple[Prepared, Sequence[Attendance]]:
    """Compose the attendance sheet of a session, with the people whose names it carries; nothing is kept.

    Raises:
        NotAllowed: the actor does not manage sessions.
    """
    require(actor, "followup.manage_sessions", session)
    spec = SESSION_SPEC
    lines = participants(session)
    language = shared_language(line.case.beneficiary.language for line in lines)
    order = Order(dated_on=session.on, language=language)
    wording = wording_of(session.organisation, spec, session.on, language)
    key = uuid4()
    head = head_of(session.organisation, letterhead_of(session.organisation))
    composed = session_paper(session, lines, wording, head, reference=reference_of(key))
    return Prepared(key, spec, order, wording, composed, HiddenFirms(())), lines


def produce_sheet(
    *, session: CollectiveSession, actor: User, submission_id: UUID | None = None
) -> tuple[ProducedDocument, Sequence[Attendance]]:
    """Make the attendance sheet of a session and keep it as it was handed out; returns it with the people on it.

    Raises:
        NotAllowed: the actor does not manage sessions.
        PdfUnavailable: this machine cannot draw text, or a letter of it.
    """
    prepared, lines = prepare_sheet(session=session, actor=actor)
    with _files_of_the_act() as written:
        document = _keep_for_session(
            session=session,
            prepared=prepared,
            copies=_draw(prepared, actor, f"séance {session.pk}"),
            actor=actor,
            submission_id=submission_id,
            written=written,
        )
    return document, lines


@act
def _keep_for_session(
    *,
    session: CollectiveSession,
    prepared: Prepared,
    copies: tuple[bytes, bytes],
    actor: User,
    submission_id: UUID | None,
    written: list[FieldFile],
) -> ProducedDocument:
    session = CollectiveSession.objects.select_for_update().get(pk=session.pk)
    require(actor, "followup.manage_sessions", session)
    if submission_id is not None:
        already = ProducedDocument.objects.filter(session=session, submission_id=submission_id).first()
        if already is not None:
            return already
    document = _row(prepared, actor, submission_id)
    document.organisation, document.session = session.organisation, session
    return _keep(document, copies, written)


def _jobs(case: CoachingCase) -> list[Employment]:
    found = case.employments.effective().select_related("company", "aid", "followup_agreement__contact")
    return list(found.order_by("starts_on", "created_at"))


def _refuse_date(case: CoachingCase, spec: KindSpec, order: Order) -> None:
    first, last = first_and_last_date(spec, case, today())
    if order.dated_on < first:
        raise DocumentRefused(
            "before_case",
            _("L’accompagnement n’a commencé que le %(date)s.") % {"date": date_words(first)},
            field="dated_on",
        )
    if order.dated_on > last:
        raise DocumentRefused(
            "too_late",
            _("Ce document se date au plus tard du %(date)s.") % {"date": date_words(last)},
            field="dated_on",
        )


def _refuse_job(case: CoachingCase, jobs: Sequence[Employment], order: Order, hidden: HiddenFirms) -> None:
    """Refuse a contract that is not followed, or whose employer may not hear of the person."""
    job = order.employment
    if job is not None and hidden.hides(job.company_id):
        raise EmployerHidden(_("Suivi discret : rien ne s’imprime pour cet employeur."), field="employment")
    if job is None or job.pk not in {one.pk for one in followed_jobs(case, jobs, today())}:
        raise DocumentRefused("job", _("Choisissez un contrat en cours ou prévu."), field="employment")


def _already(case: CoachingCase, submission_id: UUID | None) -> ProducedDocument | None:
    if submission_id is None:
        return None
    found: ProducedDocument | None = ProducedDocument.objects.filter(case=case, submission_id=submission_id).first()
    return found


def _draw(prepared: Prepared, actor: User, about: str) -> tuple[bytes, bytes]:
    """The copy to read and the copy to archive."""
    paper = prepared.composed.paper
    with override(paper.language):
        kind = str(prepared.spec.kind.label)
    facts = {
        "nature": kind,
        "reference": reference_of(prepared.key),
        "cle": str(prepared.key),
        "date": prepared.order.dated_on.isoformat(),
        "organisme": prepared.composed.paper.head.name,
        "concerne": about,
        "fait_par": actor.get_full_name(),
        "fait_le": today().isoformat(),
    }
    data = data_of(prepared.composed, prepared.wording, facts)
    return drawn(paper), drawn(paper, variant=FOR_THE_ARCHIVE, data=data)


def _row(prepared: Prepared, actor: User, submission_id: UUID | None) -> ProducedDocument:
    return ProducedDocument(
        id=prepared.key,
        kind=prepared.spec.kind,
        title=prepared.composed.paper.title[:200],
        template=prepared.wording.template,
        dated_on=prepared.order.dated_on,
        made_by=actor,
        language=prepared.composed.paper.language_tag,
        discreet=bool(prepared.hidden),
        submission_id=submission_id,
    )


def _keep(document: ProducedDocument, copies: tuple[bytes, bytes], written: list[FieldFile]) -> ProducedDocument:
    """Write both copies, then the row that describes them."""
    reading, archive = copies
    document.size, document.sha256 = len(reading), fingerprint(reading)
    document.archive_size, document.archive_sha256 = len(archive), fingerprint(archive)
    for field, content in ((document.file, reading), (document.archive, archive)):
        field.save("", ContentFile(content), save=False)
        written.append(field)
    save_checked(document)
    return document


@contextmanager
def _files_of_the_act() -> Iterator[list[FieldFile]]:
    """Take back the files that were written when the act that wrote them fails."""
    written: list[FieldFile] = []
    try:
        yield written
    except BaseException:
        for field in written:
            field.storage.delete(str(field.name))
        raise


def fingerprint(content: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_copy(document: ProducedDocument, *, archive: bool = False) -> bytes:
    """The bytes of a kept document, verified: what is handed out is what was made.

    Raises:
        FileNotFoundError: the file is gone.
        DocumentRefused: the file is not the one that was made.
    """
    field = document.archive if archive else document.file
    try:
        # From the disk each time: a file that was opened before keeps its bytes in memory.
        with field.storage.open(str(field.name), "rb") as file:
            content = bytes(file.read())
    except TamperedValue as error:
        raise _altered() from error
    if fingerprint(content) != (document.archive_sha256 if archive else document.sha256):
        raise _altered()
    return content


def _altered() -> DocumentRefused:
    return DocumentRefused(
        "altered",
        _("Ce fichier n’est plus celui qui a été fait : son empreinte a changé. Il n’est pas remis."),
        hint=_("Prévenez l’administration de votre organisme."),
    )

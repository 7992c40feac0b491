"""Sending a report: from that moment nothing of it changes, and the database itself sees to it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import require
from foundation.asking import Question, ask
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act
from reporting.models import ReportRun
from reporting.sending.enums import RunState
from reporting.sending.selectors import content_of, is_about_cases, provisional_until
from reporting.sending.services.locking import locked_run


class SubmissionRefused(DomainError):
    """A report cannot be sent as it is."""


@act
def submit_run(
    *, run: ReportRun, recipient: str, reference: str, actor: User, confirmed: frozenset[str] = frozenset()
) -> ReportRun:
    """Note that the report left, to whom and under which reference, and freeze it.

    Figures that were computed before the period was over are provisional: they leave so marked, once somebody has said
    that it is meant.

    Raises:
        NotAllowed: the actor does not administer the organisation.
        SubmissionRefused: it was already sent, it is not ready, something is missing in it, no recipient is named, or a
            file is no longer what was made.
        Unconfirmed: its figures are provisional, and nobody said that they leave all the same.
    """
    run = locked_run(run)
    require(actor, "reporting.submit_report", run)
    require_sendable(run)
    if not recipient.strip():
        raise SubmissionRefused("recipient", _("Dites à qui ce rapport est envoyé."), field="recipient")
    for file in run.files.all():
        content_of(file)
    ask(about_provisional(run), confirmed)
    run.recipient, run.reference = recipient.strip(), reference.strip()
    run.submitted_at, run.submitted_by = timezone.now(), actor
    save_checked(run)
    return run


def about_provisional(run: ReportRun) -> list[Question]:
    """The question about figures that stop before the period does; none about those of a period that was over."""
    until = provisional_until(run)
    if until is None:
        return []
    days = {"until": f"{until:%d/%m/%Y}", "last": f"{run.last:%d/%m/%Y}"}
    return [
        Question(
            code=f"provisional:{until.isoformat()}",
            sentence=_(
                "Ces chiffres sont provisoires : arrêtés au %(until)s, alors que la période se termine le %(last)s."
            )
            % days,
            field=None,
            answer=_("Oui, envoyer les chiffres provisoires du %(until)s") % days,
        )
    ]


def require_sendable(run: ReportRun) -> None:
    """Refuse what cannot be sent as it is, whoever asks.

    Raises:
        SubmissionRefused: it was already sent, it is not ready, or something is missing in it.
    """
    if run.is_submitted:
        raise SubmissionRefused("already", _("Ce rapport a déjà été envoyé : un envoi ne se refait pas."))
    if run.state != RunState.DONE:
        raise SubmissionRefused("not_ready", _("Ce rapport n’est pas encore prêt."))
    if run.gap_count:
        raise _incomplete(run)


def _incomplete(run: ReportRun) -> SubmissionRefused:
    """How much is missing, and on how many cases or people."""
    rows = len({gap["case_id"] for gap in run.gaps})
    missing = ngettext("Il manque %(n)s donnée", "Il manque %(n)s données", run.gap_count) % {"n": run.gap_count}
    on = ngettext("sur %(n)s dossier", "sur %(n)s dossiers", rows) % {"n": rows}
    if not is_about_cases(run):
        on = ngettext("sur %(n)s personne", "sur %(n)s personnes", rows) % {"n": rows}
    return SubmissionRefused(
        "gaps",
        _("%(missing)s %(on)s : un rapport incomplet ne s’envoie pas.") % {"missing": missing, "on": on},
        hint=_("Complétez-les, puis préparez un nouvel envoi."),
    )

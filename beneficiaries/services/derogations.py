"""The derogation of eligibility as a kind of exception: granted, it lets the check stand without a criterion."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import allows
from beneficiaries.enums import ExceptionCode
from beneficiaries.models import CoachingCase, EligibilityCheck, ExceptionRequest
from beneficiaries.registries import ExceptionKind
from beneficiaries.rules.exceptions import ExceptionState
from beneficiaries.selectors.eligibility import derogation_possible, regime_of
from beneficiaries.services.exceptions import ExceptionRefused, ExceptionStatement, answer_request, open_request


def granted_derogation(case: CoachingCase) -> ExceptionRequest | None:
    """The derogation that was granted for a case and still holds."""
    found: ExceptionRequest | None = case.exceptions.filter(
        kind=ExceptionCode.DEROGATION, state=ExceptionState.APPROVED
    ).first()
    return found


def require_derogation(case: CoachingCase, reason: str, on: date, actor: User) -> ExceptionRequest:
    """The derogation on which a check stands: granted before, or granted now by whoever coordinates and checks.

    Raises:
        ExceptionRefused: nobody granted one, and the actor cannot.
    """
    granted = granted_derogation(case)
    if granted is not None:
        return granted
    if not allows(actor, "beneficiaries.decide_exception", case):
        raise ExceptionRefused(
            "not_granted",
            _("Une dérogation se demande à la coordination, qui décide."),
            field="derogation",
            hint=_("Demandez-la depuis l’onglet Parcours ; une fois accordée, revenez ici."),
        )
    stated = ExceptionStatement(reason=reason, document=_("Pièces de la vérification d’éligibilité"))
    request = open_request(case=case, kind=ExceptionCode.DEROGATION, statement=stated, actor=actor)
    answer_request(request, granted=True, on=on, note="", actor=actor, in_one_gesture=True)
    return request


def _may_ask(case: CoachingCase, on: date) -> bool:
    """Before the check, where the law leaves a way around its list."""
    return not hasattr(case, "eligibility") and derogation_possible(regime_of(case.organisation), on)


def _check(request: ExceptionRequest) -> None:
    """Nobody needs a derogation once the check is frozen."""
    if EligibilityCheck.objects.filter(case=request.case_id).exists():
        raise ExceptionRefused("already_checked", _("L’éligibilité de cette personne est déjà vérifiée et figée."))


def _end(request: ExceptionRequest, on: date, reason: str, actor: User) -> None:
    """What a frozen check stands on is not taken back."""
    check = EligibilityCheck.objects.filter(case=request.case_id).first()
    if check is not None and check.is_derogation:
        raise ExceptionRefused(
            "already_checked", _("L’éligibilité est figée sur cette dérogation : elle ne se reprend plus.")
        )


DEROGATION = ExceptionKind(
    code=ExceptionCode.DEROGATION,
    fields=(),
    ask_page="beneficiaries:derogation_ask",
    page="beneficiaries:case_path",
    may_ask=_may_ask,
    check=_check,
    grant=lambda request, actor: None,
    end=_end,
    reopen=_check,
)

"""Which reminders somebody does without by mail."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from followup.models import MutedRule
from followup.rules.reminders import may_mute
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act


class PreferenceRefused(DomainError):
    """That reminder cannot be switched off."""


@act
def choose_reminders(*, muted: Collection[str], actor: User) -> None:
    """Do without the mails of these rules, and of no others; what is due stays on the screen.

    Raises:
        NotAllowed: the actor receives no reminders.
        PreferenceRefused: one of the rules may not be switched off.
    """
    require(actor, "followup.choose_reminders")
    if not may_mute(muted):
        raise PreferenceRefused("compulsory", _("Certains de ces rappels ne peuvent pas être coupés."), field="mailed")
    present = {row.rule: row for row in MutedRule.objects.filter(user=actor).select_for_update()}
    for rule, row in present.items():
        if rule not in muted:
            row.delete()
    for rule in sorted(set(muted) - present.keys()):
        save_checked(MutedRule(user=actor, rule=rule))

"""What is being typed, kept on the server so that nothing is lost with a session or a battery."""

import json
from collections.abc import Mapping

from accounts.models import User
from accounts.permissions import require
from beneficiaries.models import CoachingCase
from followup.models import ContactDraft
from foundation.persistence import save_checked
from privacy.audit import act


@act
def save_draft(*, case: CoachingCase, content: Mapping[str, str | list[str]], actor: User) -> ContactDraft:
    """Keep what the actor typed so far about a case; the last one wins.

    Raises:
        NotAllowed: the case is not the actor's.
    """
    require(actor, "beneficiaries.tell_of_case", case)
    draft = ContactDraft.objects.select_for_update().filter(case=case, author=actor).first()
    draft = draft or ContactDraft(case=case, author=actor)
    draft.content = json.dumps(dict(content), ensure_ascii=False)
    save_checked(draft)
    return draft


@act
def discard_draft(*, case: CoachingCase, actor: User) -> None:
    """Throw away what the actor had typed about a case.

    Raises:
        NotAllowed: the case is not the actor's.
    """
    require(actor, "beneficiaries.tell_of_case", case)
    ContactDraft.objects.filter(case=case, author=actor).delete()

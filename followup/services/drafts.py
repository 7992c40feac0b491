"""What is being typed, kept on the server so that nothing is lost with a session or a battery.

A draft belongs to one opening of the form, the one whose `submission_id` its contact will carry: two tabs on one person
keep two, and what arrives after its contact was recorded is no draft any more. What is to be kept apart lies there with
the rest: a draft is sealed, and nobody but its author reads it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from accounts.models import User
from accounts.permissions import require
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import locked_case
from followup.models import Contact, ContactDraft
from followup.rules.writing import adds_to
from followup.selectors.confidential import own_note
from foundation.persistence import save_checked
from privacy.audit import act


@dataclass(frozen=True, slots=True)
class Opening:
    """Where something is being typed: the form by its `submission_id`, the page that shows it, and the page that had
    written the draft when this one took it over.
    """

    form: UUID
    page: str = ""
    took_over_from: str = ""

    def continues(self, draft: ContactDraft) -> bool:
        """Whether what this page sends goes on where the draft stopped; not when another tab has written since."""
        return draft.page in (self.page, self.took_over_from)


@act
def save_draft(
    *, case: CoachingCase, content: Mapping[str, str | list[str]], actor: User, opening: Opening
) -> ContactDraft | None:
    """Keep what the actor typed so far in a form about a case.

    When another tab goes on with the same form, or its contact is recorded already with other words, a draft of its own
    is made: its `submission_id` is then not that of `opening`. Returns nothing when these words are in a contact.

    Raises:
        NotAllowed: the case is not the actor's.
    """
    require(actor, "beneficiaries.tell_of_case", case)
    # The contact of this form may be on its way at this very moment: one of them waits for the other.
    case = locked_case(case)
    form = opening.form
    recorded = Contact.objects.filter(submission_id=form, case=case).first()
    if recorded is not None:
        kept = own_note(recorded, actor)
        said = (
            (content.get("summary", ""), recorded.summary),
            (content.get("apart", ""), kept.content if kept else ""),
        )
        if not any(adds_to(str(typed), known) for typed, known in said):
            return None
        form = uuid4()
    draft = ContactDraft.objects.select_for_update().filter(submission_id=form, author=actor).first()
    if draft is not None and (draft.case_id != case.pk or not opening.continues(draft)):
        form, draft = uuid4(), None
    draft = draft or ContactDraft(case=case, author=actor, submission_id=form)
    draft.page = opening.page
    draft.content = json.dumps({**content, "submission_id": str(form)}, ensure_ascii=False)
    save_checked(draft)
    return draft


@act
def discard_draft(*, case: CoachingCase, actor: User, form: UUID) -> None:
    """Throw away what the actor had typed in a form about a case.

    Raises:
        NotAllowed: the case is not the actor's.
    """
    require(actor, "beneficiaries.tell_of_case", case)
    ContactDraft.objects.filter(case=case, author=actor, submission_id=form).delete()

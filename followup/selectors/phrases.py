"""The phrases of one's own."""

from accounts.models import User
from followup.models import QuickPhrases


def phrases_of(user: User) -> list[str]:
    """The phrases of this person, in their order; nobody reads another's."""
    content = QuickPhrases.objects.filter(user=user).first()
    return content.content.splitlines() if content else []

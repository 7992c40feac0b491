"""The account that keeps the rules of the installation, in the demonstration."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.stewardship import appoint_steward
from foundation.clock import today

DEMO_STEWARD_EMAIL = "steward@exemple.test"


def add_steward(password: str) -> User:
    """Open the demonstration's steward account, which works in no organisation."""
    steward: User | None = User.objects.filter(email=DEMO_STEWARD_EMAIL).first()
    if steward is not None:
        return steward
    steward = User(email=DEMO_STEWARD_EMAIL, first_name="Odile", last_name="Garance")
    steward.set_password(password)
    return appoint_steward(user=steward, reason=_("Démonstration"), on=today())

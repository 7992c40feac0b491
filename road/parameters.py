"""What an organisation decides of the work on the road, as dated parameters (decision 33)."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.enums import Owner, ParameterStatus
from accounts.parameters import Definition, closed_lists, definitions
from accounts.parameters.kinds import Codes
from accounts.parameters.registry import NO_UNIT
from foundation.rules.saying import sentence

ROAD = _("Sur la route")
_METHOD = sentence("Choix de la méthode ; aucune source légale vue")


class RoadKey(StrEnum):
    """Names of the parameters, as the database keeps them."""

    ALLOWED = "road.allowed"


def register_parameters() -> None:
    """Declare them; called once, from `AppConfig.ready`."""
    meaning = _("Sur la route : hors_ligne (écrire sans réseau), noms (en entier, sinon initiales), dictee (à la voix)")
    codes = Codes(may_be_empty=True, lower=True)
    definitions.add(
        Definition(RoadKey.ALLOWED, ROAD, meaning, codes, NO_UNIT, [], _METHOD, ParameterStatus.ASSUMPTION, Owner.HOUSE)
    )
    closed_lists.add(
        (
            RoadKey.ALLOWED,
            [
                ("hors_ligne", _("Écrire sans réseau, sur le téléphone")),
                ("noms", _("Noms en entier sur le téléphone")),
                ("dictee", _("Dicter : le navigateur peut envoyer la voix à son fabricant")),
            ],
        )
    )

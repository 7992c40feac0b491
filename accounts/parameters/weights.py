"""What one open case weighs in the load of a jobcoach: a house that does not weigh leaves each at one person."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import Owner, ParameterStatus
from accounts.parameters.catalogue import CASELOAD
from accounts.parameters.keys import Key
from accounts.parameters.kinds import Whole
from accounts.parameters.registry import Definition, definitions
from foundation.rules.saying import sentence

_CHOSEN = sentence("Choix de la méthode ; aucune source légale vue")
_MEANINGS = (
    (Key.WEIGHT_PREPARATORY, _("Poids d’un dossier en phase préparatoire"), 100),
    (Key.WEIGHT_PRE_HIRE, _("Poids d’un dossier en pré-embauche"), 100),
    (Key.WEIGHT_HIRE, _("Poids d’un dossier en embauche"), 100),
    (Key.WEIGHT_FOLLOW_UP, _("Poids d’un dossier en suivi"), 100),
    (Key.WEIGHT_OBSTACLE, _("Poids ajouté par frein ouvert"), 0),
)
for _key, _label, _stated in _MEANINGS:
    definitions.add(
        Definition(
            _key,
            CASELOAD,
            _label,
            Whole(0, 300),
            _("% d’une personne"),
            _stated,
            _CHOSEN,
            ParameterStatus.ASSUMPTION,
            Owner.HOUSE,
        )
    )

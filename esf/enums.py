"""Closed lists of the record of an ESF+ participant."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Isced(IntegerChoices):
    """Highest level of education completed, in the international classification (CITE)."""

    NONE = 0, _("aucun diplôme (CITE 0)")
    PRIMARY = 1, _("primaire, CEB (CITE 1)")
    LOWER_SECONDARY = 2, _("secondaire inférieur, CE1D, CESI ou CESDD (CITE 2)")
    UPPER_SECONDARY = 3, _("secondaire supérieur, CESS ou CQ6 (CITE 3)")
    POST_SECONDARY = 4, _("post-secondaire non supérieur, septième année (CITE 4)")
    SHORT_TERTIARY = 5, _("supérieur de type court, brevet (CITE 5)")
    BACHELOR = 6, _("bachelier (CITE 6)")
    MASTER = 7, _("master (CITE 7)")
    DOCTORATE = 8, _("doctorat (CITE 8)")


class Question(TextChoices):
    """The questions that a person may decline (ESF-10), in the order in which their answers are kept."""

    FOREIGN_BACKGROUND = "foreign_background", _("Origine étrangère")
    DISABILITY = "disability", _("Handicap")
    MINORITY = "minority", _("Appartenance à une minorité")
    HOMELESS = "homeless", _("Sans-abri ou exclusion du logement")
    RURAL = "rural", _("Domicile en zone rurale")


class Moment(TextChoices):
    """When the situation of somebody who left is looked at (ESF-07)."""

    EXIT = "EXIT", _("dans les quatre semaines après la sortie")
    SIX_MONTHS = "SIX_MONTHS", _("six mois après la sortie")


class ResultSource(TextChoices):
    """How the situation is known. Nobody asks an employer: the follow-up may be discreet."""

    TALK = "TALK", _("la personne, de vive voix")
    WRITING = "WRITING", _("la personne, par écrit")
    DOCUMENT = "DOCUMENT", _("un contrat, une attestation ou un diplôme vu")
    REGISTER = "REGISTER", _("DIMONA ou FOREM")
    CASE_FILE = "CASE_FILE", _("le dossier d’accompagnement")
    UNREACHED = "UNREACHED", _("personne injoignable, rien n’est connu")

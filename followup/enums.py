"""The closed lists of contacts and appointments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How a contact took place; only in person, telephone and video count for the cadence (domain.md 7)."""

    IN_PERSON = "IN_PERSON", _("en personne")
    PHONE = "PHONE", _("téléphone")
    VIDEO = "VIDEO", _("visioconférence")
    EMAIL = "EMAIL", _("e-mail")
    LETTER = "LETTER", _("courrier")
    MESSAGE = "MESSAGE", _("SMS, messagerie")


class Party(TextChoices):
    """With whom the contact took place."""

    BENEFICIARY = "BENEFICIARY", _("la personne")
    EMPLOYER = "EMPLOYER", _("l’employeur")
    BOTH = "BOTH", _("la personne et l’employeur")
    PARTNER = "PARTNER", _("un partenaire")


class Outcome(TextChoices):
    """Whether the contact took place as meant; a call that nobody answered is neither held nor an absence."""

    HELD = "HELD", _("a eu lieu")
    NO_SHOW = "NO_SHOW", _("personne absente")
    NO_REPLY = "NO_REPLY", _("appel sans réponse")


class Place(TextChoices):
    """Where a meeting takes place."""

    OFFICE = "OFFICE", _("bureau")
    HOME = "HOME", _("domicile")
    COMPANY = "COMPANY", _("entreprise")
    PARTNER = "PARTNER", _("chez un partenaire")
    OUTSIDE = "OUTSIDE", _("ailleurs")
    REMOTE = "REMOTE", _("à distance")


class AppointmentState(TextChoices):
    """What became of a planned contact."""

    PLANNED = "PLANNED", _("prévu")
    HELD = "HELD", _("a eu lieu")
    NO_SHOW = "NO_SHOW", _("personne absente")
    CANCELLED = "CANCELLED", _("annulé")
    MOVED = "MOVED", _("reporté")


class CancelledBy(TextChoices):
    """Who called an appointment off."""

    PERSON = "PERSON", _("la personne")
    COACH = "COACH", _("le ou la jobcoach")
    EMPLOYER = "EMPLOYER", _("l’employeur")


class AttendanceState(TextChoices):
    """What became of a person's place in a collective session; who withdrew left it to somebody else."""

    REGISTERED = "REGISTERED", _("inscrit·e")
    PRESENT = "PRESENT", _("présent·e")
    ABSENT = "ABSENT", _("absent·e")
    EXCUSED = "EXCUSED", _("excusé·e")
    WITHDRAWN = "WITHDRAWN", _("désinscrit·e")


class MailState(TextChoices):
    """Where a mail of the outbox stands."""

    QUEUED = "QUEUED", _("à envoyer")
    SENDING = "SENDING", _("en cours d’envoi")
    SENT = "SENT", _("envoyé")
    FAILED = "FAILED", _("en échec")


class NoticeLevel(TextChoices):
    """As whom somebody was told of a reminder."""

    COACH = "COACH", _("accompagnement")
    COORDINATION = "COORDINATION", _("coordination")

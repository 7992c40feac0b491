"""The dated situations of a person, as eligibility and the ESF+ read them."""

from foundation.rules.lists import ClosedList


class SituationKind(ClosedList):
    """What a person lives on, and where they stand with the authorities; dated, one person may have several."""

    REGISTERED = "REGISTERED", "inscription au FOREM (inoccupé·e)"
    UNEMPLOYMENT = "UNEMPLOYMENT", "allocations de chômage"
    RIS = "RIS", "revenu d’intégration ou aide équivalente"
    SICKNESS = "SICKNESS", "indemnités de mutuelle"
    WORK = "WORK", "activité professionnelle"
    NO_INCOME = "NO_INCOME", "sans activité ni revenu"
    RESIDENCE = "RESIDENCE", "séjour légal (titre de séjour)"

"""What the dated situations of a person say of a criterion: established, contradicted, or not known enough.

A file knows what was written in it. That nothing is written does not prove that nothing happened: such a criterion is
never established by silence, it is left to be ticked with its paper.
"""

from datetime import date

from beneficiaries.rules.eligibility.base import Profile, Verdict
from beneficiaries.rules.situations import SituationKind
from foundation.rules.periods import Period, add_months, covered_days
from foundation.rules.saying import say, say_counted, sentence

#: what MIRE-ELIG-04 excludes, with the words of the reason
ACTIVE = (
    (SituationKind.WORK, sentence("une activité professionnelle")),
    (SituationKind.UNEMPLOYMENT, sentence("des allocations de chômage")),
    (SituationKind.RIS, sentence("un revenu d’intégration")),
)


def _words(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _covering(profile: Profile, kind: SituationKind, on: date) -> Period | None:
    """The known period of that kind to which the day belongs."""
    return next((period for period in profile.situations.get(kind, ()) if period.contains(on)), None)


def _last_over(profile: Profile, kind: SituationKind, on: date) -> Period | None:
    """The last known period of that kind that was over by the day."""
    over = [period for period in profile.situations.get(kind, ()) if period.end is not None and period.end <= on]
    return max(over, key=lambda period: period.start, default=None)


def income_support_verdict(profile: Profile, on: date) -> Verdict:
    """Judge whether the person receives the integration income (or its equivalent) that day (MIRE-ELIG-05)."""
    running = _covering(profile, SituationKind.RIS, on)
    if running is not None:
        return Verdict(True, say("Revenu d’intégration noté depuis le %(date)s.", date=_words(running.start)))
    over = _last_over(profile, SituationKind.RIS, on)
    if over is not None and over.last_day is not None:
        reason = say("Le revenu d’intégration noté s’est arrêté le %(date)s.", date=_words(over.last_day))
        return Verdict(False, reason, contradicted=True)
    return Verdict(False, say("Aucun revenu d’intégration n’est noté ce jour-là."), to_verify=True)


def benefits_verdict(profile: Profile, on: date, months: int, window_months: int) -> Verdict:
    """Judge the days on unemployment benefits in the ``window_months`` before ``on`` against those of the last
    ``months`` (decree of 2004); what the file does not note is left to be ticked with its paper.
    """
    required = (on - add_months(on, -months)).days
    benefits = profile.situations.get(SituationKind.UNEMPLOYMENT, ())
    measured = covered_days(benefits, add_months(on, -window_months), on)
    reason = say_counted(
        "%(n)s jour d’allocations noté dans les %(window)s mois qui précèdent, %(required)s requis.",
        "%(n)s jours d’allocations notés dans les %(window)s mois qui précèdent, %(required)s requis.",
        measured,
        window=window_months,
        required=required,
    )
    met = measured >= required
    return Verdict(met, reason, to_verify=not met, measured=measured, required=required)


def residence_verdict(profile: Profile, on: date) -> Verdict:
    """Judge foreign origin with legal residence, an appeal included (MIRE-ELIG-06).

    A permit that has expired contradicts nothing: the stay is legal during an appeal.
    """
    if profile.foreign_origin is False:
        return Verdict(False, say("La fiche note une origine belge ou européenne."), to_verify=True)
    running = _covering(profile, SituationKind.RESIDENCE, on)
    if running is None:
        over = _last_over(profile, SituationKind.RESIDENCE, on)
        if over is not None and over.last_day is not None:
            ended = _words(over.last_day)
            reason = say("Le titre de séjour noté a pris fin le %(date)s : un recours est-il en cours ?", date=ended)
            return Verdict(False, reason, to_verify=True)
        return Verdict(False, say("Aucun titre de séjour n’est noté ce jour-là."), to_verify=True)
    first = _words(running.start)
    if running.last_day is None:
        known = say("Séjour légal noté depuis le %(first)s", first=first)
    else:
        known = say("Séjour légal noté du %(first)s au %(last)s", first=first, last=_words(running.last_day))
    if profile.foreign_origin is None:
        reason = say("%(known)s ; l’origine n’est pas précisée sur la fiche.", known=known)
        return Verdict(False, reason, to_verify=True)
    return Verdict(True, say("%(known)s, origine étrangère notée sur la fiche.", known=known))


def inactive_verdict(profile: Profile, on: date, months: int) -> Verdict:
    """Judge whether the person neither worked nor received an income in the ``months`` before ``on`` (MIRE-ELIG-04).

    Contradicted by one known day of work, unemployment benefit or integration income; established when the file notes
    every day of the window as without income; to verify otherwise.
    """
    since = add_months(on, -months)
    for kind, words in ACTIVE:
        if days := covered_days(profile.situations.get(kind, ()), since, on):
            reason = say_counted(
                "Le dossier note %(income)s pendant %(n)s jour depuis le %(date)s.",
                "Le dossier note %(income)s pendant %(n)s jours depuis le %(date)s.",
                days,
                income=say(words),
                date=_words(since),
            )
            return Verdict(False, reason, contradicted=True)
    required = (on - since).days
    measured = covered_days(profile.situations.get(SituationKind.NO_INCOME, ()), since, on)
    if measured >= required:
        reason = say(
            "Sans activité ni revenu tous les jours depuis le %(date)s (%(months)s mois).",
            date=_words(since),
            months=months,
        )
        return Verdict(True, reason, measured=measured, required=required)
    reason = say_counted(
        "Rien n’est noté qui s’y oppose depuis le %(date)s ; "
        "%(n)s jour sur %(required)s est noté sans activité ni revenu.",
        "Rien n’est noté qui s’y oppose depuis le %(date)s ; "
        "%(n)s jours sur %(required)s sont notés sans activité ni revenu.",
        measured,
        date=_words(since),
        required=required,
    )
    return Verdict(False, reason, to_verify=True, measured=measured, required=required)

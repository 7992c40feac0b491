"""What is asked of a case because of what is known elsewhere: by the funder, of a paper, of a training.

Each answers with the kind, the day it is due, until when it counts and the firm: :mod:`followup.rules.deadlines` makes
deadlines of them. Source: domain, sections 4 and 6; ESF-07 of the regulation file.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from followup.rules.kinds import DeadlineKind
from foundation.rules.periods import Period, add_months
from method.rules.phases import Phase
from method.rules.urgency import THIS_WEEK_DAYS

# Results of the ESF+ are looked at so long after the exit, and asked for so long.
RESULTS_WEEKS = 4
RESULTS_MONTHS = 6
RESULTS_ASKED_MONTHS = 3

Asked = tuple[DeadlineKind, date, date | None, str]


def results_asked(left: date, settled: Collection[DeadlineKind]) -> Iterable[Asked]:
    """What became of the person four weeks and six months after the exit, where the funder asks.

    Only the recorded result answers: a talk in which it was not asked leaves the record empty. Three months later the
    answer would no longer tell the situation of that day, and is asked no more (an assumption: the sources name the
    days, not how late one may ask).
    """
    for kind, due in (
        (DeadlineKind.RESULTS_4_WEEKS, left + timedelta(weeks=RESULTS_WEEKS)),
        (DeadlineKind.RESULTS_6_MONTHS, add_months(left, RESULTS_MONTHS)),
    ):
        if kind not in settled:
            yield kind, due, add_months(due, RESULTS_ASKED_MONTHS), ""


def signature_asked(phase: Phase, unsigned_since: date | None) -> Iterable[Asked]:
    """A paper that opens pre-hire was made and is not signed: within a week, as long as pre-hire is to be opened.

    The recorded signature settles it, and so does whatever ends the preparatory phase.
    """
    if phase is Phase.PREPARATORY and unsigned_since is not None:
        yield DeadlineKind.SIGNATURE, unsigned_since + timedelta(days=THIS_WEEK_DAYS), None, ""


def reviews_asked(
    phase: Phase, phase_started_on: date, reviews: Iterable[tuple[date, str]], suspended: Sequence[Period]
) -> Iterable[Asked]:
    """The review of each training that ended in the phase in course, before the person is followed in a job.

    Nobody reviews with somebody who cannot come: a suspension that covers the day lets it fall away, a later one ends
    it, and what is due once the person is back calls.
    """
    if phase not in (Phase.PRE_HIRE, Phase.HIRE):
        return
    for last, firm in reviews:
        if last < phase_started_on or any(stop.contains(last) for stop in suspended):
            continue
        ends = min((stop.start for stop in suspended if stop.start > last), default=None)
        yield DeadlineKind.TRAINING_END, last, ends, firm

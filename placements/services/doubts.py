"""What is asked once before something that is possible and unlikely is written of a job."""

from datetime import date

from django.utils.translation import gettext as _

from foundation.asking import Question
from foundation.formatting import date_words
from foundation.rules.periods import ONE_DAY
from placements.selectors.clocks import ClockFacts


def about_suspension(facts: ClockFacts, contract_type: str, starts_on: date) -> list[Question]:
    """The question about somebody suspended who begins to work: the suspension would end the day before; none about
    a contract that does not stop the 24 months, which leaves the suspension as it is.
    """
    running = next((period for period in facts.suspended() if period.contains(starts_on)), None)
    if running is None or contract_type not in facts.policy.stopping_types:
        return []
    words = {"first": date_words(running.start), "eve": date_words(starts_on - ONE_DAY)}
    return [
        Question(
            code=f"suspended:{starts_on.isoformat()}",
            sentence=_(
                "Une suspension court depuis le %(first)s : ce contrat y met fin le %(eve)s, veille du premier jour."
            )
            % words,
            field="starts_on",
            answer=_("Oui, la personne travaille dès ce jour-là"),
        )
    ]

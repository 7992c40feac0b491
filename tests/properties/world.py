"""The stage of the random histories: a small organisation, a clock that only goes forward, and what each act leaves."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import time_machine
from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Beneficiary, CoachingCase, PhaseSpell
from beneficiaries.services.coherence import Incoherent, require_coherence
from employers.models import Company, Vacancy
from followup.models import CaseStatus
from followup.services.consistency import differences
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import contradiction
from placements.models import Amendment, Employment
from placements.selectors.clocks import clock_facts
from tests.conftest import FIRST_MORNING
from tests.factories.accounts import OrganisationFactory, user_with
from tests.factories.stories import a_company, a_person, a_vacancy
from tests.properties import naive
from tests.properties.ledger import Ledger, authors_of_new_lines, ledger, rows_gone, trail_rewritten

DAY = timedelta(days=1)


class World:
    """An organisation of three people, three firms and two persons, inside a transaction that never ends well."""

    def __init__(self, outcomes: Counter[tuple[str, str]]) -> None:
        self.outcomes = outcomes
        self._traveller = time_machine.travel(FIRST_MORNING, tick=False)
        self._clock = self._traveller.start()
        self._undone = transaction.atomic()
        self._undone.__enter__()
        organisation = OrganisationFactory()
        self.coordinator = user_with(Role.COORDINATOR, organisation)
        self.coaches = [user_with(Role.JOBCOACH, organisation) for _ in range(2)]
        self.stranger = user_with(Role.COORDINATOR)
        self.people: list[Beneficiary] = [a_person(self.coaches[0]), a_person(self.coaches[0])]
        self.companies: list[Company] = [a_company(self.coaches[0]) for _ in range(3)]
        self.vacancies: list[Vacancy] = [a_vacancy(self.coaches[0], company) for company in self.companies[:2]]
        self.before: Ledger = ledger()
        self._checked = False

    def end(self) -> None:
        """Leave the database as it was found, and time too."""
        transaction.set_rollback(True)
        self._undone.__exit__(None, None, None)
        self._traveller.stop()

    def sleep(self, days: int) -> None:
        """Let days pass; ten in the morning again."""
        self._checked = False
        self._clock.move_to(datetime.combine(today() + days * DAY, time(10), tzinfo=FIRST_MORNING.tzinfo), tick=False)

    # --- who and what -------------------------------------------------------------------------------------------------

    def actor(self, who: str, case: CoachingCase | None = None) -> User:
        """The one who carries the case, a colleague, the coordinator, or the coordinator of another house."""
        if who == "coordinator":
            return self.coordinator
        if who == "stranger":
            return self.stranger
        carrier = case.coach if case is not None else self.coaches[0]
        if who == "carrier":
            return carrier
        return next(coach for coach in self.coaches if coach.pk != carrier.pk)

    def cases(self) -> list[CoachingCase]:
        """Every path, in the order in which they were opened."""
        return list(CoachingCase.objects.order_by("created_at"))

    def open_cases(self, *phases: str) -> list[CoachingCase]:
        """Paths that run, in one of the phases if any is given."""
        found = [case for case in self.cases() if case.is_open]
        return [case for case in found if not phases or case.open_spell().phase in phases]

    def day(self, anchor: str, offset: int, case: CoachingCase | None = None) -> date:
        """A day near something that matters: today, the phase in course, the last job, the end of the 24 months."""
        base: date | None = None
        if case is not None and anchor == "phase":
            base = case.open_spell().starts_on
        elif case is not None and anchor == "opening":
            base = case.opened_on
        elif case is not None and anchor == "job":
            last = Employment.objects.filter(case=case).order_by("-starts_on").first()
            base = last and (last.last_day or last.starts_on)
        elif case is not None and anchor == "deadline":
            base = CaseStatus.objects.get(case=case).prehire_deadline
        return (base or today()) + offset * DAY

    # --- acts ---------------------------------------------------------------------------------------------------------

    def attempt(self, name: str, actor: User, act: Callable[[], Any]) -> bool:
        """Do an act: either it is done, signed and coherent, or it is refused in a sentence and wrote nothing."""
        self._clock.shift(1)
        refused: DomainError | None = None
        try:
            act()
        except DomainError as refusal:
            refused = refusal
        after = ledger()
        if refused is not None:
            self.outcomes[name, refused.code] += 1
            assert refused.message, f"{name} is refused without a word ({refused.code})"
            assert refused.message != contradiction(), f"{name} is stopped by a constraint: no service explains it"
            assert after == self.before, f"{name} was refused ({refused.code}) and wrote something"
            return False
        self.outcomes[name, "done"] += 1
        self._checked = False
        assert not trail_rewritten(self.before, after), f"{name} rewrote the trail"
        assert authors_of_new_lines(self.before, after) <= {actor.pk}, f"{name} was signed by somebody else"
        phase_gone = {PhaseSpell._meta.db_table: 1}
        # A hiring to which nobody came takes back the follow-up that it had opened, if it had.
        # What is taken back leaves its table and keeps its trace (decision 24): here an amendment, and the follow-up
        # that the permanent contract it made had opened.
        amendment_gone = {Amendment._meta.db_table: 1}
        allowed = {
            "undo_exit": [phase_gone],
            "cancel_hiring": [{}, phase_gone],
            "take_back": [amendment_gone, amendment_gone | phase_gone],
        }.get(name, [{}])
        assert rows_gone(self.before, after) in allowed, f"{name} lost facts"
        self.before = after
        return True

    # --- what always holds --------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Everything that holds after any act, and however much time passes; after a refusal nothing is new."""
        if self._checked:
            return
        self._checked = True
        cases = self.cases()
        for person in self.people:
            assert sum(case.is_open for case in cases if case.beneficiary_id == person.pk) <= 1
        assert list(differences()) == []
        for case in cases:
            self._check_clocks(case)
            try:
                require_coherence(case)
            except Incoherent as problem:
                raise AssertionError(f"the acts lead to what no correction would accept: {problem}") from problem

    def _check_clocks(self, case: CoachingCase) -> None:
        facts, status, path = clock_facts(case), CaseStatus.objects.get(case=case), naive.Path(case)
        assert sorted((w.starts_on, w.deadline, w.employer) for w in facts.windows()) == path.windows
        ends_last = max(path.windows, key=lambda w: (w.deadline, w.starts_on), default=None)
        assert (status.followup_starts_on, status.followup_deadline) == (
            (ends_last.starts_on, ends_last.deadline) if ends_last else (None, None)
        )
        assert status.prehire_deadline == path.deadline
        for on in self._days_to_ask(status.prehire_deadline):
            clock = facts.prehire(on)
            told = clock and naive.Clock(
                clock.allowance_days,
                clock.used_days,
                clock.stopped_days,
                clock.remaining_days,
                clock.state.value,
                clock.deadline,
            )
            assert told == path.clock(on), f"the 24 months on {on}"

    @staticmethod
    def _days_to_ask(deadline: date | None) -> Iterator[date]:
        yield today()
        if deadline is not None:
            yield deadline - DAY
            yield deadline

"""Random histories of acts through the real services: whatever people do, in whatever order, the facts stay sound.

A machine opens cases, moves them, hires, corrects, undoes, and lets days pass. An act may be refused by the rules; it
may not crash, and refused it writes nothing. After each act: one open case at most, spells that follow one another,
both clocks equal to a count day by day, the status equal to its recomputation, and a trail that only grows.
"""

from collections import Counter
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.registries import takables
from accounts.services.taking_back import take_back
from beneficiaries.enums import ExceptionCode
from beneficiaries.models import CoachingCase, ExceptionRequest
from beneficiaries.rules.agreements import AgreementKind
from beneficiaries.rules.exceptions import ExceptionState
from beneficiaries.services.cases import CaseOpening, hand_over, open_case
from beneficiaries.services.corrections import correct_phase_start, undo_exit
from beneficiaries.services.exceptions import ExceptionStatement, ask_exception, decide_exception
from beneficiaries.services.path import check_coachability, sign_agreement
from beneficiaries.services.phases import exit_case, start_prehire
from followup.models import Appointment, Contact
from followup.services.contacts import (
    AppointmentPlan,
    ContactStatement,
    change_appointment,
    plan_appointment,
    record_contact,
)
from followup.services.corrections import correct_contact
from foundation.clock import today
from placements.models import Amendment, ClockSuspension, Employment, Match
from placements.rules.amendments import Change
from placements.rules.weeks import WEEK, Week, monday_of
from placements.services.amendments import Stated, amend
from placements.services.clocks import (
    SuspensionRequest,
    cancel_suspension,
    decide_suspension,
    end_suspension,
    grant_extension,
    request_suspension,
)
from placements.services.corrections import CorrectedTerms, correct_employment
from placements.services.hiring import (
    FollowUpTerms,
    Terms,
    agree_followup,
    cancel_hiring,
    confirm_start,
    end_employment,
    hire,
    return_to_prehire,
)
from placements.services.matching import propose_match, record_employer_decision, record_person_decision
from placements.services.weeks import write_weeks
from tests.factories.stories import a_derogation, check_knowingly, statement_on
from tests.properties.world import DAY, World

#: what became of every act of the run: (act, "done" or the code of the refusal)
OUTCOMES: Counter[tuple[str, str]] = Counter()

which = st.integers(0, 5)
who = st.sampled_from(["carrier"] * 12 + ["coordinator"] * 6 + ["colleague", "stranger"])
decider = st.sampled_from(["coordinator"] * 12 + ["carrier", "stranger"])
anchor = st.sampled_from(["today", "today", "phase", "opening", "job", "deadline"])
offset = st.one_of(st.just(0), st.just(0), st.integers(-3, 3), st.integers(-40, 10), st.integers(-800, 400))
past = st.one_of(st.just(0), st.just(0), st.integers(-2, 0), st.integers(-60, 1), st.integers(-700, 0))
length = st.one_of(st.integers(0, 10), st.integers(20, 200), st.integers(300, 900))
contract_type = st.sampled_from(["CDD", "CDD", "CDI", "CDI", "INTERIM", "STAGE", "PFI", "FREELANCE"])
place = st.sampled_from(["", "OFFICE", "COMPANY"])
mode = st.sampled_from(["AGREED", "DISCREET", "REFUSED", None])
decision = st.sampled_from(["ACCEPTED", "ACCEPTED", "ACCEPTED", "REFUSED"])
end_reason = st.sampled_from(["TERM", "RESIGNATION", "DISMISSAL"])
maybe_reason = st.sampled_from(["Un motif"] * 7 + [" "])


# Most slips of the pen are of a day or two.
near_or_far = st.one_of(st.integers(-3, 3), st.integers(-3, 3), st.integers(-40, 40))


class Histories(RuleBasedStateMachine):
    world: World | None = None

    @property
    def w(self) -> World:
        assert self.world is not None
        return self.world

    def teardown(self) -> None:
        if self.world is not None:
            self.world.end()

    @initialize(
        opened=st.integers(-900, 0),
        stage=st.sampled_from(["opened", "ready", "pre-hire", "pre-hire", "at work", "at work"]),
        contract_type=contract_type,
        length=length,
        mode=mode,
    )
    def a_first_path(self, opened: int, stage: str, contract_type: str, length: int, mode: str | None) -> None:
        """A history that begins anywhere: most of what can go wrong takes a job."""
        self.world = World(OUTCOMES)
        self.open(0, "carrier", opened)
        if stage != "opened":
            self.prepare(0, "carrier", "opening", 0)
        if stage in ("pre-hire", "at work"):
            self.prehire(0, "carrier", "opening", 0)
        if stage == "at work":
            self.engage(0, "carrier", "opening", min(30, -opened), length, contract_type, mode, False)

    @invariant()
    def everything_holds(self) -> None:
        if self.world is not None:
            self.world.check()

    # --- choosing -----------------------------------------------------------------------------------------------------

    def has_case(self, *phases: str) -> bool:
        return self.world is not None and bool(self.w.open_cases(*phases))

    def pick(self, number: int, *phases: str) -> CoachingCase | None:
        """An open case, in one of the phases if there is one there, else any: a rule must also be asked in vain."""
        found = self.w.open_cases(*phases) or self.w.open_cases()
        return found[number % len(found)] if found else None

    @staticmethod
    def row(found: Any, number: int) -> Any:
        rows = list(found)
        return rows[number % len(rows)] if rows else None

    # --- time ---------------------------------------------------------------------------------------------------------

    @rule(days=st.one_of(st.integers(1, 10), st.integers(11, 100), st.integers(100, 500)))
    def days_pass(self, days: int) -> None:
        self.w.sleep(days)

    @precondition(lambda self: self.has_case())
    @rule(
        number=which,
        back=past,
        length=length,
        contract_type=contract_type,
        mode=mode,
        with_match=st.booleans(),
        bounced=st.booleans(),
    )
    def go_on(
        self,
        number: int,
        back: int,
        length: int,
        contract_type: str,
        mode: str | None,
        with_match: bool,
        bounced: bool,
    ) -> None:
        """What the phase of a case calls for, done by who carries it."""
        case = self.pick(number)
        phase = case.open_spell().phase
        if phase == "PREPARATORY":
            self.prepare(number, "carrier", "opening", 0)
            self.prehire(number, "carrier", "today", back)
        elif phase == "PRE_HIRE":
            if with_match:
                self.match(number, "carrier", back, "ACCEPTED", "ACCEPTED")
            self.engage(number, "carrier", "today", back, length, contract_type, mode, with_match)
        elif phase == "HIRE" and not bounced:
            self.agree(0, "carrier", mode or "AGREED", 0)
        elif phase == "HIRE":
            self.call_off(0, "carrier", "today", 0, "Un motif")
        elif bounced:
            self.end_job(0, "carrier", "today", min(back, 0), "RESIGNATION")
            self.bounce(number, "carrier", "job", 1, "Un motif")
        else:
            self.engage(number, "carrier", "today", back, length, contract_type, mode, False)

    # --- the path -----------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.world is not None and len(self.w.open_cases()) < 2)
    @rule(number=which, who=who, back=past)
    def open(self, number: int, who: str, back: int) -> None:
        person = self.w.people[number % 2]
        actor = self.w.actor(who)
        opening = CaseOpening(coach=self.w.coaches[number // 2 % 2], opened_on=today() + back * DAY)
        self.w.attempt("open_case", actor, lambda: open_case(beneficiary=person, opening=opening, actor=actor))

    def grant(self, request: ExceptionRequest) -> None:
        decide_exception(request=request, granted=True, on=today(), actor=self.w.coordinator)

    def derogate(self, case: CoachingCase) -> None:
        """A derogation asked by whoever follows the case, and granted by the coordination."""
        asked = ExceptionStatement(reason="Décision du comité", document="Décision")
        self.w.attempt(
            "ask_derogation",
            case.coach,
            lambda: ask_exception(case=case, kind=ExceptionCode.DEROGATION, statement=asked, actor=case.coach),
        )
        for request in ExceptionRequest.objects.filter(case=case, state=ExceptionState.REQUESTED):
            self.w.attempt("grant_derogation", self.w.coordinator, partial(self.grant, request))

    @precondition(lambda self: self.has_case("PREPARATORY"))
    @rule(number=which, who=who, anchor=anchor, offset=offset)
    def prepare(self, number: int, who: str, anchor: str, offset: int) -> None:
        case = self.pick(number, "PREPARATORY")
        actor, on = self.w.actor(who, case), self.w.day(anchor, offset, case)
        if number == 1:
            self.derogate(case)
        statement = a_derogation(case, on) if number == 1 else statement_on(case, on)
        self.w.attempt("check_eligibility", actor, lambda: check_knowingly(case, statement, actor))
        yes = number != 2
        self.w.attempt(
            "check_coachability",
            actor,
            lambda: check_coachability(
                case=case, volunteer=True, informed=True, available=yes, ordinary_job=True, on=on, actor=actor
            ),
        )
        for kind in AgreementKind.values:
            self.w.attempt(
                "sign_agreement",
                actor,
                lambda kind=kind: sign_agreement(case=case, kind=kind, signed_on=on, actor=actor),
            )

    @precondition(lambda self: self.has_case("PREPARATORY"))
    @rule(number=which, who=who, anchor=anchor, offset=offset)
    def prehire(self, number: int, who: str, anchor: str, offset: int) -> None:
        case = self.pick(number, "PREPARATORY")
        actor, on = self.w.actor(who, case), self.w.day(anchor, offset, case)
        self.w.attempt("start_prehire", actor, lambda: start_prehire(case=case, on=on, actor=actor))

    @precondition(lambda self: self.has_case())
    @rule(number=which, who=decider, back=past)
    def give(self, number: int, who: str, back: int) -> None:
        case = self.pick(number)
        actor = self.w.actor(who, case)
        coach = case.coach if number == 5 else self.w.actor("colleague", case)
        self.w.attempt(
            "hand_over", actor, lambda: hand_over(case=case, coach=coach, on=today() + back * DAY, actor=actor)
        )

    @precondition(lambda self: self.has_case())
    @rule(
        number=which,
        who=who,
        anchor=anchor,
        offset=st.integers(-5, 3),
        outcome=st.sampled_from(["EMPLOYED"] * 5 + [""]),
        why=st.sampled_from(["WITHDRAWAL", "NO_NEWS", "DEATH"]),
    )
    def leave(self, number: int, who: str, anchor: str, offset: int, outcome: str, why: str) -> None:
        case = self.pick(number)
        actor, on = self.w.actor(who, case), self.w.day(anchor, offset, case)
        self.w.attempt(
            "exit_case",
            actor,
            lambda: exit_case(case=case, on=on, exit_reason=why, exit_outcome=outcome, actor=actor),
        )

    @precondition(lambda self: self.world is not None and any(not case.is_open for case in self.w.cases()))
    @rule(number=which, who=decider, reason=maybe_reason)
    def undo(self, number: int, who: str, reason: str) -> None:
        case = self.row(reversed([case for case in self.w.cases() if not case.is_open]), number)
        actor = self.w.actor(who, case)
        self.w.attempt("undo_exit", actor, lambda: undo_exit(case=case, reason=reason, actor=actor))

    @rule(number=which, spell=which, who=decider, anchor=anchor, offset=near_or_far, reason=maybe_reason)
    def correct_phase(self, number: int, spell: int, who: str, anchor: str, offset: int, reason: str) -> None:
        case = self.row(self.w.cases(), number)
        if case is not None:
            actor = self.w.actor(who, case)
            row = self.row(case.spells.order_by("sequence"), spell)
            on = row.starts_on + offset * DAY if anchor == "today" else self.w.day(anchor, offset, case)
            self.w.attempt(
                "correct_phase_start",
                actor,
                lambda: correct_phase_start(spell=row, starts_on=on, reason=reason, actor=actor),
            )

    # --- matching and work --------------------------------------------------------------------------------------------

    @precondition(lambda self: self.has_case("PRE_HIRE"))
    @rule(number=which, who=who, back=past, person=decision, employer=decision)
    def match(self, number: int, who: str, back: int, person: str, employer: str) -> None:
        case = self.pick(number, "PRE_HIRE")
        actor, on = self.w.actor(who, case), today() + back * DAY
        vacancy = self.w.vacancies[number % 2]
        self.w.attempt(
            "propose_match",
            actor,
            lambda: propose_match(case=case, vacancy=vacancy, on=on, rationale="Aime l’ordre", actor=actor),
        )
        self.answer(number, who, person, employer, back)

    @precondition(lambda self: self.world is not None and Match.objects.exists())
    @rule(number=which, who=who, person=decision, employer=decision, back=past)
    def answer(self, number: int, who: str, person: str, employer: str, back: int) -> None:
        match = self.row(Match.objects.order_by("created_at"), number)
        if match is None:
            return
        actor, on = self.w.actor(who, match.case), today() + back * DAY
        for name, service, given in (
            ("record_employer_decision", record_employer_decision, employer),
            ("record_person_decision", record_person_decision, person),
            ("record_employer_decision", record_employer_decision, employer),
        ):
            self.w.attempt(
                name,
                actor,
                lambda service=service, given=given: service(
                    match=match, decision=given, on=on, reason="Trop loin", actor=actor
                ),
            )

    @precondition(lambda self: self.world is not None and bool(self.w.cases()))
    @rule(
        number=which,
        who=who,
        anchor=anchor,
        offset=st.one_of(st.integers(-3, 9), st.integers(-60, 30), st.integers(-700, -60)),
        length=length,
        contract_type=contract_type,
        mode=mode,
        with_match=st.booleans(),
    )
    def engage(
        self,
        number: int,
        who: str,
        anchor: str,
        offset: int,
        length: int,
        contract_type: str,
        mode: str | None,
        with_match: bool,
    ) -> None:
        case = self.pick(number, "PRE_HIRE", "HIRE", "FOLLOW_UP")
        if case is None or number == 5:
            # Work is heard of before the entry and after the exit too.
            case = self.row(self.w.cases(), number)
        actor, first = self.w.actor(who, case), self.w.day(anchor, offset, case)
        match = self.row(Match.objects.order_by("created_at"), number) if with_match else None
        company = match.vacancy.company if match else self.w.companies[number % 3]
        terms = Terms(
            contract_type=contract_type,
            job_title="Magasinier·ère",
            starts_on=first,
            ends_on=None if contract_type in ("CDI", "FREELANCE") or length == 7 else first + length * DAY,
            weekly_hours=Decimal("19.5"),
        )
        followup = FollowUpTerms(mode=mode, agreed_on=min(first, today()), reason="Non") if mode else None
        self.w.attempt(
            "hire",
            actor,
            lambda: hire(case=case, company=company, terms=terms, actor=actor, match=match, followup=followup),
        )

    def job(self, number: int) -> Employment | None:
        return self.row(Employment.objects.order_by("-created_at"), number)

    @precondition(lambda self: self.world is not None and Employment.objects.exists())
    @rule(number=which, who=who, mode=st.sampled_from(["AGREED", "DISCREET", "REFUSED", "EMPLOYER", "BOTH"]), back=past)
    def agree(self, number: int, who: str, mode: str, back: int) -> None:
        job = self.job(number)
        actor = self.w.actor(who, job.case)
        followup = FollowUpTerms(mode=mode, agreed_on=today() + back * DAY, reason="Non")
        self.w.attempt("agree_followup", actor, lambda: agree_followup(employment=job, followup=followup, actor=actor))

    @precondition(lambda self: self.world is not None and Employment.objects.exists())
    @rule(number=which, who=who)
    def begin_work(self, number: int, who: str) -> None:
        job = self.job(number)
        actor = self.w.actor(who, job.case)
        self.w.attempt("confirm_start", actor, lambda: confirm_start(employment=job, actor=actor))

    @precondition(lambda self: self.world is not None and Employment.objects.exists())
    @rule(number=which, who=who, anchor=anchor, offset=st.integers(-5, 2), reason=maybe_reason)
    def call_off(self, number: int, who: str, anchor: str, offset: int, reason: str) -> None:
        job = self.job(number)
        actor, on = self.w.actor(who, job.case), self.w.day(anchor, offset, job.case)
        self.w.attempt("cancel_hiring", actor, lambda: cancel_hiring(employment=job, on=on, reason=reason, actor=actor))

    @precondition(lambda self: self.world is not None and Employment.objects.exists())
    @rule(number=which, who=who, at=st.sampled_from(["term", "today", "first"]), offset=offset, reason=end_reason)
    def end_job(self, number: int, who: str, at: str, offset: int, reason: str) -> None:
        job = self.job(number)
        actor = self.w.actor(who, job.case)
        on = {"term": job.ends_on or today(), "today": today() + offset * DAY, "first": job.starts_on}[at]
        self.w.attempt(
            "end_employment", actor, lambda: end_employment(employment=job, ended_on=on, reason=reason, actor=actor)
        )

    @precondition(lambda self: self.world is not None and Employment.objects.exists())
    @rule(number=which, who=who, at=offset, length=length, permanent=st.booleans())
    def amend_job(self, number: int, who: str, at: int, length: int, permanent: bool) -> None:
        """A new last day, or a CDD that becomes permanent; the one that stands already is taken back."""
        job = self.job(number)
        actor = self.w.actor(who, job.case)
        known = self.row(Amendment.objects.filter(employment=job).order_by("created_at"), number)
        if known is not None and number % 2:
            self.w.attempt(
                "take_back",
                actor,
                lambda: take_back(kind=takables["avenant"], row=known, reason="Erreur", actor=actor),
            )
            return
        on = (job.last_day or today()) + at * DAY
        change = Change(
            effective_on=on,
            changes_end=not permanent,
            ends_on=None if permanent or length == 7 else on + length * DAY,
            becomes="CDI" if permanent else "",
        )
        stated = Stated(change=change, learnt_on=today())
        self.w.attempt("amend", actor, lambda: amend(employment=job, stated=stated, actor=actor))

    @precondition(lambda self: self.world is not None and Employment.objects.filter(contract_type="INTERIM").exists())
    @rule(number=which, who=who, days=st.lists(st.sampled_from([0, 5]), min_size=1, max_size=4))
    def enter_weeks(self, number: int, who: str, days: list[int]) -> None:
        job = self.row(Employment.objects.filter(contract_type="INTERIM").order_by("created_at"), number)
        actor, first = self.w.actor(who, job.case), monday_of(job.starts_on)
        weeks = {first + n * WEEK: Week(first + n * WEEK, Decimal(count)) for n, count in enumerate(days)}
        seen = {row.monday: row.as_week() for row in job.weeks.all()}
        self.w.attempt("write_weeks", actor, lambda: write_weeks(employment=job, weeks=weeks, seen=seen, actor=actor))

    @precondition(lambda self: self.has_case("FOLLOW_UP", "HIRE"))
    @rule(number=which, who=who, anchor=anchor, offset=st.integers(-5, 2), reason=maybe_reason)
    def bounce(self, number: int, who: str, anchor: str, offset: int, reason: str) -> None:
        case = self.pick(number, "FOLLOW_UP", "HIRE")
        actor, on = self.w.actor(who, case), self.w.day(anchor, offset, case)
        self.w.attempt(
            "return_to_prehire", actor, lambda: return_to_prehire(case=case, on=on, reason=reason, actor=actor)
        )

    @precondition(lambda self: self.world is not None and Employment.objects.exists())
    @rule(
        number=which,
        who=decider,
        shift=st.integers(-20, 20),
        length=length,
        contract_type=st.none() | contract_type,
        ended=st.sampled_from(["as it was", "now", "never"]),
        reason=maybe_reason,
    )
    def correct_job(
        self, number: int, who: str, shift: int, length: int, contract_type: str | None, ended: str, reason: str
    ) -> None:
        job = self.job(number)
        actor = self.w.actor(who, job.case)
        kind, first = contract_type or job.contract_type, job.starts_on + shift * DAY
        terms = CorrectedTerms(
            contract_type=kind,
            job_title=job.job_title,
            starts_on=first,
            ends_on=None if kind in ("CDI", "FREELANCE") else first + length * DAY,
            weekly_hours=job.weekly_hours,
            ended_on={"as it was": job.ended_on, "now": today(), "never": None}[ended],
            end_reason={"as it was": job.end_reason, "now": "RESIGNATION", "never": ""}[ended],
        )
        self.w.attempt(
            "correct_employment",
            actor,
            lambda: correct_employment(employment=job, terms=terms, reason=reason, actor=actor),
        )

    # --- what changes the 24 months -----------------------------------------------------------------------------------

    @precondition(lambda self: self.has_case())
    @rule(
        number=which,
        who=who,
        decider=decider,
        anchor=anchor,
        offset=st.integers(-60, 60),
        length=st.none() | st.integers(-1, 200),
        approved=st.sampled_from([True, True, False]),
        note=maybe_reason,
    )
    def suspend(
        self,
        number: int,
        who: str,
        decider: str,
        anchor: str,
        offset: int,
        length: int | None,
        approved: bool,
        note: str,
    ) -> None:
        case = self.pick(number, "PRE_HIRE", "HIRE", "FOLLOW_UP")
        actor, first = self.w.actor(who, case), self.w.day(anchor, offset, case)
        request = SuspensionRequest(
            reason="ILLNESS",
            starts_on=first,
            ends_on=None if length is None else first + length * DAY,
            evidence="Certificat",
        )
        self.w.attempt("request_suspension", actor, lambda: request_suspension(case=case, request=request, actor=actor))
        row = self.row(ClockSuspension.objects.order_by("-created_at"), number)
        if row is not None:
            judge = self.w.actor(decider, row.case)
            self.w.attempt(
                "decide_suspension",
                judge,
                lambda: decide_suspension(suspension=row, approved=approved, on=today(), note=note, actor=judge),
            )

    @precondition(lambda self: self.world is not None and ClockSuspension.objects.exists())
    @rule(number=which, who=decider, length=st.integers(-1, 300), cancelled=st.booleans(), reason=maybe_reason)
    def shorten(self, number: int, who: str, length: int, cancelled: bool, reason: str) -> None:
        row = self.row(ClockSuspension.objects.order_by("-created_at"), number)
        actor, last = self.w.actor(who, row.case), row.starts_on + length * DAY
        if cancelled:
            self.w.attempt(
                "cancel_suspension",
                actor,
                lambda: cancel_suspension(suspension=row, on=today(), reason=reason, actor=actor),
            )
        else:
            self.w.attempt("end_suspension", actor, lambda: end_suspension(suspension=row, ends_on=last, actor=actor))

    @precondition(lambda self: self.has_case())
    @rule(number=which, who=decider, months=st.integers(0, 25), back=past, reason=maybe_reason)
    def extend(self, number: int, who: str, months: int, back: int, reason: str) -> None:
        case = self.pick(number, "PRE_HIRE")
        actor = self.w.actor(who, case)
        self.w.attempt(
            "grant_extension",
            actor,
            lambda: grant_extension(
                case=case, months=months, reason=reason, document="Lettre", on=today() + back * DAY, actor=actor
            ),
        )

    # --- contacts -----------------------------------------------------------------------------------------------------

    @rule(
        number=which,
        who=who,
        anchor=anchor,
        offset=offset,
        channel=st.sampled_from(["IN_PERSON", "PHONE", "EMAIL"]),
        party=st.sampled_from(["BENEFICIARY", "BENEFICIARY", "EMPLOYER", "BOTH"]),
        outcome=st.sampled_from(["HELD", "HELD", "NO_SHOW"]),
        next_in=st.none() | st.integers(-1, 900),
        corrected=st.booleans(),
    )
    def speak(
        self,
        number: int,
        who: str,
        anchor: str,
        offset: int,
        channel: str,
        party: str,
        outcome: str,
        next_in: int | None,
        corrected: bool,
    ) -> None:
        case = self.row(self.w.cases(), number)
        if case is None:
            return
        actor, on = self.w.actor(who, case), self.w.day(anchor, offset, case)
        statement = ContactStatement(
            on=on,
            channel=channel,
            party=party,
            outcome=outcome,
            minutes=30,
            summary="Nous avons parlé.",
            company=None if party == "BENEFICIARY" else self.w.companies[number % 3],
        )
        former = self.row(Contact.objects.order_by("-created_at"), number)
        if corrected and former is not None:
            author = self.w.actor(who, former.case)
            self.w.attempt(
                "correct_contact",
                author,
                lambda: correct_contact(contact=former, statement=statement, reason="Mauvais jour", actor=author),
            )
            return
        planned = self.row(Appointment.objects.planned().filter(case=case).order_by("created_at"), number)
        plan = None if next_in is None else AppointmentPlan(on=today() + next_in * DAY, channel="PHONE")
        self.w.attempt(
            "record_contact",
            actor,
            lambda: record_contact(
                case=case, statement=statement, actor=actor, appointment=planned, next_appointment=plan
            ),
        )

    @precondition(lambda self: self.has_case())
    @rule(
        number=which,
        who=who,
        anchor=anchor,
        offset=st.integers(-2, 40),
        fate=st.sampled_from(["PLANNED", "CANCELLED", "MOVED"]),
        place=place,
    )
    def appoint(self, number: int, who: str, anchor: str, offset: int, fate: str, place: str) -> None:
        case = self.pick(number)
        actor, on = self.w.actor(who, case), self.w.day(anchor, offset, case)
        plan = AppointmentPlan(on=on, channel="IN_PERSON", place=place)
        planned = self.row(Appointment.objects.order_by("-created_at"), number)
        if fate == "PLANNED" or planned is None:
            self.w.attempt("plan_appointment", actor, lambda: plan_appointment(case=case, plan=plan, actor=actor))
        else:
            self.w.attempt(
                "change_appointment",
                actor,
                lambda: change_appointment(
                    appointment=planned,
                    state=fate,
                    reason="Malade",
                    cancelled_by="PERSON",
                    moved_to=plan if fate == "MOVED" else None,
                    actor=actor,
                ),
            )


@pytest.mark.django_db
def test_whatever_people_do_the_facts_stay_sound():
    OUTCOMES.clear()
    examples = max(16, settings().max_examples * 2 // 5)
    run_state_machine_as_test(Histories, settings=settings(max_examples=examples, stateful_step_count=30))
    # Histories in which everything is refused would prove nothing.
    done = {act for act, outcome in OUTCOMES if outcome == "done"}
    assert done >= {"open_case", "start_prehire", "hire"}

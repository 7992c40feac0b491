"""Everything that the activity report counts, in a bounded number of statements whatever the number of rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, QuerySet, Value

from beneficiaries.models import CoachingCase, PhaseSpell
from beneficiaries.selectors.belonging import belonged_between
from followup.enums import Outcome
from followup.rules.mandate import read_lapses
from followup.selectors.scope import cases_of
from foundation.countries import HOME
from foundation.places import places
from foundation.rules.periods import age_on
from foundation.rules.places import Places
from placements.rules.clocks import Contract
from placements.rules.observed import Known, outcomes
from placements.selectors.observed import CONTRACT_COLUMNS, NEWS_COLUMNS, known_of, news_of
from placements.selectors.terms import hours_on
from reporting.activity.selectors.facts import read_facts, staff_rows
from reporting.activity.selectors.rows import (
    ACCEPTED,
    Activity,
    CaseRow,
    ContactWork,
    ContractRow,
    FirmTally,
    SpellRow,
    Tally,
    VisitRow,
)
from tables.engine.scope import Scope
from timesheets.selectors.hours import Mandate, WorkRow, contact_rows, contacts_done, followed_periods

#: whose address is that of the work, the first that is known
_FIRMS = ("user_company", "company")
DIRECT_PROSPECTION = ("VISIT", "PHONE", "VIDEO")
DIRECT_CHANNELS = ("IN_PERSON", "PHONE", "VIDEO")
EMPLOYER_PARTIES = ("EMPLOYER", "BOTH")


def read_activity(scope: Scope) -> Activity:
    """Read a period; six statements."""
    wanted = _touched(scope)
    spells = _spells(wanted, scope)
    written = list(_contracts(wanted, scope))
    cases, mandates = _cases(wanted, scope, spells, written)
    counted = {row.case_id for row in cases}
    accompanied = {row.beneficiary_id for row in cases if row.entered_on is not None}
    work, firms = _contact_work(scope, mandates)
    facts = read_facts(scope, counted, {row.match_id for row, _known in written})
    _add_visits(firms, facts.visits)
    return Activity(
        cases=cases,
        contracts=[
            row
            for row in _observed(written, scope.last)
            if row.case_id in counted and row.beneficiary_id in accompanied
        ],
        work=work,
        firms=firms,
        visits=facts.visits,
        vacancies=facts.vacancies,
        matches=facts.matches,
        obstacles=facts.obstacles,
        sessions=facts.sessions,
        staff=staff_rows(scope),
    )


def _touched(scope: Scope) -> QuerySet[CoachingCase, tuple[UUID]]:
    """The cases that the period counts, and those on which its contacts were held: a contact may follow the exit."""
    worked = contacts_done(scope).order_by().values_list("case_id")
    counted: QuerySet[CoachingCase, tuple[UUID]] = cases_of(scope).order_by().values_list("pk")
    # A union is read once; « in one or in the other » would be looked up again for each case by PostgreSQL.
    return counted.union(worked)


def _spells(wanted: QuerySet[CoachingCase, tuple[UUID]], scope: Scope) -> dict[UUID, list[SpellRow]]:
    """The stays in phases that began by the last day, in order; one statement."""
    found: dict[UUID, list[SpellRow]] = defaultdict(list)
    spells = PhaseSpell.objects.filter(case__in=wanted, starts_on__lte=scope.last).order_by("case", "sequence")
    for case_id, phase, starts_on, ends_on, reason, outcome in spells.values_list(
        "case_id", "phase", "starts_on", "ends_on", "exit_reason", "exit_outcome"
    ):
        found[case_id].append(SpellRow(phase, starts_on, ends_on, reason, outcome))
    return found


def _contracts(wanted: QuerySet[CoachingCase, tuple[UUID]], scope: Scope) -> Iterator[tuple[ContractRow, Known]]:
    """The contracts of these cases as they are written and what is known of them, those to come too, called-off hirings
    left out, with the hours agreed by the last day; one statement.
    """
    table = places()
    for values in news_of(wanted).values(
        "pk",
        "case_id",
        "case__beneficiary_id",
        "organisation_id",
        "case__beneficiary__gender",
        "company__sector",
        "aid__code",
        "aid__name",
        "origin",
        "match_id",
        "followup_agreement__mode",
        "followup_agreement__accepted_from",
        *(f"{firm}__{name}" for firm in _FIRMS for name in ("country", "postal_code", "town")),
        *CONTRACT_COLUMNS,
        *NEWS_COLUMNS,
        hours=hours_on(scope.last),
    ):
        known = known_of(cast(Mapping[str, Any], values))
        row = ContractRow(
            employment_id=values["pk"],
            case_id=values["case_id"],
            beneficiary_id=values["case__beneficiary_id"],
            organisation_id=values["organisation_id"],
            gender=values["case__beneficiary__gender"],
            contract=known.contract,
            sector=values["company__sector"],
            aid_code=values["aid__code"] or "",
            aid=values["aid__name"] or "",
            weekly_hours=values["hours"],
            origin=values["origin"],
            match_id=values["match_id"],
            followup=_followup(values),
            **_place(values, table, scope.last),
        )
        yield row, known


def _followup(values: Mapping[str, Any]) -> str:
    """How a contract is followed, one that was accepted after a refusal told apart."""
    if values["followup_agreement__accepted_from"] is not None:
        return ACCEPTED
    return values["followup_agreement__mode"] or ""


def _place(values: Mapping[str, Any], table: Places, on: date) -> dict[str, Any]:
    """Where one works: at the firm of the place of work when an agency employs, else at the employer's."""
    firm = next(name for name in _FIRMS if values[f"{name}__country"])
    if values[f"{firm}__country"] != HOME:
        return {"abroad": True}
    return {"town": table.commune(values[f"{firm}__postal_code"], values[f"{firm}__town"], on)}


def _observed(written: Sequence[tuple[ContractRow, Known]], on: date) -> Iterator[ContractRow]:
    """The contracts as far as their work was seen on a day, begun since their case was opened, in order."""
    by_case: dict[UUID, list[Known]] = defaultdict(list)
    for row, known in written:
        by_case[row.case_id].append(known)
    seen = {case: iter(outcomes(found, on)) for case, found in by_case.items()}
    for row, _known in written:
        contract = next(seen[row.case_id])
        if contract is not None:
            yield replace(row, contract=contract)


def _cases(
    wanted: QuerySet[CoachingCase, tuple[UUID]],
    scope: Scope,
    spells: Mapping[UUID, Sequence[SpellRow]],
    written: Sequence[tuple[ContractRow, Known]],
) -> tuple[list[CaseRow], dict[UUID, Mandate]]:
    """The cases that the period counts, in order, and the mandate of each one touched; one statement."""
    jobs: dict[UUID, list[Contract]] = defaultdict(list)
    for contract, _known in written:
        jobs[contract.case_id].append(contract.contract)
    table = places()
    rows: list[CaseRow] = []
    mandates: dict[UUID, Mandate] = {}
    belonged = belonged_between(scope.first, scope.last, project=scope.project, site=scope.site)
    cases = CoachingCase.objects.filter(pk__in=wanted).order_by("opened_on", "pk")
    cases = cases.annotate(belonged=ExpressionWrapper(belonged, BooleanField()) if belonged else Value(True))
    for values in cases.values(
        "pk",
        "beneficiary_id",
        "organisation_id",
        "coach_id",
        "opened_on",
        "closed_on",
        "belonged",
        "beneficiary__gender",
        "beneficiary__birth_date",
        "beneficiary__origin",
        "beneficiary__education",
        "beneficiary__postal_code",
        "beneficiary__town",
        "beneficiary__jobseeker_since",
        "referrer__kind",
        "eligibility__regime",
        "eligibility__criteria",
        "eligibility__is_derogation",
        "eligibility__over_quota",
        "eligibility__checked_on",
        "status__prehire_started_on",
        "status__prehire_deadline",
        "status__prehire_lapses",
    ).iterator():
        pk, closed_on = values["pk"], values["closed_on"]
        stays = spells.get(pk, ())
        signed = jobs.get(pk)
        mandates[pk] = Mandate(
            organisation_id=values["organisation_id"],
            closed_on=closed_on,
            prehire_deadline=values["status__prehire_deadline"],
            lapses=read_lapses(values["status__prehire_lapses"]),
            windows=followed_periods(signed, values["status__prehire_started_on"] or values["opened_on"])
            if signed
            else (),
            phase_days=[stay.starts_on for stay in stays],
            phases=[stay.phase for stay in stays],
        )
        if _is_counted(values, scope):
            born = values["beneficiary__birth_date"]
            checked = values["eligibility__checked_on"]
            rows.append(
                CaseRow(
                    case_id=pk,
                    beneficiary_id=values["beneficiary_id"],
                    organisation_id=values["organisation_id"],
                    gender=values["beneficiary__gender"],
                    age=age_on(born, scope.last) if born else None,
                    origin=values["beneficiary__origin"],
                    education=values["beneficiary__education"],
                    town=table.commune(values["beneficiary__postal_code"], values["beneficiary__town"], scope.last),
                    jobseeker_since=values["beneficiary__jobseeker_since"],
                    referrer=values["referrer__kind"] or "",
                    opened_on=values["opened_on"],
                    closed_on=closed_on,
                    regime=values["eligibility__regime"] or "",
                    criteria=tuple(values["eligibility__criteria"] or ()),
                    is_derogation=bool(values["eligibility__is_derogation"]),
                    over_quota=bool(values["eligibility__over_quota"]),
                    checked_on=checked if checked and checked <= scope.last else None,
                    spells=tuple(stays),
                )
            )
    return rows, mandates


def _is_counted(values: Mapping[str, Any], scope: Scope) -> bool:
    """Whether a case is of the scope: the same test as `cases_of`, on what was read."""
    opened_on, closed_on = values["opened_on"], values["closed_on"]
    in_period = opened_on <= scope.last and (closed_on is None or closed_on >= scope.first)
    of_coach = scope.coach is None or values["coach_id"] == scope.coach.pk
    return in_period and of_coach and values["belonged"]


def _contact_work(scope: Scope, mandates: Mapping[UUID, Mandate]) -> tuple[ContactWork, dict[UUID, FirmTally]]:
    """The contacts of the period as tallies, and the firms that were talked to; one statement, read as it comes."""
    work = ContactWork()
    firms: dict[UUID, FirmTally] = {}
    for row in contact_rows(contacts_done(scope), mandates):
        held = row.outcome == Outcome.HELD
        if held and row.company_id is not None and row.party in EMPLOYER_PARTIES:
            firm = firms.setdefault(row.company_id, FirmTally())
            firm.direct += row.channel in DIRECT_CHANNELS
            firm.written += row.channel not in DIRECT_CHANNELS
        if row.outside:
            closed_on = mandates[row.case_id].closed_on if row.case_id else None
            after = work.after_exit if closed_on is not None and row.on >= closed_on else work.after_clock
            after.add(row.ref, row.minutes)
        elif held:
            _add(work, row, mandates)
        else:
            work.missed.add(row.ref, 0)
    return work, firms


def _add(work: ContactWork, row: WorkRow, mandates: Mapping[UUID, Mandate]) -> None:
    """Count a contact that the mandate covers."""
    for name, tallies in work.by.items():
        value = getattr(row, name)
        tally = tallies.get(value)
        if tally is None:
            tally = tallies[value] = Tally()
        tally.add(row.ref, row.minutes)
    organisation = mandates[row.case_id].organisation_id if row.case_id else None
    if organisation is not None:
        work.minutes_of[organisation] = work.minutes_of.get(organisation, 0) + row.minutes


def _add_visits(firms: dict[UUID, FirmTally], visits: Sequence[VisitRow]) -> None:
    """Add the contacts of prospection to those about a person."""
    for visit in visits:
        firm = firms.setdefault(visit.company_id, FirmTally())
        firm.direct += visit.channel in DIRECT_PROSPECTION
        firm.written += visit.channel not in DIRECT_PROSPECTION

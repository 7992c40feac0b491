"""The ESF+ report counts what a naive reader would count, straight from what was drawn; each figure opens."""

import math
import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import Beneficiary, CaseBelonging, CoachingCase, PhaseSpell
from esf.enums import Moment, Question
from esf.models import EsfParticipation, EsfRefusal, EsfResult
from esf.parameters import esf_policy
from esf.selectors.participants import EsfProjectNeeded
from foundation.rules.periods import add_months
from privacy.history import history_of
from tables.engine.registry import reports
from tables.engine.scope import Scope
from tables.engine.tables import Subject
from tests.factories.accounts import user_with
from tests.factories.esf import a_participant, an_esf_project, entered, left
from tests.factories.runs import a_draft
from tests.factories.stories import a_coach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
D = date.fromisoformat
FIRST, LAST = D("2024-01-01"), D("2024-12-31")
PEOPLE = 600
GENDERS = ("F", "M", "X", "")
COLUMNS = {"F": "women", "M": "men", "X": "non_binary", "": "unknown"}


def drawn(rng: random.Random) -> dict:
    """Everything about one person, as a dictionary; what is None was never asked."""
    opened = D("2023-06-01") + timedelta(days=rng.randrange(600))
    gone = rng.random() < 0.6
    closed = opened + timedelta(days=rng.randrange(1, 400)) if gone else None
    status = rng.choice(["unemployed", "unemployed", "unemployed", "inactive", "employed", ""])
    since = opened - timedelta(days=rng.randrange(0, 900)) if status == "unemployed" and rng.random() < 0.95 else None
    recorded = rng.random() < 0.95
    answers = {question: rng.choice(["yes", "no", "no", "refused", ""]) for question in Question.values}
    return {
        "gender": rng.choices(GENDERS, [45, 45, 5, 5])[0],
        "birth_date": opened - timedelta(days=rng.randrange(17 * 365, 62 * 365)) if rng.random() < 0.97 else None,
        "opened": opened,
        "closed": closed,
        "recorded": recorded,
        "status": status if recorded else "",
        "since": since if recorded else None,
        "isced": rng.choice([0, 1, 2, 3, 4, 5, 6, 7, 8, None]) if recorded else None,
        "nationality": rng.choice(["belgian", "eu", "third_country", "stateless", ""]) if recorded else "",
        "answers": answers if recorded else {},
        "at_exit": {name: rng.random() < 0.4 for name in ("employed", "job_searching", "in_training", "qualification")}
        if closed and recorded and rng.random() < 0.8
        else None,
        "later": {"employed": rng.random() < 0.5, "improved": status == "employed" and rng.random() < 0.5}
        if closed and recorded and rng.random() < 0.7
        else None,
    }


def store(people: list[dict], project, coach) -> None:
    """The same people as rows, in bulk."""
    owned = {"organisation": coach.current_organisation}
    rows = {"person": [], "case": [], "belonging": [], "spell": [], "record": [], "refusal": [], "result": []}
    for number, one in enumerate(people):
        person = Beneficiary(
            **owned,
            first_name="Prénom",
            last_name=f"Exemple{number:04d}",
            search_key=f"exemple{number:04d} prenom",
            gender=one["gender"],
            birth_date=one["birth_date"],
        )
        case = CoachingCase(
            **owned,
            beneficiary=person,
            coach=coach,
            project=project,
            opened_on=one["opened"],
            closed_on=one["closed"],
        )
        one["case_id"] = case.pk
        rows["person"].append(person)
        rows["case"].append(case)
        rows["belonging"].append(CaseBelonging(case=case, project=project, starts_on=one["opened"], actor=coach))
        if one["closed"]:
            exit_facts = {"exit_reason": "OTHER", "exit_outcome": "UNKNOWN"}
            rows["spell"].append(
                PhaseSpell(case=case, sequence=1, phase="EXIT", starts_on=one["closed"], actor=coach, **exit_facts)
            )
        if not one["recorded"]:
            continue
        record = EsfParticipation(
            **owned,
            beneficiary=person,
            project=project,
            entry_on=one["opened"],
            status=one["status"],
            unemployed_since=one["since"],
            isced=one["isced"],
            nationality=one["nationality"],
            answers=EsfParticipation.packed(one["answers"]),
            recorded_by=coach,
        )
        rows["record"].append(record)
        rows["refusal"] += [
            EsfRefusal(participation=record, question=q, asked_on=one["opened"], proof="x", recorded_by=coach)
            for q, answer in one["answers"].items()
            if answer == "refused"
        ]
        for moment, said in ((Moment.EXIT, one["at_exit"]), (Moment.SIX_MONTHS, one["later"])):
            if said is not None:
                seen = one["closed"] if moment == Moment.EXIT else add_months(one["closed"], 6)
                rows["result"].append(
                    EsfResult(
                        participation=record,
                        case=case,
                        moment=moment,
                        source="TALK",
                        seen_on=seen,
                        recorded_by=coach,
                        **said,
                    )
                )
    models = {
        "person": Beneficiary,
        "case": CoachingCase,
        "belonging": CaseBelonging,
        "spell": PhaseSpell,
        "record": EsfParticipation,
        "refusal": EsfRefusal,
        "result": EsfResult,
    }
    for name, model in models.items():
        model.objects.bulk_create(rows[name])


def is_long(one: dict, age: int) -> bool:
    """More than twelve months without a job, or more than six before 25, counted month by month."""
    day, months = one["since"], 0
    while add_months(day, months + 1) < one["opened"]:
        months += 1
    return months >= (6 if age < 25 else 12)


def naive(people: list[dict]) -> Counter:
    """(indicator, gender) → count, from the dictionaries alone, for a report over 2024."""
    counts: Counter = Counter()
    for one in people:
        if one["opened"] > LAST or (one["closed"] and one["closed"] < FIRST):
            continue
        sex = COLUMNS[one["gender"]]
        counts["EECO01", sex] += 1
        needed = [one["gender"], one["birth_date"], one["status"]]
        if not all(needed) or one["isced"] is None or (one["status"] == "unemployed" and one["since"] is None):
            continue
        born, entry = one["birth_date"], one["opened"]
        age = entry.year - born.year - ((entry.month, entry.day) < (born.month, born.day))
        answers, level, status = one["answers"], one["isced"], one["status"]
        out = one["closed"] is not None and one["closed"] <= LAST
        soon = (one["at_exit"] or {}) if out else {}
        later = (one["later"] or {}) if out else {}
        true = {
            "EECO02": status == "unemployed",
            "EECO03": status == "unemployed" and is_long(one, age),
            "EECO04": status == "inactive",
            "EECO05": status == "employed",
            "EECO06": age < 18,
            "EECO07": 18 <= age < 30,
            "EECO08": age > 54,
            "EECO09": level in (0, 1, 2),
            "EECO10": level in (3, 4),
            "EECO11": level > 4,
            "EECO12": answers["disability"] == "yes",
            "EECO13": one["nationality"] in ("third_country", "stateless"),
            "EECO14": answers["foreign_background"] == "yes",
            "EECO15": answers["minority"] == "yes",
            "EECO16": answers["homeless"] == "yes",
            "EECO17": answers["rural"] == "yes",
            "EECR01": status == "inactive" and soon.get("job_searching"),
            "EECR02": soon.get("in_training"),
            "EECR03": soon.get("qualification"),
            "EECR04": status != "employed" and soon.get("employed"),
            "EECR05": status != "employed" and later.get("employed"),
            "EECR06": status == "employed" and later.get("improved"),
        }
        for code, counts_in in true.items():
            counts[code, sex] += bool(counts_in)
    return counts


def over(project, first=FIRST, last=LAST, **narrowed) -> Scope:
    return Scope(organisations=(project.organisation,), first=first, last=last, project=project, **narrowed)


def test_six_hundred_people_give_the_table_of_a_naive_count(django_assert_max_num_queries, monkeypatch) -> None:
    coach = a_coach()
    project = an_esf_project(coach)
    rng = random.Random(20021)
    people = [drawn(rng) for _ in range(PEOPLE)]
    store(people, project, coach)
    # Whether a dated threshold changed is asked by the clock, every few seconds, not by the report.
    monkeypatch.setattr("accounts.parameters.store.CHECK_EVERY_SECONDS", math.inf)
    esf_policy(date(2025, 1, 1))
    with django_assert_max_num_queries(4):
        document = reports["fse"].compute(over(project))
    expected = naive(people)
    outputs, results = document.table("outputs"), document.table("results")
    assert [row.key for row in outputs.rows] == [f"EECO{n:02d}" for n in range(1, 18)]
    assert [row.key for row in results.rows] == [f"EECR{n:02d}" for n in range(1, 7)]
    for table in (outputs, results):
        for row in table.rows:
            found = {column: table.cell(row.key, column).value for column in COLUMNS.values()}
            assert found == {column: expected[row.key, column] for column in COLUMNS.values()}, row.key
            total = table.cell(row.key, "total")
            assert total.value == sum(found.values()) == len(set(total.refs))
    # Every class is reached, so that no column is right by being empty.
    assert all(sum(expected[f"EECO{n:02d}", column] for column in COLUMNS.values()) for n in range(1, 18))
    assert all(sum(expected[f"EECR{n:02d}", column] for column in COLUMNS.values()) for n in range(1, 7))
    refused = document.table("answers").cell("minority", "declined")
    inside = [p for p in people if p["opened"] <= LAST and not (p["closed"] and p["closed"] < FIRST)]
    assert set(refused.refs) == {p["case_id"] for p in inside if p["answers"].get("minority") == "refused"}
    complete = document.table("completeness")
    assert complete.cell("complete", "count").value + complete.cell("incomplete", "count").value == len(inside)


def test_the_report_is_that_of_one_co_financed_project() -> None:
    coach = a_coach()
    scope = Scope(organisations=(coach.current_organisation,), first=FIRST, last=LAST)
    with pytest.raises(EsfProjectNeeded):
        reports["fse"].compute(scope)


def test_somebody_of_another_project_or_of_before_is_left_out(frozen) -> None:
    frozen("2024-03-01")
    coach = a_coach()
    project = an_esf_project(coach)
    case = a_participant(coach, project)
    a_participant(coach, an_esf_project(coach, code="AUTRE"))
    entered(case)
    left(case)
    frozen("2025-03-03")
    count = lambda scope: reports["fse"].compute(scope).table("outputs").cell("EECO01", "total").value  # noqa: E731
    assert count(over(project)) == 1
    # The day of the exit is the last one.
    assert count(over(project, first=D("2024-03-01"))) == 1
    assert count(over(project, first=D("2024-03-02"))) == 0
    assert count(over(project, last=D("2024-02-29"))) == 0
    assert count(over(project, coach=coach)) == 1
    assert count(over(project, coach=a_coach(coach.current_organisation))) == 0


def test_the_page_the_figure_and_the_files(client) -> None:
    coach = a_coach()
    project = an_esf_project(coach)
    case = a_participant(coach, project)
    entered(case, answers=dict.fromkeys(Question.values, "yes"))
    client.force_login(user_with(Role.ADMIN, coach.current_organisation))
    page = client.get(reverse("reporting:report", args=["fse"]))
    text = page.content.decode()
    # Without a project in the address, the latest one is shown.
    assert page.status_code == 200
    assert "Cofinancé par l’Union européenne" in text
    assert "W-2024-117" in text
    figure = reverse("reporting:figure", args=["fse", "outputs", "EECO12", "women"])
    assert figure in text
    rows = client.get(figure)
    assert reverse("esf:record", args=[case.pk]) in rows.content.decode()
    for extension in ("csv", "xlsx", "pdf"):
        sent = client.get(reverse("reporting:report_file", args=["fse", extension]))
        assert sent.status_code == 200
        if extension == "csv":
            assert "Cofinancé par l’Union européenne" in sent.content.decode("utf-8-sig")


def test_opening_a_figure_is_written_down_for_each_person_named(client) -> None:
    coach = a_coach()
    case = a_participant(coach)
    entered(case)
    admin = user_with(Role.ADMIN, coach.current_organisation)
    client.force_login(admin)
    client.get(reverse("reporting:figure", args=["fse", "outputs", "EECO01", "total"]))
    [line] = [line for line in history_of([case], accesses=True) if line.actor == admin.get_full_name()]
    assert line.access == "view"


def test_opening_a_figure_that_was_frozen_is_written_down_too(client) -> None:
    coach = a_coach()
    case = a_participant(coach)
    entered(case)
    admin = user_with(Role.ADMIN, coach.current_organisation)
    run = a_draft(admin, case, Subject.PARTICIPANT)
    client.force_login(admin)
    client.get(reverse("reporting:run_figure", args=[run.pk, "summary", "people", "count"]))
    [line] = [line for line in history_of([case], accesses=True) if line.actor == admin.get_full_name()]
    assert line.access == "view"


def test_without_any_co_financed_project_the_page_says_so(client) -> None:
    client.force_login(user_with(Role.ADMIN))
    page = client.get(reverse("reporting:report", args=["fse"]))
    assert page.status_code == 200
    assert "Aucun projet de ce pouvoir subsidiant" in page.content.decode()


def test_who_entered_in_the_period_stands_beside_who_was_there(frozen) -> None:
    frozen("2025-02-03")
    coach = a_coach()
    project = an_esf_project(coach)
    a_participant(coach, project, opened_on=D("2023-11-06"))
    a_participant(coach, project, opened_on=D("2024-03-04"))
    years = [
        reports["fse"].compute(
            Scope(organisations=(coach.current_organisation,), first=first, last=last, project=project)
        )
        for first, last in ((D("2023-01-01"), D("2023-12-31")), (FIRST, LAST))
    ]
    assert [year.table("outputs").cell("EECO01", "total").value for year in years] == [1, 2]
    assert [year.table("entries").cell("EECO01", "total").value for year in years] == [1, 1]

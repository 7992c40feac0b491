"""Preparing a report, sending it, and what is then frozen for good."""

import hashlib
import threading
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Parameter
from accounts.permissions import NotAllowed
from foundation.asking import Unconfirmed
from foundation.persistence import InvalidFact, save_checked
from reporting.models import ReportFile, ReportRun
from reporting.sending.enums import RunState
from reporting.sending.selectors import FileAltered, content_of, figures_of, history, provisional_until, runs_visible_to
from reporting.sending.services import (
    RunRefused,
    SubmissionRefused,
    about_provisional,
    discard_run,
    perform_run,
    performing,
    request_run,
    requesting,
    resume_runs,
    retry_run,
    submit_run,
)
from tables.engine.gaps import Gap
from tables.engine.registry import reports
from tables.engine.scope import Scope
from tables.renderers.json import parse_report, report_json
from tables.renderers.outputs import OUTPUTS
from tables.renderers.pdf import PdfUnavailable
from tests.factories import stories
from tests.factories.accounts import MembershipFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


@pytest.fixture
def coach():
    return stories.a_coach()


@pytest.fixture
def admin(coach):
    return user_with(Role.ADMIN, coach.current_organisation)


@pytest.fixture
def light(monkeypatch):
    """Text instead of a PDF: what is tested here is not how it looks."""
    monkeypatch.setitem(OUTPUTS, "pdf", _with(OUTPUTS["pdf"], lambda document: b"%PDF " + document.title.encode()))


def _with(output, render):
    return type(output)(
        extension=output.extension, label=output.label, content_type=output.content_type, renderer=render
    )


def asked(actor, name="activite", **narrowed) -> ReportRun:
    report = reports[name]
    scope = Scope(organisations=(actor.current_organisation,), first=FIRST, last=LAST, **narrowed)
    return request_run(report=report, scope=scope, actor=actor)


def made(actor, name="activite", **narrowed) -> ReportRun:
    run = asked(actor, name, **narrowed)
    perform_run(run.pk)
    run.refresh_from_db()
    return run


def sent(run, actor) -> ReportRun:
    # The year still runs: these figures are provisional, and sent all the same.
    sure = frozenset(question.code for question in about_provisional(run))
    return submit_run(run=run, recipient="FOREM", reference="2025/12", actor=actor, confirmed=sure)


def a_gap(case) -> Gap:
    return Gap(case_id=case.pk, person=str(case.beneficiary), code="isced", what="niveau d’études", url="/x/#id_isced")


# --- Computing --------------------------------------------------------------------------------------------------------


def test_everything_that_is_sent_is_kept_as_it_was_made(coach, admin) -> None:
    case = stories.in_prehire(coach)
    run = made(admin)
    assert (run.state, run.progress, run.step, run.error) == (RunState.DONE, 100, "", "")
    assert run.version
    assert report_json(figures_of(run)) == report_json(reports["activite"].compute(_scope(admin)))
    assert figures_of(run).table("summary").cell("people", "count").refs == (case.pk,)
    files = {file.extension: file for file in run.files.all()}
    assert list(files) == sorted(OUTPUTS)
    for file in files.values():
        content = content_of(file)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)
        assert case.beneficiary.last_name not in file.file.name
    assert parse_report(content_of(files["json"])) == figures_of(run)
    clock = next(one for one in run.parameters if one["key"] == "clock.prehire_months")
    assert (clock["value"], clock["words"], clock["status"]) == (24, "24 mois", "CONFIRMED")


def _scope(user, **narrowed) -> Scope:
    return Scope(organisations=(user.current_organisation,), first=FIRST, last=LAST, **narrowed)


def test_a_consolidated_report_keeps_no_identifier(coach, admin, light) -> None:
    stories.in_prehire(coach)
    stories.in_prehire(stories.a_coach())
    figures = figures_of(made(admin, "consolidation"))
    # Two people are too few for the network to be told of.
    assert figures.table("summary").cell("people", "count").value is None
    assert not any(cell.refs or cell.subject for t in figures.tables() for row in t.rows for cell in row.cells)


def test_progress_is_told_step_by_step(admin, light, monkeypatch) -> None:
    run = asked(admin)
    assert (run.state, run.progress) == (RunState.WAITING, 0)
    told = []

    def spy(*args, **kwargs):
        performing_tell(*args, **kwargs)
        told.append(ReportRun.objects.values_list("state", "progress", "step").get())

    performing_tell = performing._tell
    monkeypatch.setattr(performing, "_tell", spy)
    perform_run(run.pk)
    assert [step for _state, _progress, step in told][:3] == ["Calcul des tableaux", "Gel des chiffres", "Fichier PDF"]
    percents = [progress for _state, progress, _step in told]
    assert percents == sorted(percents)
    assert all(state == RunState.RUNNING for state, _progress, _step in told)


def test_done_twice_it_changes_nothing(admin, light) -> None:
    run = made(admin)
    before = list(run.files.values_list("pk", "sha256"))
    perform_run(run.pk)
    perform_run(run.pk, takeover=True)
    assert list(run.files.values_list("pk", "sha256")) == before
    perform_run(uuid4())


def test_what_fails_says_so_and_can_be_asked_again(admin, light, changed_report, caplog) -> None:
    report = changed_report("activite", build=lambda scope: 1 / 0)
    run = made(admin)
    assert run.state == RunState.FAILED
    assert "erreur imprévue" in run.error
    assert str(run.pk)[:8] in run.error
    assert "ZeroDivisionError" in caplog.text
    changed_report("activite", build=reports["inspection"].build)
    retry_run(run=run, actor=admin)
    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.WAITING, "")
    perform_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.DONE, "")
    with pytest.raises(RunRefused, match="rien à relancer"):
        retry_run(run=run, actor=admin)
    assert report.name == "activite"


def test_a_file_that_this_machine_cannot_make_does_not_keep_the_others_from_being_made(admin, monkeypatch) -> None:
    def unavailable(document):
        raise PdfUnavailable

    monkeypatch.setitem(OUTPUTS, "pdf", _with(OUTPUTS["pdf"], unavailable))
    run = made(admin)
    assert run.state == RunState.DONE
    assert [file.extension for file in run.files.all()] == ["csv", "json", "xlsx"]


class TestAWorkerThatDies:
    """Its run is held for the length of a lease, then taken up; what it had not finished leaves nothing."""

    @pytest.fixture
    def dead(self, admin, light):
        run = asked(admin)
        assert performing._claim(run.pk, takeover=False) is not None
        return run

    def test_nobody_takes_a_run_that_is_alive(self, dead) -> None:
        perform_run(dead.pk)
        dead.refresh_from_db()
        assert (dead.state, dead.attempts) == (RunState.RUNNING, 1)

    def test_the_queue_knows_that_the_worker_is_gone(self, dead) -> None:
        perform_run(dead.pk, takeover=True)
        dead.refresh_from_db()
        assert (dead.state, dead.attempts) == (RunState.DONE, 2)

    def test_the_clock_takes_it_up_after_the_lease(self, dead, frozen) -> None:
        assert resume_runs() == 0
        frozen.to(timezone.now() + timedelta(minutes=6))
        assert resume_runs() == 1
        dead.refresh_from_db()
        assert dead.state == RunState.DONE

    def test_interrupted_too_often_it_is_given_up_in_words(self, dead, frozen, admin) -> None:
        ReportRun.objects.update(attempts=performing.AUTOMATIC_ATTEMPTS)
        frozen.to(timezone.now() + timedelta(minutes=6))
        assert resume_runs() == 0
        dead.refresh_from_db()
        assert dead.state == RunState.FAILED
        assert "interrompu" in dead.error
        retry_run(run=dead, actor=admin)
        perform_run(dead.pk)
        dead.refresh_from_db()
        assert dead.state == RunState.DONE

    def test_the_one_that_lost_its_run_writes_nothing(self, dead, monkeypatch) -> None:
        late = performing._claim(dead.pk, takeover=True)
        perform_run(dead.pk, takeover=True)
        files = list(dead.files.values_list("pk", flat=True))
        with pytest.raises(performing._Lost):
            performing._make(late)
        with pytest.raises(performing._Lost):
            performing._finish(late, b"x", {"csv": b"x"}, {})
        performing._fail(late, "trop tard")
        dead.refresh_from_db()
        assert (dead.state, dead.error) == (RunState.DONE, "")
        assert list(dead.files.values_list("pk", flat=True)) == files

    def test_one_whose_message_was_lost_is_offered_again(self, admin, light, frozen) -> None:
        run = asked(admin)
        assert resume_runs() == 0
        frozen.to(timezone.now() + timedelta(minutes=3))
        assert resume_runs() == 1
        run.refresh_from_db()
        assert run.state == RunState.DONE


# --- Who and what -----------------------------------------------------------------------------------------------------


def test_asked_twice_in_one_click_it_is_one_run(admin) -> None:
    report, scope, click = reports["activite"], _scope(admin), uuid4()
    ask = partial(request_run, report=report, scope=scope, actor=admin, submission_id=click)
    assert ask().pk == ask().pk == click
    assert ReportRun.objects.count() == 1


def test_who_may_prepare_send_and_throw_away(coach, admin, light) -> None:
    here = coach.current_organisation
    coordinator, other = user_with(Role.COORDINATOR, here), user_with(Role.COORDINATOR, here)
    analyst, inspector = user_with(Role.ANALYST, here), user_with(Role.INSPECTOR, here)
    stranger = user_with(Role.ADMIN)
    for actor, name in ((coach, "activite"), (analyst, "activite"), (coordinator, "consolidation")):
        with pytest.raises(NotAllowed):
            asked(actor, name)
    with pytest.raises(NotAllowed):
        asked(inspector, "inspection")
    with pytest.raises(NotAllowed):
        request_run(report=reports["activite"], scope=_scope(stranger), actor=admin)
    run = made(coordinator)
    for actor in (coordinator, coach, inspector, stranger):
        with pytest.raises(NotAllowed):
            sent(run, actor)
    for actor in (other, analyst, inspector, stranger):
        with pytest.raises(NotAllowed):
            discard_run(run=run, actor=actor)
    discard_run(run=run, actor=coordinator)
    assert not ReportRun.objects.exists()


def test_who_sees_which_run(coach, admin, light) -> None:
    here = coach.current_organisation
    draft, gone, network = made(admin), made(admin), made(admin, "consolidation")
    sent(gone, admin)
    sent(network, admin)

    def seen(*roles, organisation=here):
        user = user_with(roles[0], organisation) if organisation else user_with(roles[0])
        return set(runs_visible_to(user))

    assert set(runs_visible_to(admin)) == {draft, gone, network}
    assert seen(Role.COORDINATOR) == {draft, gone}
    assert seen(Role.INSPECTOR) == {gone}
    assert seen(Role.ANALYST) == {network}
    assert set(runs_visible_to(coach)) == set()
    assert seen(Role.ADMIN, organisation=None) == set()
    assert list(history(admin).filter(report="activite")) == sorted([draft, gone], key=lambda run: run.pk)


def test_whoever_inspects_prepares_no_report_by_another_role(coach, admin, light) -> None:
    """The analyst's right to prepare is that of the network's report: it opens no draft of the inspection's."""
    both = user_with(Role.INSPECTOR, coach.current_organisation)
    MembershipFactory(user=both, organisation=coach.current_organisation, role=Role.ANALYST)
    with pytest.raises(NotAllowed):
        asked(both, "inspection")
    draft, network = made(admin, "inspection"), made(both, "consolidation")
    assert set(runs_visible_to(both)) == {network}
    sent(draft, admin)
    assert set(runs_visible_to(both)) == {draft, network}


# --- Sending ----------------------------------------------------------------------------------------------------------


def test_a_report_is_sent_once_with_its_addressee(admin, light) -> None:
    run = sent(made(admin), admin)
    assert (run.recipient, run.reference, run.submitted_by) == ("FOREM", "2025/12", admin)
    with pytest.raises(SubmissionRefused, match="déjà été envoyé"):
        sent(run, admin)
    with pytest.raises(RunRefused, match="conservé"):
        discard_run(run=run, actor=admin)
    assert [entry.action for entry in LogEntry.objects.get_for_object(run).order_by("pk")] == [
        LogEntry.Action.CREATE,
        LogEntry.Action.UPDATE,
    ]


def test_what_is_missing_keeps_a_report_from_being_sent_and_says_how_much(coach, admin, light, changed_report) -> None:
    first, second = stories.in_prehire(coach), stories.in_prehire(coach)
    gaps = [a_gap(first), a_gap(first), a_gap(second)]
    changed_report("activite", gaps=lambda scope: gaps)
    run = made(admin)
    assert run.state == RunState.DONE
    with pytest.raises(SubmissionRefused, match="Il manque 3 données sur 2 dossiers") as refusal:
        sent(run, admin)
    assert refusal.value.code == "gaps"
    # the names stay in the files of the people
    assert "person" not in run.gaps[0]
    run.gap_count = 0
    run.gaps = []
    run.save()
    assert sent(run, admin).is_submitted


def test_what_is_not_whole_is_not_sent(admin, light) -> None:
    run = made(admin)
    with pytest.raises(SubmissionRefused, match="à qui") as refusal:
        submit_run(run=run, recipient="  ", reference="", actor=admin)
    assert refusal.value.field == "recipient"
    csv = run.files.get(extension="csv").file
    csv.storage.delete(csv.name)
    with pytest.raises(FileAltered, match="CSV"):
        sent(run, admin)
    ReportRun.objects.update(state=RunState.FAILED)
    with pytest.raises(SubmissionRefused, match="pas encore prêt"):
        sent(run, admin)


def test_a_file_whose_bytes_changed_is_not_given(admin, light) -> None:
    on_disk, in_database = made(admin).files.filter(extension__in=("csv", "json"))
    Path(on_disk.file.path).write_bytes(b"autre chose")
    in_database.sha256 = "0" * 64
    for file in (on_disk, in_database):
        with pytest.raises(FileAltered, match="n’est plus celui"):
            content_of(file)


FROZEN_WRITES = {
    "the words about it": lambda run: ReportRun.objects.filter(pk=run.pk).update(recipient="Autre"),
    "its sending": lambda run: ReportRun.objects.filter(pk=run.pk).update(submitted_at=None, submitted_by=None),
    "its figures": lambda run: type(run.figures).objects.filter(run=run).update(content=b"x"),
    "its files": lambda run: ReportFile.objects.filter(run=run).update(sha256="0" * 64),
    "one file more": lambda run: ReportFile.objects.create(run=run, extension="doc", file="x", size=1, sha256="0"),
    "one file less": lambda run: ReportFile.objects.filter(run=run).delete(),
    "itself": lambda run: run.delete(),
}


# Emptying a trial database must remain possible: on SQLite only the service keeps what was sent from being deleted.
BY_POSTGRESQL_ALONE = {"one file less", "itself"}


def test_the_database_refuses_to_change_what_was_sent(admin, light) -> None:
    draft, run = made(admin), sent(made(admin), admin)
    for what, write in FROZEN_WRITES.items():
        if connection.vendor == "postgresql" or what not in BY_POSTGRESQL_ALONE:
            with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
                write(run)
        # the trap bites what was sent only
        write(draft)


def test_a_draft_is_thrown_away_with_its_files(admin, light, django_capture_on_commit_callbacks) -> None:
    run = made(admin)
    names = [(file.file.storage, file.file.name) for file in run.files.all()]
    with django_capture_on_commit_callbacks(execute=True):
        discard_run(run=run, actor=admin)
    assert not ReportFile.objects.exists()
    assert not any(storage.exists(name) for storage, name in names)
    with pytest.raises(NotAllowed):
        discard_run(run=run, actor=admin)


def test_a_period_backwards_is_refused_by_the_row_itself(admin) -> None:
    run = asked(admin)
    run.last = date(2024, 12, 31)
    with pytest.raises(InvalidFact, match="précède son début"):
        save_checked(run)


def test_parameters_of_the_period_are_frozen_and_no_others(admin, light) -> None:
    Parameter.objects.filter(key="clock.prehire_months").update(valid_to=date(2025, 7, 1))
    facts = {"source": "essai", "status": "ASSUMPTION"}
    Parameter.objects.create(
        key="clock.prehire_months", value=30, valid_from=date(2025, 7, 1), valid_to=date(2026, 1, 1), **facts
    )
    Parameter.objects.create(key="clock.prehire_months", value=36, valid_from=date(2026, 1, 1), **facts)
    run = made(admin)
    values = [one["value"] for one in run.parameters if one["key"] == "clock.prehire_months"]
    assert values == [24, 30]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_run(coach, admin, light, monkeypatch) -> None:
    stories.in_prehire(coach)
    monkeypatch.setattr(requesting, "have_performed", lambda run: None)
    run = asked(admin)

    def work() -> None:
        try:
            perform_run(run.pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    run.refresh_from_db()
    assert (run.state, run.attempts) == (RunState.DONE, 1)
    assert run.files.count() == len(OUTPUTS)


def test_provisional_figures_leave_once_somebody_said_that_it_is_meant(admin, frozen) -> None:
    run = made(admin)
    assert provisional_until(run) == date(2025, 3, 3)
    assert figures_of(run).is_provisional
    with pytest.raises(Unconfirmed, match="arrêtés au 03/03/2025"):
        submit_run(run=run, recipient="FOREM", reference="", actor=admin)
    # The period is over: what was computed while it ran is still provisional, what is computed now is not.
    frozen("2026-01-05")
    assert about_provisional(run)
    over = made(admin)
    assert not figures_of(over).is_provisional
    assert submit_run(run=over, recipient="FOREM", reference="", actor=admin).is_submitted

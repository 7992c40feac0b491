"""Sending a report in the browser's hands: asked for, watched, read again, sent, compared."""

import re
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Parameter
from reporting.models import ReportRun
from reporting.sending.enums import RunState
from reporting.sending.services import perform_run, performing
from tables.engine.gaps import Gap
from tests.factories import stories
from tests.factories.accounts import SiteFactory, user_with
from tests.factories.runs import a_draft, a_sent_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

SCOPE = {"first": "01/01/2025", "last": "31/12/2025"}
QUERY = "?first=01%2F01%2F2025&last=31%2F12%2F2025"
LIMIT = 15


@pytest.fixture
def coach():
    return stories.a_coach()


@pytest.fixture
def admin(coach, client):
    user = user_with(Role.ADMIN, coach.current_organisation)
    client.force_login(user)
    return user


def url(name: str, run: ReportRun, *more: str) -> str:
    return reverse(f"reporting:{name}", args=[run.pk, *more])


def prepared(client, name="activite", **data):
    answer = client.post(reverse("reporting:run_create", args=[name]), SCOPE | data)
    assert answer.status_code == 302, answer.content.decode()
    return ReportRun.objects.get(pk=re.search(r"[-0-9a-f]{36}", answer["Location"])[0])


def performed(client, name="activite", **data) -> ReportRun:
    run = prepared(client, name, **data)
    perform_run(run.pk)
    run.refresh_from_db()
    return run


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


# --- Asking -----------------------------------------------------------------------------------------------------------


def test_the_report_leads_to_its_preparation_with_the_scope_that_was_read(client, coach, admin) -> None:
    site = SiteFactory(organisation=coach.current_organisation, name="Verviers")
    page = client.get(reverse("reporting:report", args=["activite"]) + QUERY + f"&site={site.pk}")
    link = re.search(r'href="([^"]*preparer[^"]*)"', page.content.decode())[1].replace("&amp;", "&")
    form = client.get(link)
    assert 'value="01/01/2025"' in form.content.decode()
    assert f'value="{site.pk}" selected' in form.content.decode()
    run = prepared(client, site=site.pk)
    assert (run.first, run.last, run.site, run.requested_by) == (date(2025, 1, 1), date(2025, 12, 31), site, admin)


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"last": "31/12/2024"}, "last", "précède son début"),
        ({"first": "31/02/2025"}, "first", "n’existe pas"),
        ({"last": ""}, "last", "Écrivez la date"),
        ({"site": str(uuid4())}, "site", ""),
    ],
)
def test_a_scope_that_makes_no_sense_is_told_beside_its_field(client, admin, data, field, sentence) -> None:
    answer = client.post(reverse("reporting:run_create", args=["activite"]), SCOPE | data)
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors[field])
    assert not ReportRun.objects.exists()


def test_a_double_click_prepares_one_run(client, admin) -> None:
    click = str(uuid4())
    assert prepared(client, submission_id=click) == prepared(client, submission_id=click)


def test_asked_for_it_is_made_at_once_where_no_worker_is_needed(
    client, admin, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        run = prepared(client, "consolidation")
    run.refresh_from_db()
    assert run.state == RunState.DONE


# --- Watching ---------------------------------------------------------------------------------------------------------


def test_progress_is_shown_can_be_left_and_ends_by_itself(client, coach, admin) -> None:
    run = prepared(client)
    page = client.get(url("run", run))
    assert "En attente" in words(page)
    assert f'hx-get="{url("run", run)}"' in page.content.decode()
    claimed = performing._claim(run.pk, takeover=False)
    performing._tell(claimed, 55, "Fichier XLSX")
    part = client.get(url("run", run), headers={"HX-Request": "true"})
    assert "Fichier XLSX…" in words(part)
    assert 'value="55"' in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "Actualiser" in words(part)
    perform_run(run.pk, takeover=True)
    assert client.get(url("run", run), headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "Brouillon prêt" in words(client.get(url("run", run)))


def test_what_failed_says_why_and_is_asked_again(client, coach, admin, changed_report) -> None:
    sound = changed_report("activite").build
    changed_report("activite", build=lambda scope: 1 / 0)
    run = performed(client)
    page = words(client.get(url("run", run)))
    assert "n’a pas pu être préparé" in page
    assert "erreur imprévue" in page
    changed_report("activite", build=sound)
    client.post(url("run_retry", run))
    perform_run(run.pk)
    assert "Brouillon prêt" in words(client.get(url("run", run)))
    refused = client.post(url("run_retry", run), follow=True)
    assert "rien à relancer" in words(refused)


def test_one_of_which_nothing_is_heard_can_be_asked_again(client, admin, frozen) -> None:
    run = prepared(client)
    performing._claim(run.pk, takeover=False)
    assert "Relancer" not in words(client.get(url("run", run)))
    frozen.to(timezone.now() + performing.LEASE * 2)
    page = words(client.get(url("run", run)))
    assert "peut-être été interrompu" in page
    assert "Relancer" in page


# --- Reading ----------------------------------------------------------------------------------------------------------


def test_the_run_shows_its_figures_which_open_on_the_rows_of_then(client, coach, admin) -> None:
    before = stories.in_prehire(coach, last_name="Comptée")
    run = performed(client)
    stories.in_prehire(coach, last_name="Nouvelle")
    link = url("run_figure", run, "summary", "people", "count")
    assert link in client.get(url("run", run)).content.decode()
    rows = client.get(link).content.decode()
    assert "Comptée" in rows
    assert reverse("followup:case_summary", args=[before.pk]) in rows
    assert "Nouvelle" not in rows
    for parts in (("x", "people", "count"), ("summary", "x", "count"), ("summary", "people", "x")):
        assert client.get(url("run_figure", run, *parts)).status_code == 404


def test_files_are_the_bytes_that_were_made_and_the_reading_is_recorded(client, coach, admin) -> None:
    stories.in_prehire(coach)
    run = performed(client)
    page = client.get(url("run", run)).content.decode()
    for file in run.files.all():
        assert file.sha256 in page
        answer = client.get(url("run_file", run, file.extension))
        assert answer.status_code == 200
        assert len(answer.content) == file.size
        assert f"activite-20250101-20251231.{file.extension}" in answer["Content-Disposition"]
    assert LogEntry.objects.get_for_object(run).filter(additional_data__access="download").count() == 1
    assert client.get(url("run_file", run, "doc")).status_code == 404
    Path(run.files.get(extension="csv").file.path).write_bytes(b"autre chose")
    refused = client.get(url("run_file", run, "csv"), follow=True)
    assert "n’est plus celui qui a été produit" in words(refused)


def test_what_is_missing_is_listed_by_person_with_a_link_to_the_very_field(
    client, coach, admin, changed_report
) -> None:
    case, other = stories.in_prehire(coach, last_name="Zoé"), stories.in_prehire(coach, last_name="Ariane")

    def gap(case, what):
        return Gap(case_id=case.pk, person="", code=what, what=what, url=f"/dossiers/{case.pk}/#id_{what}")

    changed_report("activite", gaps=lambda scope: [gap(case, "isced"), gap(case, "birth"), gap(other, "isced")])
    run = performed(client)
    page = words(client.get(url("run", run)))
    assert "Il manque 3 données sur 2 dossiers" in page
    assert f"/dossiers/{case.pk}/#id_birth" in page
    assert page.index("Ariane") < page.index("Zoé")
    assert url("run_submit", run) not in page
    answer = client.post(url("run_submit", run), {"recipient": "FOREM", "reference": "A/1"})
    assert answer.status_code == 422
    assert "un rapport incomplet ne s’envoie pas" in words(answer)
    assert 'value="FOREM"' in answer.content.decode()
    assert "un rapport incomplet ne s’envoie pas" in words(client.get(url("run_submit", run), follow=True))


# --- Sending ----------------------------------------------------------------------------------------------------------


def test_a_report_is_sent_and_stays_as_it_left(client, coach, admin) -> None:
    run = a_draft(admin, stories.in_prehire(coach))
    empty = client.post(url("run_submit", run), {"recipient": "", "reference": "A/1"})
    assert empty.status_code == 422
    assert "Remplissez" in str(empty.context["form"].errors["recipient"])
    assert 'value="A/1"' in empty.content.decode()
    sent = client.post(url("run_submit", run), {"recipient": "FOREM", "reference": "A/1"}, follow=True)
    page = words(sent)
    assert "il est conservé tel quel" in page
    assert "FOREM" in page
    assert admin.get_full_name() in page
    assert url("run_discard", run) not in page
    again = client.post(url("run_submit", run), {"recipient": "Autre", "reference": ""})
    assert again.status_code == 422
    assert "déjà été envoyé" in words(again)
    refused = client.post(url("run_discard", run))
    assert refused.status_code == 422
    assert "conservé tel qu’il est parti" in words(refused)
    run.refresh_from_db()
    assert run.recipient == "FOREM"
    for name, reason in (("run_submit", "un envoi ne se refait pas"), ("run_discard", "conservé tel qu’il est parti")):
        led_back = client.get(url(name, run), follow=True)
        assert led_back.redirect_chain == [(url("run", run), 302)]
        assert reason in words(led_back)


def test_a_draft_is_thrown_away_after_a_word_of_warning(client, coach, admin) -> None:
    run = a_draft(admin, stories.in_prehire(coach))
    assert "disparaissent" in words(client.get(url("run_discard", run)))
    client.post(url("run_discard", run))
    assert client.get(url("run", run)).status_code == 404


def test_the_history_tells_what_was_sent_by_whom_and_keeps_to_one_report(client, coach, admin) -> None:
    case = stories.in_prehire(coach)
    sent, draft = a_sent_run(admin, case), a_draft(admin, case)
    ReportRun.objects.filter(pk=draft.pk).update(report="inspection", title="Inspection")
    page = client.get(reverse("reporting:run_list"))
    assert set(page.context["page_obj"]) == {sent, draft}
    assert url("run_file", sent, "csv") in page.content.decode()
    one = client.get(reverse("reporting:run_list") + "?rapport=activite")
    assert list(one.context["page_obj"]) == [sent]
    inspector = user_with(Role.INSPECTOR, coach.current_organisation)
    client.force_login(inspector)
    assert list(client.get(reverse("reporting:run_list")).context["page_obj"]) == [sent]
    assert "Préparer" not in words(client.get(reverse("reporting:run_list"))).replace("Préparé", "")


# --- Since then -------------------------------------------------------------------------------------------------------


def test_what_moved_is_told_figure_by_figure_and_row_by_row(client, coach, admin) -> None:
    stays, goes = stories.in_prehire(coach, last_name="Restée"), stories.in_prehire(coach, last_name="Sortie")
    run = performed(client)
    assert "Rien n’a bougé" in words(client.get(url("run_changes", run)))
    comes = stories.in_prehire(coach, last_name="Entrée")
    type(goes).objects.filter(pk=goes.pk).update(opened_on=date(2026, 1, 5))
    page = client.get(url("run_changes", run)).content.decode()
    link = url("run_figure_change", run, "summary", "people", "count")
    assert f'{link}">+1 −1' in page
    entered, left = page.index("Dossiers entrés dans le rapport"), page.index("Dossiers sortis du rapport")
    assert entered < page.index("Entrée") < left < page.index("Sortie")
    assert "Restée" not in page
    rows = client.get(link).content.decode()
    assert "Entrée" in rows
    assert "Sortie" in rows
    assert "Restée" not in rows
    assert stays.pk != comes.pk
    still = client.get(url("run_figure_change", run, "summary", "companies", "count"))
    assert "n’a pas bougé" in words(still)
    assert client.get(url("run_figure_change", run, "summary", "x", "count")).status_code == 404


def test_a_parameter_that_changed_since_is_told(client, coach, admin) -> None:
    run = performed(client)
    Parameter.objects.filter(key="clock.prehire_months").update(valid_to=date(2025, 6, 1))
    Parameter.objects.create(
        key="clock.prehire_months", value=30, valid_from=date(2025, 6, 1), source="essai", status="ASSUMPTION"
    )
    page = words(client.get(url("run_changes", run)))
    assert "24 mois → 24 mois depuis le 01/01/2000 ; 30 mois depuis le 01/06/2025" in page


def test_a_consolidated_run_opens_on_no_name(client, coach, admin) -> None:
    stories.in_prehire(coach)
    run = performed(client, "consolidation")
    stories.in_prehire(coach)
    page = client.get(url("run_changes", run)).content.decode()
    assert "En un coup" in page or "figures" in page
    assert "depuis/summary" not in page
    assert "/chiffre/" not in client.get(url("run", run)).content.decode()
    for name in ("run_figure", "run_figure_change"):
        assert client.get(url(name, run, "summary", "people", "count")).status_code == 403


@pytest.mark.parametrize("count", [2, 12])
def test_pages_cost_the_same_whatever_they_show(client, coach, admin, changed_report, count) -> None:
    cases = [stories.in_prehire(coach) for _number in range(count)]
    gaps = [Gap(case_id=case.pk, person="", code="x", what="x", url="/x") for case in cases]
    changed_report("activite", gaps=lambda scope: gaps)
    run = performed(client)
    for case in cases:
        a_sent_run(admin, case)
        stories.in_prehire(coach)
    for address in (
        reverse("reporting:run_list"),
        url("run", run),
        url("run_changes", run),
        url("run_figure", run, "summary", "people", "count"),
        url("run_figure_change", run, "summary", "people", "count"),
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        assert len(seen) <= LIMIT, f"{address}: {len(seen)}"


def test_the_front_page_shows_drafts_and_the_last_sending(client, coach, admin) -> None:
    case = stories.in_prehire(coach)
    run = a_draft(admin, case)
    front = reverse("reporting:report_list")
    page = client.get(front)
    assert [one.pk for one in page.context["board"].drafts] == [run.pk]
    assert "à relire, puis à envoyer" in words(page)
    client.post(url("run_submit", run), {"recipient": "FOREM", "reference": ""})
    page = client.get(front)
    assert not page.context["board"].drafts
    sent = {one.report.name: one.last_sent for one in page.context["board"].reports}
    assert sent.pop("activite") == run
    assert set(sent.values()) == {None}
    assert url("run", run) in page.content.decode()
    for _ in range(6):
        a_draft(admin, case)
    assert "1 autre brouillon" in words(client.get(front))


def test_a_draft_says_who_sends_it(client, coach, admin) -> None:
    run = a_draft(admin, stories.in_prehire(coach))
    assert "puis notez l’envoi" in words(client.get(url("run", run)))
    client.force_login(user_with(Role.COORDINATOR, coach.current_organisation))
    page = words(client.get(url("run", run)))
    assert "L’envoi est noté par un·e admin" in page
    assert "puis notez l’envoi" not in page

"""The dated situations of a person, and the papers of the case: services, pages, files."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import Evidence, Situation, TrustAgreement
from beneficiaries.rules.papers import MAX_BYTES
from beneficiaries.services.papers import PaperRefused, PaperStatement, add_evidence
from beneficiaries.services.path import PathRefused, check_eligibility
from beneficiaries.services.situations import (
    SituationRefused,
    SituationStatement,
    add_situation,
    correct_situation,
    end_situation,
)
from foundation.errors import DomainError
from foundation.persistence import InvalidFact
from tests.factories.accounts import OrganisationFactory, user_with
from tests.factories.stories import (
    a_case,
    a_coach,
    a_file,
    a_paper,
    a_situation,
    closed,
    in_prehire,
    statement_on,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def coach(client):
    coach = a_coach()
    client.force_login(coach)
    return coach


def url_of(case, name, *more):
    return reverse(f"beneficiaries:{name}", args=[case.pk, *more])


def page_of(response):
    return response.content.decode()


def files_kept():
    return set((Path(settings.MEDIA_ROOT) / "pieces").glob("*"))


class TestSituations:
    @pytest.mark.parametrize(
        ("first", "last", "refused"),
        [
            (date(2024, 1, 1), date(2024, 1, 9), False),
            (date(2024, 1, 1), date(2024, 1, 10), True),
            (date(2024, 1, 20), None, True),
            (date(2024, 1, 21), None, False),
            (date(2024, 1, 12), date(2024, 1, 13), True),
        ],
    )
    def test_two_of_a_kind_never_share_a_day(self, coach, first, last, refused):
        case = a_case(coach)
        a_situation(case, kind="RIS", starts_on=date(2024, 1, 10), ends_on=date(2024, 1, 20))
        a_situation(case, kind="RESIDENCE", starts_on=date(2024, 1, 10))
        if refused:
            with pytest.raises(InvalidFact, match="déjà notée pour une partie de ces jours"):
                a_situation(case, kind="RIS", starts_on=first, ends_on=last)
        else:
            a_situation(case, kind="RIS", starts_on=first, ends_on=last)

    @pytest.mark.parametrize(
        ("stated", "field"),
        [
            ({"starts_on": date(2025, 3, 4)}, "starts_on"),
            ({"starts_on": date(1985, 3, 3)}, "starts_on"),
            ({"starts_on": date(2025, 3, 3), "ends_on": date(2025, 3, 2)}, "ends_on"),
        ],
    )
    def test_impossible_days_are_refused(self, coach, stated, field):
        with pytest.raises(SituationRefused) as caught:
            a_situation(a_case(coach), **stated)
        assert caught.value.field == field

    def test_the_last_day_may_be_to_come(self, coach):
        permit = a_situation(a_case(coach), kind="RESIDENCE", ends_on=date(2027, 1, 1))
        assert permit.as_period().contains(date(2027, 1, 1))
        assert not permit.as_period().contains(date(2027, 1, 2))

    def test_a_correction_keeps_what_was_said(self, coach):
        case = a_case(coach)
        situation = a_situation(case)
        statement = SituationStatement(kind="RIS", starts_on=date(2024, 2, 1))
        correct_situation(case=case, situation=situation, statement=statement, actor=coach)
        entry = LogEntry.objects.get_for_object(situation).filter(action=LogEntry.Action.UPDATE).get()
        assert entry.changes["starts_on"] == ["2024-01-08", "2024-02-01"]
        assert end_situation(case=case, situation=situation, ends_on=date(2025, 1, 1), actor=coach).ends_on

    def test_sent_twice_it_is_noted_once(self, coach):
        case, key = a_case(coach), uuid4()
        statement = SituationStatement(kind="WORK", starts_on=date(2024, 1, 1))
        for _time in range(2):
            add_situation(case=case, statement=statement, actor=coach, submission_id=key)
        assert Situation.objects.count() == 1

    @pytest.mark.parametrize("role", [Role.JOBCOACH, Role.ADMIN, Role.INSPECTOR, None])
    def test_only_who_carries_the_case_writes(self, coach, role):
        case = a_case(coach)
        situation = a_situation(case)
        actor = user_with(role, coach.current_organisation) if role else a_coach()
        own = a_case(a_coach(actor.current_organisation))
        statement = SituationStatement(kind="WORK", starts_on=date(2024, 1, 1))
        for act in (
            lambda: add_situation(case=case, statement=statement, actor=actor),
            lambda: correct_situation(case=case, situation=situation, statement=statement, actor=actor),
            lambda: end_situation(case=case, situation=situation, ends_on=date(2025, 1, 1), actor=actor),
            lambda: add_evidence(case=case, paper=PaperStatement(kind="AVIQ", dated_on=date(2025, 1, 1)), actor=actor),
        ):
            with pytest.raises(DomainError):
                act()
        assert own.pk != case.pk
        assert Situation.objects.get() == situation

    def test_a_situation_of_somebody_else_is_not_reached_through_ones_own_case(self, coach):
        own, other = a_case(coach), a_case(a_coach())
        situation = a_situation(other)
        with pytest.raises(Situation.DoesNotExist):
            end_situation(case=own, situation=situation, ends_on=date(2025, 1, 1), actor=coach)

    def test_it_is_noted_corrected_and_ended_by_pages(self, client, coach):
        case = a_case(coach)
        answers = {"kind": "RIS", "starts_on": "1/2/2024", "ends_on": "", "detail": "CPAS de Verviers"}
        assert client.post(url_of(case, "situation_create"), answers).status_code == 302
        situation = Situation.objects.get()
        page = page_of(client.get(url_of(case, "case_situation")))
        assert "Revenu d’intégration" in page
        assert "depuis le 01/02/2024" in page
        refused = client.post(url_of(case, "situation_end", situation.pk), {"ends_on": "1/1/2024"})
        assert refused.status_code == 422
        assert page_of(refused).count("Le dernier jour précède le premier.") == 2
        assert client.post(url_of(case, "situation_end", situation.pk), {"ends_on": "1/1/2025"}).status_code == 302
        answers |= {"starts_on": "2/2/2024", "ends_on": "2/1/2025"}
        assert client.post(url_of(case, "situation_change", situation.pk), answers).status_code == 302
        page = page_of(client.get(url_of(case, "case_situation")))
        assert "du 02/02/2024 au 02/01/2025" in page
        assert "terminée" in page
        again = client.post(url_of(case, "situation_create"), answers)
        assert again.status_code == 422
        assert "CPAS de Verviers" in page_of(again)

    def test_somebody_helped_and_not_registered_is_told_until_when(self, client, coach, frozen):
        frozen("2026-03-02")
        client.force_login(coach)
        case = a_case(coach, opened_on=date(2026, 2, 2))
        a_situation(case, kind="RIS", starts_on=date(2026, 2, 16))
        for name in ("case_situation", "eligibility"):
            assert "au plus tard le 16/03/2026" in page_of(client.get(url_of(case, name)))
        a_situation(case, kind="REGISTERED", starts_on=date(2026, 3, 2))
        assert "au plus tard le" not in page_of(client.get(url_of(case, "case_situation")))


class TestPapers:
    @pytest.mark.parametrize(
        ("content", "content_type", "ending"),
        [(a_file().read(), "application/pdf", "pdf"), (JPEG, "image/jpeg", "jpg"), (PNG, "image/png", "png")],
    )
    def test_a_file_is_judged_by_its_content_and_kept_under_a_name_that_says_nothing(
        self, client, coach, content, content_type, ending
    ):
        case = a_case(coach)
        paper = a_paper(case, file=a_file(content))
        assert (paper.content_type, paper.size) == (content_type, len(content))
        assert "Jean" not in paper.file.name
        assert content not in Path(paper.file.path).read_bytes()
        answer = client.get(url_of(case, "evidence_file", paper.pk))
        assert answer.content == content
        assert answer["Content-Type"] == content_type
        assert answer["Content-Disposition"] == f'attachment; filename="cpas_certificate-2025-03-03.{ending}"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
        entry = LogEntry.objects.get_for_object(paper).filter(action=LogEntry.Action.ACCESS).get()
        assert (entry.actor, entry.additional_data["access"]) == (coach, "download")

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"<html><script>alert(1)</script>", "ni un PDF, ni une photo"),
            (b"GIF89a" + b"\0" * 20, "ni un PDF, ni une photo"),
            (b" %PDF-1.4", "ni un PDF, ni une photo"),
            (b"%PDF-" + b"\0" * (MAX_BYTES - 4), "pèse plus de 10 Mo"),
        ],
    )
    def test_what_is_not_a_paper_is_refused_by_the_page_and_by_the_service(self, client, coach, content, sentence):
        case, before = a_case(coach), files_kept()
        with pytest.raises(PaperRefused, match=sentence):
            a_paper(case, file=a_file(content))
        answers = {"kind": "AVIQ", "dated_on": "3/3/2025", "label": "n° 12", "file": a_file(content)}
        response = client.post(url_of(case, "evidence_create"), answers)
        assert response.status_code == 422
        assert page_of(response).count(sentence) == 2
        assert "n° 12" in page_of(response)
        assert not Evidence.objects.exists()
        assert files_kept() == before

    def test_a_file_of_exactly_ten_megabytes_is_kept(self, coach):
        assert a_paper(a_case(coach), file=a_file(b"%PDF-" + b"\0" * (MAX_BYTES - 5))).size == MAX_BYTES

    def test_a_picture_or_a_file_not_both(self, client, coach):
        case = a_case(coach)
        answers = {"kind": "AVIQ", "dated_on": "3/3/2025", "file": a_file(), "photo": a_file(JPEG)}
        response = client.post(url_of(case, "evidence_create"), answers)
        assert "pas les deux" in page_of(response)
        del answers["file"]
        assert client.post(url_of(case, "evidence_create"), {**answers, "photo": a_file(JPEG)}).status_code == 302
        page = page_of(client.get(url_of(case, "case_situation")))
        assert url_of(case, "evidence_file", Evidence.objects.get().pk) in page
        assert 'capture="environment"' in page_of(client.get(url_of(case, "evidence_create")))

    def test_whoever_reads_the_case_reads_its_papers_and_nobody_else(self, client, coach):
        case = a_case(coach)
        paper = a_paper(case, file=a_file())
        for role, status in ((Role.JOBCOACH, 200), (Role.ADMIN, 200), (Role.INSPECTOR, 404), (Role.ANALYST, 404)):
            client.force_login(user_with(role, coach.current_organisation))
            assert client.get(url_of(case, "evidence_file", paper.pk)).status_code == status
        stranger = a_coach()
        own = a_case(stranger)
        a_paper(own, file=a_file())
        client.force_login(stranger)
        assert client.get(url_of(case, "evidence_file", paper.pk)).status_code == 404
        assert client.get(url_of(own, "evidence_file", paper.pk)).status_code == 404

    def test_no_address_serves_the_folder(self, client, coach):
        paper = a_paper(a_case(coach), file=a_file())
        for prefix in ("/media/", "/"):
            assert client.get(prefix + paper.file.name).status_code == 404

    def test_without_a_file_there_is_nothing_to_open(self, client, coach):
        case = a_case(coach)
        seen, lost = a_paper(case), a_paper(case, kind="AVIQ", file=a_file())
        Path(lost.file.path).unlink()
        assert client.get(url_of(case, "evidence_file", seen.pk)).status_code == 404
        assert client.get(url_of(case, "evidence_file", lost.pk)).status_code == 404

    def test_a_file_of_an_act_that_fails_is_taken_back(self, coach):
        case, before = a_case(coach), files_kept()
        # The paper is written before it is known that it proves nothing.
        statement = statement_on(
            case,
            case.opened_on,
            evidence_kind="",
            papers=[PaperStatement(kind="AVIQ", dated_on=case.opened_on, file=a_file())],
        )
        with pytest.raises(PathRefused, match="demande : "):
            check_eligibility(case=case, statement=statement, actor=coach)
        assert files_kept() == before
        assert not Evidence.objects.exists()
        assert not Situation.objects.exists()

    def test_a_closed_case_takes_no_more_papers(self, client, coach):
        case = closed(coach)
        with pytest.raises(PaperRefused, match="sorti"):
            a_paper(case)
        assert url_of(case, "evidence_create") not in page_of(client.get(url_of(case, "case_situation")))

    def test_the_database_knows_a_file_that_is_not_described(self, coach):
        paper = a_paper(a_case(coach), file=a_file())
        paper.sha256 = ""
        with pytest.raises(ValidationError, match="evidence_file_is_described"):
            paper.validate_constraints()

    def test_a_signature_keeps_its_parties_and_its_scan(self, client, coach):
        case = a_case(coach)
        page = page_of(client.get(url_of(case, "agreement")))
        assert case.beneficiary.full_name in page
        answers = {"kind": "CONVENTION", "signed_on": "3/3/2025", "signatories": "A. B., C. D.", "file": a_file()}
        assert client.post(url_of(case, "agreement"), answers).status_code == 302
        agreement = TrustAgreement.objects.get()
        assert agreement.signatories == "A. B., C. D."
        assert agreement.scan is not None
        assert url_of(case, "evidence_file", agreement.scan.pk) in page_of(client.get(url_of(case, "case_path")))


def test_the_pages_cost_fifteen_statements_at_most(client, django_assert_max_num_queries):
    coach = a_coach(OrganisationFactory())
    case = in_prehire(coach)
    for year in range(10):
        a_situation(case, kind="WORK", starts_on=date(2010 + year, 1, 1), ends_on=date(2010 + year, 2, 1))
        a_paper(case, label=f"n° {year}")
    begun = a_case(coach)
    client.force_login(coach)
    for address in (
        url_of(case, "case_path"),
        url_of(case, "case_situation"),
        url_of(case, "eligibility_frozen"),
        url_of(begun, "eligibility"),
    ):
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200

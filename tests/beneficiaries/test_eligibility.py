"""The check of eligibility by the service: situations, papers, what is frozen, derogations and closed doors."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import OrganisationKind
from accounts.models import Parameter
from beneficiaries.models import CriterionProof, EligibilityCheck, Situation
from beneficiaries.parameters import EligibilityKey
from beneficiaries.selectors.derogations import quota_with
from beneficiaries.selectors.eligibility import criteria_of, origin_words, regime_of
from beneficiaries.selectors.snapshots import read_snapshot
from beneficiaries.services.papers import PaperStatement
from beneficiaries.services.path import PathRefused, check_eligibility
from beneficiaries.services.people import update_beneficiary
from beneficiaries.services.situations import SituationStatement, end_situation
from tests.factories.accounts import OrganisationFactory
from tests.factories.stories import (
    REGISTERED,
    a_case,
    a_coach,
    a_file,
    a_paper,
    a_situation,
    derogation_on,
    in_prehire,
    made_ready,
    statement_on,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

ON = date(2025, 3, 3)
RIS = SituationStatement(kind="RIS", starts_on=date(2024, 1, 8))


@pytest.fixture
def coach(client):
    coach = a_coach()
    client.force_login(coach)
    return coach


def checked(case, **stated):
    return check_eligibility(case=case, statement=statement_on(case, ON, **stated), actor=case.coach)


def refused(case, **stated):
    with pytest.raises(PathRefused) as caught:
        checked(case, **stated)
    assert not EligibilityCheck.objects.filter(case=case).exists()
    return caught.value


def law(key, value, valid_from):
    Parameter.objects.filter(key=key, valid_to=None).update(valid_to=valid_from)
    Parameter.objects.create(key=key, value=value, valid_from=valid_from, source="Décret", status="CONFIRMED")


def url_of(case, name):
    return reverse(f"beneficiaries:{name}", args=[case.pk])


class TestJudgement:
    @pytest.mark.parametrize(
        ("stated", "code"),
        [
            ({"situations": []}, "not_registered"),
            ({"situations": [SituationStatement(kind="REGISTERED", starts_on=ON)]}, ""),
            (
                {"situations": [SituationStatement(kind="REGISTERED", starts_on=date(2025, 1, 1), ends_on=ON)]},
                "",
            ),
            (
                {
                    "situations": [
                        SituationStatement(kind="REGISTERED", starts_on=date(2025, 1, 1), ends_on=date(2025, 3, 2))
                    ]
                },
                "not_registered",
            ),
            ({"criteria": ["senior_55"], "evidence_kind": "IDENTITY"}, "not_established"),
            ({"criteria": ["nothing_known"]}, "closed_door"),
            ({"evidence_kind": "AVIQ"}, "paper"),
            ({"evidence_kind": ""}, "paper"),
            ({"regime": "CISP"}, "regime"),
        ],
    )
    def test_the_service_judges_as_the_page_does(self, coach, stated, code):
        case = a_case(coach)
        if code:
            assert refused(case, **stated).code == code
        else:
            assert checked(case, **stated).criteria == ["no_cess"]

    def test_what_is_stated_is_noted_once(self, coach):
        case = a_case(coach)
        a_situation(case, kind="REGISTERED", starts_on=REGISTERED.starts_on)
        checked(case)
        assert Situation.objects.count() == 1

    def test_one_paper_proves_several_criteria_and_one_criterion_has_several_papers(self, coach):
        case = a_case(coach)
        known = a_paper(case, kind="FOREM_EXTRACT", dated_on=date(2025, 2, 20), file=a_file())
        check = checked(
            case,
            criteria=["no_cess", "registered_24_of_36", "integration_income"],
            evidence=[known.pk],
            papers=[PaperStatement(kind="CPAS_CERTIFICATE", dated_on=ON)],
            situations=[REGISTERED, RIS],
        )
        proofs = {(proof.criterion, proof.evidence.kind) for proof in CriterionProof.objects.select_related("evidence")}
        assert proofs == {
            ("no_cess", "FOREM_EXTRACT"),
            ("no_cess", "DIPLOMA"),
            ("registered_24_of_36", "FOREM_EXTRACT"),
            ("integration_income", "CPAS_CERTIFICATE"),
        }
        assert next(p["sha256"] for p in check.snapshot["papers"] if p["id"] == str(known.pk)) == known.sha256

    def test_a_paper_of_another_case_proves_nothing(self, coach):
        paper = a_paper(a_case(coach), kind="DIPLOMA")
        assert refused(a_case(coach), evidence_kind="", evidence=[paper.pk]).code == "paper_unknown"

    def test_what_the_file_contradicts_is_not_ticked_away(self, coach):
        case = a_case(coach, education="CESS")
        a_situation(case, kind="WORK", starts_on=date(2023, 1, 1), ends_on=date(2023, 1, 31))
        error = refused(case, criteria=["inactive_36_months"], evidence_kind="DECLARATION")
        assert error.code == "not_established"
        assert "31 jours" in error.message


class TestFrozen:
    def test_what_changes_later_does_not_rewrite_it(self, client, coach):
        case = made_ready(a_case(coach))
        before = EligibilityCheck.objects.get().snapshot
        update_beneficiary(case=case, actor=coach, education="HIGHER", birth_date=date(2001, 1, 1))
        end_situation(case=case, situation=Situation.objects.get(), ends_on=date(2020, 2, 1), actor=coach)
        law(EligibilityKey.MIRE_CLOSED, ["no_cess"], date(2020, 1, 1))
        check = EligibilityCheck.objects.get()
        assert check.snapshot == before
        shown = read_snapshot(check)
        assert (shown.birth_date, shown.situations[0].ends_on) == (date(1985, 3, 4), None)
        page = client.get(url_of(case, "eligibility_frozen")).content.decode()
        assert "04/03/1985" in page
        assert "depuis le 06/01/2020" in page
        assert "Diplôme le plus élevé au plus : secondaire inférieur." in page
        assert page.count("retenu") == 1

    def test_it_keeps_the_law_of_the_day(self, coach):
        case = a_case(coach)
        snapshot = checked(case).snapshot
        assert (snapshot["regime"], snapshot["on"]) == ("MIRE", "2025-03-03")
        assert snapshot["policy"]["registered_months"] == 24
        assert snapshot["policy"]["closed"] == []
        assert [one["rule"] for one in snapshot["findings"]][:2] == ["MIRE-ELIG-02", "MIRE-ELIG-03"]

    def test_a_check_older_than_snapshots_shows_what_was_kept(self, client, coach):
        case = made_ready(a_case(coach))
        EligibilityCheck.objects.update(snapshot={})
        page = client.get(url_of(case, "eligibility_frozen")).content.decode()
        assert "il en reste les critères et la pièce" in page
        assert "N’a pas le certificat" in page

    def test_before_the_check_there_is_nothing_to_show(self, client, coach):
        assert client.get(url_of(a_case(coach), "eligibility_frozen")).status_code == 404


class TestForm:
    def test_registrations_that_are_known_are_not_asked_again(self, client, coach):
        case = a_case(coach)
        a_situation(case, kind="REGISTERED", starts_on=date(2022, 1, 3))
        page = client.get(url_of(case, "eligibility")).content.decode()
        assert "Est-elle inscrite" not in page
        assert "depuis le 03/01/2022" in page
        answers = {"checked_on": "3/3/2025", "evidence_kind": "FOREM_EXTRACT", "evidence_on": "3/3/2025"}
        assert client.post(url_of(case, "eligibility"), answers).status_code == 302
        assert EligibilityCheck.objects.get().criteria == ["no_cess", "registered_24_of_36"]

    def test_what_is_typed_becomes_a_situation_and_the_file_a_paper(self, client, coach):
        case = a_case(coach)
        answers = {
            "checked_on": "3/3/2025",
            "registered": "yes",
            "registered_since": "3/1/2022",
            "evidence_kind": "DIPLOMA",
            "evidence_on": "1/3/2025",
            "evidence_kind_2": "FOREM_EXTRACT",
            "evidence_on_2": "3/3/2025",
            "evidence_file_2": a_file(),
        }
        assert client.post(url_of(case, "eligibility"), answers).status_code == 302
        assert Situation.objects.get().starts_on == date(2022, 1, 3)
        assert set(EligibilityCheck.objects.get().criteria) == {"no_cess", "registered_24_of_36"}
        assert [bool(paper.file) for paper in case.evidences.order_by("dated_on")] == [False, True]

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({"evidence_kind": "", "evidence_on": ""}, "Indiquez au moins une pièce vue."),
            ({"evidence_on_2": "3/3/2025"}, "Choisissez ce qu’est cette pièce."),
            ({"evidence_kind_2": "AVIQ"}, "Écrivez la date de cette pièce."),
            ({"evidence_file": a_file(b"GIF89a")}, "ni un PDF, ni une photo"),
            ({"registered_since": ""}, "Écrivez depuis quand."),
        ],
    )
    def test_half_a_paper_is_told_beside_its_field(self, client, coach, answers, sentence):
        case = a_case(coach)
        sent = {
            "checked_on": "3/3/2025",
            "registered": "yes",
            "registered_since": "3/1/2022",
            "evidence_kind": "DIPLOMA",
            "evidence_on": "1/3/2025",
        }
        response = client.post(url_of(case, "eligibility"), sent | answers)
        assert response.status_code == 422
        assert response.content.decode().count(sentence) >= 2

    def test_an_integration_income_that_is_noted_is_established_without_a_tick(self, client, coach):
        case = a_case(coach, education="CESS")
        a_situation(case, kind="REGISTERED", starts_on=date(2025, 1, 6))
        a_situation(case)
        answers = {"checked_on": "3/3/2025", "evidence_kind": "CPAS_CERTIFICATE", "evidence_on": "3/3/2025"}
        assert (
            "Revenu d’intégration noté depuis le 08/01/2024."
            in client.get(url_of(case, "eligibility")).content.decode()
        )
        assert client.post(url_of(case, "eligibility"), answers).status_code == 302
        assert EligibilityCheck.objects.get().criteria == ["integration_income"]

    def test_the_quota_is_shown_where_a_derogation_is_granted(self, client, coach):
        page = client.get(url_of(a_case(coach), "eligibility")).content.decode()
        assert "1re dérogation sur 1 entrée en 2025 : maximum 0 (20 %)" in page
        assert "au-delà du quota" in page


class TestQuota:
    @pytest.mark.parametrize(
        ("entered", "granted", "number", "allowed", "over"),
        [(3, 0, 1, 0, True), (4, 0, 1, 1, False), (9, 1, 2, 2, False), (8, 1, 2, 1, True)],
    )
    def test_a_share_of_the_entries_of_the_year_this_one_included(self, coach, entered, granted, number, allowed, over):
        for rank in range(entered):
            if rank < granted:
                case = a_case(coach, opened_on=date(2025, 2, 3))
                check_eligibility(case=case, statement=derogation_on(case, date(2025, 2, 3)), actor=coach)
                EligibilityCheck.objects.filter(case=case).update(checked_on=date(2025, 2, 3))
                case.spells.filter(phase="PREPARATORY").update(phase="PRE_HIRE")
            else:
                in_prehire(coach, since=date(2025, 2, 3))
        # Neither last year nor another house counts.
        in_prehire(coach, since=date(2024, 12, 30))
        in_prehire(a_coach(), since=date(2025, 2, 3))
        quota = quota_with(a_case(coach), ON)
        assert (quota.number, quota.entered, quota.allowed, quota.is_over) == (number, entered + 1, allowed, over)

    def test_beyond_it_somebody_says_so_and_it_is_kept(self, coach):
        case = a_case(coach)
        statement = derogation_on(case, ON, over_quota_confirmed=False)
        with pytest.raises(PathRefused, match="1re dérogation sur 1 entrée") as caught:
            check_eligibility(case=case, statement=statement, actor=coach)
        assert (caught.value.code, caught.value.field) == ("over_quota", "over_quota")
        check = check_eligibility(case=case, statement=derogation_on(case, ON), actor=coach)
        assert check.over_quota
        assert check.snapshot["quota"]["number"] == 1

    def test_within_it_nothing_is_asked(self, coach):
        for _number in range(4):
            in_prehire(coach, since=date(2025, 2, 3))
        case = a_case(coach)
        statement = derogation_on(case, ON, over_quota_confirmed=False)
        assert not check_eligibility(case=case, statement=statement, actor=coach).over_quota

    def test_a_derogation_is_proven_by_the_decision(self, coach):
        case = a_case(coach)
        with pytest.raises(PathRefused, match="la décision qui l’accorde"):
            check_eligibility(case=case, statement=derogation_on(case, ON, evidence_kind="DIPLOMA"), actor=coach)


class TestDoors:
    @pytest.mark.parametrize(("closed_from", "open_that_day"), [(date(2025, 3, 3), False), (date(2025, 3, 4), True)])
    def test_a_door_closes_on_its_day(self, coach, closed_from, open_that_day):
        law(EligibilityKey.MIRE_CLOSED, ["forem_referral"], closed_from)
        case = a_case(coach, education="CESS")
        stated = {"criteria": ["forem_referral"], "evidence_kind": "FOREM_REFERRAL"}
        if open_that_day:
            assert checked(case, **stated).criteria == ["forem_referral"]
        else:
            assert refused(case, **stated).code == "closed_door"

    def test_the_way_around_the_list_closes_too(self, client, coach):
        law(EligibilityKey.MIRE_CLOSED, ["derogation"], ON)
        case = a_case(coach)
        with pytest.raises(PathRefused, match="ne permet pas de dérogation"):
            check_eligibility(case=case, statement=derogation_on(case, ON), actor=coach)
        assert "érogation" not in client.get(url_of(case, "eligibility")).content.decode()

    def test_an_assumption_that_is_accepted_opens_its_door(self):
        coach = a_coach(OrganisationFactory(kind=OrganisationKind.CISP))
        stated = {"criteria": ["integration_income"], "evidence_kind": "CPAS_CERTIFICATE"}
        case = a_case(coach, education="CESS")
        assert refused(case, situations=[REGISTERED, RIS], **stated).code == "closed_door"
        law(EligibilityKey.CISP_ACCEPTED, ["integration_income"], ON)
        assert checked(case, situations=[REGISTERED, RIS], **stated).criteria == ["integration_income"]


class TestWhoseLaw:
    """A CPAS is no CISP: it goes by rules of its own unless its kind was marked."""

    @pytest.mark.parametrize(
        ("kind", "regime"),
        [("MIRE", "MIRE"), ("CISP", "CISP"), ("EFT", "CISP"), ("ASBL", "CISP"), ("NETWORK", "CISP"), ("CPAS", "HOUSE")],
    )
    def test_the_law_of_each_kind(self, kind, regime):
        assert regime_of(OrganisationFactory(kind=kind), ON) == regime

    def test_a_cpas_decides_and_says_that_no_list_applies(self, client):
        coach = a_coach(OrganisationFactory(kind=OrganisationKind.CPAS))
        client.force_login(coach)
        case = a_case(coach)
        page = client.get(url_of(case, "eligibility")).content.decode()
        assert "aucune liste légale ne s’applique" in page
        assert "article 5" not in page
        check = checked(case, situations=[])
        assert (check.regime, check.criteria) == ("HOUSE", ["house_decision"])
        shown = client.get(url_of(case, "eligibility_frozen")).content.decode()
        assert "aucun texte vu" in shown

    @pytest.mark.parametrize(("from_day", "regime"), [(ON, "CISP"), (date(2025, 3, 4), "HOUSE")])
    def test_marked_it_answers_to_the_list_of_the_cisp_from_that_day(self, from_day, regime):
        law(EligibilityKey.CISP_KINDS, ["CISP", "CPAS"], from_day)
        assert regime_of(OrganisationFactory(kind=OrganisationKind.CPAS), ON) == regime


class TestOrigin:
    def test_each_criterion_shows_its_source_and_from_when_it_holds(self, client, coach):
        case = a_case(coach)
        page = client.get(url_of(case, "eligibility")).content.decode()
        assert "article 3 ; questions fréquentes du SPW Emploi (MIRE-ELIG-03), depuis le 01/01/2024" in page
        check = checked(case)
        origins = {one["code"]: one["origin"] for one in check.snapshot["findings"]}
        assert origins["senior_55"].endswith("(MIRE-ELIG-08), depuis le 01/01/2024")
        frozen_page = client.get(url_of(case, "eligibility_frozen")).content.decode()
        assert origins["no_cess"] in frozen_page

    def test_what_was_not_seen_says_so(self):
        unsure = next(one for one in criteria_of("CISP") if one.code == "after_detention")
        assert origin_words(unsure).endswith("hypothèse à vérifier")
        former = next(one for one in criteria_of("MIRE") if one.code == "benefits_24_of_36")
        assert origin_words(former).endswith("jusqu’au 31/12/2023")

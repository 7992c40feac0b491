"""Several records of one employer: what is stated, what follows from it for the cases, and how it is taken back."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import NotAllowed
from employers.models import Company, Vacancy
from employers.selectors import company_file
from employers.services.companies import register_company, save_company
from employers.services.ties import (
    TieRefused,
    declare_establishment,
    resettle_firms,
    take_over,
    undo_establishment,
    undo_take_over,
)
from employers.services.vacancies import save_vacancy
from followup.models import CaseStatus, Deadline
from followup.selectors.recording import firms_to_meet
from followup.services.consistency import differences
from foundation.asking import Unconfirmed
from placements.selectors.clocks import clock_facts
from placements.selectors.discretion import EmployerHidden, refuse_hidden
from tests.employers.pages import browser, error_beside, words
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, a_company, a_contact, hired, in_followup, in_prehire

pytestmark = pytest.mark.django_db

D = date.fromisoformat


def test_two_branches():
    """The field case « second place of one enterprise »: both can be recorded, as one employer."""
    coach = a_coach()
    a_company(coach, name="Maison de repos A", town="Namur", bce_number="0403019261")
    second = a_company(coach, name="Maison de repos B", town="Dinant", bce_number="0403019261")
    assert second.main.name == "Maison de repos A"
    assert second.family == Company.objects.get(name="Maison de repos A").family


def test_a_corrected_number_joins_parts_and_keeps_the_places():
    coach = a_coach()
    main = a_company(coach, name="Siège", bce_number="0403019261")
    place = a_company(coach, name="Antenne", bce_number="0403019261")
    save_company(company=main, actor=coach, bce_number="0403.170.701")
    place.refresh_from_db()
    assert (place.main, place.bce_number) == (main, "0403170701")
    save_company(company=place, actor=coach, bce_number="0403019261")
    place.refresh_from_db()
    assert (place.main, place.kin, place.lineage) == (None, None, "")


@pytest.fixture(autouse=True)
def _in_september(frozen):
    frozen("2026-09-15")


def a_worker(coach):
    return in_prehire(coach, since=D("2026-03-02"), opened_on=D("2026-02-02"))


def windows_of(case):
    case.refresh_from_db()
    return [(w.starts_on.isoformat(), w.deadline.isoformat()) for w in clock_facts(case).windows()]


def test_a_take_over_makes_one_job_of_two_and_settles_the_case():
    coach = a_coach()
    a, b = a_company(coach, name="Firme A"), a_company(coach, name="Firme B")
    case = a_worker(coach)
    hired(case, company=a, contract_type="CDD", starts_on=D("2026-05-04"), ends_on=D("2026-06-30"))
    hired(case, company=b, contract_type="CDD", starts_on=D("2026-07-01"), ends_on=D("2026-08-31"))
    assert windows_of(case) == [("2026-05-04", "2026-07-01"), ("2026-07-01", "2026-09-01")]

    take_over(company=a, by=b, on=D("2026-07-01"), reason="Fusion", actor=coach)
    assert windows_of(case) == [("2026-05-04", "2026-09-01")]
    assert CaseStatus.objects.get(case=case).followup_starts_on == D("2026-05-04")
    assert (a.lineage, b.lineage) == (f"0001-01-01={a.pk};2026-07-01={b.pk}", "")

    assert company_file(a, coach, D("2026-07-01")).taken_over_why == "Fusion"

    undo_take_over(company=a, reason="C’était une autre firme", actor=coach)
    assert CaseStatus.objects.get(case=case).followup_starts_on == D("2026-07-01")
    a.refresh_from_db()
    assert (a.taken_over_by, a.taken_over_on, a.lineage, a.kin) == (None, None, "", None)


def test_the_other_side_settles_too_when_an_establishment_is_declared_and_taken_back():
    coach = a_coach()
    a, b = a_company(coach), a_company(coach)
    case = a_worker(coach)
    hired(case, company=a, contract_type="CDD", starts_on=D("2026-05-04"), ends_on=D("2026-06-30"))
    hired(case, company=b, contract_type="CDD", starts_on=D("2026-07-01"), ends_on=D("2026-08-31"))
    declare_establishment(company=b, main=a, actor=coach)
    assert CaseStatus.objects.get(case=case).followup_starts_on == D("2026-05-04")
    undo_establishment(company=b, reason="Deux entreprises", actor=coach)
    assert CaseStatus.objects.get(case=case).followup_starts_on == D("2026-07-01")


def test_a_lineage_that_no_longer_follows_from_the_ties_is_told_and_repaired():
    coach = a_coach()
    a, b = a_company(coach), a_company(coach)
    take_over(company=a, by=b, on=D("2026-07-01"), actor=coach)
    assert list(differences()) == []
    type(a).objects.filter(pk=a.pk).update(lineage="")
    type(a).objects.filter(pk=a_company(coach).pk).update(kin=b.pk)
    assert [found.field for found in differences()] == ["lineage", "lineage"]
    assert resettle_firms() == 2
    assert list(differences()) == []


def test_what_cannot_be_said_of_two_records():
    coach, other = a_coach(), a_coach()
    a, b = a_company(coach), a_company(coach)
    with pytest.raises(TieRefused, match="même fiche"):
        declare_establishment(company=a, main=a, actor=coach)
    with pytest.raises(TieRefused, match="votre organisation"):
        take_over(company=a, by=a_company(other), on=D("2026-07-01"), actor=coach)
    take_over(company=a, by=b, on=D("2026-07-01"), actor=coach)
    with pytest.raises(TieRefused, match="l’inverse"):
        declare_establishment(company=b, main=a, actor=coach)
    with pytest.raises(TieRefused, match="Dites pourquoi"):
        undo_take_over(company=a, reason=" ", actor=coach)
    with pytest.raises(Unconfirmed):
        take_over(company=a, by=b, on=D("1995-07-01"), actor=coach)
    reader = user_with(Role.ANALYST, coach.current_organisation)
    with pytest.raises(NotAllowed):
        undo_take_over(company=a, reason="Erreur", actor=reader)


def test_a_talk_with_one_place_counts_for_the_employer_and_what_is_due_is_shown_where_the_person_works():
    coach = a_coach()
    main, place, other = (a_company(coach, bce_number="0403019261") for _place in range(3))
    case = in_followup(coach, since=D("2026-08-03"), prehire_since=D("2026-03-02"), company=place)

    def due():
        return list(Deadline.objects.filter(case=case, kind="EMPLOYER").values_list("company_id", "due_on"))

    seen = [due()]
    for on, firm in ((D("2026-09-10"), main), (D("2026-09-14"), other)):
        a_contact(case, on=on, party="EMPLOYER", company=firm)
        seen.append(due())
    assert [where for ((where, _day),) in seen] == [place.pk] * 3
    days = [day for ((_where, day),) in seen]
    assert days[0] < days[1] < days[2]


def test_a_discreet_job_hides_every_place_of_the_employer():
    coach = a_coach()
    main, place = a_company(coach, bce_number="0403019261"), a_company(coach, bce_number="0403019261")
    main.refresh_from_db()
    case = a_worker(coach)
    hired(case, company=place, starts_on=D("2026-08-03"), mode="DISCREET")
    with pytest.raises(EmployerHidden):
        refuse_hidden(case, main, "non", field="company")
    refuse_hidden(case, a_company(coach), "non", field="company")
    assert main not in firms_to_meet(case)


def test_one_form_sent_twice_writes_one_firm_and_one_job():
    coach, key = a_coach(), uuid4()
    once = [
        register_company(
            company=Company(organisation=coach.current_organisation), actor=coach, submission_id=key, name="Firme"
        )
        for _time in range(2)
    ]
    assert once[0] == once[1]
    assert Company.objects.count() == 1
    jobs = [
        save_vacancy(
            vacancy=Vacancy(company=once[0]),
            requirements=[],
            actor=coach,
            submission_id=key,
            **{"title": "Poste", "opened_on": D("2026-09-01"), "contract_type": "CDD", "tasks": "Ranger"},
        )
        for _time in range(2)
    ]
    assert jobs[0] == jobs[1]
    assert Vacancy.objects.count() == 1


def test_a_job_or_a_firm_posted_twice_from_one_page_leads_twice_to_the_same():
    coach = a_coach()
    visit = browser(coach)
    page = visit.get(reverse("employers:company_create"))
    typed = {"name": "Garage exemple", "submission_id": page.context["form"]["submission_id"].value()}
    first, second = (visit.post(reverse("employers:company_create"), typed) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert Company.objects.count() == 1

    address = f"{reverse('employers:vacancy_create')}?entreprise={Company.objects.get().pk}"
    shown = visit.get(address)
    sent = re.search(r'name="submission_id" value="([^"]+)"', shown.content.decode()).group(1)
    job = {"title": "Poste", "opened_on": "01/09/2026", "contract_type": "CDD", "tasks": "Ranger", "positions": "1"}
    rows = {"requirements-TOTAL_FORMS": "0", "requirements-INITIAL_FORMS": "0"}
    found = [visit.post(address, job | rows | {"submission_id": sent}) for _time in range(2)]
    assert found[0]["Location"] == found[1]["Location"]
    assert Vacancy.objects.count() == 1


def test_the_page_of_a_firm_shows_every_record_of_the_employer_and_takes_a_take_over_back():
    coach = a_coach()
    a, b = a_company(coach, name="Firme A"), a_company(coach, name="Firme B")
    visit = browser(coach)
    sold = visit.post(reverse("employers:take_over", args=[a.pk]), {"other": b.pk, "on": "01/07/2026"}, follow=True)
    assert "Reprise par Firme B le 01/07/2026" in words(sold)
    assert "Firme A" in words(visit.get(reverse("employers:company_detail", args=[b.pk])))
    undone = visit.post(reverse("employers:take_over_undo", args=[a.pk]), {"reason": "Erreur"}, follow=True)
    assert "Reprise par" not in words(undone)
    circle = visit.post(reverse("employers:establishment", args=[a.pk]), {"other": a.pk})
    assert circle.status_code == 422


def test_a_firm_abroad_has_its_own_number():
    coach = a_coach()
    visit, address = browser(coach), reverse("employers:company_create")
    typed = {"name": "Usine exemple", "country": "LU", "foreign_number": "B 12345", "postal_code": "L-1234"}
    refused = visit.post(address, typed | {"bce_number": "0403.019.261"})
    assert "Un numéro BCE est belge" in error_beside(refused, "bce_number")
    visit.post(address, typed)
    firm = Company.objects.get()
    assert (firm.country, firm.foreign_number, firm.bce_number) == ("LU", "B 12345", "")
    assert "Luxembourg" in words(visit.get(reverse("employers:company_detail", args=[firm.pk])))


def test_one_choice_for_the_spellings_of_a_town():
    coach = a_coach()
    firms = [
        Company(organisation=coach.current_organisation, name=f"F{n}", town=town)
        for n, town in enumerate(("Liège", "LIEGE", "Liege", "Spa"))
    ]
    Company.objects.bulk_create(firms)
    visit = browser(coach)
    page = visit.get(reverse("employers:company_list"), {"town": "Liège"})
    assert [name for name, _words in page.context["filter_form"].fields["town"].choices][1:] == ["Liège", "Spa"]
    assert len(page.context["rows"]) == 3


def test_a_postcode_that_contradicts_its_town_is_asked_about_once():
    coach = a_coach()
    visit, address = browser(coach), reverse("employers:company_create")
    typed = {"name": "Garage exemple", "postal_code": "6600", "town": "NAMUR"}
    asked = visit.post(address, typed)
    assert "6600 est le code postal de Bastogne" in error_beside(asked, "postal_code")
    visit.post(address, typed | {"asked_once": "place:6600:namur"})
    firm = Company.objects.get()
    save_company(company=firm, actor=coach, phone="081 00 00 00")
    assert a_company(coach, postal_code="4000", town="LIEGE").town == "Liège"
    assert a_company(coach, postal_code="L-9999", town="Wiltz", country="LU").town == "Wiltz"

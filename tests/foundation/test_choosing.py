"""Choosing among many by typing: what is proposed, what is taken, what is refused, with and without a script."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from beneficiaries.enums import PartnerKind
from beneficiaries.models import Partner
from beneficiaries.services.people import save_partner
from employers.models import Company
from foundation.choosing import LIMIT, ChoosingField, propose, sources
from foundation.clock import today
from foundation.forms import AncrageForm
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, a_company, a_vacancy, in_followup

pytestmark = pytest.mark.django_db


class FirmForm(AncrageForm):
    firm = ChoosingField("firms", label="Entreprise", queryset=Company.objects.none(), required=False, nobody="aucune")

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["firm"]
        field.offer(viewer)


@pytest.fixture
def coach() -> User:
    found: User = a_coach()
    return found


@pytest.fixture
def firms(coach: User) -> dict[str, Company]:
    return {name: a_company(coach, name=name, town="Verviers") for name in ("Dupont", "Durand", "Zorro")}


def as_coach(coach: User) -> Client:
    client = Client()
    client.force_login(coach)
    return client


def proposals(user: User, source: str, **asked: str) -> dict[str, Any]:
    answer = as_coach(user).get(reverse("accounts:choose", args=[source]), asked)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    found: dict[str, Any] = answer.json()
    return found


def labels(user: User, source: str, **asked: str) -> list[str]:
    return [one["label"] for one in proposals(user, source, **asked)["proposals"]]


# --- the field


def test_an_empty_form_reads_no_row_and_offers_a_search(coach, firms):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = str(FirmForm(viewer=coach)["firm"])
    assert len(asked) == 0
    assert "Dupont" not in page
    assert 'name="firm-mots"' in page
    assert 'name="chercher"' in page


def test_what_is_kept_is_shown_by_its_name(coach, firms):
    for form in (
        FirmForm(viewer=coach, initial={"firm": firms["Zorro"].pk}),
        FirmForm({"firm": str(firms["Zorro"].pk)}, viewer=coach),
    ):
        page = str(form["firm"])
        assert "Zorro" in page
        assert f'value="{firms["Zorro"].pk}"' in page
        assert "Dupont" not in page


def test_the_key_of_a_row_of_the_source_is_taken_and_no_other(coach, firms):
    form = FirmForm({"firm": str(firms["Dupont"].pk)}, viewer=coach)
    assert form.is_valid()
    assert form.cleaned_data["firm"] == firms["Dupont"]
    elsewhere = a_company(a_coach(), name="Ailleurs")
    for key in (str(elsewhere.pk), str(uuid4()), "dupont"):
        form = FirmForm({"firm": key}, viewer=coach)
        assert not form.is_valid()
        assert "Ailleurs" not in str(form["firm"])


def test_words_of_which_nothing_was_chosen_are_told_with_their_proposals(coach, firms):
    form = FirmForm({"firm-mots": "du"}, viewer=coach)
    assert not form.is_valid()
    assert "du" in form.errors["firm"][0]
    page = str(form["firm"])
    assert "Dupont" in page
    assert "Durand" in page
    assert "Zorro" not in page
    assert 'value="du"' in page


def test_what_was_read_for_one_form_is_not_in_the_next(coach, firms):
    FirmForm.base_fields["firm"].widget.value_from_datadict({"firm-mots": "quelques mots"}, {}, "firm")
    assert "quelques mots" not in str(FirmForm(viewer=coach)["firm"])


def test_what_was_chosen_among_the_proposals_of_the_page_is_taken_with_its_words(coach, firms):
    sent = {"firm-mots": "du", "firm-vus": "du"}
    form = FirmForm({**sent, "firm": str(firms["Dupont"].pk)}, viewer=coach)
    assert form.is_valid()
    assert form.cleaned_data["firm"] == firms["Dupont"]
    assert FirmForm({**sent, "firm": ""}, viewer=coach).is_valid()
    # None was pressed, or other words were typed since.
    assert not FirmForm(sent, viewer=coach).is_valid()
    assert not FirmForm(
        {"firm-mots": "zor", "firm-vus": "du", "firm": str(firms["Dupont"].pk)}, viewer=coach
    ).is_valid()


def test_nothing_typed_is_no_answer(coach, firms):
    form = FirmForm({}, viewer=coach)
    assert form.is_valid()
    assert form.cleaned_data["firm"] is None


def test_to_search_judges_nothing_and_shows_proposals_beside_the_choice(coach, firms):
    form = FirmForm({"firm": str(firms["Zorro"].pk), "firm-mots": "dup", "chercher": "firm"}, viewer=coach)
    assert not form.is_valid()
    assert form.errors == {}
    page = str(form["firm"])
    assert "Dupont" in page
    assert "Zorro" in page
    assert "aucune" in page


# --- what is proposed


def test_no_more_than_twenty_are_proposed_and_it_is_told(coach):
    for number in range(LIMIT + 2):
        a_company(coach, name=f"Foule {number:02}")
    rows = sources["firms"].rows(coach, {})
    found = propose(sources["firms"], rows, "foule")
    assert len(found.found) == LIMIT
    assert found.more
    assert "précisez" in found.words
    assert not propose(sources["firms"], rows, "foule 03").more


def test_what_is_misspelt_is_proposed_as_such(coach, firms):
    found = propose(sources["firms"], sources["firms"].rows(coach, {}), "duppont")
    assert [one.label for one in found.found] == ["Dupont"]
    assert found.approximate
    assert propose(sources["firms"], sources["firms"].rows(coach, {}), "xyzxyz").words == "Rien ne répond à ces mots."


@pytest.mark.parametrize("typed", ["", "du", "dupont", "duppont"])
def test_a_proposal_costs_a_few_statements(coach, firms, typed):
    rows = sources["firms"].rows(coach, {})
    with CaptureQueriesContext(connection) as asked:
        propose(sources["firms"], rows, typed)
    assert len(asked) <= 3


def test_every_source_proposes_to_a_coach_what_is_theirs(frozen, coach):
    firm = a_company(coach, name="Garage du Pont", town="Spa")
    case = a_case(coach, first_name="Jean", last_name="Van Exemple")
    job = a_vacancy(coach, firm, title="Mécanicien")
    partner = save_partner(
        partner=Partner(
            organisation=coach.current_organisation,
            name="Maison de l’Emploi",
            kind=PartnerKind.HOUSING,
            refers=True,
        ),
        actor=coach,
    )
    about = {"case": str(case.pk)}
    assert labels(coach, "firms", q="pont") == ["Garage du Pont"]
    assert labels(coach, "firms-with-jobs", q="gar") == ["Garage du Pont"]
    assert labels(coach, "firms-to-meet", q="spa", **about) == ["Garage du Pont"]
    assert proposals(coach, "jobs", q="meca", **about)["proposals"] == [
        {"value": str(job.pk), "label": "Mécanicien", "second": "Garage du Pont"}
    ]
    assert labels(coach, "cases", q="exemple") == [f"Jean Van Exemple ({case.opened_on:%d/%m/%Y})"]
    assert labels(coach, "cases", q="exemple", sauf=str(case.pk)) == []
    assert labels(coach, "referrers", q="maison emploi") == [partner.name]
    assert labels(coach, "colleagues", q=coach.last_name) == [coach.get_full_name()]
    other = a_coach()
    for one in sources:
        asked = {} if one.name == "colleagues" else about
        assert coach.get_full_name() not in labels(other, one.name, **asked)
        if one.name != "colleagues":
            assert labels(other, one.name, **asked) == []


def test_a_firm_that_may_not_hear_of_the_person_is_neither_proposed_nor_taken(frozen, coach):
    hidden = a_company(coach, name="Ne sait rien")
    case = in_followup(coach, mode="DISCREET", company=hidden)
    assert labels(coach, "firms-to-meet", q="sait", case=str(case.pk)) == []
    page = as_coach(coach).post(
        reverse("followup:contact_create", args=[case.pk]),
        {
            "on": f"{today():%d/%m/%Y}",
            "channel": "PHONE",
            "party": "BOTH",
            "minutes": "10",
            "summary": "Bien.",
            "company": str(hidden.pk),
        },
    )
    assert "company" in page.context["form"].errors


def test_a_tab_that_went_elsewhere_is_told_and_given_nothing(coach, firms):
    answer = proposals(coach, "firms", q="dupont", organisme=str(uuid4()))
    assert answer["proposals"] == []
    assert "rechargez" in answer["told"]


def test_the_address_is_for_those_who_read_names(coach):
    assert as_coach(coach).get(reverse("accounts:choose", args=["inconnu"])).status_code == 404
    analyst = user_with(Role.ANALYST)
    assert as_coach(analyst).get(reverse("accounts:choose", args=["firms"])).status_code == 403
    assert Client().get(reverse("accounts:choose", args=["firms"])).status_code == 302


# --- a page without a script


def test_a_search_in_a_page_loses_nothing_and_writes_nothing(frozen, coach):
    firm = a_company(coach, name="Garage du Pont")
    case = a_case(coach)
    sent = {"summary": "Des mots à garder", "company-mots": "pont", "chercher": "company", "party": "BOTH"}
    page = as_coach(coach).post(reverse("followup:contact_create", args=[case.pk]), sent)
    body = page.content.decode()
    assert "Des mots à garder" in body
    assert f'value="{firm.pk}"' in body
    assert page.context["form"].errors == {}
    assert "error-summary" not in body
    assert not case.contacts.exists()


def test_a_list_is_narrowed_by_a_firm_that_was_chosen_and_stays_whole_while_one_searches(frozen, coach):
    near, far = a_company(coach, name="Garage du Pont"), a_company(coach, name="Loin")
    a_vacancy(coach, near, title="Mécanicien")
    a_vacancy(coach, far, title="Cuisinière")
    client, url = as_coach(coach), reverse("employers:vacancy_list")
    narrowed = client.get(url, {"company": near.pk})
    assert [row.vacancy.title for row in narrowed.context["rows"]] == ["Mécanicien"]
    assert "Garage du Pont" in narrowed.content.decode()
    searching = client.get(url, {"company-mots": "pont", "chercher": "company"})
    assert len(searching.context["rows"]) == 2
    assert f'value="{near.pk}"' in searching.content.decode()


def test_writing_a_contact_weighs_the_same_with_many_firms(frozen, coach):
    case = a_case(coach)
    url = reverse("followup:contact_create", args=[case.pk])
    client = as_coach(coach)
    few = len(client.get(url).content)
    Company.objects.bulk_create(
        Company(organisation=coach.current_organisation, name=f"Firme {n}", search_key=f"firme {n}") for n in range(300)
    )
    assert len(client.get(url).content) - few < 200


def test_a_contact_that_is_corrected_offers_the_colleagues_of_its_day(frozen, coach):
    gone = a_coach(coach.current_organisation)
    # Far from every other name: what is typed is forgiven a letter.
    gone.last_name = "Wxyzolewski"
    gone.save()
    gone.memberships.update(ends_on=today())
    day = f"{today():%Y-%m-%d}"
    frozen("2025-03-10")
    assert labels(coach, "colleagues", q=gone.last_name) == []
    assert labels(coach, "colleagues", q=gone.last_name, on=day) == [gone.get_full_name()]
    assert labels(coach, "colleagues", q=gone.last_name, on="hier") == []

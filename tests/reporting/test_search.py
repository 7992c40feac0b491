"""The search and the palette: what is found, for whom, and what no address, log or other organisation ever holds."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import CoachingCase
from employers.models import CompanyContact, ProspectionContact
from followup.models import Contact
from foundation.clock import today
from privacy.history import history_of
from reporting.search.rules import read
from reporting.search.selectors.notes import notes_saying
from reporting.search.selectors.results import SOME, Results, results_of
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = pytest.mark.django_db

NISS = "85030400136"
SPELLINGS = [NISS, "85.03.04-001.36", "85/03/04 001-36", "NISS 850304 001 36"]
URL = "reporting:search"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def coach(frozen) -> User:
    return stories.a_coach()


def results(typed: str, user: User) -> Results:
    return results_of(read(typed, today()), user, today(), SOME, acts=True)


def found(typed: str, user: User) -> dict[str, list[str]]:
    return {group.kind: [hit.label for hit in group.hits] for group in results(typed, user).groups}


def palette(client, typed: str = "") -> str:
    answer = client.post(reverse(URL), {"q": typed, "part": "palette"}, headers=HTMX)
    assert answer["Cache-Control"] == "no-store"
    return answer.content.decode()


def accesses(case: CoachingCase) -> list[str]:
    return [line.access for line in history_of([case], accesses=True)]


# --- what is found ----------------------------------------------------------------------------------------------------


def test_a_firm_is_found_by_number_telephone_and_whoever_is_in_it(coach) -> None:
    firm = stories.a_company(coach, name="Ferronnerie Écaussinnes", bce_number="0403019261", phone="064 11 22 33")
    CompanyContact.objects.update_or_create(
        company=firm, is_reference=True, defaults={"name": "Zoé Référence", "phone": "0470 12 34 56"}
    )
    for typed in ("ecaussinn", "BE 0403.019.261", "064/11.22.33", "zoe reference", "+32470123456", "Ecausinnes"):
        assert found(typed, coach) == {"entreprises": ["Ferronnerie Écaussinnes"]}, typed
    assert results("ferronnerie", coach).groups[0].hits[0].short.endswith("Zoé Référence")


def test_a_job_is_found_by_its_title_and_by_its_firm(coach) -> None:
    firm = stories.a_company(coach, name="Menuiserie Exemple")
    job = stories.a_vacancy(coach, firm, title="Aide-menuisier")
    assert found("aide menuisier", coach) == {"postes": [job.title]}
    assert found("menuiserie", coach) == {"entreprises": ["Menuiserie Exemple"], "postes": [job.title]}


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_national_number_is_one_person_and_no_firm(coach, typed) -> None:
    stories.a_case(coach, first_name="Marie", last_name="Exemple", niss=NISS)
    stories.a_company(coach, name="Garage 85")
    assert found(typed, coach) == {"personnes": ["Marie Exemple"]}


def test_nothing_that_is_spelt_so_hides_what_only_looks_like_it(coach) -> None:
    stories.a_case(coach, first_name="Jean", last_name="Dupont")
    stories.a_case(coach, first_name="Jean", last_name="Dupond")
    assert found("dupont", coach) == {"personnes": ["Jean Dupont"]}
    assert not results("dupont", coach).approximate
    assert sorted(found("duponx", coach)["personnes"]) == ["Jean Dupond", "Jean Dupont"]
    assert results("duponx", coach).approximate


def test_there_is_more_than_what_is_shown(coach) -> None:
    for _number in range(SOME + 1):
        stories.a_case(coach, last_name="Nombreux")
    group = results("nombreux", coach).groups[0]
    assert (len(group.hits), group.more) == (SOME, True)


def test_the_first_person_is_proposed_what_the_role_allows(coach) -> None:
    case = stories.in_prehire(coach, last_name="Exemple")
    writes = [reverse(page, args=[case.pk]) for page in ("followup:contact_create", "followup:appointment_create")]
    assert [act.url for act in results("exemple", coach).acts][:2] == writes
    reader = user_with(Role.ADMIN, coach.current_organisation)
    assert not {act.url for act in results("exemple", reader).acts} & set(writes)
    assert results("exemple", reader).acts


def test_nothing_of_another_organisation_is_ever_proposed(coach, client) -> None:
    case = stories.in_prehire(coach, last_name="Ailleurs", niss=NISS, phone="0470 12 34 56", email="a@exemple.test")
    firm = stories.a_company(coach, name="Ailleurs SA", bce_number="0403019261")
    stories.a_vacancy(coach, firm, title="Ailleurs")
    contact = stories.a_contact(case, summary="Ailleurs, le permis")
    stranger = stories.a_coach()
    for typed in ("ailleurs", "aileurs", NISS, "0470 12 34 56", "a@exemple.test", "0403.019.261"):
        assert not results(typed, stranger).number, typed
    client.force_login(stranger)
    assert (
        case.beneficiary.full_name
        not in client.post(reverse(URL), {"q": "permis", "dans": "notes"}, follow=True).content.decode()
    )
    assert contact.summary


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.ANALYST])
def test_who_reads_no_case_has_neither_search_nor_palette(coach, client, role) -> None:
    client.force_login(user_with(role, coach.current_organisation))
    assert client.post(reverse(URL), {"q": "a", "part": "palette"}, headers=HTMX).status_code == 403
    assert "data-palette" not in client.get(reverse("accounts:profile")).content.decode()


# --- what stands nowhere ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [*SPELLINGS, "85.03.04-002.35", "+32470123456", "Exemple Marie", "30/07/1985"])
@pytest.mark.parametrize("method", ["post", "get"])
def test_what_is_typed_stands_in_no_address_and_not_in_clear_in_the_session(coach, client, typed, method) -> None:
    stories.a_case(coach, first_name="Marie", last_name="Exemple", niss=NISS)
    client.force_login(coach)
    answer = getattr(client, method)(reverse(URL), {"q": typed})
    assert answer.status_code == 302
    digits = "".join(sign for sign in typed if sign.isdigit())
    for trace in (answer["Location"], str(dict(client.session))):
        assert typed not in trace
        assert not digits or digits not in trace
    assert client.get(answer["Location"]).status_code == 200


def test_a_search_is_found_again_under_its_key_and_the_oldest_are_forgotten(coach, client) -> None:
    stories.a_case(coach, first_name="Marie", last_name="Exemple")
    client.force_login(coach)
    first = client.post(reverse(URL), {"q": "exemple"})["Location"]
    assert "<mark>Exemple</mark>" in client.get(first).content.decode()
    for number in range(12):
        client.post(reverse(URL), {"q": f"autre {number}"})
    assert "n’est plus gardée" in client.get(first).content.decode()
    assert "n’est plus gardée" in client.get(reverse(URL), {"r": "inconnue"}).content.decode()


def test_a_number_that_nobody_can_carry_is_told_so(coach, client) -> None:
    client.force_login(coach)
    assert "n’est pas valide" in client.post(reverse(URL), {"q": "85030400137"}, follow=True).content.decode()
    assert "n’est pas valide" in palette(client, "85030400137")


# --- the trail --------------------------------------------------------------------------------------------------------


def test_who_was_found_by_what_identifies_them_is_told_on_their_file_and_a_name_tells_nothing(coach, client) -> None:
    case = stories.a_case(coach, last_name="Exemple", birth_date=date(1985, 3, 4))
    client.force_login(coach)
    palette(client, "exemple")
    assert accesses(case) == []
    palette(client, "4.3.85")
    palette(client, "4.3.85")
    assert accesses(case) == ["found"]


def test_words_of_notes_are_found_by_whoever_reads_the_case_and_the_file_tells_it(coach, client) -> None:
    case = stories.in_prehire(coach, last_name="Exemple")
    stories.a_contact(case, summary="A revu l’Éclusière, qui cherche quelqu’un avec le permis.")
    colleague = user_with(Role.JOBCOACH, coach.current_organisation)
    client.force_login(colleague)
    page = client.post(reverse(URL), {"q": "eclusi", "dans": "notes"}, follow=True).content.decode()
    assert "<mark>Éclusi</mark>ère" in page
    assert accesses(case) == ["found_words"]
    assert "Rien ne correspond" in client.post(reverse(URL), {"q": "ec", "dans": "notes"}, follow=True).content.decode()


def test_a_corrected_note_is_found_by_its_new_words_alone(coach) -> None:
    contact = stories.a_contact(stories.in_prehire(coach), summary="Parle de menuiserie")
    contact.summary = "Parle de cuisine"
    contact.save()
    assert Contact.objects.get(words__holds="cuisine") == contact
    assert not Contact.objects.filter(words__holds="menuiserie").exists()


def test_contacts_written_before_are_given_their_words(coach) -> None:
    contact = stories.a_contact(stories.in_prehire(coach), summary="Parle de menuiserie")
    Contact.objects.update(words="")
    import_module("followup.migrations.0014_words_of_contacts").fill_words(apps, None)
    assert Contact.objects.get(words__holds="menuiserie") == contact


def test_words_of_visits_are_found_with_those_of_contacts_and_tell_no_file(coach, client) -> None:
    firm = stories.a_company(coach, name="Menuiserie Exemple")
    stories.a_visit(coach, company=firm, on=today() - timedelta(days=1), summary="Cherche quelqu’un avec le permis.")
    case = stories.in_prehire(coach, last_name="Exemple")
    stories.a_contact(case, on=today(), summary="Passe le permis en juin.")
    client.force_login(user_with(Role.ADMIN, coach.current_organisation))
    found = client.post(reverse(URL), {"q": "permis", "dans": "notes"}, follow=True)
    assert [hit.label for hit in found.context["hits"]] == [case.beneficiary.full_name, "Menuiserie Exemple"]
    assert found.context["hits"][1].url == reverse("employers:company_detail", args=[firm.pk])
    assert [one.pk for one in found.context["read"]] == [case.pk]
    for reader in (stories.a_coach(), user_with(Role.ADMIN)):
        assert list(notes_saying(["permis"], reader)) == []
    assert list(notes_saying(["permis"], user_with(Role.INSPECTOR, coach.current_organisation))) == []
    assert list(notes_saying(["pe"], coach)) == []


def test_a_corrected_visit_is_found_by_its_new_words_and_one_of_before_by_its_own(coach) -> None:
    visit = stories.a_visit(coach, summary="Parle de menuiserie")
    visit.summary = "Parle de cuisine"
    visit.save()
    assert not ProspectionContact.objects.filter(words__holds="menuiserie").exists()
    ProspectionContact.objects.update(words="")
    import_module("employers.migrations.0009_words_of_visits").fill_words(apps, None)
    assert ProspectionContact.objects.get(words__holds="cuisine") == visit


# --- the palette ------------------------------------------------------------------------------------------------------


def test_the_palette_opens_on_recent_people_and_on_what_may_be_done(coach, client) -> None:
    client.force_login(coach)
    first, second = (stories.a_case(coach, first_name="Vue", last_name=name) for name in ("Première", "Seconde"))
    for case in (first, second, first):
        client.get(reverse("followup:case_summary", args=[case.pk]))
    shown = palette(client)
    assert shown.index("Vue Seconde") < shown.index("Nouveau dossier")
    assert shown.count("Vue Première") == 1
    assert reverse("followup:my_day") in shown
    assert "Vue Première" in client.get(reverse(URL)).content.decode()


def test_recent_people_are_those_of_the_organisation_where_one_works_now(coach, client) -> None:
    case = stories.a_case(coach, first_name="Vue", last_name="Ailleurs")
    client.force_login(coach)
    client.get(reverse("followup:case_summary", args=[case.pk]))
    CoachingCase.objects.filter(pk=case.pk).update(organisation=stories.a_coach().current_organisation)
    assert "Vue Ailleurs" not in palette(client)


def test_a_page_is_found_by_the_beginning_of_its_words(coach, client) -> None:
    client.force_login(coach)
    shown = palette(client, "nouv dos")
    assert "Nouveau dossier" in shown
    assert "Nouvelle entreprise" not in shown
    client.force_login(user_with(Role.ADMIN, coach.current_organisation))
    assert "Nouveau dossier" not in palette(client, "nouv dos")


def test_every_choice_of_the_palette_has_a_name_of_its_own(coach, client) -> None:
    stories.in_prehire(coach, last_name="Exemple")
    stories.a_vacancy(coach, stories.a_company(coach, name="Exemple"), title="Exemple")
    client.force_login(coach)
    shown = palette(client, "exemple")
    keys = [part.split('"')[0] for part in shown.split(' id="')[1:]]
    assert len(keys) == len(set(keys))
    assert shown.count('role="option"') == shown.count('aria-selected="false"') > 5


@pytest.mark.parametrize("typed", ["exemple", "exemqle", "", "4.3.85"])
@pytest.mark.parametrize("part", ["palette", "page"])
def test_an_answer_costs_the_same_whatever_there_is(coach, client, django_assert_max_num_queries, typed, part) -> None:
    firm = stories.a_company(coach, name="Exemple SA")
    for _number in range(8):
        stories.a_case(coach, last_name="Exemple", birth_date=date(1985, 3, 4))
        stories.a_company(coach, name="Exemple et fils")
        stories.a_vacancy(coach, firm, title="Exemple")
    client.force_login(coach)
    with django_assert_max_num_queries(15):
        client.post(reverse(URL), {"q": typed, "part": part}, headers=HTMX)


# --- what was typed into the filter of a list -------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [*SPELLINGS, "0470 12 34 56", "+32 470 12 34 56", "zoe@exemple.be"])
@pytest.mark.parametrize("page", ["followup:case_list", "employers:company_list"])
def test_what_identifies_somebody_leaves_the_address_of_a_list(client, coach, page, typed) -> None:
    client.force_login(coach)
    answer = client.get(reverse(page), {"q": typed})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse(URL))
    assert "q=" not in answer["Location"]
    part = client.get(reverse(page), {"q": typed}, headers=HTMX)
    assert part["HX-Redirect"].startswith(reverse(URL))


@pytest.mark.parametrize("typed", ["Dupont", "0403.019.261", "5000"])
def test_words_and_the_numbers_of_firms_filter_where_they_are(client, coach, typed) -> None:
    client.force_login(coach)
    assert client.get(reverse("employers:company_list"), {"q": typed}).status_code == 200

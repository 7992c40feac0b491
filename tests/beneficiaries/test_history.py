"""The history of a case: who did what and who looked, in sentences."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.services.cases import hand_over
from beneficiaries.services.path import add_obstacle, change_obstacle
from beneficiaries.services.people import update_beneficiary
from privacy.audit import record_access
from tests.factories.accounts import OrganisationFactory, user_with
from tests.factories.stories import a_case, a_coach, a_contact, closed, hired, in_prehire

pytestmark = pytest.mark.django_db


def url_of(case, query=""):
    return reverse("beneficiaries:case_history", args=[case.pk]) + query


def words_of(response):
    """The deeds shown, tags and spaces aside."""
    return [(deed.actor, [sentence for sentence, _changes in deed.sentences]) for deed in response.context["deeds"]]


def test_acts_are_told_one_by_one_the_latest_first(client, frozen):
    organisation = OrganisationFactory()
    coach, new = a_coach(organisation), a_coach(organisation)
    coordinator = user_with(Role.COORDINATOR, organisation)
    case = in_prehire(coach)
    frozen("2025-03-04")
    obstacle = add_obstacle(case=case, kind="MOBILITY", identified_on=date(2025, 3, 4), actor=coach)
    frozen("2025-03-05")
    change_obstacle(obstacle=obstacle, state="LIFTED", on=date(2025, 3, 5), actor=coach)
    frozen("2025-03-06")
    hand_over(case=case, coach=new, on=date(2025, 3, 6), note="Rappeler jeudi.", actor=coordinator)
    client.force_login(coordinator)
    told = words_of(client.get(url_of(case, "?voir=modifications")))
    assert told[0] == (
        coordinator.get_full_name(),
        [f"a confié le dossier à {new.get_full_name()} (06/03/2025). Note : Rappeler jeudi."],
    )
    assert told[1] == (coach.get_full_name(), ["a fait le point sur un frein : mobilité"])
    assert told[2] == (coach.get_full_name(), ["a noté un frein : mobilité"])
    first = told[-1][1]
    assert first[:2] == ["a enregistré la personne", "a ouvert le dossier"]
    assert "a vérifié et figé l’éligibilité : MIRE (décret du 13/12/2023) (21/02/2025)" in first
    assert "a enregistré une signature : contrat de confiance (21/02/2025)" in first
    assert first[-1] == "a fait passer le dossier en phase « pré-embauche » au 21/02/2025"
    assert not any("confié" in sentence for sentence in first), "the first coach is no hand-over"


def test_a_change_says_before_and_after(client, frozen):
    coach = a_coach()
    case = a_case(coach, phone="0470 00 00 01")
    frozen("2025-03-04")
    update_beneficiary(case=case, actor=coach, phone="0470 00 00 02")
    client.force_login(coach)
    frozen("2025-03-04")
    page = client.get(url_of(case))
    deed = next(deed for deed in page.context["deeds"] if not deed.is_access)
    sentence, changes = deed.sentences[0]
    assert sentence == "a modifié la fiche de la personne"
    assert [(c.label, c.before, c.after) for c in changes] == [("téléphone", "0470 00 00 01", "0470 00 00 02")]


def test_the_national_number_never_shows(client, frozen):
    coach = a_coach()
    case = a_case(coach, niss="85030400136")
    update_beneficiary(case=case, actor=coach, niss="85030400235")
    client.force_login(coach)
    page = client.get(url_of(case)).content.decode()
    assert "850304" not in page


def test_what_upper_apps_record_is_told_too(client, frozen):
    coach = a_coach()
    case = in_prehire(coach)
    frozen("2025-03-04")
    a_contact(case)
    frozen("2025-03-05")
    hired(case)
    client.force_login(coach)
    told = [sentence for _actor, sentences in words_of(client.get(url_of(case))) for sentence in sentences]
    assert any(sentence.startswith("a consigné un contact : ") for sentence in told)
    assert any(sentence.startswith("a enregistré un contrat : CDI – ") for sentence in told)
    assert any(sentence.startswith("a noté l’accord de suivi") for sentence in told)
    assert "a fait passer le dossier en phase « suivi en entreprise » au 05/03/2025" in told


def test_an_exit_is_told_with_its_reason(client, frozen):
    coach = a_coach()
    case = closed(coach)
    client.force_login(coach)
    told = [sentence for _actor, sentences in words_of(client.get(url_of(case))) for sentence in sentences]
    assert (
        "a clôturé le dossier au 03/03/2025 : arrêt à la demande de la personne ; situation : en recherche d’emploi"
        in told
    )


def test_who_looked_is_told_and_can_be_singled_out(client, frozen):
    coach = a_coach()
    inspector = user_with(Role.INSPECTOR, coach.current_organisation)
    case = a_case(coach)
    record_access(inspector, case, "print")
    record_access(coach, case.beneficiary, "reveal")
    client.force_login(coach)
    told = words_of(client.get(url_of(case, "?voir=consultations")))
    assert (inspector.get_full_name(), ["a imprimé le dossier"]) in told
    assert any("a affiché le numéro national" in sentences for _actor, sentences in told)
    assert not any("a ouvert le dossier" in sentences for _actor, sentences in told)
    assert words_of(client.get(url_of(case, "?voir=n-importe-quoi"))) == words_of(client.get(url_of(case)))


def test_another_case_of_the_house_is_not_mixed_in(client, frozen):
    coach = a_coach()
    case, other = a_case(coach), a_case(coach)
    frozen("2025-03-04")
    add_obstacle(case=other, kind="DEBT", identified_on=date(2025, 3, 4), actor=coach)
    client.force_login(coach)
    assert "a noté un frein" not in client.get(url_of(case)).content.decode()


def test_a_long_history_has_pages(client, frozen):
    coach = a_coach()
    case = a_case(coach)
    for number in range(1, 29):
        frozen(date(2025, 4, number))
        add_obstacle(case=case, kind="DEBT", identified_on=date(2025, 4, number), actor=coach)
        record_access(coach, case, "export")
    client.force_login(coach)
    first, second = client.get(url_of(case)), client.get(url_of(case, "?page=2"))
    assert len(first.context["page_obj"]) == 50
    assert "a ouvert le dossier" not in first.content.decode()
    assert "a ouvert le dossier" in second.content.decode()


def test_it_is_for_who_writes_or_administers(client, frozen):
    organisation = OrganisationFactory()
    coach = a_coach(organisation)
    case = a_case(coach)
    colleague = a_coach(organisation)
    a_case(colleague)
    may = [coach, *(user_with(role, organisation) for role in (Role.COORDINATOR, Role.ADMIN))]
    for actor in may:
        client.force_login(actor)
        assert client.get(url_of(case)).status_code == 200
        assert "Historique" in client.get(reverse("beneficiaries:case_path", args=[case.pk])).content.decode()
    client.force_login(colleague)
    assert client.get(url_of(case)).status_code == 403
    assert "Historique" not in client.get(reverse("beneficiaries:case_path", args=[case.pk])).content.decode()
    stranger = user_with(Role.ADMIN)
    client.force_login(stranger)
    assert client.get(url_of(case)).status_code == 404

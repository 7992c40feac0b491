"""A jobcoach's whole path with one person, from the first meeting to the exit (issue 2), through the screen alone."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from beneficiaries.models import CoachingCase
from foundation.clock import today
from foundation.rules.periods import add_months
from tests.browser.acts import days_ago, field, follow, log_in_at_the_door, send, told, typed
from tests.factories import stories

pytestmark = pytest.mark.django_db(transaction=True)

OPENED, PREHIRE, PROPOSED, HIRED, ENDED = 40, 30, 12, 10, 1


def open_the_case(page: Page) -> None:
    page.get_by_role("link", name="Ouvrir un dossier").first.click()
    field(page, "Prénom").fill("Farida")
    field(page, "Nom").fill("Exemple")
    field(page, "Date de naissance").fill("04/03/1985")
    field(page, "Diplôme le plus élevé").select_option("CESI")
    field(page, "Ouvert le").fill(typed(days_ago(OPENED)))
    send(page, "Ouvrir le dossier")
    told(page, "Le dossier de Farida Exemple est ouvert.")


def check_eligibility(page: Page) -> None:
    follow(page, "Vérifier")
    field(page, "Vérifiée le").fill(typed(days_ago(OPENED)))
    page.get_by_label("oui", exact=True).check()
    field(page, "Inscrite depuis le").fill("03/01/2022")
    field(page, "Pièce vue").first.select_option("DIPLOMA")
    field(page, "Date de la pièce").first.fill(typed(days_ago(OPENED)))
    send(page, "Enregistrer et figer")
    told(page, "L’éligibilité est vérifiée.")


def check_coachability(page: Page) -> None:
    page.get_by_role("link", name=re.compile("coachabilité", re.IGNORECASE)).first.click()
    for box in page.get_by_role("main").get_by_role("checkbox").all():
        box.check()
    field(page, "Vues ensemble le").fill(typed(days_ago(OPENED)))
    send(page, "Enregistrer")
    told(page, "Les quatre conditions de coachabilité sont réunies.")


def sign(page: Page, document: str) -> None:
    page.get_by_role("main").get_by_role("link", name=re.compile(document, re.IGNORECASE)).first.click()
    expect(page.get_by_label(re.compile(f"^{document}$", re.IGNORECASE))).to_be_checked()
    field(page, "Signé le").fill(typed(days_ago(OPENED)))
    send(page, "Enregistrer")
    told(page, re.compile(f"Signature enregistrée : {document}", re.IGNORECASE))


def pass_to_prehire(page: Page) -> None:
    follow(page, "Passer en pré-embauche")
    field(page, "Date du passage en pré-embauche").fill(typed(days_ago(PREHIRE)))
    send(page, "Passer en pré-embauche")
    told(page, "l’horloge des 24 mois a démarré")


def record_a_contact(page: Page) -> None:
    page.get_by_role("link", name="Consigner un contact").first.click()
    page.get_by_text("autre jour").click()
    field(page, "Date").fill(typed(days_ago(2)))
    page.get_by_label("En personne", exact=True).check()
    page.get_by_label("45", exact=True).check()
    field(page, "Ce qui s’est dit").fill("Nous avons relu le CV ensemble.")
    send(page, "Consigner")
    told(page, "Contact avec Farida Exemple consigné.")
    expect(page.get_by_text("Nous avons relu le CV ensemble.")).to_be_visible()


def know_a_firm(page: Page) -> None:
    page.get_by_role("link", name="Entreprises", exact=True).click()
    follow(page, "Nouvelle entreprise")
    field(page, "Nom de l’entreprise").fill("Brasserie de l’Exemple")
    field(page, "Commune").fill("Verviers")
    send(page, "Enregistrer l’entreprise")
    told(page, "Brasserie de l’Exemple est enregistrée.")


def know_a_job(page: Page) -> None:
    follow(page, "Nouveau poste")
    field(page, "Intitulé du poste").fill("Aide-brasseur·euse")
    field(page, "Tâches").fill("Laver les cuves\nÉtiqueter")
    field(page, "Annoncé le").fill(typed(days_ago(PROPOSED + 1)))
    field(page, "Exigence annoncée").first.fill("Allemand parlé")
    field(page, "Ce que les tâches demandent vraiment").first.fill("Lit des étiquettes en allemand")
    page.get_by_role("button", name="Enregistrer le poste", exact=True).last.click()
    told(page, "Le poste est enregistré.")


def propose(page: Page, case: CoachingCase) -> None:
    page.goto(f"/dossiers/{case.pk}/emploi/")
    follow(page, "Proposer un poste")
    page.get_by_role("main").get_by_role("link", name=re.compile("^Proposer")).first.click()
    expect(page.get_by_role("combobox", name="Poste")).to_have_value(re.compile("Aide-brasseur·euse"))
    field(page, "Pourquoi cela convient").fill("Elle aime le travail d’équipe.")
    field(page, "Proposé le").fill(typed(days_ago(PROPOSED)))
    send(page, "Enregistrer la proposition")
    told(page, "La proposition est enregistrée.")


def decide(page: Page, whose: str, answer: str) -> None:
    page.get_by_role("main").get_by_role("link", name=re.compile(whose)).first.click()
    page.get_by_label("D’accord", exact=True).check()
    field(page, "Le").fill(typed(days_ago(HIRED + 1)))
    send(page, "Enregistrer la réponse")
    told(page, answer)


def hire(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name=re.compile("Enregistrer l’embauche : Aide-brasseur")).click()
    field(page, "Contrat").select_option("CDD")
    field(page, "Premier jour").fill(typed(days_ago(HIRED)))
    field(page, "Dernier jour prévu").fill(typed(today() + timedelta(days=200)))
    page.get_by_label("Convenu avec la personne et l’employeur").check()
    field(page, "Convenu ou refusé le").fill(typed(days_ago(HIRED)))
    send(page, "Enregistrer l’embauche")
    told(page, "l’horloge des 24 mois est arrêtée, le suivi en entreprise court")


def end_the_job(page: Page, left: int) -> None:
    follow(page, "Enregistrer la fin")
    expect(page.get_by_text(f"il lui reste {left} jours")).to_be_visible()
    field(page, "Dernier jour presté").fill(typed(days_ago(ENDED)))
    page.get_by_label("licenciement", exact=True).check()
    send(page, "Enregistrer la fin")
    told(page, f"retour en pré-embauche le {typed(today())}, avec {left} jours devant soi")


def close_the_case(page: Page) -> None:
    page.locator("summary", has_text="Autres actions").click()
    page.get_by_role("link", name="Clôturer le dossier").click()
    field(page, "Motif de sortie").select_option("WITHDRAWAL")
    page.get_by_label("en recherche d’emploi", exact=True).check()
    send(page, "Clôturer le dossier")
    told(page, "Le dossier de Farida Exemple est clôturé.")


def days_left() -> int:
    """The days of the 24 months that no pre-hire used: the clock stands still while she works."""
    started: date = days_ago(PREHIRE)
    return (add_months(started, 24) - started).days - (PREHIRE - HIRED)


def test_a_person_s_path_from_the_first_meeting_to_the_exit(page: Page) -> None:
    coach: User = stories.a_coach()
    log_in_at_the_door(page, coach)
    expect(page.get_by_role("heading", level=1, name="Ma journée")).to_be_visible()
    open_the_case(page)
    case = CoachingCase.objects.get()
    check_eligibility(page)
    check_coachability(page)
    sign(page, "contrat de confiance")
    sign(page, "convention avec la personne")
    sign(page, "convention tripartite")
    pass_to_prehire(page)
    record_a_contact(page)
    know_a_firm(page)
    know_a_job(page)
    propose(page, case)
    decide(page, "personne", "La personne est d’accord.")
    decide(page, "employeur", "Les deux sont d’accord : vous pouvez enregistrer l’embauche.")
    hire(page)
    clocks = page.locator(".clock")
    expect(clocks.nth(0)).to_contain_text(re.compile("arrêtée", re.IGNORECASE))
    expect(clocks.nth(0)).to_contain_text(f"{PREHIRE - HIRED} jours utilisés")
    expect(clocks.nth(1)).to_contain_text("6 mois de suivi chez Brasserie de l’Exemple")
    expect(clocks.nth(1)).to_contain_text(typed(add_months(days_ago(HIRED), 6)))
    end_the_job(page, days_left())
    expect(clocks.nth(0)).to_contain_text(f"{days_left()} jours")
    expect(page.get_by_text(re.compile("licenciement"))).to_be_visible()
    close_the_case(page)
    expect(page.get_by_text(re.compile(r"Dossier sorti le .* arrêt à la demande de la personne"))).to_be_visible()
    case.refresh_from_db()
    assert case.closed_on == today()

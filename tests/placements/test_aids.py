"""The catalogue of hiring aids: dated, never rewritten; a contract names one that holds on its first day."""

from datetime import date
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import NotAllowed
from accounts.services.reasons import CorrectionRefused
from placements.models import Employment, HiringAid
from placements.services.aid_catalogue import CATALOGUE
from placements.services.aids import AidStatement, add_aid, close_aid, enable_aid, withdraw_aid
from placements.services.corrections import CorrectedTerms, correct_employment
from placements.services.guards import PlacementRefused
from placements.services.hiring import FollowUpTerms, Terms, hire
from tests.factories import stories
from tests.factories.accounts import a_steward, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def coach(frozen):
    frozen("2026-03-02")
    return stories.a_coach()


@pytest.fixture
def steward():
    return a_steward()


def version(code: str, on: date) -> HiringAid:
    """The row of the catalogue that holds that day."""
    return next(aid for aid in HiringAid.objects.filter(code=code).order_by("starts_on") if aid.holds_on(on))


def stated(**changes) -> AidStatement:
    known = {
        "name": "Coup de pouce",
        "region": "WALLONIA",
        "starts_on": date(2026, 7, 1),
        "conditions": "Inoccupé·e depuis un an.",
        "source": "Décret inventé",
        "status": "CONFIRMED",
    }
    return AidStatement(**(known | changes))


def hired(coach, aid, starts_on=date(2026, 3, 2), **terms) -> Employment:
    return hire(
        case=stories.in_prehire(coach, since=date(2025, 6, 2)),
        company=stories.a_company(coach),
        terms=Terms(contract_type="CDI", job_title="Aide", starts_on=starts_on, aid=aid, **terms),
        followup=FollowUpTerms(mode="AGREED", agreed_on=date(2026, 3, 2)),
        actor=coach,
    )


def refusal(call) -> tuple[str, str | None]:
    with pytest.raises(PlacementRefused) as refused:
        call()
    return refused.value.code, refused.value.field


# --- The catalogue ----------------------------------------------------------------------------------------------------


def test_an_installation_starts_with_the_aids_of_the_sources_and_keeps_what_it_knows() -> None:
    assert HiringAid.objects.count() == len(CATALOGUE)
    HiringAid.objects.filter(code="SESAM", starts_on=date(2026, 1, 1)).update(ends_on=date(2026, 9, 30))
    call_command("migrate", verbosity=0)
    assert HiringAid.objects.count() == len(CATALOGUE)
    assert version("SESAM", date(2026, 9, 30)).starts_on == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("on", "words"),
    [(date(2025, 12, 31), "125 €"), (date(2026, 1, 1), "sans suite dégressive"), (date(2026, 6, 30), "sans suite")],
)
def test_the_version_in_force_changes_with_the_year(on, words) -> None:
    assert words in version("IMPULSION_25", on).conditions.replace("\u00a0", " ")


def test_no_seed_overlaps_another_and_the_single_incentive_is_a_draft() -> None:
    for aid in HiringAid.objects.order_by("code", "starts_on"):
        aid.full_clean()
    drafts = HiringAid.objects.filter(enabled=False)
    assert {aid.code for aid in drafts.order_by("code")} == {"INCITANT_12", "INCITANT_24", "INCITANT_AGE"}
    assert not HiringAid.objects.filter(code__startswith="IMPULSION", ends_on=None).exists()


def test_what_an_installation_received_is_cut_in_two_on_the_first_of_july_2023(coach) -> None:
    migration = import_module("placements.migrations.0006_aids_as_they_were")
    HiringAid.objects.filter(code="IMPULSION_12", starts_on=date(2023, 7, 1)).delete()
    former = HiringAid.objects.get(code="IMPULSION_12", starts_on=date(2017, 7, 1))
    HiringAid.objects.filter(pk=former.pk).update(ends_on=date(2025, 12, 31), conditions="Comme avant")
    former.refresh_from_db()
    jobs = {day: hired(coach, former, starts_on=day) for day in (date(2023, 6, 30), date(2023, 7, 1))}
    added = HiringAid.objects.create(
        code="AUTRE",
        name="Autre",
        region="WALLONIA",
        starts_on=date(2017, 7, 1),
        conditions="x",
        source="y",
        status="x",
    )
    for _time in range(2):
        migration.cut_in_two(apps, None)
        versions = HiringAid.objects.filter(code="IMPULSION_12", starts_on__lt=date(2026, 1, 1)).order_by("starts_on")
        assert [(aid.starts_on, aid.ends_on) for aid in versions] == [
            (date(2017, 7, 1), date(2023, 6, 30)),
            (date(2023, 7, 1), date(2025, 12, 31)),
        ]
        seeds = {(seed.code, seed.starts_on): seed for seed in CATALOGUE}
        for aid in versions:
            assert (aid.conditions, aid.source) == (
                seeds[aid.code, aid.starts_on].conditions,
                seeds[aid.code, aid.starts_on].source,
            )
        for day, job in jobs.items():
            assert Employment.objects.get(pk=job.pk).aid.holds_on(day)
    added.refresh_from_db()
    assert added.conditions == "x"


# --- Contracts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("starts_on", [date(2026, 1, 1), date(2026, 6, 30)])
def test_a_contract_names_an_aid_that_holds_on_its_first_day(coach, starts_on) -> None:
    aid = version("IMPULSION_12", date(2026, 1, 1))
    assert hired(coach, aid, starts_on=starts_on).aid == aid


@pytest.mark.parametrize("starts_on", [date(2025, 12, 31), date(2026, 7, 1)])
def test_the_eve_and_the_morrow_are_refused(coach, starts_on) -> None:
    aid = version("IMPULSION_12", date(2026, 1, 1))
    assert refusal(lambda: hired(coach, aid, starts_on=starts_on)) == ("aid_not_in_force", "aid")
    assert not Employment.objects.exists()


def test_what_is_only_announced_is_named_and_to_be_confirmed_until_its_text_is_seen(
    client, coach, steward, frozen
) -> None:
    """After 30 June 2026 the aids of before are over: a coach sees, and names, what may replace them."""
    frozen("2026-07-06")
    draft = HiringAid.objects.get(code="INCITANT_12")
    job = hired(coach, draft, starts_on=date(2026, 7, 6))
    assert (job.aid.to_confirm, job.aid.shown) == (True, f"{draft.name} (à confirmer)")
    client.force_login(coach)
    jobs = reverse("placements:case_jobs", args=[job.case_id])
    page = client.get(jobs).content.decode().replace("\u00a0", " ")
    assert "Incitant unique – 12 mois d’inscription (à confirmer)" in page
    assert "Version qui vaut depuis le 01/07/2026" in page
    assert "Source : Gouvernement wallon, communiqué du 20/10/2025" in page
    enable_aid(aid=draft, source="Moniteur belge du 1er juin 2026", actor=steward)
    draft.refresh_from_db()
    assert (draft.to_confirm, draft.shown) == (False, draft.name)
    assert refusal(lambda: enable_aid(aid=draft, source="encore", actor=steward))[0] == "not_draft"


def test_an_announced_aid_does_not_hold_before_its_day(coach) -> None:
    draft = HiringAid.objects.get(code="INCITANT_12")
    assert refusal(lambda: hired(coach, draft, starts_on=date(2026, 6, 30))) == ("aid_not_in_force", "aid")


@pytest.mark.parametrize(
    ("code", "on", "words", "absent"),
    [
        ("IMPULSION_25", date(2023, 6, 30), "Aucune durée minimale", "2 mois"),
        ("IMPULSION_25", date(2023, 7, 1), "d’au moins 2 mois", "Aucune durée minimale"),
        ("IMPULSION_12", date(2023, 6, 30), "Aucune durée minimale", "2 mois."),
        ("IMPULSION_12", date(2023, 7, 1), "d’au moins 2 mois", "Aucune durée minimale"),
        ("IMPULSION_55", date(2023, 6, 30), "1 500 € dès 62 ans", "De 55 à 59 ans"),
        ("IMPULSION_55", date(2023, 7, 1), "1 500 € dès 65 ans", "dès 62 ans"),
        ("IMPULSION_55", date(2023, 7, 1), "De 55 à 59 ans", "Aucune inscription"),
        ("IMPULSION_55", date(2025, 12, 31), "De 55 à 59 ans", "dès 57 ans"),
        ("IMPULSION_55", date(2026, 1, 1), "dès 57 ans", "De 55 à 59 ans"),
    ],
)
def test_what_changed_in_july_2023_is_told_of_its_own_days(code, on, words, absent) -> None:
    told = version(code, on).conditions.replace("\u00a0", " ")
    assert words in told
    assert absent not in told


@pytest.mark.parametrize(
    ("starts_on", "named"),
    [(date(2023, 6, 30), date(2017, 7, 1)), (date(2023, 7, 1), date(2023, 7, 1))],
)
def test_a_contract_of_july_2023_names_the_version_of_its_first_day(coach, starts_on, named) -> None:
    aid = version("IMPULSION_55", starts_on)
    assert aid.starts_on == named
    assert hired(coach, aid, starts_on=starts_on).aid == aid
    other = version("IMPULSION_55", date(2023, 6, 30) if named > date(2023, 6, 30) else date(2023, 7, 1))
    assert refusal(lambda: hired(coach, other, starts_on=starts_on)) == ("aid_not_in_force", "aid")


def test_a_correction_adds_keeps_and_takes_away_the_aid(coach) -> None:
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
    job = hired(coach, None)

    def corrected(aid, starts_on=date(2026, 3, 2)) -> Employment:
        terms = CorrectedTerms(
            contract_type="CDI", job_title="Aide", starts_on=starts_on, ends_on=None, weekly_hours=None, aid=aid
        )
        return correct_employment(employment=job, terms=terms, reason="Oubli", actor=coordinator)

    aid = version("IMPULSION_12", date(2026, 3, 2))
    assert corrected(aid).aid == aid
    assert refusal(lambda: corrected(aid, starts_on=date(2025, 12, 31))) == ("aid_not_in_force", "aid")
    assert corrected(None).aid is None


def test_the_page_says_what_the_file_knows_of_the_conditions_on_the_eve(client, coach) -> None:
    """The person of these stories is born in 1985, without CESS, registered since 2020, at no known address."""
    job = hired(coach, version("IMPULSION_12", date(2026, 3, 2)))
    client.force_login(coach)
    url = reverse("placements:case_jobs", args=[job.case_id])
    page = client.get(url).content.decode().replace("\u00a0", " ")
    assert "la veille du premier jour (01/03/2026)" in page
    assert "domicile en Wallonie de langue française" in page
    assert "non rempli" not in page
    Employment.objects.filter(pk=job.pk).update(aid=version("IMPULSION_25", date(2026, 3, 2)))
    page = client.get(url).content.decode().replace("\u00a0", " ")
    assert "non rempli" in page
    assert "moins de 25 ans" in page
    Employment.objects.filter(pk=job.pk).update(aid=HiringAid.objects.get(code="PFI"))
    assert "la veille du premier jour" not in client.get(url).content.decode()


# --- Adding, closing --------------------------------------------------------------------------------------------------


def test_a_new_version_ends_the_former_the_day_before(steward) -> None:
    former = HiringAid.objects.get(code="PFI")
    aid = add_aid(statement=stated(), follows=former, actor=steward)
    assert (aid.code, aid.created_by) == ("PFI", steward)
    former.refresh_from_db()
    assert former.ends_on == date(2026, 6, 30)
    assert [a.pk for a in HiringAid.objects.latest_versions().filter(code="PFI")] == [aid.pk]


def test_a_new_aid_has_a_code_of_its_own(steward) -> None:
    one, two = (add_aid(statement=stated(starts_on=date(2026, month, 1)), actor=steward) for month in (7, 8))
    assert one.code != two.code
    # The second press of a double click.
    assert refusal(lambda: add_aid(statement=stated(), actor=steward)) == ("already_there", "name")
    assert one.code.startswith("COUP_DE_POUCE_")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"ends_on": date(2026, 6, 30)}, "end_before_start", "ends_on"),
        ({"starts_on": date(2024, 10, 1)}, "past_version", "starts_on"),
        ({"starts_on": date(2026, 3, 2)}, "in_use", "starts_on"),
    ],
)
def test_what_rewrites_the_past_is_refused(coach, steward, changes, code, field) -> None:
    former = HiringAid.objects.get(code="PFI")
    hired(coach, former)
    assert refusal(lambda: add_aid(statement=stated(**changes), follows=former, actor=steward)) == (code, field)
    former.refresh_from_db()
    assert former.ends_on is None


@pytest.mark.parametrize(
    ("day", "code"), [(date(2026, 3, 1), "in_use"), (date(2024, 9, 30), "end_before_start"), (date(2026, 3, 2), "")]
)
def test_an_aid_is_closed_unless_a_contract_that_begins_later_names_it(coach, steward, day, code) -> None:
    aid = HiringAid.objects.get(code="PFI")
    hired(coach, aid)
    if code:
        assert refusal(lambda: close_aid(aid=aid, ends_on=day, actor=steward)) == (code, "ends_on")
    else:
        assert close_aid(aid=aid, ends_on=day, actor=steward).ends_on == day
        assert refusal(lambda: close_aid(aid=aid, ends_on=day, actor=steward))[0] == "closed"


@pytest.mark.parametrize("role", [Role.ADMIN, Role.COORDINATOR, Role.JOBCOACH])
def test_only_the_steward_changes_the_catalogue(coach, role) -> None:
    actor = user_with(role, coach.current_organisation)
    aid = HiringAid.objects.get(code="PFI")
    for call in (
        lambda: add_aid(statement=stated(), actor=actor),
        lambda: close_aid(aid=aid, ends_on=date(2026, 12, 31), actor=actor),
        lambda: enable_aid(aid=HiringAid.objects.get(code="INCITANT_12"), source="x", actor=actor),
    ):
        with pytest.raises(NotAllowed):
            call()


# --- Pages ------------------------------------------------------------------------------------------------------------


def test_the_catalogue_is_read_completed_and_closed_on_its_pages(client, steward) -> None:
    client.force_login(steward)
    page = client.get(reverse("placements:aid_list")).content.decode()
    for words in ("Impulsion – 12 mois", "Annoncées, à confirmer", "hypothèse", "sans fin connue"):
        assert words in page.replace("\u00a0", " ")
    typed = {
        "follows": "",
        "name": "Coup de pouce",
        "region": "WALLONIA",
        "starts_on": "01/07/2026",
        "ends_on": "30/06/2026",
        "conditions": "Un an sans emploi.",
        "source": "Décret inventé",
        "status": "CONFIRMED",
    }
    wrong = client.post(reverse("placements:aid_add"), typed)
    assert wrong.status_code == 422
    assert "Le dernier jour précède le premier." in wrong.content.decode()
    assert "Un an sans emploi." in wrong.content.decode()
    assert client.post(reverse("placements:aid_add"), typed | {"ends_on": ""}).status_code == 302
    aid = HiringAid.objects.get(name="Coup de pouce")
    close = reverse("placements:aid_close", args=[aid.pk])
    assert client.post(close, {"ends_on": "30/06/2026"}).status_code == 422
    assert client.post(close, {"ends_on": "31/12/2027"}).status_code == 302
    enable = reverse("placements:aid_enable", args=[HiringAid.objects.get(code="INCITANT_12").pk])
    assert client.post(enable, {"source": "Moniteur belge"}).status_code == 302
    assert HiringAid.objects.get(code="INCITANT_12").enabled


@pytest.mark.parametrize("role", [Role.ADMIN, Role.COORDINATOR])
def test_an_organisation_reads_the_catalogue_and_is_offered_no_act(client, coach, role) -> None:
    client.force_login(user_with(role, coach.current_organisation))
    page = client.get(reverse("placements:aid_list")).content.decode()
    assert "PFI" in page
    assert reverse("placements:aid_add") not in page


def test_engaging_offers_the_aids_of_the_time_and_says_who_confirms(client, coach) -> None:
    case = stories.in_prehire(coach, since=date(2025, 6, 2))
    firm = stories.a_company(coach)
    client.force_login(coach)
    url = reverse("placements:hire", args=[case.pk]) + f"?entreprise={firm.pk}"
    page = client.get(url).content.decode().replace("\u00a0", " ")
    assert "Impulsion – 12 mois et plus (du 01/01/2026 au 30/06/2026)" in page
    assert "Incitant unique – 12 mois d’inscription (à confirmer, depuis le 01/07/2026)" in page
    assert "phoenix.brussels" not in page
    assert "À confirmer auprès du Forem" in page
    typed = {
        "job_title": "Aide",
        "contract_type": "CDI",
        "starts_on": "02/03/2026",
        "aid": version("IMPULSION_12", date(2025, 12, 31)).pk,
        "mode": "LATER",
        "origin": "PERSON",
    }
    wrong = client.post(url, typed)
    assert wrong.status_code == 422
    assert "ne vaut pas le 02/03/2026" in wrong.content.decode()
    good = client.post(url, typed | {"aid": version("IMPULSION_12", date(2026, 3, 2)).pk}, follow=True)
    assert "à confirmer auprès du Forem" in good.content.decode()


def test_an_aid_typed_wrong_is_withdrawn_and_the_version_before_has_its_days_back(client, coach, steward) -> None:
    former = add_aid(statement=stated(), actor=steward)
    wrong = add_aid(statement=stated(name="Coup de puce", starts_on=date(2026, 10, 1)), follows=former, actor=steward)
    client.force_login(steward)
    page = reverse("placements:aid_withdraw", args=[wrong.pk])
    assert page in client.get(reverse("placements:aid_list")).content.decode()
    assert client.post(page, {"reason": "Faute de frappe"}).status_code == 302
    former.refresh_from_db()
    assert (former.ends_on, HiringAid.objects.filter(pk=wrong.pk).exists()) == (None, False)
    assert refusal(lambda: withdraw_aid(aid=wrong, reason="Deux onglets", actor=steward)) == ("gone", None)


def test_what_a_contract_names_or_ancrage_brought_is_not_withdrawn(coach, steward) -> None:
    aid = add_aid(statement=stated(starts_on=date(2026, 1, 1)), actor=steward)
    with pytest.raises(NotAllowed):
        withdraw_aid(aid=aid, reason="Faute", actor=coach)
    with pytest.raises(CorrectionRefused):
        withdraw_aid(aid=aid, reason=" ", actor=steward)
    hired(coach, aid)
    assert refusal(lambda: withdraw_aid(aid=aid, reason="Faute", actor=steward)) == ("in_use", None)
    brought = HiringAid.objects.get(code="INCITANT_12")
    assert refusal(lambda: withdraw_aid(aid=brought, reason="Faute", actor=steward)) == ("came_along", None)


def test_one_form_sent_twice_adds_one_aid(steward):
    key = uuid4()
    once = [add_aid(statement=stated(), actor=steward, submission_id=key) for _time in range(2)]
    assert once[0] == once[1]
    assert HiringAid.objects.filter(name="Coup de pouce").count() == 1

"""Coming in, forgetting one's password, the second factor."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.services.invitations import invite, password_path
from accounts.services.users import deactivate_user
from tests.factories.accounts import PASSWORD, MembershipFactory, OrganisationFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "encore-une-phrase-assez-longue"


def log_in(client, user, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": user.email, "password": password, **more})


def is_in(client):
    return "_auth_user_id" in client.session


def test_a_visitor_first_sees_the_log_in_page(client):
    response = client.get(reverse("accounts:profile"), follow=True)

    assert response.redirect_chain == [(f"/compte/login/?next={reverse('accounts:profile')}", 302)]
    assert "Mot de passe oublié" in response.text
    assert 'autocomplete="current-password"' in response.text


def test_the_right_password_leads_where_one_was_going(client):
    user = user_with(Role.JOBCOACH)

    response = log_in(client, user, next=reverse("accounts:profile"))

    assert response.url == reverse("accounts:profile")
    assert is_in(client)


def test_the_address_may_be_typed_in_capitals(client):
    user = user_with(Role.JOBCOACH)

    client.post(reverse("account_login"), {"login": user.email.upper(), "password": PASSWORD})

    assert is_in(client)


def test_next_never_leads_to_another_site(client):
    response = log_in(client, user_with(Role.JOBCOACH), next="https://malveillant.example/")

    assert response.url == reverse("home")


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(client, known):
    user = user_with(Role.JOBCOACH)
    email = user.email if known else "inconnue@example.org"

    response = client.post(reverse("account_login"), {"login": email, "password": "faux", "next": "/compte/"})

    assert not is_in(client)
    assert "L’adresse e-mail et le mot de passe ne vont pas ensemble." in response.text
    assert email in response.text, "nothing typed is lost"
    assert '<input type="hidden" name="next" value="/compte/">' in response.text


def test_too_many_wrong_passwords_have_to_wait(client):
    user = user_with(Role.JOBCOACH)
    for _ in range(6):
        response = log_in(client, user, "faux")

    assert "Trop d’essais" in response.text
    log_in(client, user)
    assert not is_in(client)


def test_a_colleague_behind_the_same_address_is_not_locked_out(client):
    for _ in range(6):
        log_in(client, user_with(Role.JOBCOACH, email="etourdie@example.org") if _ == 0 else User.objects.get(), "faux")

    log_in(client, user_with(Role.JOBCOACH))

    assert is_in(client)


def test_whoever_left_does_not_come_in(client):
    admin = user_with(Role.ADMIN)
    left = user_with(Role.JOBCOACH, admin.current_organisation)
    deactivate_user(user=left, actor=admin)

    log_in(client, left)

    assert not is_in(client)


def test_whoever_leaves_is_out_at_the_next_click(client):
    admin = user_with(Role.ADMIN)
    leaving = user_with(Role.JOBCOACH, admin.current_organisation)
    client.force_login(leaving)
    assert client.get(reverse("accounts:profile")).status_code == 200

    deactivate_user(user=leaving, actor=admin)

    assert client.get(reverse("accounts:profile")).status_code == 302


def test_one_starts_in_an_organisation_where_one_has_a_role(client):
    user = UserFactory()
    present = MembershipFactory(user=user, organisation=OrganisationFactory()).organisation

    log_in(client, user)

    assert User.objects.get(pk=user.pk).current_organisation == present


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_email_verification_sent", "account_set_password", "usersessions_list"],
)
@pytest.mark.parametrize("logged_in", [True, False])
def test_what_the_house_does_not_offer_is_not_there(client, name, logged_in):
    if logged_in:
        client.force_login(user_with(Role.ADMIN))

    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name), {"email": "x@example.org"}).status_code == 404


def test_logging_out_takes_a_click(client):
    client.force_login(user_with(Role.JOBCOACH))

    assert "Se déconnecter ?" in client.get(reverse("account_logout")).text
    assert is_in(client)
    assert client.post(reverse("account_logout")).url == reverse("account_login")
    assert not is_in(client)


def test_one_sees_and_closes_one_s_other_sessions(client, django_assert_max_num_queries):
    user, others, stranger = user_with(Role.JOBCOACH), [Client() for _ in range(12)], Client()
    log_in(client, user)
    log_in(stranger, user_with(Role.JOBCOACH, user.current_organisation))
    for one in others:
        one.force_login(user)
        UserSession.objects.create(user=user, session_key=one.session.session_key, ip="127.0.0.1", user_agent="x")

    with django_assert_max_num_queries(15):
        page = client.get(reverse("accounts:sessions")).text
    assert page.count("127.0.0.1") == 13
    assert page.count("celle-ci") == 1
    assert "12 sessions fermées." in client.post(reverse("accounts:sessions"), follow=True).text

    assert is_in(client)
    assert is_in(stranger)
    assert not any(is_in(one) for one in others)


# --- a forgotten password, an invitation -----------------------------------------------------------------------------


def follow_link(client, address):
    return client.get(address, follow=True)


def choose(client, page, password=NEW_PASSWORD, again=None):
    return client.post(page.request["PATH_INFO"], {"password1": password, "password2": again or password}, follow=True)


def test_a_forgotten_password_is_replaced(client, mailoutbox):
    user = user_with(Role.JOBCOACH)
    page = client.post(reverse("account_reset_password"), {"email": user.email}, follow=True)
    assert "Consultez votre boîte e-mail" in page.text
    [mail] = mailoutbox
    assert mail.to == [user.email]
    assert mail.subject == "[Ancrage] Choisir un nouveau mot de passe"
    address = re.search(r"http://testserver(\S+)", mail.body).group(1)

    done = choose(client, follow_link(client, address))

    assert "Mot de passe enregistré" in done.text
    log_in(client, user, NEW_PASSWORD)
    assert is_in(client)


def test_a_link_serves_once(client):
    address = password_path(user_with(Role.JOBCOACH))
    choose(client, follow_link(client, address))

    assert "Ce lien ne fonctionne plus" in follow_link(client, address).text


def test_an_unknown_address_gets_the_same_page_and_no_mail(client, mailoutbox):
    page = client.post(reverse("account_reset_password"), {"email": "inconnue@example.org"}, follow=True)

    assert "Consultez votre boîte e-mail" in page.text
    assert mailoutbox == []


def test_a_deactivated_account_gets_no_link(client, mailoutbox):
    user = user_with(Role.JOBCOACH, is_active=False)

    client.post(reverse("account_reset_password"), {"email": user.email})

    assert mailoutbox == []


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [("court", None, "12"), (NEW_PASSWORD, NEW_PASSWORD + "x", "même mot de passe"), ("motdepasse123", None, "")],
)
def test_a_weak_or_misspelt_password_is_told(client, password, again, sentence):
    page = choose(client, follow_link(client, password_path(user_with(Role.JOBCOACH))), password, again)

    if sentence:
        assert "Il y a un problème" in page.text
        assert sentence in page.text


def test_an_invitation_leads_to_a_password_and_in(client, mailoutbox, django_capture_on_commit_callbacks):
    admin = user_with(Role.ADMIN, first_name="Ada", last_name="Exemple")
    newcomer = user_with(Role.JOBCOACH, admin.current_organisation)
    newcomer.set_unusable_password()
    newcomer.save()

    with django_capture_on_commit_callbacks(execute=True):
        invite(user=newcomer, origin="https://ancrage.example", actor=admin)

    [mail] = mailoutbox
    assert mail.to == [newcomer.email]
    assert "Ada Exemple vous donne accès à Ancrage" in mail.body
    assert "valable 3 jours" in mail.body
    address = re.search(r"https://ancrage.example(\S+)", mail.body).group(1)
    choose(client, follow_link(client, address))
    log_in(client, newcomer, NEW_PASSWORD)
    assert is_in(client)


def test_a_password_is_changed_by_whoever_knows_it(client, mailoutbox):
    user = user_with(Role.JOBCOACH)
    client.force_login(user)
    facts = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    wrong = client.post(reverse("account_change_password"), {"oldpassword": "faux", **facts})
    assert "Il y a un problème" in wrong.text
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **facts})

    assert User.objects.get(pk=user.pk).check_password(NEW_PASSWORD)
    assert [mail.to for mail in mailoutbox] == [[user.email]], "its owner is told"


# --- second factor ----------------------------------------------------------------------------------------------------


def code(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def confirm_oneself(client):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


@pytest.fixture
def protected(client):
    """Somebody who has a second factor, and its secret."""
    user = user_with(Role.JOBCOACH)
    log_in(client, user)
    confirm_oneself(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    assert done.status_code == 200
    client.post(reverse("account_logout"))
    return user, secret


def test_the_secret_is_not_stored_in_clear(protected):
    _user, secret = protected

    stored = [str(authenticator.data) for authenticator in Authenticator.objects.all()]

    assert len(stored) == 2
    assert all("v1:test:" in data and secret not in data for data in stored)


def test_the_password_alone_no_longer_opens(client, protected, frozen):
    user, secret = protected

    response = log_in(client, user)

    assert response.url.startswith(reverse("mfa_authenticate"))
    assert not is_in(client)
    page = client.get(response.url)
    assert "Second contrôle" in page.text
    refused = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Code incorrect" in refused.text
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert is_in(client)


def test_a_recovery_code_opens_once(client, protected):
    user, _secret = protected
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]

    for expected in (True, False):
        log_in(client, user)
        client.post(reverse("mfa_authenticate"), {"code": spare})
        assert is_in(client) is expected
        client.post(reverse("account_logout"))


def test_a_new_password_does_not_bypass_the_second_factor(client, protected):
    user, _secret = protected
    choose(client, follow_link(client, password_path(user)))

    log_in(client, user, NEW_PASSWORD)

    assert not is_in(client)


def test_the_second_factor_is_not_touched_without_confirming_oneself(client, protected):
    user, secret = protected
    log_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})

    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes"):
        assert client.post(reverse(name)).url.startswith(reverse("account_reauthenticate"))

    assert Authenticator.objects.count() == 2


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "accounts:sessions",
        "account_change_password",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
    ],
)
def test_every_page_wears_the_house_s_frame(client, protected, name):
    user, secret = protected
    log_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    if name != "mfa_reauthenticate":
        confirm_oneself(client)

    page = client.get(reverse(name), follow=name == "mfa_activate_totp")

    assert page.status_code == 200
    assert '<main id="contenu"' in page.text
    assert page.text.count("<h1>") == 1
    assert "– Ancrage</title>" in page.text


def test_the_mail_of_a_new_password_is_in_the_language_of_its_reader_and_says_how_long_it_holds(
    client, mailoutbox, settings
):
    settings.PASSWORD_RESET_TIMEOUT = 3 * 86400
    for language, words in (("fr", "pendant 3 jours"), ("nl", "Dag,")):
        user = user_with(Role.JOBCOACH)
        User.objects.filter(pk=user.pk).update(language=language)
        client.post(reverse("account_reset_password"), {"email": user.email}, headers={"accept-language": "fr"})
        assert words in mailoutbox[-1].body
    assert "Bonjour" not in mailoutbox[-1].body

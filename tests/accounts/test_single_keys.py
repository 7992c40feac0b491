"""Keys that act by themselves, and doing without them."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.factories.accounts import user_with

pytestmark = pytest.mark.django_db


def test_they_act_until_their_holder_switches_them_off_for_every_page(client):
    user = user_with(Role.JOBCOACH)
    client.force_login(user)
    assert 'data-single-keys="on"' in client.get(reverse("accounts:profile")).text

    client.post(reverse("accounts:shortcuts"), {"on": "off"})

    user.refresh_from_db()
    assert not user.single_key_shortcuts
    assert 'data-single-keys="off"' in client.get(reverse("accounts:profile")).text


def test_the_switch_leads_back_where_one_was_and_nowhere_else(client):
    client.force_login(user_with(Role.JOBCOACH))

    back = client.post(reverse("accounts:shortcuts"), {"on": "off", "next": "/dossiers/?phase=HIRE"})
    away = client.post(reverse("accounts:shortcuts"), {"on": "on", "next": "https://ailleurs.example/"})

    assert (back["Location"], away["Location"]) == ("/dossiers/?phase=HIRE", reverse("accounts:profile"))

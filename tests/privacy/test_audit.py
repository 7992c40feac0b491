"""Who did what, and who looked."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Organisation, Site, User
from beneficiaries.models import Beneficiary
from privacy.audit import MASK, act, acting_as, record_access
from privacy.history import history_of
from privacy.middleware import visitor_address
from tests.factories.accounts import MembershipFactory, OrganisationFactory, SiteFactory, UserFactory

pytestmark = pytest.mark.django_db


def entries(obj):
    return LogEntry.objects.get_for_object(obj).order_by("pk")


def test_a_change_keeps_who_what_before_and_after():
    actor, site = UserFactory(), SiteFactory(name="Ancien nom")

    with acting_as(actor):
        site.name = "Nouveau nom"
        site.save()

    entry = entries(site).last()
    assert entry.actor == actor
    assert entry.changes == {"name": ["Ancien nom", "Nouveau nom"]}


def test_the_outer_actor_comes_back_after_an_inner_one():
    outer, inner = UserFactory(), UserFactory()
    sites = SiteFactory.build_batch(3, organisation=OrganisationFactory())

    with acting_as(outer):
        sites[0].save()
        with acting_as(inner):
            sites[1].save()
        sites[2].save()

    assert [entries(site).get().actor for site in sites] == [outer, inner, outer]


def test_outside_any_act_the_actor_is_nobody():
    assert entries(SiteFactory()).get().actor is None


def test_an_act_is_signed_and_undone_as_a_whole():
    actor, organisation = UserFactory(), OrganisationFactory()

    @act
    def build_then_fail(*, actor: User, organisation: Organisation, fail: bool) -> Site:
        site = Site.objects.create(organisation=organisation, name="Site")
        if fail:
            raise RuntimeError("a rule refuses")
        return site

    with pytest.raises(RuntimeError, match="a rule refuses"):
        build_then_fail(actor=actor, organisation=organisation, fail=True)
    assert not Site.objects.exists()
    assert entries(build_then_fail(actor=actor, organisation=organisation, fail=False)).get().actor == actor


def test_a_secret_never_appears_in_the_trail():
    person = Beneficiary.objects.create(
        organisation=OrganisationFactory(), first_name="P", last_name="N", niss="85073003328"
    )
    person.niss = "90010100142"
    person.save()

    created, changed = entries(person)
    assert created.changes["niss"] == ["", MASK] or created.changes["niss"] == ["None", MASK]
    assert changed.changes == {"niss": [MASK, MASK]}
    assert not any(
        secret in str(value)
        for entry in (created, changed)
        for value in (entry.changes, entry.object_repr, entry.serialized_data, entry.additional_data)
        for secret in ("85073003328", "90010100142")
    )


def test_a_password_never_appears_in_the_trail():
    user = UserFactory()
    user.set_password("une-autre-phrase-assez-longue")
    user.save()

    assert entries(user).last().changes == {"password": [MASK, MASK]}


def test_neighbouring_rows_and_moments_are_not_noted_as_changes():
    site = SiteFactory()

    assert not {"created_at", "updated_at", "memberships", "coachingcase"} & set(entries(site).get().changes)


def test_looking_is_written_once_in_ten_minutes(frozen):
    user, site = UserFactory(), SiteFactory()

    assert record_access(user, site) is True
    assert record_access(user, site) is False
    frozen(timezone.now() + timedelta(minutes=9, seconds=59))
    assert record_access(user, site) is False
    frozen(timezone.now() + timedelta(seconds=1))
    assert record_access(user, site) is True
    assert entries(site).filter(action=LogEntry.Action.ACCESS, actor=user).count() == 2


@pytest.mark.parametrize("difference", ["user", "object", "action"])
def test_another_look_is_another_line(difference):
    user, site = UserFactory(), SiteFactory()
    record_access(user, site, "view")

    assert record_access(
        UserFactory() if difference == "user" else user,
        SiteFactory() if difference == "object" else site,
        "print" if difference == "action" else "view",
    )


def test_the_history_speaks_french():
    actor = UserFactory(first_name="Ada", last_name="Exemple")
    with acting_as(actor):
        membership = MembershipFactory(role=Role.JOBCOACH, fte="1.00")
        membership.role = Role.COORDINATOR
        membership.fte = "0.50"
        membership.save()
    record_access(actor, membership, "print")

    looked, changed, created = history_of([membership])

    assert (looked.actor, looked.verb, looked.is_access) == ("Ada Exemple", "a imprimé", True)
    assert (changed.actor, changed.verb, changed.kind) == ("Ada Exemple", "a modifié", "rôle dans l’organisme")
    shown = {change.label: (change.before, change.after) for change in changed.changes}
    assert shown["rôle"] == ("jobcoach", "coordinateur·rice")
    assert shown["équivalent temps plein"][1] == "0,50"
    assert created.verb == "a créé"
    first = {change.label: change.after for change in created.changes}
    assert first["utilisateur·rice"] == membership.user.get_full_name()
    assert first["premier jour"] == "03/01/2000"
    assert "organisme" not in first


def test_reads_and_writes_can_be_told_apart():
    user, site = UserFactory(), SiteFactory()
    record_access(user, site)

    assert [line.is_access for line in history_of([site], accesses=True)] == [True]
    assert [line.is_access for line in history_of([site], accesses=False)] == [False]


def test_the_history_of_nothing_is_empty():
    assert history_of([]) == []


def test_the_history_costs_the_same_for_one_line_and_for_thirty(django_assert_max_num_queries):
    organisation = OrganisationFactory()
    many = [MembershipFactory(organisation=organisation) for _ in range(30)]
    history_of(many[:1])

    with django_assert_max_num_queries(4):
        history_of(many)


def test_a_request_is_signed_by_its_user(client):
    admin = UserFactory(admin=True)
    client.force_login(admin)

    client.post("/parametres/sites/nouveau/", {"name": "Site nord"}, REMOTE_ADDR="192.0.2.7")

    entry = entries(Site.objects.get()).get()
    assert (entry.actor, entry.remote_addr) == (admin, "192.0.2.7")


# --- the trail can only grow ----------------------------------------------------------------------------------------


def refused(act):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act()


def test_the_trail_cannot_be_rewritten():
    SiteFactory()

    refused(lambda: LogEntry.objects.update(object_repr="autre"))


def test_the_trail_cannot_be_shortened_in_production():
    SiteFactory()

    if connection.vendor == "postgresql":
        refused(lambda: LogEntry.objects.all().delete())
    else:  # a trial database must be emptied somehow: SQLite has no TRUNCATE
        LogEntry.objects.all().delete()


def test_the_trigger_is_in_place():
    table = {"postgresql": "pg_trigger WHERE tgname", "sqlite": "sqlite_master WHERE type = 'trigger' AND name"}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table[connection.vendor]} = 'ancrage_audit_append_only'")  # noqa: S608

        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize(
    ("ours", "forwarded", "seen"),
    [
        (0, "198.51.100.4", "192.0.2.7"),
        (1, "", "192.0.2.7"),
        (1, "198.51.100.4", "198.51.100.4"),
        # What the visitor wrote in the header before our proxy did is not believed.
        (1, "203.0.113.9, 198.51.100.4", "198.51.100.4"),
        (2, "198.51.100.4, 203.0.113.1", "198.51.100.4"),
        (2, "198.51.100.4", "192.0.2.7"),
        (1, "nobody", None),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_behind_a_proxy_the_address_is_that_of_the_visitor(rf, settings, ours, forwarded, seen):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = ours
    request = rf.get("/", REMOTE_ADDR="192.0.2.7", **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}))
    assert visitor_address(request) == seen

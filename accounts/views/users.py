"""People and their roles."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.enums import TIME_LIMITED_ROLES
from accounts.forms.settings import IdentityForm, NewUserForm, RoleForm, initial_of
from accounts.models import Membership, User
from accounts.permissions import allows
from accounts.registries import reasons_to_stay, ways_out_of
from accounts.rules.access import proposed_last_day
from accounts.selectors import settings as selectors
from accounts.services import invitations, users
from accounts.views.base import SettingsMixin
from foundation.clock import today
from foundation.errors import DomainError
from foundation.formatting import of_name
from foundation.views import ActFormView, ConfirmActView, PageView, paginate_by_key
from foundation.ways import Way
from privacy.history import history_of

TO_PERSON = Way("accounts:user_detail", "person.user.pk", words=lambda page: page.person.user.get_full_name())


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


class UsersMixin(SettingsMixin):
    """A page about the people of the organisation."""

    permission = "accounts.manage_users"
    section = "accounts:user_list"

    @cached_property
    def person(self) -> selectors.Person:
        """The person whom the address names."""
        try:
            return selectors.person(self.actor, self.kwargs["user_id"], today())
        except User.DoesNotExist as error:
            raise Http404 from error


class UserListView(UsersMixin, PageView):
    template_name = "accounts/user_list.html"
    page_title = gettext_lazy("Utilisateurs")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        on = today()
        page = paginate_by_key(self.request, selectors.people(self.actor, on), selectors.LISTED)
        people = selectors.told_of(page, on)
        return super().get_context_data(
            page_obj=page,
            present=[person for person in people if person.has_access],
            gone=[person for person in people if not person.has_access],
            **kwargs,
        )


class UserCreateView(UsersMixin, ActFormView):
    form_class = NewUserForm
    page_title = gettext_lazy("Ajouter une personne")
    page_lead = gettext_lazy("La personne reçoit un e-mail pour choisir elle-même son mot de passe.")
    submit_label = gettext_lazy("Ajouter et inviter")
    leads_to = Way("accounts:user_list", words=gettext_lazy("Utilisateurs"))
    after = Way("accounts:user_detail", "result.pk")

    def get_initial(self) -> dict[str, Any]:
        """Today is the usual first day; an access limited in time, asked by the address, has its last one proposed."""
        on = today()
        if self.request.GET.get("role") not in TIME_LIMITED_ROLES:
            return {"starts_on": on}
        return {"starts_on": on, "role": self.request.GET["role"], "ends_on": proposed_last_day(on), "fte": 0}

    def get_form_kwargs(self) -> dict[str, Any]:
        """The sites offered are those of the viewer."""
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def act(self, form: NewUserForm) -> User:
        """Create, then invite whoever has no password yet."""
        data = form.cleaned_data
        user = users.create_user(
            email=data["email"],
            first_name=data["first_name"],
            last_name=data["last_name"],
            grant=form.grant(),
            actor=self.actor,
        )
        if not user.has_usable_password():
            invitations.invite(user=user, origin=_origin(self.request), actor=self.actor)
        return user

    def get_success_message(self, form: Any) -> str:
        if self.result.has_usable_password():
            return _("%(name)s, qui avait déjà un compte, a maintenant accès à votre organisme.") % {
                "name": self.result.get_full_name()
            }
        return _("%(name)s a reçu une invitation à l’adresse %(email)s.") % {
            "name": self.result.get_full_name(),
            "email": self.result.email,
        }


class UserDetailView(UsersMixin, PageView):
    """One person: who they are, their roles, what was changed."""

    template_name = "accounts/user_detail.html"
    leads_to = Way("accounts:user_list", words=gettext_lazy("Utilisateurs"))

    def get_page_title(self) -> str:
        return self.person.user.get_full_name()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the person and their history in this organisation."""
        organisation = self.actor.current_organisation
        assert organisation is not None  # noqa: S101 - the permission was asked about it
        held = [*self.person.present, *self.person.others]
        return super().get_context_data(
            person=self.person,
            works_elsewhere=users.works_elsewhere(self.person.user, organisation),
            is_self=self.person.user == self.actor,
            history=history_of(held, accesses=False, limit=20),
            **kwargs,
        )


class UserEditView(UsersMixin, ActFormView):
    """A name or an address is corrected."""

    form_class = IdentityForm
    page_title = gettext_lazy("Corriger le nom ou l’adresse")
    success_message = gettext_lazy("C’est corrigé.")
    leads_to = TO_PERSON

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.person.user, IdentityForm)

    def act(self, form: IdentityForm) -> User:
        return users.rename_user(user=self.person.user, actor=self.actor, **form.cleaned_data)


class RoleAddView(UsersMixin, ActFormView):
    form_class = RoleForm
    page_title = gettext_lazy("Ajouter un rôle")
    success_message = gettext_lazy("Le rôle est ajouté.")
    submit_label = gettext_lazy("Ajouter le rôle")
    leads_to = TO_PERSON

    def get_initial(self) -> dict[str, Any]:
        """Today is the usual first day."""
        return {"starts_on": today()}

    def get_form_kwargs(self) -> dict[str, Any]:
        """The sites offered are those of the viewer."""
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def act(self, form: RoleForm) -> Membership:
        return users.add_role(user=self.person.user, grant=form.grant(), actor=self.actor)


class RoleEditView(UsersMixin, ActFormView):
    """A role is corrected or ended."""

    form_class = RoleForm
    page_title = gettext_lazy("Modifier un rôle")
    page_lead = gettext_lazy("Pour changer de rôle à une date, terminez celui-ci et ajoutez le suivant.")
    success_message = gettext_lazy("Le rôle est modifié.")
    leads_to = Way(
        "accounts:user_detail", "membership.user_id", words=lambda page: page.membership.user.get_full_name()
    )

    @cached_property
    def membership(self) -> Membership:
        """The role that the address names."""
        found: Membership = get_object_or_404(selectors.memberships(self.actor), pk=self.kwargs["membership_id"])
        return found

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.membership, RoleForm)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The sites offered are those of the viewer."""
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def act(self, form: RoleForm) -> Membership:
        return users.change_role(membership=self.membership, grant=form.grant(), actor=self.actor)


class UserDeactivateView(UsersMixin, ConfirmActView):
    """Somebody leaves, once nobody depends on them: what must be handed over is told before the button is tried."""

    template_name = "accounts/user_deactivate.html"
    submit_label = gettext_lazy("Fermer l’accès")
    leads_to = Way("accounts:user_detail", "person.user.pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what holds the person here, and where this reader can hand it over."""
        organisation = self.actor.current_organisation
        assert organisation is not None  # noqa: S101 - the permission was asked about it
        return super().get_context_data(
            held_by=reasons_to_stay(self.person.user, organisation),
            ways_out=ways_out_of(self.person.user, organisation, self.actor),
            **kwargs,
        )

    def get_page_title(self) -> str:
        return _("Fermer l’accès %(of_name)s ?") % {"of_name": of_name(self.person.user.get_full_name())}

    def get_consequences(self) -> tuple[str | Promise, ...]:
        return (
            _("Ses rôles dans votre organisme prennent fin aujourd’hui et ses sessions ouvertes se ferment."),
            _("Ce que cette personne a consigné reste en place, sous son nom."),
            _("Vous pourrez lui rendre l’accès plus tard en lui ajoutant un rôle."),
        )

    def act(self, form: Any) -> None:
        users.deactivate_user(user=self.person.user, actor=self.actor)

    def get_success_message(self, form: Any) -> str:
        return _("L’accès %(of_name)s est fermé.") % {"of_name": of_name(self.person.user.get_full_name())}


@require_POST
def invite_again(request: HttpRequest, user_id: Any) -> HttpResponse:
    """Send somebody the e-mail by which they choose a password."""
    actor = request.user
    if not isinstance(actor, User) or not allows(actor, "accounts.manage_users", actor.current_organisation):
        raise PermissionDenied
    user: User = get_object_or_404(User.objects.visible_to(actor).active(), pk=user_id)
    try:
        invitations.invite(user=user, origin=_origin(request), actor=actor)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Un e-mail est parti à l’adresse %(email)s.") % {"email": user.email})
    return redirect("accounts:user_detail", user_id=user.pk)

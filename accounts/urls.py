"""Addresses of the accounts app."""

from django.urls import path

from accounts.views import absences, choosing, closing_days, organisations, parameters, profile, taking_back, users

app_name = "accounts"

urlpatterns = [
    path("compte/", profile.ProfileView.as_view(), name="profile"),
    path("compte/mes-sessions/", profile.SessionsView.as_view(), name="sessions"),
    path("compte/touches/", profile.choose_shortcuts, name="shortcuts"),
    path("compte/langue/", profile.choose_own_language, name="language"),
    path("compte/organisme/", organisations.switch_organisation, name="switch_organisation"),
    path("choisir/<slug:source>/", choosing.ChoosingView.as_view(), name="choose"),
    path("absences/", absences.AbsenceListView.as_view(), name="absence_list"),
    path("absences/nouvelle/", absences.AbsenceCreateView.as_view(), name="absence_create"),
    path("absences/<uuid:absence_id>/", absences.AbsenceEditView.as_view(), name="absence_edit"),
    path("absences/<uuid:absence_id>/annuler/", absences.AbsenceCancelView.as_view(), name="absence_cancel"),
    path("retirer/<slug:kind>/<uuid:row_id>/", taking_back.TakeBackView.as_view(), name="take_back"),
    path("parametres/", organisations.SettingsView.as_view(), name="settings"),
    path("parametres/organisme/", organisations.OrganisationEditView.as_view(), name="organisation_edit"),
    path("parametres/utilisateurs/", users.UserListView.as_view(), name="user_list"),
    path("parametres/utilisateurs/nouveau/", users.UserCreateView.as_view(), name="user_create"),
    path("parametres/utilisateurs/<uuid:user_id>/", users.UserDetailView.as_view(), name="user_detail"),
    path("parametres/utilisateurs/<uuid:user_id>/modifier/", users.UserEditView.as_view(), name="user_edit"),
    path("parametres/utilisateurs/<uuid:user_id>/inviter/", users.invite_again, name="user_invite"),
    path("parametres/utilisateurs/<uuid:user_id>/fermer/", users.UserDeactivateView.as_view(), name="user_deactivate"),
    path("parametres/utilisateurs/<uuid:user_id>/roles/nouveau/", users.RoleAddView.as_view(), name="role_add"),
    path("parametres/roles/<uuid:membership_id>/", users.RoleEditView.as_view(), name="role_edit"),
    path("parametres/sites/", organisations.SiteListView.as_view(), name="site_list"),
    path("parametres/sites/nouveau/", organisations.SiteFormView.as_view(), name="site_create"),
    path("parametres/sites/<uuid:site_id>/", organisations.SiteFormView.as_view(), name="site_edit"),
    path("parametres/fermetures/", closing_days.ClosingListView.as_view(), name="closing_list"),
    path("parametres/fermetures/nouvelle/", closing_days.ClosingCreateView.as_view(), name="closing_create"),
    path(
        "parametres/fermetures/<uuid:closing_id>/retirer/",
        closing_days.ClosingWithdrawView.as_view(),
        name="closing_withdraw",
    ),
    path("parametres/projets/", organisations.ProjectListView.as_view(), name="project_list"),
    path("parametres/projets/nouveau/", organisations.ProjectFormView.as_view(), name="project_create"),
    path("parametres/projets/<uuid:project_id>/", organisations.ProjectFormView.as_view(), name="project_edit"),
    path("parametres/valeurs/", parameters.ParameterListView.as_view(), name="parameter_list"),
    path("parametres/valeurs/<str:key>/nouvelle/", parameters.ParameterAddView.as_view(), name="parameter_add"),
    path("parametres/valeurs/<str:key>/revenir/", parameters.ParameterGiveUpView.as_view(), name="parameter_give_up"),
    path(
        "parametres/valeurs/<uuid:parameter_id>/retirer/",
        parameters.ParameterWithdrawView.as_view(),
        name="parameter_withdraw",
    ),
    path(
        "parametres/valeurs/<uuid:parameter_id>/remplacer/",
        parameters.ParameterSupersedeView.as_view(),
        name="parameter_supersede",
    ),
    path("installation/valeurs/", parameters.InstallationListView.as_view(), name="installation_list"),
    path("installation/valeurs/<str:key>/nouvelle/", parameters.InstallationAddView.as_view(), name="installation_add"),
    path(
        "installation/valeurs/<uuid:value_id>/retirer/",
        parameters.InstallationWithdrawView.as_view(),
        name="installation_withdraw",
    ),
    path(
        "installation/valeurs/<uuid:value_id>/remplacer/",
        parameters.InstallationSupersedeView.as_view(),
        name="installation_supersede",
    ),
]

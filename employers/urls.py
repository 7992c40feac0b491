"""Addresses of the employers app."""

from django.urls import URLPattern, path

from employers.views import companies, ties, vacancies, visits

app_name = "employers"

urlpatterns: list[URLPattern] = [
    path("entreprises/", companies.CompanyListView.as_view(), name="company_list"),
    path("entreprises/nouvelle/", companies.CompanyCreateView.as_view(), name="company_create"),
    path("entreprises/<uuid:company_id>/", companies.CompanyDetailView.as_view(), name="company_detail"),
    path("entreprises/<uuid:company_id>/modifier/", companies.CompanyEditView.as_view(), name="company_edit"),
    path(
        "entreprises/<uuid:company_id>/personnes/nouvelle/",
        companies.PersonCreateView.as_view(),
        name="person_create",
    ),
    path(
        "entreprises/<uuid:company_id>/personnes/<uuid:person_id>/",
        companies.PersonEditView.as_view(),
        name="person_edit",
    ),
    path("entreprises/<uuid:company_id>/visites/nouvelle/", visits.VisitCreateView.as_view(), name="visit_create"),
    path(
        "entreprises/<uuid:company_id>/visites/<uuid:visit_id>/corriger/",
        visits.VisitCorrectView.as_view(),
        name="visit_correct",
    ),
    path("entreprises/<uuid:company_id>/etablissement/", ties.EstablishmentView.as_view(), name="establishment"),
    path(
        "entreprises/<uuid:company_id>/etablissement/retirer/",
        ties.EstablishmentUndoView.as_view(),
        name="establishment_undo",
    ),
    path("entreprises/<uuid:company_id>/reprise/", ties.TakeOverView.as_view(), name="take_over"),
    path("entreprises/<uuid:company_id>/reprise/retirer/", ties.TakeOverUndoView.as_view(), name="take_over_undo"),
    path("postes/", vacancies.VacancyListView.as_view(), name="vacancy_list"),
    path("postes/nouveau/", vacancies.VacancyCreateView.as_view(), name="vacancy_create"),
    path("postes/<uuid:vacancy_id>/", vacancies.VacancyDetailView.as_view(), name="vacancy_detail"),
    path("postes/<uuid:vacancy_id>/modifier/", vacancies.VacancyEditView.as_view(), name="vacancy_edit"),
    path("postes/<uuid:vacancy_id>/clore/", vacancies.VacancyCloseView.as_view(), name="vacancy_close"),
    path("postes/<uuid:vacancy_id>/rouvrir/", vacancies.VacancyReopenView.as_view(), name="vacancy_reopen"),
]

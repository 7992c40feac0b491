"""Addresses of the placements app."""

from django.urls import URLPattern, path

from placements.views import employments, hiring, jobs, matching

app_name = "placements"

TAB = "dossiers/<uuid:case_id>/emploi/"
MATCH = f"{TAB}adequations/<uuid:match_id>/"
CONTRACT = f"{TAB}contrats/<uuid:employment_id>/"

urlpatterns: list[URLPattern] = [
    path(TAB, jobs.CaseJobsView.as_view(), name="case_jobs"),
    path(f"{TAB}adequation/", jobs.CaseAdequacyView.as_view(), name="case_adequacy"),
    path(f"{TAB}proposer/", matching.ProposeView.as_view(), name="match_create"),
    path(f"{MATCH}personne/", matching.PersonDecisionView.as_view(), name="person_decision"),
    path(f"{MATCH}employeur/", matching.EmployerDecisionView.as_view(), name="employer_decision"),
    path(f"{TAB}engager/", hiring.HireView.as_view(), name="hire"),
    path(f"{CONTRACT}suivi/", employments.FollowUpView.as_view(), name="followup_agree"),
    path(f"{CONTRACT}premier-jour/", employments.ConfirmStartView.as_view(), name="start_confirm"),
    path(f"{CONTRACT}fin/", employments.EndView.as_view(), name="employment_end"),
    path(f"{CONTRACT}annuler/", employments.CancelView.as_view(), name="hiring_cancel"),
    path(f"{TAB}retour/", employments.ReturnView.as_view(), name="return_to_prehire"),
    path("postes/<uuid:vacancy_id>/personnes/", jobs.VacancyAdequacyView.as_view(), name="vacancy_adequacy"),
]

"""Addresses of the placements app."""

from django.urls import URLPattern, path

from placements.views import (
    aids,
    clock,
    contracts,
    corrections,
    employments,
    hiring,
    jobs,
    matching,
    verifying,
    what_if,
)

app_name = "placements"

TAB = "dossiers/<uuid:case_id>/emploi/"
MATCH = f"{TAB}adequations/<uuid:match_id>/"
CONTRACT = f"{TAB}contrats/<uuid:employment_id>/"
CLOCK = f"{TAB}horloge/"
SUSPENSION = f"{CLOCK}suspensions/<uuid:suspension_id>/"

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
    path(f"{CONTRACT}corriger/", corrections.EmploymentCorrectView.as_view(), name="employment_correct"),
    path(f"{CONTRACT}verifier/", verifying.VerifyView.as_view(), name="employment_verify"),
    path("emplois-a-verifier/", verifying.ToVerifyView.as_view(), name="to_verify"),
    path(CONTRACT, contracts.ContractView.as_view(), name="contract"),
    path(f"{CONTRACT}origine/", contracts.OriginView.as_view(), name="contract_origin"),
    path(f"{CONTRACT}avenant/", contracts.AmendView.as_view(), name="amend"),
    path(f"{CONTRACT}chomage/", contracts.IdlenessView.as_view(), name="idleness"),
    path(f"{CONTRACT}chomage/<uuid:idleness_id>/fin/", contracts.IdlenessEndView.as_view(), name="idleness_end"),
    path(f"{CONTRACT}semaines/", contracts.WeeksView.as_view(), name="weeks"),
    path(CLOCK, clock.CaseClockView.as_view(), name="case_clock"),
    path(f"{CLOCK}suspensions/nouvelle/", clock.SuspensionRequestView.as_view(), name="suspension_request"),
    path(f"{SUSPENSION}decision/", clock.SuspensionDecideView.as_view(), name="suspension_decide"),
    path(f"{SUSPENSION}fin/", clock.SuspensionEndView.as_view(), name="suspension_end"),
    path(f"{SUSPENSION}tient-toujours/", clock.SuspensionConfirmView.as_view(), name="suspension_confirm"),
    path(f"{SUSPENSION}annuler/", clock.SuspensionCancelView.as_view(), name="suspension_cancel"),
    path(f"{CLOCK}ailleurs/", clock.ElsewhereView.as_view(), name="days_elsewhere"),
    path(f"{CLOCK}demande-de-prolongation/", clock.ExtensionAskView.as_view(), name="extension_ask"),
    path(f"{CLOCK}prolongation/", clock.ExtensionGrantView.as_view(), name="extension_grant"),
    path(f"{TAB}et-si/", what_if.WhatIfView.as_view(), name="what_if"),
    path("parametres/aides/", aids.AidListView.as_view(), name="aid_list"),
    path("parametres/aides/nouvelle/", aids.AidAddView.as_view(), name="aid_add"),
    path("parametres/aides/<uuid:aid_id>/fin/", aids.AidCloseView.as_view(), name="aid_close"),
    path("parametres/aides/<uuid:aid_id>/activation/", aids.AidEnableView.as_view(), name="aid_enable"),
    path("parametres/aides/<uuid:aid_id>/retrait/", aids.AidWithdrawView.as_view(), name="aid_withdraw"),
    path("postes/<uuid:vacancy_id>/personnes/", jobs.VacancyAdequacyView.as_view(), name="vacancy_adequacy"),
]

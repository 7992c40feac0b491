"""The beneficiaries app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BeneficiariesConfig(AppConfig):
    """People, eligibility, cases and phases, agreements, obstacles, objectives, partners."""

    name = "beneficiaries"
    verbose_name = _("bénéficiaires")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare permissions, audited rows, facts and the app's pages of the case file."""
        from accounts.permissions import allows
        from accounts.registries import register_departure_check, register_dependants, register_way_out
        from beneficiaries import models, permissions  # noqa: F401  (declares the permissions)
        from beneficiaries.parameters import register_parameters
        from beneficiaries.registries import CaseTab, register_tab
        from beneficiaries.selectors.cases import cases_left_behind, open_cases_of, way_to_hand_over
        from beneficiaries.selectors.history import PATH_WORDS, path_rows, register_history
        from beneficiaries.selectors.transitions import path_facts, register_fact_provider
        from beneficiaries.services.coherence import path_coherence, register_coherence_check
        from privacy.audit import register_audited

        register_audited(models.Beneficiary, exclude=("search_key", "niss_index"))
        register_audited(models.CaseAssignment, exclude=("submission_id",))
        register_audited(models.EligibilityCheck, exclude=("snapshot",))
        for model in (
            models.CoachabilityCheck,
            models.CoachingCase,
            models.CriterionProof,
            models.Evidence,
            models.Objective,
            models.Obstacle,
            models.Partner,
            models.PhaseSpell,
            models.Situation,
            models.TrustAgreement,
        ):
            register_audited(model)
        register_parameters()
        register_departure_check(cases_left_behind)
        register_dependants(open_cases_of)
        register_way_out(way_to_hand_over)
        register_fact_provider(path_facts)
        register_coherence_check(path_coherence)
        register_history(path_rows, PATH_WORDS)
        register_tab(CaseTab(label=_("Parcours"), url_name="beneficiaries:case_path", order=20))
        register_tab(
            CaseTab(
                label=_("Historique"),
                url_name="beneficiaries:case_history",
                order=90,
                visible=lambda user, case: allows(user, "beneficiaries.view_history", case),
            )
        )

"""The beneficiaries app, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def declare_facts() -> None:
    """Tell which rows of this app something is derived from, and why nothing is from the others."""
    from beneficiaries import models
    from beneficiaries.case_facts import declare_fact, declare_no_fact

    declare_fact(models.CoachingCase, "")
    declare_fact(models.PhaseSpell)
    declare_no_fact(models.CaseAssignment, "the case itself names who carries it now")
    declare_no_fact(models.CaseBelonging, "the case itself carries what the last row says, and is written with it")
    declare_fact(models.TrustAgreement)
    for step in (models.EligibilityCheck, models.CoachabilityCheck):
        declare_no_fact(step, "it opens pre-hire, and the change of phase is the fact that counts")
    for work in (models.Obstacle, models.Objective):
        declare_no_fact(work, "what is worked on has no deadline that reminders know")
    declare_fact(models.ExceptionRequest)
    declare_no_fact(models.Evidence, "a paper proves what is recorded and moves no date")
    declare_no_fact(models.CriterionProof, "a paper proves what is recorded and moves no date", path="evidence__case")


class BeneficiariesConfig(AppConfig):
    """People, eligibility, cases and phases, agreements, obstacles, objectives, partners."""

    name = "beneficiaries"
    verbose_name = _("bénéficiaires")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare permissions, audited rows, facts and the app's pages of the case file."""
        from accounts.permissions import allows
        from accounts.registries import departure_checks, dependants, first_steps, takables, ways_out
        from beneficiaries import models, permissions  # noqa: F401  (declares the permissions)
        from beneficiaries.contributions.choices import REFERRERS
        from beneficiaries.contributions.first_steps import FIRST_PEOPLE
        from beneficiaries.contributions.taking_back import PATH_KINDS
        from beneficiaries.parameters import register_parameters
        from beneficiaries.registries import (
            CaseTab,
            HistorySource,
            coherence_checks,
            exception_kinds,
            fact_providers,
            history_sources,
            tabs,
        )
        from beneficiaries.rules.names import EDGE
        from beneficiaries.selectors.cases import cases_left_behind, open_cases_of, way_to_hand_over
        from beneficiaries.selectors.history import PATH_WORDS, path_rows
        from beneficiaries.selectors.transitions import path_facts
        from beneficiaries.services.coherence import path_coherence
        from beneficiaries.services.derogations import DEROGATION
        from foundation.choosing import sources
        from foundation.finding import SearchedColumn, searched_columns
        from privacy.audit import register_audited

        searched_columns.add(SearchedColumn("beneficiaries_beneficiary", "known_as", EDGE))
        searched_columns.add(SearchedColumn("beneficiaries_partner", "search_key"))

        register_audited(models.Beneficiary, exclude=("search_key", "known_as", "niss_index"))
        register_audited(models.Partner, exclude=("search_key",))
        register_audited(models.FormerNumber, exclude=("niss_index",))
        register_audited(models.CaseAssignment, exclude=("submission_id",))
        register_audited(models.EligibilityCheck, exclude=("snapshot",))
        register_audited(models.ExceptionRequest)
        exception_kinds.add(DEROGATION)
        for model in (
            models.CaseBelonging,
            models.CoachabilityCheck,
            models.CoachingCase,
            models.CriterionProof,
            models.Evidence,
            models.Objective,
            models.Obstacle,
            models.PhaseSpell,
            models.Situation,
            models.TrustAgreement,
        ):
            register_audited(model)
        sources.add(REFERRERS)
        first_steps.add(FIRST_PEOPLE)
        declare_facts()
        register_parameters()
        for kind in PATH_KINDS:
            takables.add(kind)
        departure_checks.add(cases_left_behind)
        dependants.add(open_cases_of)
        ways_out.add(way_to_hand_over)
        fact_providers.add(path_facts)
        coherence_checks.add(path_coherence)
        history_sources.add(HistorySource(rows=path_rows, words=PATH_WORDS))
        tabs.add(CaseTab(label=_("Parcours"), url_name="beneficiaries:case_path", order=20))
        tabs.add(
            CaseTab(
                label=_("Historique"),
                url_name="beneficiaries:case_history",
                order=90,
                visible=lambda user, case: allows(user, "beneficiaries.view_history", case),
            )
        )

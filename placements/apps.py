"""The placements app, as Django knows it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PlacementsConfig(AppConfig):
    """Matches, employments, follow-up agreements, clocks, hiring aids."""

    name = "placements"
    verbose_name = _("placements")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare audited rows, what this app knows of a change of phase, and its parts of the case file."""
        from accounts.parameters import Key, closed_lists, first_values
        from accounts.registries import Section, sections, takables
        from beneficiaries.case_facts import declare_fact, declare_no_fact
        from beneficiaries.registries import (
            CaseTab,
            ExitQuestion,
            HistorySource,
            coherence_checks,
            exception_kinds,
            exit_questions,
            fact_providers,
            history_sources,
            tabs,
            work_sources,
        )
        from employers.enums import ContractType
        from employers.registries import firm_watchers
        from foundation.choosing import sources
        from placements import models, permissions  # noqa: F401  (declares the permissions)
        from placements.contributions import exit as exits
        from placements.contributions import panels
        from placements.contributions.choices import JOBS
        from placements.contributions.coherence import placement_coherence
        from placements.contributions.history import PLACEMENT_WORDS, placement_rows
        from placements.contributions.taking_back import PLACEMENT_KINDS
        from placements.rules import contract_kinds
        from placements.selectors.clocks import placement_facts, work_of
        from placements.services.aid_seeds import seed_missing_aids
        from placements.services.employers import settle_cases_of
        from placements.services.exceptions import EXTENSION, SUSPENSION
        from privacy.audit import register_audited

        for model in (
            models.Match,
            models.FollowUpAgreement,
            models.EmploymentVerification,
            models.ClockSuspension,
            models.ClockExtension,
            models.HiringAid,
            models.Amendment,
            models.TemporaryUnemployment,
            models.WorkWeek,
        ):
            register_audited(model)
        # The weeks tell themselves: what the contract keeps of them is derived.
        register_audited(models.Employment, exclude=("idle_weeks",))
        for fact in (models.Employment, models.ClockSuspension, models.ClockExtension):
            declare_fact(fact)
        declare_fact(models.FollowUpAgreement, "employment__case")
        declare_no_fact(
            models.EmploymentVerification, "figures alone read it: it moves no date of a case", path="employment__case"
        )
        declare_no_fact(models.Match, "a proposal moves no date before somebody is hired")
        declare_no_fact(models.Amendment, "the contract is written with it when a date moves", path="employment__case")
        declare_no_fact(
            models.TemporaryUnemployment, "the contract goes on, so that no date moves", path="employment__case"
        )
        declare_no_fact(models.WorkWeek, "the contract is written with the weeks without work", path="employment__case")
        for key, from_the_start in (
            (Key.STOPPING_CONTRACT_TYPES, contract_kinds.STOPPING_TYPES),
            (Key.FOLLOWED_CONTRACT_TYPES, contract_kinds.FOLLOWED_TYPES),
            (Key.PLACED_CONTRACT_TYPES, contract_kinds.EMPLOYMENT_TYPES),
            (Key.COUNTED_CONTRACT_TYPES, contract_kinds.DURABLE_TYPES),
        ):
            closed_lists.add((key, ContractType.choices))
            first_values.add((key, from_the_start))
        fact_providers.add(placement_facts)
        work_sources.add(work_of)
        exception_kinds.add(SUSPENSION)
        exception_kinds.add(EXTENSION)
        firm_watchers.add(settle_cases_of)
        coherence_checks.add(placement_coherence)
        exit_questions.add(
            ExitQuestion(
                fields=exits.exit_fields, errors=exits.exit_errors, tell=exits.tell_ends, doubts=exits.exit_doubts
            )
        )
        sources.add(JOBS)
        history_sources.add(HistorySource(rows=placement_rows, words=PLACEMENT_WORDS))
        tabs.add(CaseTab(label=_("Emploi"), url_name="placements:case_jobs", order=30))
        panels.register()
        for kind in PLACEMENT_KINDS:
            takables.add(kind)
        sections.add(Section(_("Aides à l’embauche"), "placements:aid_list", "accounts.view_aids", 100))
        post_migrate.connect(seed_missing_aids, sender=self, dispatch_uid="placements.aids.seed")

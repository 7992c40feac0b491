"""The dated parameters of the cadence and of what is told, as the rules read them."""

from datetime import date
from uuid import UUID

from accounts.parameters import Key, value_on
from accounts.selectors.workdays import working_days_of
from followup.rules.cadence import CadencePolicy, FollowUpStep
from followup.rules.deadlines import DeadlinePolicy
from method.rules.phases import Phase
from placements.rules.clocks import ClockPolicy


def cadence_policy(on: date, organisation_id: UUID | None) -> CadencePolicy:
    """The cadence that an organisation has in force on the date of the event it applies to."""
    return CadencePolicy(
        every_days={
            Phase.PREPARATORY: value_on(Key.PREPARATORY_DAYS, on, organisation_id),
            Phase.PRE_HIRE: value_on(Key.PRE_HIRE_DAYS, on, organisation_id),
            Phase.HIRE: value_on(Key.HIRE_DAYS, on, organisation_id),
        },
        follow_up=tuple(
            FollowUpStep(step.until_month, step.every_days)
            for step in value_on(Key.FOLLOW_UP_STEPS, on, organisation_id)
        ),
        due_soon_days=value_on(Key.DUE_SOON_DAYS, on, organisation_id),
        employer_days=value_on(Key.EMPLOYER_DAYS, on, organisation_id),
    )


def deadline_policy(on: date, organisation_id: UUID | None, clocks: ClockPolicy) -> DeadlinePolicy:
    """What is told and when, in force on the first day of the phase in course; the clocks keep their own policy."""
    return DeadlinePolicy(
        cadence=cadence_policy(on, organisation_id),
        clocks=clocks,
        prehire_warning_days=value_on(Key.WARNING_DAYS, on, organisation_id),
        fixed_term_warning_days=value_on(Key.FIXED_TERM_WARNING_DAYS, on, organisation_id),
        intake_months=value_on(Key.INTAKE_MONTHS, on),
        intake_warning_days=value_on(Key.INTAKE_WARNING_DAYS, on, organisation_id),
        no_show_alert=value_on(Key.NO_SHOW_ALERT, on, organisation_id),
        first_meeting_working_days=value_on(Key.FIRST_MEETING_WORKING_DAYS, on, organisation_id),
        decision_days=value_on(Key.DECISION_DAYS, on, organisation_id),
        suspension_review_days=value_on(Key.SUSPENSION_REVIEW_DAYS, on, organisation_id),
        working_days=working_days_of(organisation_id, on),
    )

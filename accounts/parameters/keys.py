"""Names of the dated parameters that the product reads."""

from enum import StrEnum


class Key(StrEnum):
    """Numbers of the law and of the method (domain.md, section 10), under the names that the database keeps."""

    PREHIRE_MONTHS = "clock.prehire_months"
    FOLLOWUP_MONTHS = "clock.followup_months"
    STOPPING_CONTRACT_TYPES = "clock.stopping_contract_types"
    FOLLOWED_CONTRACT_TYPES = "clock.followed_contract_types"
    SAME_EMPLOYER_GAP_DAYS = "clock.same_employer_gap_days"
    CARRY_OVER_MONTHS = "clock.carry_over_months"
    WARNING_DAYS = "clock.warning_days"
    FOLLOWUP_WARNING_DAYS = "clock.followup_warning_days"
    DECISION_DAYS = "exceptions.decision_days"
    SUSPENSION_REVIEW_DAYS = "clock.suspension_review_days"
    FIXED_TERM_WARNING_DAYS = "employment.fixed_term_warning_days"

    PREPARATORY_DAYS = "cadence.preparatory_days"
    PRE_HIRE_DAYS = "cadence.pre_hire_days"
    HIRE_DAYS = "cadence.hire_days"
    FOLLOW_UP_STEPS = "cadence.follow_up_steps"
    EMPLOYER_DAYS = "cadence.employer_days"
    DUE_SOON_DAYS = "cadence.due_soon_days"
    VERY_LATE_DAYS = "cadence.very_late_days"
    NO_SHOW_ALERT = "cadence.no_show_alert"
    SILENCE_TOLERANCE = "cadence.silence_tolerance_percent"

    INTAKE_MONTHS = "intake.months"
    INTAKE_WARNING_DAYS = "intake.warning_days"
    FIRST_MEETING_WORKING_DAYS = "intake.first_meeting_working_days"

    PLACED_CONTRACT_TYPES = "insertion.placed_contract_types"
    COUNTED_CONTRACT_TYPES = "insertion.counted_contract_types"
    SAME_EMPLOYER_MONTHS = "insertion.same_employer_months"
    SEVERAL_EMPLOYERS_DAYS = "insertion.several_employers_days"

    CASELOAD_NORM = "caseload.norm_per_fte"
    WEIGHT_PREPARATORY = "caseload.weight_preparatory_percent"
    WEIGHT_PRE_HIRE = "caseload.weight_pre_hire_percent"
    WEIGHT_HIRE = "caseload.weight_hire_percent"
    WEIGHT_FOLLOW_UP = "caseload.weight_follow_up_percent"
    WEIGHT_OBSTACLE = "caseload.weight_obstacle_percent"
    VOLUME_TARGET = "subsidy.people_per_fte"
    INSERTION_TARGET = "subsidy.insertion_percent"

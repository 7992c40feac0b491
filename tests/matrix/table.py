"""Who may open what: one line per address of the site (docs/decisions/0002-who-sees-what.md says why).

A cell is what one role gets for its own thing, a colleague's, another organisation's. `MAY` stands for what the line
says that its address answers to those who may; a number is the status of the refusal. An address that names nothing is
asked once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from accounts.parameters.keys import Key

MAY = "may"
AWAY = "away"  # redirected elsewhere than to the log-in page
TO_LOGIN = "to log in"
HIDDEN = 404  # it does not exist, for who may not see it
REFUSED = 403  # it is there to see, and not to be done by you

Cell = str | int
#: one's own thing, a colleague's, another organisation's
Cells = tuple[Cell, Cell, Cell]


class Who(StrEnum):
    """Whoever asks. Each but the visitor carries a case of their own, from the time when they coached."""

    VISITOR = "visitor"
    JOBCOACH = "jobcoach"
    COORDINATOR = "coordinator"
    ADMIN = "admin"
    INSPECTOR = "inspector"
    ANALYST = "analyst"
    STEWARD = "steward"
    FORMER = "former"


class Whose(StrEnum):
    """Whose thing the address names."""

    OWN = "one’s own"
    COLLEAGUE = "a colleague’s"
    ELSEWHERE = "another organisation’s"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What each role gets; a visitor is always sent to log in, unless the page is open to all."""

    jobcoach: Cells
    coordinator: Cells
    admin: Cells
    inspector: Cells
    analyst: Cells
    former: Cells
    # Who keeps the installation's parameters and works in no organisation: for its rows, somebody who left.
    steward: Cells | None = None
    visitor: Cells = (TO_LOGIN, TO_LOGIN, TO_LOGIN)

    def cell(self, who: Who, whose: Whose) -> Cell:
        """What `who` gets for a thing of `whose`."""
        cells: Cells = getattr(self, who.value) or self.former
        return cells[list(Whose).index(whose)]


def everywhere(cell: Cell) -> Cells:
    """The same whatever it belongs to: the page of nobody in particular."""
    return (cell, cell, cell)


UNSEEN: Cells = everywhere(HIDDEN)
TEAM: Cells = (MAY, MAY, HIDDEN)
OWN_ONLY: Cells = (MAY, REFUSED, HIDDEN)
READ_ONLY: Cells = (REFUSED, REFUSED, HIDDEN)


def page_for(*roles: Who) -> Policy:
    """A page that names nothing: these roles open it, the others are refused."""
    cells = {who.value: everywhere(MAY if who in roles else REFUSED) for who in Who if who is not Who.VISITOR}
    return Policy(**cells)


J, C, A, I, N = Who.JOBCOACH, Who.COORDINATOR, Who.ADMIN, Who.INSPECTOR, Who.ANALYST  # noqa: E741
S = Who.STEWARD

# --- Policies ---------------------------------------------------------------------------------------------------------

OPEN = Policy(**{who.value: everywhere(MAY) for who in Who})
NOBODY = Policy(**{who.value: UNSEEN for who in Who})
ACCOUNT = Policy(**{who.value: everywhere(MAY) for who in Who if who is not Who.VISITOR})
BEFORE_LOGIN = Policy(**{who.value: everywhere(MAY if who is Who.VISITOR else AWAY) for who in Who})

# An inspector has an address of their own for a case; those of the team's work do not exist for them.
READ_CASE = Policy(jobcoach=TEAM, coordinator=TEAM, admin=TEAM, inspector=UNSEEN, analyst=UNSEEN, former=UNSEEN)
WRITE_CASE = Policy(
    jobcoach=OWN_ONLY, coordinator=TEAM, admin=READ_ONLY, inspector=UNSEEN, analyst=UNSEEN, former=UNSEEN
)
NOBODY_YET = Policy(jobcoach=UNSEEN, coordinator=UNSEEN, admin=UNSEEN, inspector=UNSEEN, analyst=UNSEEN, former=UNSEEN)
CASE_TRAIL = Policy(jobcoach=OWN_ONLY, coordinator=TEAM, admin=TEAM, inspector=UNSEEN, analyst=UNSEEN, former=UNSEEN)
COORDINATE_CASE = Policy(
    jobcoach=READ_ONLY, coordinator=TEAM, admin=READ_ONLY, inspector=UNSEEN, analyst=UNSEEN, former=UNSEEN
)
# What is made for the inspection: the only file of a case that an inspector opens.
INSPECT_CASE = Policy(jobcoach=READ_ONLY, coordinator=TEAM, admin=TEAM, inspector=TEAM, analyst=UNSEEN, former=UNSEEN)
# Firms, jobs, partners and known people belong to the whole team.
READ_TEAM = READ_CASE
WRITE_TEAM = Policy(jobcoach=TEAM, coordinator=TEAM, admin=READ_ONLY, inspector=UNSEEN, analyst=UNSEEN, former=UNSEEN)
# A kept view of the list of cases is of one person: nobody else knows that there is one.
OWN_VIEW = Policy(
    jobcoach=(MAY, HIDDEN, HIDDEN),
    coordinator=(MAY, HIDDEN, HIDDEN),
    admin=(MAY, HIDDEN, HIDDEN),
    inspector=UNSEEN,
    analyst=UNSEEN,
    former=UNSEEN,
)
# Settings: whoever does not administer is refused before anything is looked for.
ADMINISTER = Policy(
    jobcoach=everywhere(REFUSED),
    coordinator=everywhere(REFUSED),
    admin=TEAM,
    inspector=everywhere(REFUSED),
    analyst=everywhere(REFUSED),
    former=everywhere(REFUSED),
)
# Passing on a whole caseload: the same, for whoever coordinates.
HAND_OVER_ALL = Policy(
    jobcoach=everywhere(REFUSED),
    coordinator=TEAM,
    admin=everywhere(REFUSED),
    inspector=everywhere(REFUSED),
    analyst=everywhere(REFUSED),
    former=everywhere(REFUSED),
)

# Reports prepared and sent: whoever reads no report is refused before anything is looked for; one that was sent is read
# by whoever inspects. The world's is an activity report, which analysts do not ask for.
READ_SENT = Policy(
    jobcoach=everywhere(REFUSED),
    coordinator=TEAM,
    admin=TEAM,
    inspector=TEAM,
    analyst=UNSEEN,
    former=everywhere(REFUSED),
)
COMPARE_SENT = replace(READ_SENT, inspector=everywhere(REFUSED))
DISCARD_RUN = replace(READ_SENT, coordinator=OWN_ONLY, inspector=READ_ONLY)


@dataclass(frozen=True)
class Line:
    """One address: who may, and what it answers to them. `post=None`: the page only shows.

    `given` is what the address takes besides things of the world. Acts are sent empty: the form is refused with 422,
    which proves that the right was granted. Nothing of it stays.
    """

    name: str
    policy: Policy
    get: int | None = 200
    post: int | None = None
    given: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join([self.name, *self.given.values()])


def shows(name: str, policy: Policy, /, **given: str) -> Line:
    """A page that shows."""
    return Line(name, policy, given=given)


def act(name: str, policy: Policy, /, **given: str) -> Line:
    """The page of an act: its form, refused when it is sent empty."""
    return Line(name, policy, post=422, given=given)


# Hours: everybody fills in their own, whoever answers for the team reads all and checks those of the others.
READ_SHEET = Policy(
    jobcoach=OWN_ONLY,
    coordinator=TEAM,
    admin=TEAM,
    inspector=everywhere(REFUSED),
    analyst=everywhere(REFUSED),
    former=everywhere(REFUSED),
)
FILL_SHEET = Policy(
    jobcoach=OWN_ONLY,
    coordinator=OWN_ONLY,
    admin=READ_ONLY,
    inspector=everywhere(REFUSED),
    analyst=everywhere(REFUSED),
    former=everywhere(REFUSED),
)
CHECK_SHEET = Policy(
    jobcoach=READ_ONLY,
    coordinator=(REFUSED, MAY, HIDDEN),
    admin=(REFUSED, MAY, HIDDEN),
    inspector=everywhere(REFUSED),
    analyst=everywhere(REFUSED),
    former=everywhere(REFUSED),
)
SHEET_LIST = Policy(
    jobcoach=everywhere(AWAY),
    coordinator=everywhere(MAY),
    admin=everywhere(MAY),
    inspector=everywhere(REFUSED),
    analyst=everywhere(REFUSED),
    former=everywhere(REFUSED),
)
MONTH = {"month": "2025-03"}

FIGURE = {"table": "summary", "row": "people", "column": "count"}

LINES: tuple[Line, ...] = (
    # --- config: doors
    Line("home", page_for(J, C, A, I, N, S), get=302),
    shows("livez", OPEN),
    shows("readyz", OPEN),
    shows("accessibility", OPEN),
    # Asked for alone it leads away and changes nothing.
    Line("set_language", OPEN, get=302, post=302),
    Line("forget_words", ACCOUNT, get=405, post=302),
    # --- allauth: one's own account
    shows("account_login", BEFORE_LOGIN),
    shows("account_logout", ACCOUNT),
    shows("account_inactive", OPEN),
    Line("account_reauthenticate", ACCOUNT),
    Line("account_change_password", ACCOUNT, post=200),
    shows("account_reset_password", OPEN),
    shows("account_reset_password_done", OPEN),
    shows("account_reset_password_from_key", OPEN, uidb36="1", key="x-y"),
    shows("account_reset_password_from_key_done", OPEN),
    # the second factor: to be shown or changed, one's identity is asked again first
    shows("mfa_index", ACCOUNT),
    Line("mfa_authenticate", ACCOUNT, get=302),
    shows("mfa_reauthenticate", ACCOUNT),
    Line("mfa_activate_totp", ACCOUNT, get=302),
    Line("mfa_deactivate_totp", ACCOUNT, get=302),
    Line("mfa_view_recovery_codes", ACCOUNT, get=302),
    Line("mfa_generate_recovery_codes", ACCOUNT, get=302),
    Line("mfa_download_recovery_codes", ACCOUNT, get=302),
    # --- allauth: what this house does not offer
    shows("account_signup", NOBODY),
    shows("account_email", NOBODY),
    shows("account_email_verification_sent", NOBODY),
    shows("account_confirm_email", NOBODY, key="x"),
    shows("account_set_password", NOBODY),
    shows("account_confirm_login_code", NOBODY),
    shows("usersessions_list", NOBODY),
    # --- accounts
    shows("accounts:profile", ACCOUNT),
    Line("accounts:sessions", ACCOUNT, post=302),
    Line("accounts:shortcuts", ACCOUNT, get=405, post=302),
    Line("accounts:language", ACCOUNT, get=405, post=302),
    Line("accounts:switch_organisation", ACCOUNT, get=405, post=302),
    # names are read by whoever may read them: each source asks for its own right
    shows("accounts:choose", page_for(J, C, A), source="firms"),
    # one's own absence, or anybody's to whoever coordinates
    shows("accounts:absence_list", page_for(J, C, A)),
    act("accounts:absence_create", page_for(J, C)),
    act("accounts:absence_edit", WRITE_CASE),
    Line("accounts:absence_cancel", WRITE_CASE, post=302),
    # what one wrote today, or anybody's to whoever coordinates
    act("accounts:take_back", WRITE_CASE, kind="contact"),
    shows("accounts:settings", page_for(A)),
    act("accounts:organisation_edit", page_for(A)),
    shows("accounts:user_list", page_for(A)),
    act("accounts:user_create", page_for(A)),
    shows("accounts:user_detail", ADMINISTER),
    act("accounts:user_edit", ADMINISTER),
    # only ever sent, whoever asks
    Line("accounts:user_invite", ADMINISTER, get=None, post=302),
    act("accounts:role_add", ADMINISTER),
    act("accounts:role_edit", ADMINISTER),
    Line("accounts:user_deactivate", ADMINISTER),
    shows("accounts:site_list", page_for(A)),
    shows("accounts:closing_list", page_for(A)),
    act("accounts:closing_create", page_for(A)),
    Line("accounts:closing_withdraw", ADMINISTER),
    act("accounts:site_create", page_for(A)),
    act("accounts:site_edit", ADMINISTER),
    shows("accounts:project_list", page_for(A)),
    act("accounts:project_create", page_for(A)),
    act("accounts:project_edit", ADMINISTER),
    shows("accounts:parameter_list", page_for(C, A)),
    act("accounts:parameter_add", page_for(A), key=Key.CASELOAD_NORM),
    act("accounts:parameter_give_up", page_for(A), key=Key.CASELOAD_NORM),
    act("accounts:parameter_withdraw", ADMINISTER),
    act("accounts:parameter_supersede", ADMINISTER),
    # the installation's: no organisation's to set, whoever administers it
    shows("accounts:installation_list", page_for(S)),
    act("accounts:installation_add", page_for(S), key=Key.PREHIRE_MONTHS),
    act("accounts:installation_withdraw", page_for(S)),
    act("accounts:installation_supersede", page_for(S)),
    # --- beneficiaries
    act("beneficiaries:case_new", page_for(J, C)),
    act("beneficiaries:case_reopen", WRITE_TEAM),
    shows("beneficiaries:case_path", READ_CASE),
    shows("beneficiaries:case_history", CASE_TRAIL),
    act("beneficiaries:person_edit", WRITE_CASE),
    Line("beneficiaries:person_number", WRITE_CASE, post=200),
    # checked once and frozen: the page leads back to the path
    Line("beneficiaries:eligibility", WRITE_CASE, get=302, post=422),
    shows("beneficiaries:exception_list", READ_CASE),
    act("beneficiaries:derogation_ask", WRITE_CASE),
    act("beneficiaries:exception_decide", COORDINATE_CASE),
    # Granted as it was asked: nothing to type.
    Line("beneficiaries:exception_grant", COORDINATE_CASE, post=302),
    act("beneficiaries:exception_withdraw", WRITE_CASE),
    Line("beneficiaries:exception_take_back", COORDINATE_CASE, get=302, post=422),
    Line("beneficiaries:exception_read", READ_CASE, post=302),
    shows("beneficiaries:eligibility_frozen", READ_CASE),
    shows("beneficiaries:case_situation", READ_CASE),
    act("beneficiaries:situation_create", WRITE_CASE),
    act("beneficiaries:situation_change", WRITE_CASE),
    act("beneficiaries:situation_end", WRITE_CASE),
    act("beneficiaries:evidence_create", WRITE_CASE),
    shows("beneficiaries:evidence_file", READ_CASE),
    act("beneficiaries:coachability", WRITE_CASE),
    # Every document is signed: it sends back to the path.
    Line("beneficiaries:agreement", WRITE_CASE, get=302, post=422),
    act("beneficiaries:agreement_correct", WRITE_CASE),
    act("beneficiaries:evidence_replace", WRITE_CASE),
    act("beneficiaries:case_prehire", WRITE_CASE),
    act("beneficiaries:case_exit", WRITE_CASE),
    act("beneficiaries:case_hand_over", COORDINATE_CASE),
    shows("beneficiaries:caseload_list", page_for(C)),
    act("beneficiaries:hand_over_many", HAND_OVER_ALL),
    act("beneficiaries:move_cases", HAND_OVER_ALL),
    act("beneficiaries:phase_correct", COORDINATE_CASE),
    act("beneficiaries:belonging_change", COORDINATE_CASE),
    act("beneficiaries:belonging_correct", COORDINATE_CASE),
    act("beneficiaries:belonging_withdraw", COORDINATE_CASE),
    act("beneficiaries:referral_correct", COORDINATE_CASE),
    act("beneficiaries:exit_undo", COORDINATE_CASE),
    act("beneficiaries:obstacle_create", WRITE_CASE),
    act("beneficiaries:obstacle_change", WRITE_CASE),
    act("beneficiaries:objective_create", WRITE_CASE),
    act("beneficiaries:objective_change", WRITE_CASE),
    shows("beneficiaries:partner_list", page_for(J, C, A)),
    act("beneficiaries:partner_create", page_for(J, C)),
    act("beneficiaries:partner_edit", WRITE_TEAM),
    # --- employers
    shows("employers:company_list", page_for(J, C, A)),
    act("employers:company_create", page_for(J, C)),
    shows("employers:company_detail", READ_TEAM),
    act("employers:company_edit", WRITE_TEAM),
    act("employers:person_create", WRITE_TEAM),
    act("employers:person_edit", WRITE_TEAM),
    act("employers:visit_create", WRITE_TEAM),
    act("employers:visit_correct", WRITE_CASE),
    act("employers:establishment", WRITE_TEAM),
    act("employers:establishment_undo", WRITE_TEAM),
    act("employers:take_over", WRITE_TEAM),
    act("employers:take_over_undo", WRITE_TEAM),
    shows("employers:vacancy_list", page_for(J, C, A)),
    # without a firm in the address, the page asks for it
    Line("employers:vacancy_create", page_for(J, C), post=200),
    shows("employers:vacancy_detail", READ_TEAM),
    act("employers:vacancy_edit", WRITE_TEAM),
    act("employers:vacancy_close", WRITE_TEAM),
    Line("employers:vacancy_reopen", WRITE_TEAM, post=302),
    # --- placements
    shows("placements:case_jobs", READ_CASE),
    shows("placements:case_adequacy", READ_CASE),
    act("placements:match_create", WRITE_CASE),
    act("placements:person_decision", WRITE_CASE),
    act("placements:employer_decision", WRITE_CASE),
    # without a firm in the address, the page asks where the job comes from
    Line("placements:hire", WRITE_CASE, post=200),
    act("placements:followup_agree", WRITE_CASE),
    Line("placements:start_confirm", WRITE_CASE, post=302),
    act("placements:employment_end", WRITE_CASE),
    act("placements:hiring_cancel", WRITE_CASE),
    act("placements:return_to_prehire", WRITE_CASE),
    act("placements:employment_correct", COORDINATE_CASE),
    act("placements:employment_verify", WRITE_CASE),
    shows("placements:to_verify", page_for(J, C, A)),
    shows("placements:contract", READ_CASE),
    act("placements:contract_origin", WRITE_CASE),
    act("placements:amend", WRITE_CASE),
    act("placements:idleness", WRITE_CASE),
    act("placements:idleness_end", WRITE_CASE),
    # the contract of the world is no work through an agency
    Line("placements:weeks", WRITE_CASE, get=404, post=422),
    shows("placements:case_clock", READ_CASE),
    shows("placements:what_if", READ_CASE),
    act("placements:suspension_request", WRITE_CASE),
    act("placements:suspension_decide", COORDINATE_CASE),
    act("placements:suspension_end", COORDINATE_CASE),
    act("placements:suspension_confirm", WRITE_CASE),
    act("placements:suspension_cancel", COORDINATE_CASE),
    act("placements:extension_ask", WRITE_CASE),
    act("placements:days_elsewhere", WRITE_CASE),
    act("placements:extension_grant", COORDINATE_CASE),
    shows("placements:vacancy_adequacy", READ_TEAM),
    # the catalogue of hiring aids is the installation's, like the dated values
    shows("placements:aid_list", page_for(C, A, S)),
    act("placements:aid_add", page_for(S)),
    act("placements:aid_close", page_for(S)),
    act("placements:aid_enable", page_for(S)),
    act("placements:aid_withdraw", page_for(S)),
    # --- followup
    shows("followup:my_day", page_for(J, C)),
    # A press that says nothing is refused, and leads back to the row.
    Line("followup:row_act", WRITE_CASE, get=302, post=302),
    act("followup:row_postpone", WRITE_CASE),
    act("followup:row_note", WRITE_CASE),
    # Somebody's own press alone, which nobody of the matrix has.
    shows("followup:row_undo", NOBODY_YET, act_id="00000000-0000-4000-8000-000000000000"),
    shows("followup:contact_pick", page_for(J, C)),
    # The shell, its worker and its manifest hold nothing of anybody: a browser keeps them.
    shows("road:page", OPEN),
    shows("road:worker", OPEN),
    shows("road:manifest", OPEN),
    shows("road:day", page_for(J, C)),
    Line("road:send", page_for(J, C), get=405, post=422),
    shows("followup:agenda", page_for(J, C)),
    shows("followup:agenda_day", page_for(J, C)),
    shows("followup:agenda_team", page_for(J, C)),
    act("followup:agenda_plan", page_for(J, C)),
    shows("followup:calendar_feed", page_for(J, C)),
    Line("followup:calendar_renew", page_for(J, C), get=405, post=302),
    Line("followup:calendar_revoke", page_for(J, C), get=405, post=302),
    Line("followup:own_calendar", page_for(J, C), post=302),
    # A secret that nobody was given.
    shows("followup:calendar", NOBODY, secret="x"),
    shows("followup:free_busy", NOBODY, secret="x"),
    shows("followup:case_list", page_for(J, C, A)),
    shows("followup:case_export", page_for(J, C, A)),
    shows("followup:case_print", page_for(J, C, A)),
    # Nothing ticked: back to the list, which says so; sent empty, nobody is reminded and nobody chosen to receive.
    Line("followup:case_batch_hand_over", page_for(C), get=302, post=422),
    Line("followup:case_batch_remind", page_for(C), get=302, post=302),
    shows("followup:case_views", page_for(J, C, A)),
    act("followup:case_view_create", page_for(J, C, A)),
    act("followup:case_view_edit", OWN_VIEW),
    Line("followup:case_view_delete", OWN_VIEW, post=302),
    Line("followup:case_view_move", OWN_VIEW, get=405, post=302),
    Line("followup:case_view_start", OWN_VIEW, get=405, post=302),
    shows("followup:case_summary", READ_CASE),
    shows("followup:task_list", page_for(J, C)),
    act("followup:task_create", WRITE_CASE),
    act("followup:task_change", WRITE_CASE),
    Line("followup:task_remove", WRITE_CASE, post=302),
    Line("followup:task_tick", WRITE_CASE, get=405, post=302),
    Line("followup:line_tick", WRITE_CASE, get=405, post=302),
    shows("followup:meeting_list", page_for(J, C)),
    act("followup:meeting_create", page_for(C)),
    shows("followup:checklists", page_for(A)),
    act("followup:line_create", page_for(A)),
    act("followup:line_change", ADMINISTER),
    act("followup:contact_create", WRITE_CASE),
    Line("followup:phrases", page_for(J, C), post=302),
    Line("followup:contact_draft", WRITE_CASE, get=405, post=302),
    Line("followup:contact_draft_discard", WRITE_CASE, get=405, post=302),
    act("followup:contact_correct", WRITE_CASE),
    # Sent empty it erases, and there is nothing to erase.
    Line("followup:confidential_note", WRITE_CASE, post=302),
    act("followup:contact_move", WRITE_CASE),
    act("followup:appointment_create", WRITE_CASE),
    act("followup:appointment_change", WRITE_CASE),
    # one's own session is the one that one leads
    shows("followup:session_list", page_for(J, C, A)),
    act("followup:series_create", page_for(J, C)),
    shows("followup:series_detail", READ_TEAM),
    act("followup:series_edit", WRITE_TEAM),
    act("followup:session_add", WRITE_TEAM),
    shows("followup:session_detail", READ_TEAM),
    act("followup:session_edit", WRITE_TEAM),
    act("followup:session_cancel", WRITE_TEAM),
    act("followup:session_register", WRITE_TEAM),
    act("followup:session_attendance", WRITE_CASE),
    shows("followup:session_sheet", WRITE_TEAM),
    # Nothing to type: sent empty, the place is taken back.
    Line("followup:session_withdraw", WRITE_CASE, post=302),
    shows("followup:reminder_list", page_for(J, C)),
    # No box ticked is a choice.
    Line("followup:reminder_preferences", page_for(J, C), post=302),
    shows("followup:mail_list", page_for(A)),
    # Asked of a mail that left: the page opens, and the act says that there is nothing to send again.
    act("followup:mail_send_again", ADMINISTER),
    # --- reporting
    shows("reporting:dashboard", page_for(C, A)),
    shows("reporting:dashboard_sheet", page_for(C, A)),
    shows("reporting:dashboard_monday", page_for(C, A), day="2025-02-24"),
    # Nothing is pressed: the row says so.
    Line("reporting:board_decision", COORDINATE_CASE, get=302, post=422),
    shows("reporting:board_decision_undo", NOBODY_YET, act_id="00000000-0000-4000-8000-000000000000"),
    Line("reporting:search", page_for(J, C, A), post=302),
    shows("documents:session_sheet", WRITE_TEAM),
    # The sheet is made as the session stands: nothing to type.
    Line("documents:session_documents", WRITE_TEAM, post=302),
    shows("documents:session_document_file", WRITE_TEAM),
    shows("documents:session_document_archive", WRITE_TEAM),
    shows("documents:case_documents", READ_CASE),
    act("documents:document_create", WRITE_CASE, kind="courrier"),
    shows("documents:document_file", READ_CASE),
    shows("documents:document_archive", READ_CASE),
    shows("documents:text_list", page_for(A)),
    shows("documents:text_detail", page_for(A), kind="convention"),
    act("documents:text_edit", page_for(A), kind="convention"),
    shows("documents:text_example", page_for(A), kind="convention"),
    shows("documents:text_version", ADMINISTER),
    # Neither asks for anything: an empty foot, the text of origin.
    Line("documents:letterhead", page_for(A), post=302),
    Line("documents:text_restore", page_for(A), post=302, given={"kind": "convention"}),
    shows("reporting:report_list", page_for(C, A, I, N)),
    shows("reporting:report", page_for(C, A), name="activite"),
    shows("reporting:report", page_for(A, N), name="consolidation"),
    shows("reporting:report", page_for(C, A, I), name="inspection"),
    shows("reporting:report_file", page_for(C, A), name="activite", extension="pdf"),
    shows("reporting:report_file", page_for(A, N), name="consolidation", extension="csv"),
    shows("reporting:report_file", page_for(C, A, I), name="inspection", extension="xlsx"),
    shows("reporting:figure", page_for(C, A), name="activite", **FIGURE),
    shows("reporting:figure", page_for(), name="consolidation", **FIGURE),
    act("reporting:run_create", page_for(C, A), name="activite"),
    act("reporting:run_create", page_for(A, N), name="consolidation"),
    shows("reporting:run_list", page_for(C, A, I, N)),
    shows("reporting:run", READ_SENT),
    shows("reporting:run_file", READ_SENT, extension="csv"),
    shows("reporting:run_figure", READ_SENT, **FIGURE),
    shows("reporting:run_changes", COMPARE_SENT),
    shows("reporting:run_figure_change", COMPARE_SENT, **FIGURE),
    # Sent already: the pages lead back to it, and the acts say that nothing of it changes any more.
    Line("reporting:run_submit", ADMINISTER, get=302, post=422),
    Line("reporting:run_discard", DISCARD_RUN, get=302, post=422),
    Line("reporting:run_retry", COMPARE_SENT, get=405, post=302),
    shows("inspection:cases", page_for(C, A, I)),
    shows("inspection:file", INSPECT_CASE),
    shows("inspection:pdf", INSPECT_CASE),
    shows("inspection:zip", INSPECT_CASE),
    shows("inspection:reads", page_for(A)),
    # the ESF+ record: its forms are those of whoever carries the case and of those who answer for the subsidy
    shows("esf:record", READ_CASE),
    act("esf:entry", CASE_TRAIL),
    act("esf:exit", CASE_TRAIL),
    act("esf:six_months", CASE_TRAIL),
    shows("reporting:report", page_for(C, A), name="fse"),
    shows("reporting:report_file", page_for(C, A), name="fse", extension="xlsx"),
    shows("reporting:figure", page_for(C, A), name="fse", table="outputs", row="EECO01", column="total"),
    shows("reporting:report_gaps", page_for(C, A), name="fse"),
    Line("reporting:more_file", page_for(C, A), get=405, post=200, given={"name": "fse", "code": "participants"}),
    shows("esf:layouts", page_for(A)),
    act("esf:layout_create", page_for(A)),
    shows("esf:layout", ADMINISTER),
    Line("esf:layout_remove", ADMINISTER, post=302),
    act("esf:column_add", ADMINISTER),
    act("esf:column_edit", ADMINISTER),
    Line("esf:column_remove", ADMINISTER, post=302),
    shows("reporting:report", page_for(C, A), name="trajectoires"),
    shows("reporting:report", page_for(C, A), name="prestations"),
    shows("timesheets:sheet_list", SHEET_LIST),
    shows("timesheets:sheet", READ_SHEET, **MONTH),
    shows("timesheets:sheet_file", READ_SHEET, **MONTH, extension="xlsx"),
    act("timesheets:entry_add", FILL_SHEET, **MONTH),
    act("timesheets:entry_edit", FILL_SHEET),
    # Nothing to type: sent empty, it is taken off.
    Line("timesheets:entry_remove", FILL_SHEET, post=302),
    act("timesheets:sheet_sign", FILL_SHEET, **MONTH),
    act("timesheets:sheet_countersign", CHECK_SHEET, **MONTH),
    act("timesheets:sheet_reopen", CHECK_SHEET, **MONTH),
)

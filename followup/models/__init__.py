"""Contacts and appointments, what is due, and what is sent about it."""

from followup.models.asks import CaseAsk
from followup.models.calendar import BusyPeriod, CalendarFeed, OwnCalendar
from followup.models.facts import Appointment, CaseStatus, Contact, ContactDraft, Deadline
from followup.models.invitations import Invitation
from followup.models.phrases import QuickPhrases
from followup.models.reminders import DailyRun, MutedRule, OutboxMail, Reminder, ReminderNotice
from followup.models.row_acts import RowAct
from followup.models.sessions import Attendance, CollectiveSession, SessionSeries
from followup.models.tasks import CaseTask, ChecklistLine, TeamMeeting
from followup.models.views import CaseListStart, CaseView

__all__ = (
    "Appointment",
    "Attendance",
    "BusyPeriod",
    "CalendarFeed",
    "CaseAsk",
    "CaseListStart",
    "CaseStatus",
    "CaseTask",
    "CaseView",
    "ChecklistLine",
    "CollectiveSession",
    "Contact",
    "ContactDraft",
    "DailyRun",
    "Deadline",
    "Invitation",
    "MutedRule",
    "OutboxMail",
    "OwnCalendar",
    "QuickPhrases",
    "Reminder",
    "ReminderNotice",
    "RowAct",
    "SessionSeries",
    "TeamMeeting",
)

"""Contacts and appointments, what is due, and what is sent about it."""

from followup.models.calendar import CalendarFeed
from followup.models.facts import Appointment, CaseStatus, Contact, ContactDraft, Deadline
from followup.models.reminders import DailyRun, MutedRule, OutboxMail, Reminder, ReminderNotice

__all__ = (
    "Appointment",
    "CalendarFeed",
    "CaseStatus",
    "Contact",
    "ContactDraft",
    "DailyRun",
    "Deadline",
    "MutedRule",
    "OutboxMail",
    "Reminder",
    "ReminderNotice",
)

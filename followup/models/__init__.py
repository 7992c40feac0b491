"""Contacts and appointments, what is due, and what is sent about it."""

from followup.models.facts import Appointment, CaseStatus, Contact, ContactDraft, Deadline
from followup.models.reminders import DailyRun, MutedRule, OutboxMail, Reminder, ReminderNotice

__all__ = (
    "Appointment",
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

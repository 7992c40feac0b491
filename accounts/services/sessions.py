"""Open sessions of a user: the login library notes them, but reads them one by one."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts.models import User


def open_sessions(user: User) -> list[UserSession]:
    """The sessions of ``user`` that have not expired, the latest first. Two queries."""
    noted = list(UserSession.objects.filter(user=user).order_by("-created_at", "-pk"))
    keys = [session.session_key for session in noted]
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list(
            "session_key", flat=True
        )
    )
    return [session for session in noted if session.session_key in alive]


@transaction.atomic
def close_sessions(user: User, *, but: str | None = None) -> int:
    """End every session of ``user``, except the one whose key is ``but``; returns how many were ended."""
    sessions = UserSession.objects.filter(user=user).exclude(session_key=but or "")
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    return len(keys)

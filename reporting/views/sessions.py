"""The attendance sheet of a collective session as an accessible PDF."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import View

from accounts.models import User
from accounts.permissions import allows
from followup.models import CollectiveSession
from followup.selectors.sessions import BLANK_LINES, participants
from privacy.audit import record_accesses
from reporting.renderers.pdf import PdfUnavailable, html_to_pdf


class SessionSheetView(View):
    """The sheet to sign; that names were taken away is recorded."""

    def get(self, request: HttpRequest, session_id: UUID, **kwargs: Any) -> HttpResponse:
        """Render it; without Pango, the page to print does the same."""
        user = cast(User, request.user)
        sessions = CollectiveSession.objects.visible_to(user).select_related("series", "leader", "organisation")
        session = get_object_or_404(sessions, pk=session_id)
        if not allows(user, "followup.manage_sessions", session):
            raise PermissionDenied
        lines = participants(session)
        title = _("Feuille de présence : %(title)s") % {"title": session.series.title}
        context = {"session": session, "lines": lines, "blank": range(BLANK_LINES), "title": title}
        try:
            content = html_to_pdf(render_to_string("reporting/pdf/session_sheet.html", context))
        except PdfUnavailable as refusal:
            messages.error(request, refusal.message)
            return redirect("followup:session_sheet", session.pk)
        record_accesses(user, [line.case for line in lines], "print")
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="presences-{session.on:%Y%m%d}.pdf"'
        return response

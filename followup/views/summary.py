"""The first tab of the case file: what happened, newest first."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from beneficiaries.views.case_file import CaseFileMixin
from followup.rules.mandate import read_lapses
from followup.selectors.timeline import KINDS, timeline_of
from foundation.views import PageView, paginate

EVENTS_PER_PAGE = 20


class CaseSummaryView(CaseFileMixin, PageView):
    """The timeline of a case, filtered by kind, by pages."""

    template_name = "followup/case_summary.html"
    case_select = ("status",)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the events of the page asked for."""
        context = super().get_context_data(**kwargs)
        timeline = timeline_of(
            self.case,
            self.case.status.prehire_deadline,
            self.actor,
            self.on,
            lapses=read_lapses(self.case.status.prehire_lapses),
        )
        counts = timeline.counts()
        asked = self.request.GET.get("voir", "")
        kind = asked if counts.get(asked) else ""
        kinds = [{"code": "", "label": _("Tout"), "count": len(timeline.events), "current": not kind}]
        kinds += [
            {"code": code, "label": label, "count": counts[code], "current": code == kind}
            for code, label in KINDS
            if counts[code]
        ]
        context["kinds"] = kinds
        context["group"] = timeline.group
        context["page_obj"] = paginate(self.request, timeline.items(kind), EVENTS_PER_PAGE)
        return context

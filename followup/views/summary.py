"""The first tab of the case file: what happened, newest first."""

import re
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from beneficiaries.views.case_file import CaseFileMixin
from followup.rules.mandate import read_lapses
from followup.selectors.tasks import to_do, with_to_do
from followup.selectors.thread import chosen, groups
from followup.selectors.timeline import KINDS, timeline_of
from followup.selectors.turns import due_lines, not_renewed, turns_of
from foundation.views import PageView

MOST_WORDS = 100


class CaseSummaryView(CaseFileMixin, PageView):
    """The thread of a case by weeks and months, filtered by meaning and by words; beside it, whose turn it is."""

    template_name = "followup/case_summary.html"
    case_select = ("status",)

    def get_case_queryset(self) -> Any:
        """With what stands due of the case, and whether it has tasks."""
        return with_to_do(super().get_case_queryset().annotate(due_lines=due_lines(self.on)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the thread that is asked for."""
        timeline = timeline_of(
            self.case,
            self.case.status.prehire_deadline,
            self.actor,
            self.on,
            lapses=read_lapses(self.case.status.prehire_lapses),
        )
        context = super().get_context_data(**kwargs)
        words = self.request.GET.get("mots", "").strip()[:MOST_WORDS]
        holding = chosen(timeline.events, "", words)
        counts = {code: sum(event.kind == code for event in holding) for code, _label in KINDS}
        asked = self.request.GET.get("voir", "")
        kind = asked if counts.get(asked) else ""
        kinds = [{"code": "", "label": _("Tout"), "count": len(holding), "current": not kind}]
        kinds += [
            {"code": code, "label": label, "count": counts[code], "current": code == kind}
            for code, label in KINDS
            if counts[code]
        ]
        shown = chosen(holding, kind, "")
        context["kinds"] = kinds
        context["kind"] = kind
        context["words"] = words
        context["group"] = timeline.group
        context["shown"] = [event.item for event in shown]
        context["groups"] = groups(
            shown, self.on, opened=_month(self.request.GET.get("mois", "")), searched=bool(words)
        )
        context["turns"] = turns_of(self.case, cast(Any, self.case).due_lines, self.on)
        context["to_do"] = to_do(self.case, self.on)
        context["not_renewed"] = not_renewed(self.case, self.on)
        return context


def _month(asked: str) -> date | None:
    """The first day of the month of an address, « 2026-03 »; anything else opens none."""
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", asked)
    return date(int(found[1]), int(found[2]), 1) if found and found[1] != "0000" else None

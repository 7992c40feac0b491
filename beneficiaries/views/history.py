"""The tab « Historique »: who did what, and who looked."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from beneficiaries.selectors.history import deeds_of, history_entries
from beneficiaries.views.case_file import CaseFileMixin
from foundation.views import paginate

# What `?voir=` shows: the words of the choice, and whether reads are wanted (None: both).
CHOICES = {
    "": (_("Tout"), None),
    "modifications": (_("Modifications"), False),
    "consultations": (_("Consultations"), True),
}


class CaseHistoryView(CaseFileMixin, TemplateView):
    """For who writes in the case, who administers, who inspects."""

    template_name = "beneficiaries/case_history.html"
    permission = "beneficiaries.view_history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of the history, the latest first."""
        asked = self.request.GET.get("voir", "")
        if asked not in CHOICES:
            asked = ""
        page = paginate(self.request, history_entries(self.case, CHOICES[asked][1]))
        return super().get_context_data(
            page_obj=page,
            deeds=deeds_of(self.case, page.object_list),
            choices=[
                {"label": words, "url": f"?voir={key}" if key else self.request.path, "current": key == asked}
                for key, (words, _reads) in CHOICES.items()
            ],
            **kwargs,
        )

"""The tab « Parcours »: what opens pre-hire, the phases gone through, what is worked on."""

from django.views.generic import TemplateView

from beneficiaries.case_file import CaseFileMixin


class CasePathView(CaseFileMixin, TemplateView):
    """The path of one case."""

    template_name = "beneficiaries/case_path.html"

"""The phrases of one's own: written, put in order and taken away as lines of one text."""

from typing import Any, cast

from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.views.mixins import PermissionRequiredMixin
from followup.forms.phrases import PhrasesForm
from followup.models import QuickPhrases
from followup.selectors.phrases import phrases_of
from followup.services.phrases import keep_phrases
from foundation.views import ActFormView
from foundation.ways import Way


class PhrasesView(PermissionRequiredMixin, ActFormView):
    form_class = PhrasesForm
    permission = "followup.record"
    page_title = gettext_lazy("Mes phrases toutes faites")
    page_lead = gettext_lazy("Elles se glissent dans ce que vous écrivez d’une pression, là où est le curseur.")
    success_message = gettext_lazy("Vos phrases sont enregistrées.")
    leads_to = Way("accounts:profile", words=gettext_lazy("Mon profil"))

    def get_initial(self) -> dict[str, Any]:
        return {"phrases": "\n".join(phrases_of(cast(User, self.request.user)))}

    def act(self, form: PhrasesForm) -> QuickPhrases:
        return keep_phrases(typed=form.cleaned_data["phrases"], actor=cast(User, self.request.user))

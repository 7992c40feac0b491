"""What this room lets be taken back: a visit or a call to a firm; the firms among which one chooses."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import allows
from accounts.registries import Reach, Takable, Told
from accounts.services.taking_back import remove_row
from employers import selectors
from employers.models import Company, ProspectionContact
from employers.services.companies import register_company
from foundation.choosing import Source
from foundation.formatting import date_words
from foundation.making import Maker


def _visits(user: User) -> Any:
    return ProspectionContact.objects.visible_to(user).select_related("company")


def _visit(visit: ProspectionContact) -> Told:
    words = _("prospection (%(channel)s) du %(date)s") % {
        "channel": visit.get_channel_display(),
        "date": date_words(visit.on),
    }
    return Told(
        subject=visit.company_id,
        whom=str(visit.company),
        words=words,
        reach=Reach(
            organisation=visit.organisation_id, first=visit.on, last=visit.on, coach=visit.coach_id, hours=True
        ),
        back=reverse("employers:company_detail", args=[visit.company_id]),
    )


VISIT = Takable(
    name="visite",
    title=gettext_lazy("Retirer une visite ou un appel"),
    reasons=(
        gettext_lazy("Noté dans la mauvaise entreprise"),
        gettext_lazy("Noté deux fois"),
        gettext_lazy("N’a pas eu lieu"),
        gettext_lazy("Erreur de saisie"),
    ),
    rows=_visits,
    told=_visit,
    remove=lambda visit, actor: remove_row(visit),
)


def _sheet_of_firm(viewer: User, **asked: Any) -> Any:
    # Forms are read once every room is there.
    from employers.forms.companies import FoundMissingForm

    return FoundMissingForm(viewer=viewer, **asked)


def _words_of_firm(typed: str) -> dict[str, Any]:
    from employers.forms.companies import FoundMissingForm

    return FoundMissingForm.initial_of_words(typed)


def _write_firm(viewer: User, sheet: Any) -> Company:
    return register_company(
        company=Company(organisation=viewer.current_organisation),
        actor=viewer,
        submission_id=sheet.cleaned_data["submission_id"],
        confirmed=sheet.said_yes_to,
        **sheet.company_fields(),
    )


NEW_FIRM = Maker(
    may=lambda viewer: allows(viewer, "employers.change_company", viewer.current_organisation),
    offer=lambda typed: _("Créer l’entreprise « %(typed)s »") % {"typed": typed},
    title=lambda: _("Nouvelle entreprise"),
    sheet=_sheet_of_firm,
    initial=_words_of_firm,
    probable=selectors.similar_companies,
    write=_write_firm,
)
FIRM_SOURCES = (
    Source(
        name="firms",
        permission="accounts.read_names",
        rows=lambda user, about: Company.objects.visible_to(user).order_by("search_key", "id"),
        search=selectors.best_companies,
        second=lambda firm: firm.town,
        maker=NEW_FIRM,
    ),
    Source(
        name="firms-with-jobs",
        permission="accounts.read_names",
        rows=lambda user, about: selectors.companies_with_vacancies(user),
        search=selectors.best_companies,
        second=lambda firm: firm.town,
    ),
)

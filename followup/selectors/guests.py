"""Who may be invited to an appointment of a case besides its coach."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from beneficiaries.models import CoachingCase, Partner
from employers.models import CompanyContact
from followup.models import Appointment
from followup.services.planning import Guests
from placements.models import Employment
from placements.selectors.discretion import HIDING_MODES, hidden_jobs


@dataclass(frozen=True, slots=True)
class Offered:
    """Who may be invited, by the key that a form sends, who was the last time, and whether a firm may not hear of the
    person.
    """

    person: bool = False
    others: dict[str, CompanyContact | Partner] = field(default_factory=dict)
    remembered: dict[str, object] = field(default_factory=dict)
    has_hidden: bool = False

    @property
    def choices(self) -> list[tuple[str, str]]:
        """As a list to choose from; nobody first."""
        return [("", _("personne d’autre")), *((key, _label(guest)) for key, guest in self.others.items())]

    def guests(self, *, person: bool, other: str) -> Guests:
        """Those that were chosen."""
        chosen = self.others.get(other)
        return Guests(
            person=person and self.person,
            contact=chosen if isinstance(chosen, CompanyContact) else None,
            partner=chosen if isinstance(chosen, Partner) else None,
        )


def _label(guest: CompanyContact | Partner) -> str:
    if isinstance(guest, Partner):
        return guest.name
    return _("%(name)s, %(firm)s") % {"name": guest.name, "firm": guest.company.name}


def offered_guests(case: CoachingCase) -> Offered:
    """The person, the people of the firms of their jobs and matches that may hear of them, and who referred them: those
    whose e-mail address is known.

    One statement for most cases; one more when somebody of a firm can be written to, and one when a firm is discreet.
    """
    of_case = (
        Q(company__employments__case=case)
        | Q(company__hosted_employments__case=case)
        | Q(company__vacancies__matches__case=case)
    )
    people = CompanyContact.objects.filter(of_case, company__organisation=case.organisation_id).exclude(email="")
    last = Appointment.objects.filter(case=OuterRef("pk")).order_by("-created_at")
    known = (
        CoachingCase.objects.select_related("referrer")
        .annotate(
            has_hidden=Exists(
                Employment.objects.effective().filter(case=OuterRef("pk"), followup_agreement__mode__in=HIDING_MODES)
            ),
            has_people=Exists(people),
            last_person=Subquery(last.values("invites_person")[:1]),
            last_contact=Subquery(last.values("invited_contact_id")[:1]),
            last_partner=Subquery(last.values("invited_partner_id")[:1]),
        )
        .get(pk=case.pk)
    )
    others: dict[str, CompanyContact | Partner] = {}
    if known.has_people:
        hidden = {family for job in hidden_jobs(case) for family in job.families} if known.has_hidden else frozenset()
        named = people.select_related("company").distinct().order_by("company__name", "name", "pk")
        others |= {str(one.pk): one for one in named if one.company.family not in hidden}
    if known.referrer is not None and known.referrer.email:
        others[str(known.referrer.pk)] = known.referrer
    key = str(known.last_contact or known.last_partner or "")
    remembered: dict[str, object] = {"invites_person": bool(known.last_person), "guest": key if key in others else ""}
    return Offered(bool(case.beneficiary.email), others, remembered, known.has_hidden)

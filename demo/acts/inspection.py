"""What makes the inspection life-like in the demonstration: an access for three months, papers to join, readings."""

from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from accounts.rules.access import proposed_last_day
from accounts.services.users import RoleGrant, add_role, create_user
from beneficiaries.enums import EvidenceKind
from beneficiaries.models import CoachingCase
from beneficiaries.services.papers import PaperStatement, add_evidence
from demo.loading.store import row_id
from demo.plan.staff import DEMO_ADMIN, DEMO_COORDINATOR, DEMO_JOBCOACH
from foundation.clock import today
from privacy.audit import record_access

DEMO_INSPECTOR_EMAIL = "inspector@exemple.test"
READ_CASES = 3

# One page that says what it is: a paper of an invented person, made for this demonstration.
_OBJECTS = (
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    "<</Length {length}>>stream\n{drawn}\nendstream",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)


def add_inspection(password: str) -> User | None:
    """Open the demonstration's inspection access, or renew one that has ended; `None` where no pilot is loaded."""
    staff = User.objects.in_bulk([row_id("user", key) for key in (DEMO_ADMIN, DEMO_COORDINATOR, DEMO_JOBCOACH)])
    if len(staff) < len((DEMO_ADMIN, DEMO_COORDINATOR, DEMO_JOBCOACH)):
        return None
    admin = staff[row_id("user", DEMO_ADMIN)]
    on = today()
    grant = RoleGrant(role=Role.INSPECTOR, starts_on=on, ends_on=proposed_last_day(on), fte=Decimal(0))
    inspector: User | None = User.objects.filter(email=DEMO_INSPECTOR_EMAIL).first()
    if inspector is not None:
        if not inspector.memberships.active_on(on).exists():
            add_role(user=inspector, grant=grant, actor=admin)
        return inspector
    inspector = create_user(
        email=DEMO_INSPECTOR_EMAIL, first_name="Hélène", last_name="Verlainois", grant=grant, actor=admin
    )
    inspector.set_password(password)
    inspector.save(update_fields=["password", "updated_at"])
    _papers_and_readings(staff[row_id("user", DEMO_JOBCOACH)], staff[row_id("user", DEMO_COORDINATOR)], inspector)
    return inspector


def _papers_and_readings(coach: User, coordinator: User, inspector: User) -> None:
    cases = list(CoachingCase.objects.filter(coach=coach, closed_on__isnull=True).order_by("opened_on", "id"))
    for case in cases[:READ_CASES]:
        for kind, label in (
            (EvidenceKind.FOREM_EXTRACT, _("Inscription comme demandeur d’emploi")),
            (EvidenceKind.AGREEMENT, _("Contrat de confiance signé")),
        ):
            paper = PaperStatement(
                kind=kind, dated_on=today() - timedelta(days=1), label=label, file=ContentFile(_one_page(str(kind)))
            )
            add_evidence(case=case, paper=paper, actor=coordinator)
        record_access(inspector, case, "inspection")


def _one_page(words: str) -> bytes:
    """A small PDF that says a few plain words."""
    drawn = f"BT /F1 16 Tf 40 520 Td (Demonstration : {words}) Tj ET"
    page, places = "%PDF-1.4\n", []
    for number, content in enumerate(_OBJECTS, start=1):
        places.append(len(page))
        page += f"{number} 0 obj{content.format(length=len(drawn), drawn=drawn)}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(places) + 1
    trailer = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(page)}\n%%EOF\n"
    return f"{page}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")

"""Documents of the demonstration: a trust contract, a summary, and a line at the foot of the papers."""

from datetime import date

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import CoachingCase
from demo.loading.store import row_id
from demo.plan.staff import DEMO_ADMIN, DEMO_JOBCOACH
from documents.enums import DocumentKind
from documents.paper.kinds import BY_KIND
from documents.paper.order import Order
from documents.services.documents import produce_document
from documents.services.texts import save_letterhead
from foundation.clock import today
from method.rules.phases import Phase
from tables.renderers.pdf import PdfUnavailable

# Which paper for somebody who stands in which phase.
PAPERS = ((Phase.PREPARATORY, DocumentKind.TRUST_CONTRACT), (Phase.FOLLOW_UP, DocumentKind.SUMMARY))


def add_documents(as_of: date) -> None:
    """Make two documents for people of the demonstration's coach; none on a machine that cannot draw text."""
    users = User.objects.in_bulk([row_id("user", DEMO_JOBCOACH), row_id("user", DEMO_ADMIN)])
    admin, coach = users.get(row_id("user", DEMO_ADMIN)), users.get(row_id("user", DEMO_JOBCOACH))
    if admin is not None and admin.has_role(Role.ADMIN):
        save_letterhead(footer="Données d’exemple : cet organisme n’existe pas", actor=admin)
    if coach is None:
        return
    open_cases = CoachingCase.objects.filter(coach=coach, closed_on=None, opened_on__lte=as_of)
    for phase, kind in PAPERS:
        case = open_cases.filter(status__phase=phase).order_by("opened_on", "pk").first()
        if case is None:
            continue
        try:
            produce_document(case=case, spec=BY_KIND[kind], order=Order(dated_on=today()), actor=coach)
        except PdfUnavailable:
            return

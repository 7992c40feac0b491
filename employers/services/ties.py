"""Several records of one employer: places of one enterprise, a firm taken over by another on a day.

What is stated is kept on the firm; who the employer is, day by day, is computed from it by `employers.rules.lineage`,
stored beside it, and told to the rooms that hold contracts with it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from employers.models import Company
from employers.registries import firm_watchers
from employers.rules.lineage import TieFault, Ties, families, lineage_of, tie_fault
from foundation.asking import about_unlikely_date, ask
from foundation.errors import DomainError
from foundation.formatting import of_name
from foundation.persistence import save_checked
from foundation.rules.dates import WORK_DAY
from privacy.audit import act, correcting


class TieRefused(DomainError):
    """Two records of a firm cannot be joined, or parted, as stated."""


@act
def declare_establishment(*, company: Company, main: Company, actor: User) -> Company:
    """Say that a firm is another place of an enterprise: one employer, from the first day on.

    Raises:
        NotAllowed: the actor does not work with firms here.
        TieRefused: it is the same record, one of another organisation, or a place of this very firm.
    """
    require(actor, "employers.change_company", company)
    _refuse_impossible(company, main, "main")
    company.main = main
    save_checked(company)
    settle_ties([company, main])
    return company


@act
def take_over(
    *,
    company: Company,
    by: Company,
    on: date,
    actor: User,
    reason: str = "",
    confirmed: frozenset[str] = frozenset(),
) -> Company:
    """Say that a firm was, or will be, taken over by another; from that day on both are one employer.

    Raises:
        NotAllowed: the actor does not work with firms here.
        TieRefused: it is the same record, one of another organisation, or one that this firm took over.
        Unconfirmed: the day is far from usual.
        InvalidFact: the day is out of bounds.
    """
    require(actor, "employers.change_company", company)
    _refuse_impossible(company, by, "by")
    ask(about_unlikely_date(on, "on", WORK_DAY), confirmed)
    former = company.taken_over_by
    company.taken_over_by, company.taken_over_on = by, on
    with correcting(reason.strip()):
        save_checked(company)
    settle_ties([company, by, *([former] if former else [])])
    return company


@act
def undo_take_over(*, company: Company, reason: str, actor: User) -> Company:
    """Take back that a firm was taken over: it never was; the reason stays in the trail.

    Raises:
        NotAllowed: the actor does not work with firms here.
        TieRefused: nobody took it over, or no reason is given.
    """
    require(actor, "employers.change_company", company)
    former = company.taken_over_by
    if former is None:
        raise TieRefused("not_taken_over", _("Cette entreprise n’a pas été reprise."))
    company.taken_over_by, company.taken_over_on = None, None
    with correcting(_said(reason)):
        save_checked(company)
    settle_ties([company, former])
    return company


@act
def undo_establishment(*, company: Company, reason: str, actor: User) -> Company:
    """Take back that a firm is a place of another; without a number of its own it keeps none.

    Raises:
        NotAllowed: the actor does not work with firms here.
        TieRefused: it is no establishment, or no reason is given.
    """
    require(actor, "employers.change_company", company)
    former = company.main
    if former is None:
        raise TieRefused("no_establishment", _("Cette entreprise n’est pas un établissement d’une autre."))
    company.main = None
    if company.bce_number == former.bce_number:
        # One number is one enterprise.
        company.bce_number = ""
    with correcting(_said(reason)):
        save_checked(company)
    settle_ties([company, former])
    return company


def _said(reason: str) -> str:
    if not reason.strip():
        raise TieRefused("no_reason", _("Dites pourquoi."), field="reason")
    return reason.strip()


def _refuse_impossible(company: Company, other: Company, field: str) -> None:
    """Raise when both cannot be joined; the ties of the organisation are read under a lock of its tied firms."""
    if company.organisation_id != other.organisation_id:
        raise TieRefused("other_organisation", _("Choisissez une entreprise de votre organisation."), field=field)
    fault = tie_fault(str(company.pk), str(other.pk), _ties(company.organisation_id))
    if fault is TieFault.ITSELF:
        raise TieRefused("itself", _("C’est la même fiche : choisissez une autre entreprise."), field=field)
    if fault is TieFault.CIRCLE:
        raise TieRefused(
            "circle",
            _("C’est l’inverse qui est noté : %(other)s dépend déjà %(of_name)s.")
            % {"other": other.name, "of_name": of_name(company.name)},
            field=field,
        )


def _ties(organisation: UUID, *, hold: bool = True) -> dict[str, Ties]:
    """What is stated of the firms of an organisation that any tie leaves; held for the act, or only read."""
    firms = Company.objects.select_for_update() if hold else Company.objects.all()
    rows = (
        firms.filter(Q(main__isnull=False) | Q(taken_over_by__isnull=False), organisation=organisation)
        .order_by("pk")
        .values_list("pk", "main_id", "taken_over_by_id", "taken_over_on")
    )
    return {
        str(pk): Ties(main=str(main or ""), taken_over_by=str(taker or ""), taken_over_on=on)
        for pk, main, taker, on in rows
    }


def _computed(ties: Mapping[str, Ties]) -> Callable[[UUID], tuple[str, UUID | None]]:
    """What a firm is to hold of these ties: its lineage, and its family."""
    joined = families(ties)

    def of(firm: UUID) -> tuple[str, UUID | None]:
        key = str(firm)
        return lineage_of(key, ties).stored(key), UUID(joined[key]) if key in joined else None

    return of


def unsettled_firms() -> Iterator[tuple[Company, str, UUID | None]]:
    """Firms whose stored lineage or family is not what is stated of them, each with both computed anew."""
    organisations = Company.objects.order_by("organisation").values_list("organisation", flat=True).distinct()
    for organisation in organisations:
        ties = _ties(organisation, hold=False)
        computed = _computed(ties)
        concerned = Q(pk__in=[UUID(key) for key in ties]) | ~Q(lineage="") | Q(kin__isnull=False)
        for firm in Company.objects.filter(concerned, organisation=organisation).order_by("pk"):
            found = computed(firm.pk)
            if found != (firm.lineage, firm.kin):
                yield firm, *found


@transaction.atomic
def resettle_firms() -> int:
    """Write anew what the ties of firms give and return how many were wrong.

    Acts settle what they write by themselves: this is for whoever wrote outside any act, before the cases are rebuilt.
    """
    wrong = list(unsettled_firms())
    for firm, lineage, kin in wrong:
        firm.lineage, firm.kin = lineage, kin
    Company.objects.bulk_update([firm for firm, *_found in wrong], ["lineage", "kin"])
    return len(wrong)


def settle_ties(firms: Sequence[Company]) -> None:
    """Compute anew who the employer is behind every firm that these ties touch, and tell who holds contracts with them.

    Part of the act that changed a tie of `firms`, all of one organisation.
    """
    ties = _ties(firms[0].organisation_id)
    computed = _computed(ties)
    wanted = Q(pk__in=[firm.pk for firm in firms]) | Q(kin__in={firm.family for firm in firms})
    related = list(Company.objects.filter(wanted, organisation=firms[0].organisation_id).order_by("pk"))
    changed = []
    for firm in related:
        found = computed(firm.pk)
        if found != (firm.lineage, firm.kin):
            firm.lineage, firm.kin = found
            changed.append(firm)
    if not changed:
        return
    Company.objects.bulk_update(changed, ["lineage", "kin"])
    by_key = {firm.pk: firm for firm in changed}
    for held in firms:
        if held.pk in by_key:
            held.lineage, held.kin = by_key[held.pk].lineage, by_key[held.pk].kin
    for told in firm_watchers:
        told([firm.pk for firm in related])

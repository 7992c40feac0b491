"""The project, the site and the referrer of a case: changed from a day on, or corrected as if from the beginning."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.models import Project, Site, User
from accounts.permissions import organisation_of, require
from beneficiaries.case_facts import read_once
from beneficiaries.models import CaseBelonging, CoachingCase, Partner
from beneficiaries.rules.belonging import Problem, change_problem, is_contiguous
from beneficiaries.services.coherence import require_coherence
from beneficiaries.services.corrections import require_reason
from beneficiaries.services.phases import locked_case, locked_cases
from foundation.clock import today
from foundation.errors import DomainError
from foundation.formatting import date_words, of_name
from foundation.persistence import save_checked
from privacy.audit import act, correcting

FIELDS = ("project", "site", "referrer")


class BelongingRefused(DomainError):
    """A case cannot be moved as asked."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """To what a case belongs: any of them may be none."""

    project: Project | None = None
    site: Site | None = None
    referrer: Partner | None = None


@act
def change_belonging(
    *, case: CoachingCase, belonging: Belonging, on: date, reason: str, actor: User, shown: UUID | None = None
) -> CaseBelonging:
    """Have the case belong elsewhere from the day ``on``: hours, reports and operations before it stay where they were.

    ``shown`` is the key of the row that the actor had before their eyes.

    Raises:
        NotAllowed: only a coordinator moves a case.
        CorrectionRefused: no reason is given.
        BelongingRefused: the case is closed, nothing changes, the day is impossible or the new project does not run
            that day, something is of another organisation, or it was moved meanwhile.
    """
    require(actor, "beneficiaries.correct_case", case)
    why = require_reason(reason)
    case = locked_case(case)
    if not case.is_open:
        raise BelongingRefused("closed", _("Ce dossier est sorti : corrigez plutôt son rattachement."))
    rows = _rows(case)
    present = rows[-1]
    if shown is not None and present.pk != shown:
        raise BelongingRefused(
            "moved_meanwhile",
            _("Ce dossier vient d’être rattaché autrement."),
            hint=_("Rechargez la page avant de le changer à nouveau."),
        )
    _check_belongings(case, belonging)
    if _is_same(present, belonging):
        raise BelongingRefused("same", _("Rien ne change : choisissez un autre projet, site ou prescripteur."))
    _refuse_day(on, change_problem(on, today=today(), after=present.starts_on, until=None, closed_on=None), present)
    _check_runs(belonging.project, on, "on")
    present.ends_on = on
    save_checked(present)
    moved = CaseBelonging(case=case, starts_on=on, reason=why, actor=actor)
    _write(moved, belonging)
    _keep_present(case, [*rows, moved])
    return moved


@act
def correct_belonging(
    *, row: CaseBelonging, belonging: Belonging, starts_on: date, reason: str, actor: User
) -> CaseBelonging:
    """Put right what was typed wrong: to what the case belonged, or since when, as if it had been written so at once.

    The first row begins as the case opens (`correct_opening` moves that day). A closed case is corrected too.

    Raises:
        NotAllowed: only a coordinator corrects.
        CorrectionRefused: no reason is given.
        BelongingRefused: nothing changes, the day is impossible, a new project did not run that day, the row would say
            the same as the one before or after it, or something is of another organisation.
    """
    require(actor, "beneficiaries.correct_case", row.case)
    why = require_reason(reason)
    case = locked_case(row.case)
    rows = _rows(case)
    at = _place_of(row, rows)
    row, before = rows[at], rows[at - 1] if at else None
    _check_belongings(case, belonging)
    if _is_same(row, belonging) and starts_on == row.starts_on:
        raise BelongingRefused("same", _("Rien ne change."))
    if starts_on != row.starts_on:
        if before is None:
            raise BelongingRefused(
                "opening", _("Le premier rattachement commence à l’ouverture du dossier."), field="starts_on"
            )
        problem = change_problem(
            starts_on, today=today(), after=before.starts_on, until=row.ends_on, closed_on=case.closed_on
        )
        _refuse_day(starts_on, problem, before, field="starts_on")
    if getattr(belonging.project, "pk", None) != row.project_id and before is not None:
        _check_runs(belonging.project, starts_on, "starts_on")
    if before is not None and _is_same(before, belonging):
        raise BelongingRefused(
            "as_before",
            _("Ce serait le même rattachement qu’avant : retirez plutôt ce changement."),
        )
    following = rows[at + 1] if at + 1 < len(rows) else None
    if following is not None and _is_same(following, belonging):
        raise BelongingRefused(
            "as_after",
            _("Ce serait le même rattachement qu’ensuite : retirez plutôt le changement du %(date)s.")
            % {"date": date_words(following.starts_on)},
        )
    with correcting(why):
        earlier = starts_on < row.starts_on
        row.starts_on = starts_on
        if before is not None and before.ends_on != starts_on:
            before.ends_on = starts_on
            # The one that gives up days goes first: two rows never share one.
            if earlier:
                save_checked(before)
            _write(row, belonging)
            if not earlier:
                save_checked(before)
        else:
            _write(row, belonging)
        _keep_present(case, rows)
    return row


@act
def withdraw_belonging(*, row: CaseBelonging, reason: str, actor: User) -> None:
    """Take back a change that never was: the case belonged where it did before until the next change; the trail keeps
    both. A change that only brought it back there goes with it: it would change nothing any more.

    Raises:
        NotAllowed: only a coordinator corrects.
        CorrectionRefused: no reason is given.
        BelongingRefused: it is the first row, or it was taken back already.
    """
    require(actor, "beneficiaries.correct_case", row.case)
    why = require_reason(reason)
    case = locked_case(row.case)
    rows = _rows(case)
    at = _place_of(row, rows)
    if at == 0:
        raise BelongingRefused("first", _("Le premier rattachement se corrige, il ne se retire pas."))
    before, gone = rows[at - 1], [rows[at]]
    following = rows[at + 1] if at + 1 < len(rows) else None
    if following is not None and _is_same(before, _said(following)):
        gone.append(following)
    with correcting(why):
        before.ends_on = gone[-1].ends_on
        for one in gone:
            one.delete()
        save_checked(before)
        _keep_present(case, [*rows[:at], *rows[at + len(gone) :]])


@act
def move_cases(
    *,
    project: Project,
    successor: Project,
    cases: Collection[UUID],
    on: date,
    reason: str,
    actor: User,
) -> list[CaseBelonging]:
    """Move open cases of a project that ends to the one that follows it, from a day on: all of them or none. Their
    sites and referrers stay. One that is in the successor already is left as it is: sent twice, it is done once.

    Raises:
        NotAllowed: only a coordinator moves cases.
        CorrectionRefused: no reason is given.
        BelongingRefused: no case is chosen, one is not known here, is no longer in the project or cannot move that
            day; the sentence names the person.
    """
    organisation = organisation_of(actor)
    require(actor, "beneficiaries.correct_case", organisation)
    if not cases:
        raise BelongingRefused("no_case", _("Cochez au moins un dossier."), field="cases")
    found = locked_cases(cases, organisation.pk)
    if len(found) < len(set(cases)):
        raise BelongingRefused("unknown_case", _("Un dossier coché n’est pas connu ici."), field="cases")
    prefetch_related_objects(found, "site", "referrer", "belongings")
    moved = []
    for case in found:
        if case.project_id == successor.pk:
            continue
        person = case.beneficiary.full_name
        if case.project_id != project.pk:
            raise BelongingRefused(
                "elsewhere",
                _("Le dossier %(of_person)s n’est plus dans le projet %(code)s.")
                % {"of_person": of_name(person), "code": project.code},
                field="cases",
                hint=_("Rechargez la page : la liste a changé."),
            )
        belonging = Belonging(successor, case.site, case.referrer)
        try:
            moved.append(change_belonging(case=case, belonging=belonging, on=on, reason=reason, actor=actor))
        except BelongingRefused as refusal:
            refusal.message = _("%(person)s : %(refusal)s") % {"person": person, "refusal": refusal.message}
            raise
    return moved


@act
def correct_referral(*, case: CoachingCase, referred_on: date | None, reason: str, actor: User) -> CoachingCase:
    """Put right the day on which the referrer sent the person, no later than the opening of the case.

    Raises:
        NotAllowed: only a coordinator corrects.
        CorrectionRefused: no reason is given.
        BelongingRefused: nothing changes, or the day has not come.
        Incoherent: the case would open before it.
    """
    require(actor, "beneficiaries.correct_case", case)
    why = require_reason(reason)
    case = locked_case(case)
    if referred_on == case.referred_on:
        raise BelongingRefused("same", _("Rien ne change."), field="referred_on")
    if referred_on is not None and referred_on > case.opened_on:
        raise BelongingRefused(
            "referred_after_opening",
            _("L’orientation ne peut pas suivre l’ouverture du dossier, le %(date)s.")
            % {"date": date_words(case.opened_on)},
            field="referred_on",
        )
    with correcting(why):
        case.referred_on = referred_on
        save_checked(case)
        require_coherence(case)
    return case


def _rows(case: CoachingCase) -> list[CaseBelonging]:
    """Where the locked case belonged, in order."""
    read_once(case, "belongings")
    return sorted(case.belongings.all(), key=lambda row: row.starts_on)


def _place_of(row: CaseBelonging, rows: list[CaseBelonging]) -> int:
    """Where a row stands among those of its case."""
    found = [number for number, one in enumerate(rows) if one.pk == row.pk]
    if not found:
        raise BelongingRefused("gone", _("Ce rattachement vient d’être retiré : rechargez la page."))
    return found[0]


def _write(row: CaseBelonging, belonging: Belonging) -> None:
    row.project, row.site, row.referrer = belonging.project, belonging.site, belonging.referrer
    save_checked(row)


def _keep_present(case: CoachingCase, rows: Sequence[CaseBelonging]) -> None:
    """Have the case carry what the last of its rows says; they follow each other, whatever was done to them."""
    if not is_contiguous(rows, case.opened_on):
        raise BelongingRefused("broken", _("Les rattachements de ce dossier ne se suivraient plus."))
    last = rows[-1]
    case.project, case.site, case.referrer = last.project, last.site, last.referrer
    save_checked(case)


def _is_same(row: CaseBelonging, belonging: Belonging) -> bool:
    return all(getattr(row, f"{name}_id") == getattr(getattr(belonging, name), "pk", None) for name in FIELDS)


def _said(row: CaseBelonging) -> Belonging:
    return Belonging(row.project, row.site, row.referrer)


def _check_belongings(case: CoachingCase, belonging: Belonging) -> None:
    for name in FIELDS:
        chosen = getattr(belonging, name)
        if chosen is not None and chosen.organisation_id != case.organisation_id:
            raise BelongingRefused("not_here", _("Ce choix n’est pas connu ici."), field=name)


def _check_runs(project: Project | None, on: date, field: str) -> None:
    """Refuse a project that does not run on the day from which the case belongs to it."""
    if project is not None and not (project.starts_on <= on and (project.ends_on is None or on <= project.ends_on)):
        raise BelongingRefused(
            "project_dates",
            _("Le projet %(code)s ne court pas le %(date)s.") % {"code": project.code, "date": date_words(on)},
            field=field,
        )


def _refuse_day(on: date, problem: Problem | None, before: CaseBelonging, *, field: str = "on") -> None:
    """Refuse a day that cannot be that of a change, in words."""
    if problem is None:
        return
    words = {
        Problem.FUTURE: _("Cette date n’est pas encore venue."),
        Problem.BEFORE_PREVIOUS: _(
            "Le rattachement précédent commence le %(date)s : choisissez un jour qui le suit, ou corrigez-le."
        )
        % {"date": date_words(before.starts_on)},
        Problem.AFTER_NEXT: _("Le rattachement suivant commence avant ce jour-là."),
        Problem.AFTER_EXIT: _("Le dossier était sorti ce jour-là."),
    }
    raise BelongingRefused(problem.value, words[problem], field=field)

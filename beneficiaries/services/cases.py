"""Opening a case and passing it from one coach to another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.enums import CASE_CARRYING_ROLES
from accounts.models import Organisation, Project, Site, User
from accounts.permissions import require
from beneficiaries.enums import ExitReason
from beneficiaries.models import Beneficiary, CaseAssignment, CaseBelonging, CoachingCase, Partner, PhaseSpell
from beneficiaries.services.elsewhere import ElsewhereStatement, write_days_elsewhere
from beneficiaries.services.phases import locked_case
from foundation.asking import Question, about_unlikely_date, ask
from foundation.clock import today
from foundation.errors import DomainError
from foundation.formatting import date_words
from foundation.persistence import save_checked
from foundation.rules.dates import OPENING
from method.rules.phases import Phase
from privacy.audit import act


class CaseRefused(DomainError):
    """A case cannot be opened or handed over as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpening:
    """What opening a case states besides the person: dates are calendar dates, the coach answers for the case."""

    coach: User
    opened_on: date
    site: Site | None = None
    project: Project | None = None
    referrer: Partner | None = None
    referred_on: date | None = None
    confirmed: frozenset[str] = frozenset()
    elsewhere: ElsewhereStatement | None = None


@act
def open_case(
    *, beneficiary: Beneficiary, opening: CaseOpening, actor: User, submission_id: UUID | None = None
) -> CoachingCase:
    """Open a person's case in the preparatory phase; a person who comes back gets a new case linked to the former one.

    `submission_id` becomes the key of the case: sent twice, it gives the same case.

    Raises:
        NotAllowed: the actor opens no case here.
        CaseRefused: a case is already open, the date is in the future or before the end of the former case, the
            referral is later than the opening, the coach does not work here, or the site, the project or the referrer
            is of another organisation.
        PathRefused: the days used elsewhere are impossible.
        Unconfirmed: it would open so long ago that it is unlikely, and nobody said that it is meant.
    """
    require(actor, "beneficiaries.open_case", beneficiary)
    if submission_id is not None:
        already: CoachingCase | None = beneficiary.cases.filter(pk=submission_id).first()
        if already is not None:
            return already
    _check_coach(opening.coach, beneficiary.organisation, opening.opened_on)
    _check_opening_date(beneficiary, opening.opened_on)
    _check_belongings(opening, beneficiary.organisation)
    if opening.referred_on and opening.referred_on > opening.opened_on:
        raise CaseRefused(
            "referred_after_opening", _("L’orientation ne peut pas suivre l’ouverture du dossier."), field="referred_on"
        )
    former = _former_case(beneficiary, opening.opened_on)
    ask(
        [*about_unlikely_date(opening.opened_on, "opened_on", OPENING), *_about_death(former, opening.opened_on)],
        opening.confirmed,
    )
    case = CoachingCase(
        organisation=beneficiary.organisation,
        beneficiary=beneficiary,
        coach=opening.coach,
        site=opening.site,
        project=opening.project,
        referrer=opening.referrer,
        referred_on=opening.referred_on,
        opened_on=opening.opened_on,
        previous_case=former,
    )
    if submission_id is not None:
        case.pk = submission_id
    save_checked(case)
    save_checked(PhaseSpell(case=case, sequence=1, phase=Phase.PREPARATORY, starts_on=opening.opened_on, actor=actor))
    save_checked(CaseAssignment(case=case, coach=opening.coach, starts_on=opening.opened_on, actor=actor))
    # Its trail is that of the case, which names the same project, site and referrer; a case just made has no other row.
    CaseBelonging.objects.bulk_create([_belonging_of(case, actor)])
    if opening.elsewhere is not None:
        write_days_elsewhere(case, opening.elsewhere, actor)
    return case


def _belonging_of(case: CoachingCase, actor: User) -> CaseBelonging:
    """To what the case belongs from its opening on."""
    return CaseBelonging(
        case=case,
        project=case.project,
        site=case.site,
        referrer=case.referrer,
        starts_on=case.opened_on,
        actor=actor,
    )


def _check_coach(coach: User, organisation: Organisation, on: date) -> None:
    """Refuse a coach who does not work in the organisation."""
    works_here = coach.is_active and (
        coach.memberships.filter(organisation=organisation, role__in=CASE_CARRYING_ROLES)
        .active_on(max(on, today()))
        .exists()
    )
    if not works_here:
        raise CaseRefused("coach_not_here", _("Cette personne n’est pas jobcoach dans l’organisme."), field="coach")


def _check_opening_date(beneficiary: Beneficiary, on: date) -> None:
    """Refuse a day that has not come, or that is before the person was born."""
    if on > today():
        raise CaseRefused("future", _("Un dossier ne s’ouvre pas dans le futur."), field="opened_on")
    refuse_before_birth(beneficiary.birth_date, on)


def refuse_before_birth(born: date | None, on: date) -> None:
    """Refuse to open a case on or before the day the person was born.

    Raises:
        CaseRefused: the day is impossible.
    """
    if born is not None and on <= born:
        raise CaseRefused(
            "before_birth", _("Le dossier s’ouvrirait avant la naissance de la personne."), field="opened_on"
        )


def _about_death(former: CoachingCase | None, on: date) -> list[Question]:
    """The question about somebody whose former case ended with their death: most likely it is somebody else's."""
    if former is None:
        return []
    left = former.spells.filter(exit_reason=ExitReason.DEATH).first()
    if left is None:
        return []
    return [
        Question(
            code=f"deceased:{left.starts_on.isoformat()}",
            sentence=_(
                "Le dossier précédent de cette personne s’est terminé par son décès, le %(date)s. "
                "Est-ce bien elle ? Si l’erreur est là-bas, annulez d’abord cette sortie."
            )
            % {"date": date_words(left.starts_on)},
            field="opened_on",
            answer=_("Oui, j’ouvre bien un dossier à cette personne"),
        )
    ]


def _check_belongings(opening: CaseOpening, organisation: Organisation) -> None:
    """Refuse a site, a project or a referrer of another organisation."""
    for field in ("site", "project", "referrer"):
        chosen = getattr(opening, field)
        if chosen is not None and chosen.organisation_id != organisation.pk:
            raise CaseRefused("not_here", _("Ce choix n’est pas connu ici."), field=field)


def _former_case(beneficiary: Beneficiary, on: date) -> CoachingCase | None:
    """The person's last case, which must be closed by then."""
    former: CoachingCase | None = (
        CoachingCase.objects.select_for_update()
        .filter(beneficiary=beneficiary)
        .order_by("-opened_on", "-created_at")
        .first()
    )
    if former is None:
        return None
    if former.is_open:
        raise CaseRefused(
            "already_open",
            _("Cette personne a déjà un dossier ouvert, suivi par %(coach)s.")
            % {"coach": former.coach.get_full_name()},
            hint=_("Ouvrez ce dossier, ou demandez qu’il vous soit transmis."),
        )
    if former.closed_on is not None and on < former.closed_on:
        raise CaseRefused(
            "before_former_exit",
            _("Le dossier précédent n’est sorti que le %(date)s.") % {"date": f"{former.closed_on:%d/%m/%Y}"},
            field="opened_on",
        )
    return former


def check_hand_over(case: CoachingCase, held: Iterable[CaseAssignment], coach: User, on: date) -> None:
    """Whether the case, locked, may be given to that coach from that day; `held` says who carried it.

    Raises:
        CaseRefused: it is closed, the coach is the same or does not work here, or the day is impossible.
    """
    if not case.is_open:
        raise CaseRefused("closed", _("Ce dossier est sorti : il ne se transmet plus."))
    if case.coach_id == coach.pk:
        raise CaseRefused("same_coach", _("Ce dossier est déjà suivi par cette personne."), field="coach")
    _check_coach(coach, case.organisation, on)
    if on > today():
        raise CaseRefused("future", _("Une passation ne se date pas dans le futur."), field="on")
    begun = next(one.starts_on for one in held if one.ends_on is None)
    if on < begun:
        raise CaseRefused(
            "before_previous",
            _("La dernière passation date du %(date)s.") % {"date": f"{begun:%d/%m/%Y}"},
            field="on",
        )


@act
def hand_over(
    *, case: CoachingCase, coach: User, on: date, actor: User, note: str = "", submission_id: UUID | None = None
) -> CaseAssignment:
    """Give the case to another coach from the day `on`, keeping who carried it before.

    Sent twice with the same `submission_id`, it is done once.

    Raises:
        NotAllowed: only a coordinator hands cases over.
        CaseRefused: the case is closed, somebody else handed it over meanwhile (the coach is no longer the one that
            `case` shows), the coach is the same or does not work here, or the day is impossible.
    """
    require(actor, "beneficiaries.hand_over", case)
    shown, case = case, locked_case(case)
    held = list(case.assignments.all())
    already = next((one for one in held if submission_id is not None and one.submission_id == submission_id), None)
    if already is not None:
        return already
    check_hand_over(case, held, coach, on)
    if case.coach_id != shown.coach_id:
        raise CaseRefused(
            "handed_over_meanwhile",
            _("Ce dossier vient d’être transmis à %(coach)s.") % {"coach": case.coach.get_full_name()},
            field="coach",
            hint=_("Rechargez la page avant de le transmettre à nouveau."),
        )
    current = next(one for one in held if one.ends_on is None)
    current.ends_on = on
    save_checked(current)
    assignment = CaseAssignment(
        case=case, coach=coach, starts_on=on, note=note.strip(), actor=actor, submission_id=submission_id
    )
    save_checked(assignment)
    case.coach = coach
    save_checked(case)
    return assignment

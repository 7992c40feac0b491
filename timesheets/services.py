"""Filling in, signing, countersigning and reopening the time sheet of a month."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Organisation, Project, User
from accounts.permissions import organisation_of, require
from accounts.selectors.workdays import working_days_of
from foundation.clock import today
from foundation.errors import DomainError
from foundation.formatting import date_words, duration_words, of_name
from foundation.persistence import InvalidFact, save_checked
from privacy.audit import act, correcting
from timesheets.models import SheetSignature, TimeEntry, TimeSheet
from timesheets.rules.sheets import (
    DAY_MINUTES,
    LONGEST_SIGNED_DAY,
    day_minutes,
    days_beyond,
    fingerprint,
    frozen,
    last_day,
    month_of,
    same_name,
    signable_from,
)
from timesheets.selectors.sheets import leaving_of, lines_of


class SheetRefused(DomainError):
    """A time sheet cannot be changed or signed as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryStatement:
    """Work that no contact and no session tells: the day, the minutes, what it was, perhaps a project and words."""

    on: date
    minutes: int
    activity: str
    project: Project | None = None
    words: str = ""


@act
def add_entry(*, month: date, statement: EntryStatement, actor: User, submission_id: UUID | None = None) -> TimeEntry:
    """Add work to one's own sheet of a month; sent twice with one `submission_id` it is kept once.

    Raises:
        NotAllowed: the actor does not coach here.
        SheetRefused: the sheet is signed, the day has not come or is of another month, the project does not run that
            day, or the day would hold more than 24 hours.
        InvalidFact: a field is wrong.
    """
    organisation = organisation_of(actor)
    require(actor, "timesheets.fill_time_sheet", TimeSheet(organisation=organisation, coach=actor, month=month))
    sheet = _locked_sheet(actor, organisation, month)
    if submission_id:
        twin: TimeEntry | None = TimeEntry.objects.filter(submission_id=submission_id, sheet__coach=actor).first()
        if twin is not None:
            return twin
    return _write(TimeEntry(organisation=organisation, sheet=sheet, submission_id=submission_id), statement)


@act
def correct_entry(*, entry: TimeEntry, statement: EntryStatement, actor: User) -> TimeEntry:
    """Put an entry of one's own sheet right; it stays in its month.

    Raises:
        NotAllowed: the sheet is somebody else's.
        SheetRefused, InvalidFact: as when it was added.
    """
    require(actor, "timesheets.fill_time_sheet", entry.sheet)
    sheet = _locked_sheet(entry.sheet.coach, entry.sheet.organisation, entry.sheet.month)
    found = TimeEntry.objects.select_for_update().get(pk=entry.pk)
    found.sheet = sheet
    return _write(found, statement)


@act
def remove_entry(*, entry: TimeEntry, actor: User) -> None:
    """Take an entry off one's own sheet.

    Raises:
        NotAllowed: the sheet is somebody else's.
        SheetRefused: the sheet is signed.
    """
    require(actor, "timesheets.fill_time_sheet", entry.sheet)
    sheet = _locked_sheet(entry.sheet.coach, entry.sheet.organisation, entry.sheet.month)
    _refuse_signed(sheet)
    entry.delete()


@act
def sign_sheet(*, month: date, typed_name: str, actor: User) -> SheetSignature:
    """Sign one's own sheet: its lines are frozen, and nothing of them changes any more.

    Signed twice with the same lines, it is signed once.

    Raises:
        NotAllowed: the actor does not coach here.
        SheetRefused: the name is not the actor's, the month is not over, there is nothing to sign, a day holds too
            many hours, or the sheet is signed already.
    """
    organisation = organisation_of(actor)
    require(actor, "timesheets.fill_time_sheet", TimeSheet(organisation=organisation, coach=actor, month=month))
    _refuse_other_name(typed_name, actor)
    sheet = _locked_sheet(actor, organisation, month)
    lines = lines_of(actor, organisation, month, last_day(month))
    written = frozen(lines)
    mark = fingerprint(written, coach=str(actor.pk), month=month)
    standing = _standing(sheet)
    if standing is not None and standing.fingerprint == mark:
        return standing
    _refuse_signed(sheet)
    leaving = leaving_of(actor, organisation, month)
    first = signable_from(month, working_days_of(organisation.pk, month), leaving)
    if today() < first:
        words = (
            _("Ce mois n’est pas fini : la feuille se signe à partir du %(date)s, son dernier jour ouvrable.")
            if leaving is None
            else _("La feuille se signe à partir du %(date)s, votre dernier jour ouvrable ici.")
        )
        raise SheetRefused("too_early", words % {"date": date_words(first)})
    if not lines:
        raise SheetRefused(
            "empty",
            _("Cette feuille est vide : il n’y a rien à signer."),
            hint=_("Consignez vos contacts, ou ajoutez vos autres prestations."),
        )
    for on, minutes in days_beyond(lines).items():
        raise SheetRefused(
            "long_day",
            _("Le %(date)s compte %(hours)s, plus que les %(most)s qu’une journée signée peut compter.")
            % {"date": date_words(on), "hours": duration_words(minutes), "most": duration_words(LONGEST_SIGNED_DAY)},
            hint=_("Corrigez d’abord la durée des contacts ou des prestations de ce jour."),
        )
    signature = SheetSignature(
        organisation=organisation,
        sheet=sheet,
        signed_name=actor.get_full_name(),
        signed_on=today(),
        signed_at=timezone.now(),
        lines=written,
        fingerprint=mark,
    )
    save_checked(signature)
    return signature


@act
def countersign_sheet(*, sheet: TimeSheet, typed_name: str, actor: User) -> SheetSignature:
    """Countersign somebody else's signed sheet; twice by the same person is once.

    Raises:
        NotAllowed: the actor neither coordinates nor administers, or it is their own sheet.
        SheetRefused: the name is not the actor's, the sheet is not signed, or somebody countersigned it already.
    """
    require(actor, "timesheets.check_time_sheet", sheet)
    _refuse_other_name(typed_name, actor)
    signature = _standing_or_refused(sheet)
    if signature.countersigned_by_id == actor.pk:
        return signature
    if signature.countersigned_on is not None:
        raise SheetRefused(
            "countersigned", _("%(name)s a déjà visé cette feuille.") % {"name": signature.countersigned_name}
        )
    signature.countersigned_by = actor
    signature.countersigned_name = actor.get_full_name()
    signature.countersigned_on = today()
    save_checked(signature)
    return signature


@act
def reopen_sheet(*, sheet: TimeSheet, reason: str, actor: User) -> SheetSignature:
    """Set the signature of somebody else's sheet aside, with the reason, so that it can be put right and signed again.

    What was signed stays to be read.

    Raises:
        NotAllowed: the actor neither coordinates nor administers, or it is their own sheet.
        SheetRefused: no reason is given, or the sheet is not signed.
        InvalidFact: the reason is too long.
    """
    require(actor, "timesheets.check_time_sheet", sheet)
    why = reason.strip()
    if not why:
        raise SheetRefused("reason", _("Dites pourquoi, en quelques mots."), field="reason")
    signature = _standing_or_refused(sheet)
    signature.reopened_by = actor
    signature.reopened_on = today()
    signature.reopen_reason = why
    with correcting(why):
        save_checked(signature)
    return signature


def _write(entry: TimeEntry, statement: EntryStatement) -> TimeEntry:
    """Write an entry as stated, once the sheet, the day, the project and the hours of the day allow it."""
    sheet, on = entry.sheet, statement.on
    _refuse_signed(sheet)
    if month_of(on) != sheet.month:
        raise SheetRefused(
            "month",
            _("Cette feuille est celle %(of_month)s : choisissez un jour de ce mois.")
            % {"of_month": of_name(date_format(sheet.month, "F Y"))},
            field="on",
        )
    if on > today():
        raise SheetRefused(
            "future", _("Ce jour n’est pas encore venu : les prestations se notent une fois faites."), field="on"
        )
    project = statement.project
    if project is not None and project.organisation_id != sheet.organisation_id:
        raise SheetRefused("project", _("Ce projet n’est pas connu ici."), field="project")
    if project is not None and not (project.starts_on <= on and (project.ends_on is None or on <= project.ends_on)):
        raise SheetRefused(
            "project_dates",
            _("Le projet %(code)s ne court pas le %(date)s.") % {"code": project.code, "date": date_words(on)},
            field="project",
        )
    others = [line for line in lines_of(sheet.coach, sheet.organisation, on, on) if line.ref != str(entry.pk)]
    already = day_minutes(others, on)
    if already + statement.minutes > DAY_MINUTES:
        raise SheetRefused(
            "day_full",
            _("Le %(date)s compterait plus de 24 heures : %(already)s y sont déjà.")
            % {"date": date_words(on), "already": duration_words(already)},
            field="minutes",
        )
    entry.on, entry.minutes, entry.activity = on, statement.minutes, statement.activity
    entry.project, entry.words = project, statement.words.strip()
    save_checked(entry)
    return entry


def _locked_sheet(coach: User, organisation: Organisation, month: date) -> TimeSheet:
    """The sheet, locked, so that whoever signs and whoever adds follow one another; created when it is not there."""
    keys = {"organisation": organisation, "coach": coach, "month": month}
    rows = TimeSheet.objects.filter(**keys)
    if not rows.exists():
        try:
            save_checked(TimeSheet(**keys))
        except InvalidFact:
            # Of two first acts at once, the second finds the sheet that the first created.
            if not rows.exists():
                raise
    found: TimeSheet = (
        TimeSheet.objects.select_for_update(of=("self",)).select_related("coach", "organisation").get(**keys)
    )
    return found


def _standing(sheet: TimeSheet) -> SheetSignature | None:
    """The signature that holds, locked; the sheet may be one that nobody wrote in yet."""
    signatures = SheetSignature.objects.select_for_update(of=("self",)).filter(
        sheet__organisation=sheet.organisation_id,
        sheet__coach=sheet.coach_id,
        sheet__month=sheet.month,
        reopened_on__isnull=True,
    )
    found: SheetSignature | None = signatures.first()
    return found


def _standing_or_refused(sheet: TimeSheet) -> SheetSignature:
    signature = _standing(sheet)
    if signature is None:
        raise SheetRefused("unsigned", _("Cette feuille n’est pas signée."))
    return signature


def _refuse_signed(sheet: TimeSheet) -> None:
    """A signed sheet takes nothing more."""
    standing = _standing(sheet)
    if standing is not None:
        raise SheetRefused(
            "signed",
            _("Cette feuille est signée depuis le %(date)s : elle ne change plus.")
            % {"date": date_words(standing.signed_on)},
            hint=_("La coordination peut la rouvrir."),
        )


def _refuse_other_name(typed: str, actor: User) -> None:
    if not same_name(typed, actor.get_full_name()):
        raise SheetRefused(
            "name",
            _("Signez de votre nom complet, « %(name)s ».") % {"name": actor.get_full_name()},
            field="typed_name",
        )

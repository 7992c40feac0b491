"""The weeks of a job through an agency, written and corrected in one grid."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.services.coherence import require_coherence
from employers.enums import ContractType
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import save_checked
from placements.models import Employment, WorkWeek
from placements.rules.weeks import Week, WeekState, idle_mondays, monday_of
from placements.services.guards import PlacementRefused, begin_telling
from privacy.audit import act


class WrittenMeanwhile(DomainError):
    """Somebody else wrote some of these weeks since the grid was opened; `weeks` is how they stand now."""

    def __init__(self, weeks: Mapping[date, Week]) -> None:
        super().__init__(
            "weeks_meanwhile",
            _("Ces semaines ont été enregistrées entre-temps."),
            hint=_("Elles sont signalées ci-dessous : vérifiez-les, puis enregistrez de nouveau."),
        )
        self.weeks = weeks


@act
def write_weeks(
    *, employment: Employment, weeks: Mapping[date, Week], seen: Mapping[date, Week], actor: User
) -> tuple[date, ...]:
    """Write the weeks of a grid: only those that differ from what whoever typed them had before their eyes (`seen`).

    A week left empty states nothing. Weeks that somebody else wrote since the grid was opened are refused
    all together, unless both wrote the same: nothing is written over, nothing twice. Return the Mondays written.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the job is not one through an agency or was called off, or a week lies outside it, is still
            to come, or was stated and is empty now.
        WrittenMeanwhile: another one wrote some of them.
        InvalidFact: more than seven days or too many hours in a week.
        Incoherent: something else that is recorded would no longer hold.
    """
    case = begin_telling(employment.case, actor)
    employment = Employment.objects.select_for_update().get(pk=employment.pk)
    if employment.cancelled_on is not None or employment.contract_type != ContractType.INTERIM:
        raise PlacementRefused("not_weekly", _("Seul un contrat d’intérim en cours se note par semaine."))
    rows = {row.monday: row for row in WorkWeek.objects.filter(employment=employment)}
    typed = {monday: week for monday, week in weeks.items() if week != seen.get(monday, Week(monday))}
    stored = {monday: rows[monday].as_week() if monday in rows else Week(monday) for monday in typed}
    meanwhile = {
        monday: now for monday, now in stored.items() if now != seen.get(monday, Week(monday)) and now != typed[monday]
    }
    if meanwhile:
        raise WrittenMeanwhile(meanwhile)
    written = [monday for monday, week in sorted(typed.items()) if stored[monday] != week]
    for monday in written:
        _write(employment, rows.get(monday), typed[monday], actor)
    if written:
        keep_idle_weeks(employment)
        require_coherence(case)
    return tuple(written)


def _write(employment: Employment, row: WorkWeek | None, week: Week, actor: User) -> None:
    """Write one week; what was stated of one is taken back with a reason, not emptied."""
    if week.state is WeekState.UNKNOWN:
        if row is not None:
            raise PlacementRefused(
                "emptied",
                _("La semaine du %(date)s est déjà notée.") % {"date": f"{week.monday:%d/%m/%Y}"},
                hint=_("Corrigez-la ; si elle est fausse, retirez-la depuis la page du contrat, avec le motif."),
            )
        return
    last = employment.last_day
    outside = week.monday < monday_of(employment.starts_on) or (last is not None and week.monday > last)
    if outside or week.monday != monday_of(week.monday) or week.monday > today():
        raise PlacementRefused(
            "outside",
            _("La semaine du %(date)s n’est pas une semaine de ce contrat.") % {"date": f"{week.monday:%d/%m/%Y}"},
        )
    row = row or WorkWeek(employment=employment, monday=week.monday)
    row.days, row.hours, row.recorded_by = week.days, week.hours, actor
    save_checked(row)


def keep_idle_weeks(employment: Employment) -> None:
    """Keep on the contract the weeks without work, which its clocks read."""
    weeks = [row.as_week() for row in WorkWeek.objects.filter(employment=employment)]
    idle = [monday.isoformat() for monday in idle_mondays(weeks)]
    if idle != employment.idle_weeks:
        employment.idle_weeks = idle
        save_checked(employment)

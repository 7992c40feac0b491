"""What is missing of the participants of an ESF+ operation, on whom, and the field that asks for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from esf.enums import Moment, Question
from esf.parameters import immediate_result_until, six_months_check_on
from esf.rules.indicators import EntryStatus
from esf.selectors.participants import ParticipantFile, participant_files
from foundation.clock import today
from tables.engine.gaps import Gap
from tables.engine.scope import Scope

# In the address of a record: the project, when the case belongs to another one by now.
PROJECT = "projet"


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a datum is asked: in words, the address taking the case, the control that takes the focus, the right."""

    what: Any
    url_name: str
    anchor: str
    permission: str = "esf.change_participation"


# In the order in which a form asks for them; the code is that of the gap.
DATA: Mapping[str, Asked] = {
    "gender": Asked(_("genre"), "beneficiaries:person_edit", "id_gender", "beneficiaries.change_case"),
    "birth_date": Asked(
        _("date de naissance"), "beneficiaries:person_edit", "id_birth_date", "beneficiaries.change_case"
    ),
    "status": Asked(_("situation à l’entrée"), "esf:entry", "id_status_0"),
    "unemployed_since": Asked(_("début de la période sans emploi"), "esf:entry", "id_unemployed_since"),
    "isced": Asked(_("niveau d’études à l’entrée"), "esf:entry", "id_isced"),
    "nationality": Asked(_("nationalité"), "esf:entry", "id_nationality"),
    Question.FOREIGN_BACKGROUND.value: Asked(
        _("réponse sur l’origine étrangère"), "esf:entry", "id_foreign_background_0"
    ),
    Question.DISABILITY.value: Asked(_("réponse sur le handicap"), "esf:entry", "id_disability_0"),
    Question.MINORITY.value: Asked(_("réponse sur l’appartenance à une minorité"), "esf:entry", "id_minority_0"),
    Question.HOMELESS.value: Asked(_("réponse sur le logement"), "esf:entry", "id_homeless_0"),
    Question.RURAL.value: Asked(_("réponse sur la zone rurale"), "esf:entry", "id_rural_0"),
    "result_exit": Asked(_("situation dans les quatre semaines après la sortie"), "esf:exit", "id_situation_0"),
    "result_six_months": Asked(_("situation six mois après la sortie"), "esf:six_months", "id_employed_0"),
}


def missing_codes(file: ParticipantFile, on: date) -> list[str]:
    """The codes of `DATA` that miss on the day `on`, in their order. A declined question is answered."""
    facts = file.facts
    values: dict[str, object] = {
        "gender": facts.gender,
        "birth_date": facts.birth_date,
        "status": facts.status,
        "isced": facts.isced,
        "nationality": facts.nationality,
        **{question: getattr(facts, question) for question in Question.values},
    }
    if facts.status == EntryStatus.UNEMPLOYED:
        values["unemployed_since"] = facts.unemployed_since
    if facts.exit_on is not None and file.asks_results:
        if on > immediate_result_until(facts.exit_on):
            values["result_exit"] = file.results.get(Moment.EXIT)
        if on >= six_months_check_on(facts.exit_on):
            values["result_six_months"] = file.results.get(Moment.SIX_MONTHS)
    return [code for code in DATA if code in values and values[code] is None]


def address_of(file: ParticipantFile, url_name: str) -> str:
    """The address of a page of the participant's case; of their record, that of their project."""
    address = reverse(url_name, args=[file.case_id])
    of_record = url_name.startswith("esf:") and file.is_former
    return f"{address}?{PROJECT}={file.project_id}" if of_record else address


def gap_of(file: ParticipantFile, code: str) -> Gap:
    """One datum that misses of one participant."""
    asked = DATA[code]
    return Gap(
        case_id=file.case_id,
        person=str(file.person),
        code=code,
        what=str(asked.what),
        url=f"{address_of(file, asked.url_name)}#{asked.anchor}",
        permission=asked.permission,
    )


def esf_gaps(scope: Scope) -> list[Gap]:
    """Everything that misses today of the participants of a scope, person by person; four statements.

    Raises:
        EsfProjectNeeded: the scope names no project that the ESF+ co-finances.
    """
    return list(_gaps(participant_files(scope), today()))


def _gaps(files: list[ParticipantFile], on: date) -> Iterator[Gap]:
    for file in files:
        for code in missing_codes(file, on):
            yield gap_of(file, code)

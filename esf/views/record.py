"""The ESF+ record of a participant: a page of the case, and its three forms."""

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.enums import Funder
from accounts.models import Project, User
from accounts.permissions import allows
from beneficiaries.models import CoachingCase
from beneficiaries.views.case_file import CaseActView, CaseFileMixin, to_case
from esf.enums import Moment
from esf.forms.participants import NOTHING, EsfEntryForm, EsfExitForm, EsfSixMonthsForm
from esf.models import EsfParticipation, EsfResult
from esf.rules.indicators import Answer, EntryStatus
from esf.selectors.gaps import PROJECT
from esf.selectors.participants import ParticipantFile, former_projects, joined_on, last_case_of, participant_file
from esf.selectors.proposals import Proposal, entry_proposals, exit_proposals, six_months_proposals
from esf.selectors.record import record_page
from esf.services.participants import EntryStatement, record_entry
from esf.services.results import ResultStatement, record_result

RECORD = "esf:record"
TO_RECORD = to_case(RECORD)
CHANGE = "esf.change_participation"


def is_esf_case(user: User, case: CoachingCase) -> bool:
    """Whether the case belongs, or belonged, to a project that the ESF+ co-finances; a statement at most, of a case
    that moved.
    """
    if case.project is not None and case.project.funder == Funder.FSE:
        return True
    return getattr(case, "has_moved", True) and bool(former_projects(case))


class ProjectOfRecordMixin:
    """The project whose record is asked: that of the case, or the one that the address names, to which it belonged."""

    request: HttpRequest
    case: CoachingCase

    @cached_property
    def former(self) -> list[Project]:
        """The other projects of the ESF+ in which the person has a record; no statement for a case that never moved."""
        return former_projects(self.case) if getattr(self.case, "has_moved", True) else []

    @cached_property
    def project(self) -> Project:
        """404 for a case that never belonged to such a project, or not to the one that is named."""
        own = self.case.project
        known = ([own] if own is not None and own.funder == Funder.FSE else []) + self.former
        asked = self.request.GET.get(PROJECT) or str(known[0].pk if known else "")
        found = next((one for one in known if str(one.pk) == asked), None)
        if found is None:
            raise Http404
        return found

    @property
    def is_former(self) -> bool:
        """Whether the case belongs to another project by now."""
        return self.project.pk != self.case.project_id

    def record_address(self, case: CoachingCase, project: Project) -> str:
        """The page of a record."""
        address = reverse(RECORD, args=[case.pk])
        return address if project.pk == case.project_id else f"{address}?{PROJECT}={project.pk}"


class EsfRecordView(ProjectOfRecordMixin, CaseFileMixin, TemplateView):
    """The three moments of a participant, what misses of each, and the answers for those who may read them.

    Somebody who came back has one record: it is shown in their last case of the project.
    """

    template_name = "esf/record.html"
    file: ParticipantFile | None = None
    last: CoachingCase
    may_change = False

    def prepare(self) -> None:
        """Find the participant, unless their record is shown elsewhere."""
        case = self.case
        self.may_change = allows(self.actor, CHANGE, case)
        if self.is_former:
            file = participant_file(case, project=self.project)
            self.last = file.case
            self.file = file if file.case == case else None
            return
        self.last = last_case_of(case) if getattr(case, "next_case_id", None) else case
        if self.last == case:
            self.file = participant_file(case, _known_cases(case))

    def get_accessed(self) -> Model:
        """What is read: the record itself by those who are shown the answers."""
        record = self.file.participation if self.file else None
        return record if record is not None and self.may_change else self.case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            page=record_page(self.file, self.on, reads_answers=self.may_change) if self.file else None,
            last_url=self.record_address(self.last, self.project),
            project=self.project,
            others=self._others(),
            **kwargs,
        )

    def _others(self) -> list[tuple[Project, str]]:
        """The records of the same person in the other projects of this case, each with its page."""
        own = self.case.project
        known = ([own] if own is not None and own.funder == Funder.FSE else []) + self.former
        return [(one, self.record_address(self.case, one)) for one in known if one != self.project]


def _known_cases(case: CoachingCase) -> list[CoachingCase] | None:
    """The cases of the person in the project, when the page has read them all: none or one came before."""
    former = case.previous_case
    if former is not None and former.previous_case_id is not None:
        return None
    case.exit_reason = list(case.spells.all())[-1].exit_reason  # type: ignore[attr-defined]
    cases = [former, case] if former is not None and former.project_id == case.project_id else [case]
    cases[0].joined = joined_on(cases[0])  # type: ignore[attr-defined]
    return cases


class EsfActView(CaseActView):
    """One of the forms of the record: 404 for a case of another kind of project."""

    permission = CHANGE
    leads_to = TO_RECORD
    template_name = "esf/form.html"
    file: ParticipantFile

    def prepare(self) -> None:
        if self.case.project is None or self.case.project.funder != Funder.FSE:
            raise Http404
        self.file = participant_file(self.case)

    def proposals(self) -> dict[str, Proposal]:
        """What the file proposes; nothing once the answer was given."""
        raise NotImplementedError

    def is_known(self) -> bool:
        """Whether something was given before, so that a change is a correction."""
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "proposals": self.proposals(), "corrects": self.is_known()}


class EsfEntryView(ProjectOfRecordMixin, EsfActView):
    """The situation at entry, into the project of the case or into one that it belonged to before."""

    form_class = EsfEntryForm
    page_title = gettext_lazy("FSE+ : situation à l’entrée")
    leads_to = TO_RECORD.at("entree")

    def prepare(self) -> None:
        self.file = participant_file(self.case, project=self.project)

    def get_success_url(self) -> str:
        """To the record that was filled in."""
        return f"{self.record_address(self.case, self.project)}#entree" if self.is_former else super().get_success_url()

    def get_page_lead(self) -> str:
        """Whose, and that nothing presses."""
        return _("%(name)s. Ce qui n’est pas encore connu peut attendre.") % {"name": self.case.beneficiary.full_name}

    @property
    def participation(self) -> EsfParticipation | None:
        """The record, if there is one."""
        return self.file.participation

    def is_known(self) -> bool:
        """Whether there is a record."""
        return self.participation is not None

    def proposals(self) -> dict[str, Proposal]:
        """What the file knows of what the record leaves open."""
        known = self._known()
        return {
            name: proposal
            for name, proposal in entry_proposals(self.case, self.file.facts.entry_on).items()
            if known.get(name) in (None, "")
        }

    def _known(self) -> dict[str, Any]:
        record = self.participation
        if record is None:
            return {}
        fields = ("status", "unemployed_since", "isced", "nationality")
        return {name: getattr(record, name) for name in fields} | record.all_answers()

    def get_initial(self) -> dict[str, Any]:
        """What is known; the first refusal tells when and how the questions were asked."""
        return {"entry_on": self.file.facts.entry_on, **self._known()}

    def act(self, form: EsfEntryForm) -> EsfParticipation:
        data = form.cleaned_data
        fields = ("entry_on", "status", "unemployed_since", "isced", "nationality", "asked_on", "proof")
        statement = EntryStatement(**{name: data[name] for name in fields}, answers=form.answers())
        return record_entry(
            case=self.case,
            statement=statement,
            actor=self.actor,
            reason=data.get("reason", ""),
            project=self.project,
        )

    def get_success_message(self, form: Any) -> str:
        """Say what still misses, if anything."""
        if Answer.REFUSED in form.answers().values():
            return _("La fiche d’entrée est enregistrée, avec les refus de répondre.")
        return _("La fiche d’entrée est enregistrée.")


class EsfResultView(EsfActView):
    """The situation after the exit."""

    moment: Moment

    @property
    def recorded(self) -> EsfResult | None:
        """What was recorded for this exit."""
        return self.file.results.get(self.moment)

    def is_known(self) -> bool:
        """Whether the result was recorded."""
        return self.recorded is not None


class EsfExitView(EsfResultView):
    """The situation within four weeks of the exit."""

    moment = Moment.EXIT
    form_class = EsfExitForm
    page_title = gettext_lazy("FSE+ : situation à la sortie")
    leads_to = TO_RECORD.at("sortie")
    success_message = gettext_lazy("La situation à la sortie est enregistrée.")

    def proposals(self) -> dict[str, Proposal]:
        """What the file knows, until the result is recorded."""
        return {} if self.recorded else exit_proposals(self.case)

    def get_initial(self) -> dict[str, Any]:
        if self.recorded is None:
            return {"seen_on": self.on}
        names = {
            "EMPLOYED": self.recorded.employed,
            "JOB_SEARCHING": self.recorded.job_searching,
            "TRAINING": self.recorded.in_training,
            "QUALIFICATION": self.recorded.qualification,
        }
        situation = [name for name, true in names.items() if true] or [NOTHING]
        return {"situation": situation, "source": self.recorded.source, "seen_on": self.recorded.seen_on}

    def act(self, form: EsfExitForm) -> EsfResult:
        data, chosen = form.cleaned_data, form.cleaned_data["situation"]
        statement = ResultStatement(
            employed="EMPLOYED" in chosen,
            job_searching="JOB_SEARCHING" in chosen,
            in_training="TRAINING" in chosen,
            qualification="QUALIFICATION" in chosen,
            source=data["source"],
            seen_on=data["seen_on"],
        )
        return record_result(
            case=self.case, moment=self.moment, statement=statement, actor=self.actor, reason=data.get("reason", "")
        )


class EsfSixMonthsView(EsfResultView):
    """The situation six months after the exit."""

    moment = Moment.SIX_MONTHS
    form_class = EsfSixMonthsForm
    page_title = gettext_lazy("FSE+ : situation six mois après la sortie")
    leads_to = TO_RECORD.at("six-mois")
    success_message = gettext_lazy("La situation six mois après la sortie est enregistrée.")

    def proposals(self) -> dict[str, Proposal]:
        """What the file knows, until the result is recorded."""
        return {} if self.recorded else six_months_proposals(self.case)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The improvement is asked of those who were employed at entry."""
        record = self.file.participation
        asked = record is not None and record.status == EntryStatus.EMPLOYED
        return {**super().get_form_kwargs(), "asks_improvement": asked}

    def get_initial(self) -> dict[str, Any]:
        if self.recorded is None:
            return {"seen_on": self.on}
        return {
            "employed": "yes" if self.recorded.employed else "no",
            "improved": self.recorded.improved,
            "improvement": self.recorded.improvement,
            "source": self.recorded.source,
            "seen_on": self.recorded.seen_on,
        }

    def act(self, form: EsfSixMonthsForm) -> EsfResult:
        data = form.cleaned_data
        statement = ResultStatement(
            employed=data["employed"] == "yes",
            improved=data.get("improved", False),
            improvement=data.get("improvement", ""),
            source=data["source"],
            seen_on=data["seen_on"],
        )
        return record_result(
            case=self.case, moment=self.moment, statement=statement, actor=self.actor, reason=data.get("reason", "")
        )

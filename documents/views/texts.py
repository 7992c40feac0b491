"""The settings of documents: their texts in dated versions, shown on an invented person, and the letterhead."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.permissions import organisation_of
from accounts.views.base import SettingsMixin
from beneficiaries.enums import PaperLanguage
from documents.forms import LetterheadForm, TemplateForm
from documents.models import DocumentTemplate, Letterhead
from documents.paper.build import Wording, example_paper, head_of, original
from documents.paper.drawing import Paper, drawn
from documents.paper.kinds import BY_KIND, BY_SLUG, KindSpec
from documents.rules.languages import FRENCH, LANGUAGES
from documents.rules.markup import Value, in_words
from documents.selectors import is_original, kind_lines, letterhead_of, versions_of, wording_of
from documents.services.texts import check_text, restore_original, save_letterhead, save_template
from documents.views.documents import instead_words, pdf_response
from foundation.clock import today
from foundation.errors import DomainError
from foundation.views import ActFormView, ConfirmActView, PageView
from foundation.ways import Way
from tables.renderers.pdf import PdfUnavailable


class TextsMixin(SettingsMixin):
    """A page of the settings of documents."""

    permission = "documents.manage_templates"
    section = "documents:text_list"

    @cached_property
    def letterhead(self) -> Letterhead | None:
        """The letterhead, if one was set."""
        return letterhead_of(organisation_of(self.actor))

    def example(self, spec: KindSpec, wording: Wording) -> Paper:
        """A text on an invented person, today."""
        return example_paper(spec, wording, organisation_of(self.actor), self.letterhead, today())


class KindMixin(TextsMixin):
    """A page about the text of one kind, which its address names."""

    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def spec(self) -> KindSpec:
        """The kind; an unknown one is a 404."""
        found = BY_SLUG.get(self.kwargs["kind"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def language(self) -> str:
        """The language of the text, which the address names; French without."""
        asked = self.request.GET.get("langue", "")
        return asked if asked in LANGUAGES else FRENCH

    @property
    def asked(self) -> str:
        """What links to the same text add to their address."""
        return f"?langue={self.language}" if self.language != FRENCH else ""

    @cached_property
    def wording(self) -> Wording:
        """The text in force today, or the French one that stands in for it."""
        return wording_of(organisation_of(self.actor), self.spec, today(), self.language)


def label_of(spec: KindSpec) -> str:
    """The kind's name as a title."""
    label = str(spec.kind.label)
    return label[:1].upper() + label[1:]


class TextListView(TextsMixin, PageView):
    """Every kind with its text in force."""

    template_name = "documents/text_list.html"
    page_title = gettext_lazy("Documents")
    page_lead = gettext_lazy("Les textes que votre organisme fait signer ou envoie, et l’en-tête qu’ils portent.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organisation = organisation_of(self.actor)
        return super().get_context_data(
            lines=kind_lines(organisation, today()),
            head=head_of(organisation, self.letterhead),
            **kwargs,
        )


def _language_asked(page: Any) -> dict[str, str]:
    return {} if page.language == FRENCH else {"langue": page.language}


TO_KIND = Way("documents:text_detail", "spec.slug", words=lambda page: label_of(page.spec), query=_language_asked)


class TextDetailView(KindMixin, PageView):
    """The text of a kind as it would be printed today, and its versions."""

    template_name = "documents/text_detail.html"
    leads_to = Way("documents:text_list", words=gettext_lazy("Documents"))

    def get_page_title(self) -> str:
        return label_of(self.spec)

    def get_page_lead(self) -> str | Promise:
        return self.spec.purpose

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        current = None if self.wording.is_instead else self.wording.template
        versions = [
            {
                "template": version,
                "current": current is not None and version.pk == current.pk,
                "coming": version.valid_from > today() and (current is None or version.version > current.version),
                "original": is_original(self.spec, version),
            }
            for version in versions_of(organisation_of(self.actor), self.spec, self.language)
        ]
        return super().get_context_data(
            spec=self.spec,
            wording=self.wording,
            asked=self.asked,
            instead=instead_words(self.language) if self.wording.is_instead else "",
            languages=[
                {"code": code, "label": label, "current": code == self.language}
                for code, label in PaperLanguage.choices
            ],
            paper=self.example(self.spec, self.wording),
            versions=versions,
            may_restore=current is not None and not is_original(self.spec, current),
            **kwargs,
        )


class TextVersionView(TextsMixin, PageView):
    """A version as it was printed."""

    template_name = "documents/text_version.html"
    leads_to = TO_KIND

    @cached_property
    def template(self) -> DocumentTemplate:
        """The version that the address names, of one's own organisation."""
        found: DocumentTemplate = get_object_or_404(
            DocumentTemplate.objects.visible_to(self.actor).select_related("created_by"), pk=self.kwargs["template_id"]
        )
        return found

    def get_page_title(self) -> str:
        return _("%(kind)s, version %(n)s") % {"kind": label_of(self.spec), "n": self.template.version}

    @property
    def spec(self) -> KindSpec:
        return BY_KIND[self.template.kind]

    @property
    def language(self) -> str:
        return self.template.language

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wording = Wording(self.template.title, self.template.body, self.template, self.template.language)
        return super().get_context_data(template=self.template, paper=self.example(self.spec, wording), **kwargs)


class TextEditView(KindMixin, ActFormView):
    """The next version of a text: looked at on an invented person, then kept."""

    template_name = "documents/text_form.html"
    form_class = TemplateForm
    paper: Paper | None = None
    leads_to = TO_KIND

    def get_page_title(self) -> str:
        return _("Modifier le texte : %(kind)s") % {"kind": self.spec.kind.label}

    def get_initial(self) -> dict[str, Any]:
        # What nobody has written yet in a language begins with the text of origin in that one.
        begun = original(self.spec, self.language) if self.wording.is_instead else self.wording
        return {"title": begun.title, "body": begun.body, "valid_from": today()}

    def form_valid(self, form: Any) -> HttpResponse:
        """Show the text on an invented person, or keep it."""
        if "preview" not in self.request.POST:
            return super().form_valid(form)
        title, body = form.cleaned_data["title"], form.cleaned_data["body"]
        try:
            check_text(self.spec, title, "title")
            check_text(self.spec, body, "body")
        except DomainError as error:
            self.add_refusal(form, error)
            return self.form_invalid(form)
        self.paper = self.example(self.spec, Wording(title, body, language=self.language))
        return self.render_to_response(self.get_context_data(form=form))

    def act(self, form: TemplateForm) -> DocumentTemplate:
        return save_template(spec=self.spec, language=self.language, actor=self.actor, **form.cleaned_data)

    def get_success_message(self, form: Any) -> str:
        return _("C’est gardé : %(version)s.") % {"version": self.result}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the preview and the fields that the text may name."""
        fields = [
            {"name": "{{" + field.name + "}}", "label": field.label, "example": _shortened(field.example)}
            for field in self.spec.fields
        ]
        return super().get_context_data(paper=self.paper, fields=fields, **kwargs)


def _shortened(example: Value) -> str:
    words = " ".join(in_words(example).split())
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"


class TextRestoreView(KindMixin, ConfirmActView):
    """The text that comes with Ancrage comes back into force."""

    submit_label = gettext_lazy("Revenir au texte d’origine")
    success_message = gettext_lazy("Le texte d’origine est de nouveau en vigueur.")
    danger = False
    leads_to = Way("documents:text_detail", "spec.slug", query=_language_asked)

    def get_page_title(self) -> str:
        return _("Revenir au texte d’origine : %(kind)s ?") % {"kind": self.spec.kind.label}

    def get_consequences(self) -> tuple[str | Promise, ...]:
        return (
            _("Les documents faits à partir d’aujourd’hui portent le texte d’origine d’Ancrage."),
            _("Vos versions restent dans l’historique ; les documents déjà faits ne changent pas."),
        )

    def act(self, form: Any) -> DocumentTemplate:
        return restore_original(spec=self.spec, language=self.language, actor=self.actor)


class TextExampleView(KindMixin, View):
    """The paper of an invented person, as a PDF."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw it; without Pango, the page shows the same."""
        try:
            content = drawn(self.example(self.spec, self.wording))
        except PdfUnavailable:
            return redirect("documents:text_detail", self.spec.slug)
        return pdf_response(content, f"exemple-{self.spec.slug}.pdf")


class LetterheadView(TextsMixin, ActFormView):
    form_class = LetterheadForm
    page_title = gettext_lazy("En-tête des documents")
    page_lead = gettext_lazy("Le nom, l’adresse et les numéros sont ceux de la fiche de l’organisme.")
    success_message = gettext_lazy("L’en-tête est à jour.")
    leads_to = Way("documents:text_list", words=gettext_lazy("Documents"))

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whether there is a logo to take away."""
        return {**super().get_form_kwargs(), "has_logo": bool(self.letterhead and self.letterhead.logo)}

    def get_initial(self) -> dict[str, Any]:
        return {"footer": self.letterhead.footer if self.letterhead else ""}

    def act(self, form: LetterheadForm) -> Letterhead:
        data = form.cleaned_data
        return save_letterhead(
            footer=data["footer"], logo=data["logo"], without_logo=data.get("without_logo", False), actor=self.actor
        )

"""How every form looks and fails."""

import re
import uuid

import pytest
from django import forms
from django.template import Context, Template, engines

from accounts.models import Site
from foundation.errors import DomainError
from foundation.forms import AncrageForm, AncrageModelForm, FieldGroup, FilterForm, FrenchDateField, SubmissionIdMixin
from tests.interface.gallery import ContactForm

pytestmark = pytest.mark.usefixtures("frozen")

GOOD = {"held_on": "03/03/2025", "minutes": "45", "channel": "PHONE", "said": "Le CV est prêt."}


def show(source: str, **context: object) -> str:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    return Template("{% load ui %}" + source, engine=engine).render(Context(context))


def tag(html: str, pattern: str) -> str:
    found = re.search(rf"<[^>]*{pattern}[^>]*>", html)
    assert found, f"no tag with {pattern}"
    return found.group()


def test_the_browser_checks_nothing_by_itself() -> None:
    html = show("{% render_form form %}", form=ContactForm(), csrf_token="x")
    assert "novalidate" in html
    assert not re.search(r"\srequired[\s>=]", html)


def test_optional_fields_are_marked_and_compulsory_ones_are_not() -> None:
    html = show("{% form_fields form %}", form=ContactForm())
    labels = dict(re.findall(r'<label class="form-label" for="(\w+)">(.*?)</label>', html))
    assert "(facultatif)" in labels["id_at"]
    assert "(facultatif)" not in labels["id_held_on"]
    assert "(facultatif)" in html.split("Objectifs servis")[1][:80]
    assert "(facultatif)" not in html.split(">Suivi discret")[1]


def test_a_filter_marks_nothing() -> None:
    class Filters(FilterForm):
        name = forms.CharField(required=False)

    assert "(facultatif)" not in show("{% form_fields form %}", form=Filters())


def test_help_and_errors_are_tied_to_the_control() -> None:
    html = show("{% form_fields form %}", form=ContactForm({"minutes": "1h75"}))
    minutes = tag(html, 'name="minutes"')
    assert 'aria-invalid="true"' in minutes
    assert 'aria-describedby="id_minutes_helptext id_minutes_error"' in minutes
    assert 'id="id_minutes_helptext"' in html
    assert 'id="id_minutes_error"' in html
    assert 'value="1h75"' in minutes, "what was typed stays"
    assert "aria-invalid" not in tag(html, 'name="at"')


def test_a_group_of_options_is_a_fieldset_with_its_own_error() -> None:
    html = show("{% form_fields form %}", form=ContactForm({}))
    assert 'aria-describedby="id_channel_error"' in tag(html, "field-radioselect")
    assert html.index('id="id_channel_error"') < html.index('id="id_channel_0"'), "the error comes before the options"


def test_every_message_names_its_field() -> None:
    form = ContactForm({})
    assert form.errors["said"] == ["Remplissez « Ce qui s’est dit »."]
    assert form.errors["channel"] == ["Choisissez une réponse à « Comment a eu lieu le contact ? »."]
    assert form.errors["held_on"] == ["Écrivez la date, par exemple 27/03/2026."]


def test_a_message_of_ones_own_is_kept() -> None:
    class Own(AncrageForm):
        name = forms.CharField(error_messages={"required": "Comment s’appelle-t-elle ?"})

    assert Own({}).errors["name"] == ["Comment s’appelle-t-elle ?"]


def test_the_summary_says_the_same_words_and_leads_to_each_control() -> None:
    form = ContactForm({"held_on": "31/02/2025"})
    form.add_error(None, "Rien ne va.")
    html = show("{% render_form form %}", form=form, csrf_token="x")
    links = re.findall(r'<a href="#(\w+)">(.*?)</a>', html.split("error-summary-list")[1].split("</ul>")[0])
    assert [target for target, _words in links] == ["id_held_on", "id_minutes", "id_channel_0", "id_said"]
    for target, words in links:
        assert f'id="{target}"' in html
        assert html.count(words) == 2, "once in the summary, once beside the field"
    assert html.index("Rien ne va.") < html.index("#id_held_on")


def test_a_sound_form_has_no_summary() -> None:
    assert "error-summary" not in show("{% error_summary form %}", form=ContactForm(GOOD))
    assert "error-summary" not in show("{% error_summary form %}", form=ContactForm())


def test_two_forms_share_a_summary() -> None:
    html = show("{% error_summary a b %}", a=ContactForm({"said": "x"}), b=ContactForm({}, prefix="second"))
    assert "#id_held_on" in html
    assert "#id_second-held_on" in html


class TestGroups:
    class Form(AncrageForm):
        first = forms.CharField()
        second = forms.CharField()
        third = forms.CharField()
        hidden = forms.CharField(widget=forms.HiddenInput, required=False)

        groups = (FieldGroup("Ensemble", [("second", "first"), "gone"]),)

    def test_rows_follow_the_group_and_the_rest_comes_last(self) -> None:
        rows = [[[f.name for f in row] for row in group.rows] for group in self.Form().grouped_fields()]
        assert rows == [[["second", "first"]], [["third"]]]

    def test_a_field_that_a_role_may_not_fill_can_be_dropped(self) -> None:
        form = self.Form()
        del form.fields["second"], form.fields["first"]
        assert [group.legend for group in form.grouped_fields()] == [""]

    def test_hidden_fields_are_sent_once(self) -> None:
        assert show("{% form_fields form %}", form=self.Form()).count('name="hidden"') == 1


class TestDomainErrors:
    def test_beside_its_field(self) -> None:
        form = ContactForm(GOOD)
        form.add_domain_error(DomainError("late", "Trop tard.", field="held_on", hint="Choisissez hier."))
        assert form.errors["held_on"] == ["Trop tard. Choisissez hier."]

    @pytest.mark.parametrize("field", [None, "unknown", "submission_id"])
    def test_at_the_top_when_the_form_does_not_show_that_field(self, field: str | None) -> None:
        form = ContactForm(GOOD)
        form.add_domain_error(DomainError("late", "Trop tard.", field=field))
        assert form.summary_errors() == [("", "Trop tard.")]


class TestSubmissionId:
    def test_each_page_has_an_id_of_its_own(self) -> None:
        ids = {tag(show("{% form_fields form %}", form=ContactForm()), "submission_id") for _ in range(2)}
        assert len(ids) == 2

    def test_the_id_sent_is_the_id_kept(self) -> None:
        sent = uuid.uuid4()
        form = ContactForm({**GOOD, "submission_id": str(sent)})
        assert form.is_valid()
        assert form.cleaned_data["submission_id"] == sent

    def test_a_client_that_sends_none_gets_one(self) -> None:
        form = ContactForm(GOOD)
        assert form.is_valid()
        assert isinstance(form.cleaned_data["submission_id"], uuid.UUID)

    def test_it_joins_a_model_form(self) -> None:
        class Form(SubmissionIdMixin, AncrageModelForm):
            class Meta:
                model = Site
                fields = ["name"]

        assert set(Form().fields) == {"name", "submission_id"}


class TestModelForm:
    def test_it_never_writes(self) -> None:
        class Form(AncrageModelForm):
            class Meta:
                model = Site
                fields = ["name"]

        form = Form({"name": "La Louvière"})
        with pytest.raises(TypeError, match="services write"):
            form.save()

    def test_its_dates_read_french(self) -> None:
        from accounts.models import Project

        class Form(AncrageModelForm):
            class Meta:
                model = Project
                fields = ["starts_on"]

        field = Form().fields["starts_on"]
        assert isinstance(field, FrenchDateField)
        assert field.required
        assert Form({"starts_on": ""}).errors["starts_on"] == ["Écrivez la date, par exemple 27/03/2026."]

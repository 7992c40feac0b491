"""How every form looks and fails."""

import re
import uuid

import pytest
from django import forms
from django.template import Context, Template, engines
from django.urls import reverse

from foundation.errors import DomainError
from foundation.forms import AncrageForm, FilterForm
from foundation.layouts import Layout, Row, Section
from tests.interface.gallery import ContactForm

pytestmark = pytest.mark.usefixtures("frozen")

GOOD = {"held_on": "03/03/2025", "minutes": "45", "channel": "PHONE", "said": "Le CV est prêt."}


def show(source: str, **context: object) -> str:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    return Template("{% load crispy_forms_tags ui %}" + source, engine=engine).render(Context(context))


def tag(html: str, pattern: str) -> str:
    found = re.search(rf"<[^>]*{pattern}[^>]*>", html)
    assert found, f"no tag with {pattern}"
    return found.group()


def test_the_browser_checks_nothing_by_itself() -> None:
    html = show("{% crispy form %}", form=ContactForm(), csrf_token="x")
    assert "novalidate" in html
    assert not re.search(r"\srequired[\s>=]", html)


def test_optional_fields_are_marked_and_compulsory_ones_are_not() -> None:
    html = show("{{ form|crispy }}", form=ContactForm())
    labels = dict(re.findall(r'<label class="form-label" for="(\w+)">(.*?)</label>', html))
    assert "(facultatif)" in labels["id_at"]
    assert "(facultatif)" not in labels["id_held_on"]
    assert "(facultatif)" in html.split("Objectifs servis")[1][:80]
    assert "(facultatif)" not in html.split(">Suivi discret")[1]


def test_a_filter_marks_nothing() -> None:
    class Filters(FilterForm):
        name = forms.CharField(required=False)

    assert "(facultatif)" not in show("{{ form|crispy }}", form=Filters())


def test_help_and_errors_are_tied_to_the_control() -> None:
    html = show("{{ form|crispy }}", form=ContactForm({"minutes": "1h75"}))
    minutes = tag(html, 'name="minutes"')
    assert 'aria-invalid="true"' in minutes
    assert 'aria-describedby="id_minutes_helptext id_minutes_error"' in minutes
    assert 'id="id_minutes_helptext"' in html
    assert 'id="id_minutes_error"' in html
    assert 'value="1h75"' in minutes, "what was typed stays"
    assert "aria-invalid" not in tag(html, 'name="at"')


def test_a_group_of_options_is_a_fieldset_with_its_own_error() -> None:
    html = show("{{ form|crispy }}", form=ContactForm({}))
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
    html = show("{% crispy form %}", form=form, csrf_token="x")
    links = re.findall(r'<a href="#(\w+)">(.*?)</a>', html.split("error-summary-list")[1].split("</ul>")[0])
    assert [target for target, _words in links] == ["id_held_on", "id_minutes", "id_channel_0", "id_said"]
    for target, words in links:
        assert f'id="{target}"' in html
        # The summary stands far from the field: it names it before the same words.
        said = words.split("\xa0: ", 1)[-1]
        assert html.count(said) == 2, "once in the summary, once beside the field"
    assert html.index("Rien ne va.") < html.index("#id_held_on")


def test_a_sound_form_has_no_summary() -> None:
    assert "error-summary" not in show("{{ form|as_crispy_errors }}", form=ContactForm(GOOD))
    assert "error-summary" not in show("{{ form|as_crispy_errors }}", form=ContactForm())


def test_two_forms_share_a_summary() -> None:
    both = ContactForm({"said": "x"}), ContactForm({}, prefix="second")
    errors = [error for form in both for error in form.summary_errors()]
    html = show('{% include "ancrage/layout/error_summary.html" %}', errors=errors)
    assert "#id_held_on" in html
    assert "#id_second-held_on" in html


class TestLayout:
    class Form(AncrageForm):
        first = forms.CharField()
        second = forms.CharField()
        third = forms.CharField()
        hidden = forms.CharField(widget=forms.HiddenInput, required=False)

        layout = Layout(Section("Ensemble", Row("second", "first"), "gone", help_text="À deux."))

    @staticmethod
    def order(html: str) -> list[str]:
        return re.findall(r'<fieldset|</fieldset|field-row|À deux|name="(?:\w+)"', html)

    def test_rows_follow_the_layout_and_the_rest_comes_last(self) -> None:
        assert self.order(show("{{ form|crispy }}", form=self.Form())) == [
            'name="hidden"',
            "<fieldset",
            "À deux",
            "field-row",
            'name="second"',
            'name="first"',
            "</fieldset",
            'name="third"',
        ]

    def test_a_field_left_alone_in_its_row_takes_the_line(self) -> None:
        form = self.Form()
        del form.fields["second"]
        html = show("{{ form|crispy }}", form=form)
        assert self.order(html) == [
            'name="hidden"',
            "<fieldset",
            "À deux",
            'name="first"',
            "</fieldset",
            'name="third"',
        ]

    def test_a_section_without_fields_is_not_shown(self) -> None:
        form = self.Form()
        del form.fields["second"], form.fields["first"]
        assert self.order(show("{{ form|crispy }}", form=form)) == ['name="hidden"', 'name="third"']

    def test_a_field_hidden_by_the_form_is_sent_and_not_shown(self) -> None:
        form = self.Form()
        form.fields["first"].widget = forms.HiddenInput()
        html = show("{{ form|crispy }}", form=form)
        assert html.count('name="first"') == 1
        assert "field-row" not in html

    def test_one_layout_serves_every_form_of_its_class(self) -> None:
        dropped = self.Form()
        del dropped.fields["second"]
        show("{{ form|crispy }}", form=dropped)
        assert 'name="second"' in show("{{ form|crispy }}", form=self.Form())

    def test_a_heading_is_words_and_never_a_template(self) -> None:
        class Form(AncrageForm):
            name = forms.CharField()
            layout = Layout(Section("{{ form }} & <b>", "name"))

        assert "{{ form }} &amp; &lt;b&gt;" in show("{{ form|crispy }}", form=Form())

    def test_the_fields_alone_bring_no_form_of_their_own(self) -> None:
        html = show("{{ form|crispy }}", form=self.Form({}), csrf_token="x")
        assert not re.search("<form|<button|csrfmiddlewaretoken|error-summary", html)


class TestSheet:
    def test_what_the_form_says_of_its_sheet(self) -> None:
        class Form(AncrageForm):
            name = forms.CharField()
            sheet = {"submit": "Continuer", "method": "get", "action": "account_login", "cancel": "/retour/"}

        html = show("{% crispy form %}", form=Form(), csrf_token="x")
        assert f'method="get" action="{reverse("account_login")}"' in html
        assert ">Continuer</button>" in html
        assert tag(html, 'href="/retour/"')
        assert "csrfmiddlewaretoken" not in html

    def test_a_form_that_asks_nothing_is_still_a_button(self) -> None:
        html = show("{% crispy form %}", form=AncrageForm(), csrf_token="x")
        assert "btn-primary" in tag(html, 'type="submit"')
        assert "csrfmiddlewaretoken" in html
        assert "Annuler" not in html


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
        ids = {tag(show("{{ form|crispy }}", form=ContactForm()), "submission_id") for _ in range(2)}
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

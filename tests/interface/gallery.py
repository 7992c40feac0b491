"""Every component on pages of their own, for the tests alone: production has no such address."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils.decorators import method_decorator

from config.urls import urlpatterns as real_addresses
from foundation.components import FilterTag, SummaryRow, TimelineItem
from foundation.errors import DomainError
from foundation.forms import (
    AncrageForm,
    FrenchDateField,
    FrenchTimeField,
    MinutesField,
    SubmissionIdMixin,
)
from foundation.layouts import Layout, Row, Section
from foundation.views import ActFormView, ConfirmActView, paginate
from foundation.ways import Way
from method.components import ClockFacts
from tables.charts import Bar, BarChart

TODAY = date(2026, 11, 22)


class ContactForm(SubmissionIdMixin, AncrageForm):
    held_on = FrenchDateField(label="Date du contact", not_future=True, shortcuts={"Aujourd’hui": 0, "Hier": -1})
    at = FrenchTimeField(label="Heure", required=False)
    minutes = MinutesField(label="Durée", help_text="En minutes (45) ou en heures (1h30).")
    channel = forms.ChoiceField(
        label="Comment a eu lieu le contact ?",
        choices=[("IN_PERSON", "En personne"), ("PHONE", "Téléphone"), ("VIDEO", "Vidéo")],
        widget=forms.RadioSelect,
    )
    site = forms.ChoiceField(label="Site", choices=[("", "–"), ("a", "La Louvière")], required=False)
    said = forms.CharField(label="Ce qui s’est dit", widget=forms.Textarea, help_text="Quelques phrases suffisent.")
    objectives = forms.MultipleChoiceField(
        label="Objectifs servis",
        required=False,
        choices=[("cv", "Refaire le CV"), ("car", "Obtenir le permis B")],
        widget=forms.CheckboxSelectMultiple,
    )
    discreet = forms.BooleanField(label="Suivi discret", required=False)

    layout = Layout(
        Section("L’entretien", Row("held_on", "at", "minutes"), "channel", "site"),
        Section("Ce qu’il en reste", "said", "objectives", "discreet", help_text="Jamais visible par l’employeur."),
    )


def stay(phase: str, starts_on: date, ends_on: date | None) -> SimpleNamespace:
    return SimpleNamespace(phase=phase, starts_on=starts_on, ends_on=ends_on)


BOUNCED = (
    stay("PREPARATORY", date(2024, 1, 8), date(2024, 3, 1)),
    stay("PRE_HIRE", date(2024, 3, 1), date(2024, 9, 2)),
    stay("HIRE", date(2024, 9, 2), date(2024, 9, 2)),
    stay("FOLLOW_UP", date(2024, 9, 2), date(2025, 2, 3)),
    stay("PRE_HIRE", date(2025, 2, 3), None),
)

CLOCKS = (
    ClockFacts(
        label="Pré-embauche · 24 mois",
        state="running",
        state_label="en cours",
        used_days=546,
        stopped_days=91,
        remaining_days=185,
        allowance_days=731,
        deadline=date(2027, 5, 26),
    ),
    ClockFacts(label="Suivi · 6 mois", state="none", state_label="pas d’emploi en cours"),
    ClockFacts(
        label="Pré-embauche · 24 mois",
        state="stopped",
        state_label="arrêtée",
        used_days=300,
        stopped_days=150,
        remaining_days=431,
        allowance_days=731,
        note="Arrêtée depuis le 25/06/2026 par un CDI.",
    ),
    ClockFacts(
        label="Pré-embauche · 24 mois",
        state="expired",
        state_label="échue",
        used_days=768,
        remaining_days=0,
        allowance_days=731,
        deadline=date(2026, 10, 16),
        overrun_days=37,
    ),
    ClockFacts(
        label="Suivi · 6 mois",
        state="running",
        state_label="en cours",
        used_days=150,
        remaining_days=31,
        allowance_days=181,
        deadline=date(2026, 12, 23),
    ),
)


def contents(request: HttpRequest) -> dict[str, Any]:
    """Everything that the gallery's page shows."""
    return {
        "organisation_id": uuid4(),
        "page_title": "Amina Exemple",
        "page_lead": "Accompagnée depuis le 8 janvier 2024 · site de La Louvière",
        "back": ("/galerie/", "Dossiers"),
        "today": TODAY,
        "spells": BOUNCED,
        "clocks": CLOCKS,
        "dues": [TODAY + timedelta(days=n) for n in (-40, -3, 0, 2, 9)],
        "rows": [
            (f"Personne {n}", TODAY + timedelta(days=due), clock)
            for n, (due, clock) in enumerate(zip((-40, -3, 0, 2, 9), CLOCKS, strict=True))
        ],
        "facts": [
            SummaryRow("Téléphone", "0470 00 00 00", href="#", action="Modifier"),
            SummaryRow("Adresse", href="#", missing="Ajouter l’adresse"),
            SummaryRow("Langues", "français, arabe", note="(lu et parlé)"),
            SummaryRow("Permis B"),
        ],
        "items": [
            TimelineItem(
                TODAY - timedelta(days=2),
                "Entretien individuel",
                "Le CV est prêt.",
                "Claire Exemple",
                ("en personne", "50 min"),
                "messages-square",
                href="#",
            ),
            TimelineItem(
                TODAY - timedelta(days=9),
                "Absence",
                icon="user-x",
                tone="warn",
                badge="1re absence",
                details=("10:00",),
            ),
            TimelineItem(TODAY - timedelta(days=60), "Fin de contrat", icon="briefcase", tone="bad"),
        ],
        "chart": BarChart(
            "Charge par jobcoach",
            [
                Bar("Claire Exemple", 19, mark=20),
                Bar("Marc Exemple", 24, tone="bad", mark=20, note="4 de trop", href="#"),
                Bar("Poste vacant", 3, tone="warn"),
            ],
            description="Dossiers ouverts.",
            label_column="Jobcoach",
            value_column="Dossiers",
            mark_label="Norme : 20 par temps plein",
        ),
        "empty_chart": BarChart("Rien encore", []),
        "tags": [FilterTag("Phase", "Pré-embauche", "?a"), FilterTag("En retard", "", "?b")],
        "tab_items": [
            {"label": "Synthèse", "url": "/galerie/"},
            {"label": "Emploi", "url": "/galerie/emploi/", "count": 3},
            SimpleNamespace(label="Documents", url="/galerie/documents/"),
        ],
        "crumbs": [("Dossiers", "/galerie/"), ("Amina Exemple", "")],
        "page_obj": paginate(request, list(range(400)), 20),
    }


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Contact consigné.")
    messages.error(request, "L’e-mail n’est pas parti.")
    source = (Path(__file__).parent / "gallery.html").read_text()
    return HttpResponse(engines["django"].from_string(source).render(contents(request), request))


@method_decorator(login_not_required, name="dispatch")
class ContactView(ActFormView):
    """An act that succeeds, unless the words say « refus » or « refus de la date »."""

    form_class = ContactForm
    page_title = "Consigner un contact"
    leads_to = Way("gallery", words="Amina Exemple")
    success_message = "Contact consigné."
    submit_label = "Consigner"

    def get_initial(self) -> dict[str, Any]:
        return {"held_on": TODAY, "minutes": 45}

    def act(self, form: ContactForm) -> str:
        said = form.cleaned_data["said"]
        if said == "refus":
            raise DomainError("clock_expired", "Le délai est écoulé.", hint="Demandez une prolongation.")
        if said.startswith("refus de "):
            raise DomainError("bad", "Cela ne va pas.", field=said.removeprefix("refus de "))
        return str(said)


@method_decorator(login_not_required, name="dispatch")
class CloseView(ConfirmActView):
    page_title = "Clôturer le dossier ?"
    submit_label = "Clôturer le dossier"
    consequences = ("Les deux horloges s’arrêtent.", "Seule la coordination pourra l’annuler.")
    leads_to = Way("gallery")

    def act(self, form: AncrageForm) -> None:
        """Nothing to do."""


urlpatterns = [
    path("galerie/", gallery, name="gallery"),
    path("galerie/contact/", ContactView.as_view(), name="gallery_contact"),
    path("galerie/cloturer/", CloseView.as_view(), name="gallery_close"),
    *real_addresses,
]

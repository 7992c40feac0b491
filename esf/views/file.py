"""The columns of the participant file, among the settings."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import organisation_of
from accounts.views.base import SettingsMixin
from esf.file.layout import columns_of, layout_on, name_of
from esf.file.sources import SOURCES
from esf.forms.file import ColumnAddForm, ColumnEditForm, LayoutForm
from esf.models import EsfFileColumn, EsfFileExport, EsfFileLayout
from esf.services import file as services
from foundation.clock import today
from foundation.views import ActFormView, ConfirmActView, PageView
from foundation.ways import Way

EXPORTS_SHOWN = 20


class FileSettingsMixin(SettingsMixin):
    """A page of the participant file among the settings."""

    permission = "esf.manage_participant_file"
    section = "esf:layouts"

    @cached_property
    def layout(self) -> EsfFileLayout:
        """The form that the address names, or that of the column that it names."""
        if "column_id" in self.kwargs:
            return self.column.layout
        found: EsfFileLayout = get_object_or_404(
            EsfFileLayout.objects.visible_to(self.actor),
            pk=self.kwargs["layout_id"],
        )
        return found

    @cached_property
    def column(self) -> EsfFileColumn:
        """The column that the address names."""
        mine = EsfFileLayout.objects.visible_to(self.actor)
        columns = EsfFileColumn.objects.filter(layout__in=mine).select_related("layout")
        return get_object_or_404(columns, pk=self.kwargs["column_id"])


class LayoutListView(FileSettingsMixin, PageView):
    """The forms of the file by date, and the files that left."""

    template_name = "esf/layouts.html"
    page_title = gettext_lazy("Fichier des participants FSE+")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the forms, the one in force, and the last exports."""
        present = layout_on(organisation_of(self.actor), today())
        exports = EsfFileExport.objects.visible_to(self.actor).select_related("project", "exported_by", "layout")
        return super().get_context_data(
            layouts=EsfFileLayout.objects.visible_to(self.actor).order_by("-valid_from"),
            present=present,
            present_name=name_of(present),
            columns=columns_of(present),
            exports=exports.order_by("-created_at", "pk")[:EXPORTS_SHOWN],
            **kwargs,
        )


class LayoutCreateView(FileSettingsMixin, ActFormView):
    """A new form of the file."""

    form_class = LayoutForm
    page_title = gettext_lazy("Nouveau modèle de fichier")
    page_lead = gettext_lazy("Il reprend les colonnes du modèle en vigueur ce jour-là.")
    leads_to = Way("esf:layouts", words=gettext_lazy("Fichier des participants FSE+"))
    after = Way("esf:layout", "result.pk")

    def act(self, form: LayoutForm) -> EsfFileLayout:
        return services.create_layout(actor=self.actor, **form.cleaned_data)

    def get_success_message(self, form: Any) -> str:
        return _("Le modèle est créé : adaptez maintenant ses colonnes.")


class LayoutView(FileSettingsMixin, PageView):
    """The columns of a form."""

    template_name = "esf/layout.html"
    leads_to = Way("esf:layouts", words=gettext_lazy("Fichier des participants FSE+"))

    def get_page_title(self) -> str:
        return _("Modèle en vigueur depuis le %(day)s") % {"day": f"{self.layout.valid_from:%d/%m/%Y}"}

    def get_page_lead(self) -> str:
        return self.layout.source

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the columns, and whether they may still change."""
        columns = self.layout.columns.order_by("position", "pk")
        return super().get_context_data(
            layout=self.layout,
            columns=[(column, SOURCES.get(column.source)) for column in columns],
            is_free=not self.layout.exports.exists(),
            **kwargs,
        )


class LayoutRemoveView(FileSettingsMixin, ConfirmActView):
    """A form is taken back."""

    submit_label = gettext_lazy("Supprimer ce modèle")
    success_message = gettext_lazy("Le modèle est supprimé.")
    leads_to = Way("esf:layout", "layout.pk")
    after = Way("esf:layouts")

    def get_page_title(self) -> str:
        return _("Supprimer le %(name)s ?") % {"name": self.layout}

    def get_consequences(self) -> tuple[str, ...]:
        return (_("Les fichiers suivants auront les colonnes du modèle précédent."),)

    def act(self, form: Any) -> None:
        services.remove_layout(layout=self.layout, actor=self.actor)


class ColumnActView(FileSettingsMixin, ActFormView):
    leads_to = Way("esf:layout", "layout.pk", words=gettext_lazy("Colonnes"))


class ColumnAddView(ColumnActView):
    """A column is added; when its values may be coded, the codes come next."""

    form_class = ColumnAddForm
    page_title = gettext_lazy("Ajouter une colonne")

    def act(self, form: ColumnAddForm) -> EsfFileColumn:
        return services.add_column(
            layout=self.layout, source=form.cleaned_data["source"], statement=form.statement(), actor=self.actor
        )

    def get_success_message(self, form: Any) -> str:
        return _("Colonne ajoutée : %(name)s.") % {"name": self.result.header}

    def get_success_url(self) -> str:
        """To its codes, if it can have some."""
        if SOURCES[self.result.source].values:
            return reverse("esf:column_edit", args=[self.result.pk])
        return super().get_success_url()


class ColumnEditView(ColumnActView):
    form_class = ColumnEditForm

    def get_page_title(self) -> str:
        return _("Colonne « %(name)s »") % {"name": self.column.header}

    def get_page_lead(self) -> str:
        return _("Donnée : %(name)s") % {"name": SOURCES[self.column.source].label}

    def get_form_kwargs(self) -> dict[str, Any]:
        if self.column.source not in SOURCES:
            raise Http404
        return {**super().get_form_kwargs(), "column_source": SOURCES[self.column.source]}

    def get_initial(self) -> dict[str, Any]:
        values = SOURCES[self.column.source].values if self.column.source in SOURCES else ()
        codes = {f"code_{number}": self.column.codes.get(value, "") for number, (value, _words) in enumerate(values)}
        return {"header": self.column.header, "position": self.column.position, **codes}

    def act(self, form: ColumnEditForm) -> EsfFileColumn:
        return services.change_column(column=self.column, statement=form.statement(), actor=self.actor)

    def get_success_message(self, form: Any) -> str:
        return _("Colonne enregistrée : %(name)s.") % {"name": self.result.header}


class ColumnRemoveView(ColumnActView, ConfirmActView):
    """A column is taken out."""

    template_name = "forms/confirm.html"
    form_class = ConfirmActView.form_class
    submit_label = gettext_lazy("Retirer cette colonne")
    success_message = gettext_lazy("La colonne est retirée.")

    def get_page_title(self) -> str:
        return _("Retirer la colonne « %(name)s » ?") % {"name": self.column.header}

    def get_consequences(self) -> tuple[str, ...]:
        return (_("Le fichier n’aura plus cette colonne. Les fiches des participants ne changent pas."),)

    def act(self, form: Any) -> None:
        services.remove_column(column=self.column, actor=self.actor)

"""One's own calendar: invitations to it, and the address under which it is read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import AncrageForm
from foundation.layouts import Layout, Section


class OwnCalendarForm(AncrageForm):
    is_invited = forms.BooleanField(
        label=_("M’envoyer mes rendez-vous et mes séances par e-mail, en invitation"),
        required=False,
        help_text=_("Votre agenda les inscrit, les déplace et les retire de lui-même. Les initiales, jamais le nom."),
    )
    address = forms.CharField(
        label=_("Adresse secrète de mon agenda (iCal)"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
        help_text=_(
            "Seules les heures prises en sont gardées, pour signaler un conflit : ni titre, ni lieu, ni personne. "
            "L’adresse est chiffrée et n’est plus montrée ; laissez vide pour garder celle qui est connue."
        ),
    )
    forget = forms.BooleanField(label=_("Ne plus lire mon agenda et oublier son adresse"), required=False)

    layout = Layout(
        Section(_("Mes rendez-vous dans mon agenda"), "is_invited"),
        Section(_("Mon agenda dans Ancrage"), "address", "forget"),
    )
    mark_optional = False

    def __init__(self, *args: object, is_known: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not is_known:
            del self.fields["forget"]

    def address_given(self) -> str | None:
        """The address that was typed; "" to forget the one that is known, `None` to keep it."""
        if self.cleaned_data["address"]:
            return str(self.cleaned_data["address"])
        return "" if self.cleaned_data.get("forget") else None

"""Every address of Ancrage: each room serves its own."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from config import views
from config.views import AccessibilityStatementView

handler400 = views.bad_request
urlpatterns = [
    path("", views.home, name="home"),
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
    path("mots-gardes/effacer/", views.forget_words, name="forget_words"),
    # Before anybody is known, the entrance keeps the choice in a cookie.
    path("langue/", login_not_required(set_language), name="set_language"),
    path("accessibilite/", AccessibilityStatementView.as_view(), name="accessibility"),
    path("compte/", include("accounts.login_urls")),
    path("", include("accounts.urls")),
    path("", include("beneficiaries.urls")),
    path("", include("employers.urls")),
    path("", include("placements.urls")),
    path("", include("followup.urls")),
    path("", include("timesheets.urls")),
    path("", include("road.urls")),
    path("", include("documents.urls")),
    path("", include("esf.urls")),
    path("", include("inspection.urls")),
    path("", include("reporting.urls")),
]

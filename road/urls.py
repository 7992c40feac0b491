"""Addresses of the road: at the root, so that what the browser keeps covers its page and nothing else."""

from django.urls import path

from road import views

app_name = "road"

urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sur-la-route.js", views.worker, name="worker"),
    path("sur-la-route/", views.road_page, name="page"),
    path("sur-la-route/jour/", views.RoadDayView.as_view(), name="day"),
    path("sur-la-route/envoyer/", views.RoadSendView.as_view(), name="send"),
]

"""Addresses of the privacy app: the history of a row is shown by the page that owns the row, so there is none yet."""

from django.urls import URLPattern

app_name = "privacy"
urlpatterns: list[URLPattern] = []

"""Addresses of the placements app."""

from django.urls import URLPattern

app_name = "placements"

urlpatterns: list[URLPattern] = []

"""Addresses of the employers app."""

from django.urls import URLPattern

app_name = "employers"

urlpatterns: list[URLPattern] = []

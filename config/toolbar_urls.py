"""The addresses of Ancrage, and those of the debug toolbar, for bin/dev alone."""

from debug_toolbar.toolbar import debug_toolbar_urls

from config.urls import urlpatterns as ours

urlpatterns = [*debug_toolbar_urls(), *ours]

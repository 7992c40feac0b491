"""Pages with the faults that the traps look for."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.urls import path


@login_not_required
def inline_style(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<p style="color: red">non</p>')


@login_not_required
def one_by_one(request: HttpRequest) -> HttpResponse:
    rows = Permission.objects.order_by("pk")[:5]
    return HttpResponse(", ".join(row.content_type.model for row in rows))


@login_not_required
def joined(request: HttpRequest) -> HttpResponse:
    rows = Permission.objects.select_related("content_type").order_by("pk")[:5]
    return HttpResponse(", ".join(row.content_type.model for row in rows))


urlpatterns = [
    path("inline-style", inline_style),
    path("one-by-one", one_by_one),
    path("joined", joined),
]

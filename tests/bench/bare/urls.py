"""The one page of the bare project."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls


def session(request: HttpRequest) -> HttpResponse:
    """One look-up of the session, one of the user."""
    return HttpResponse(f"hello, {request.user.username}")


urlpatterns = [path("session/", session), path("", include(wagtail_urls))]

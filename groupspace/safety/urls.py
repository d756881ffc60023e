"""Addresses under /weg/."""

from django.urls import path

from .views import ExitView, HelpView, HowView

app_name = "safety"

urlpatterns = [
    path("", ExitView.as_view(), name="exit"),
    path("uitleg/", HowView.as_view(), name="how"),
    path("hulp-nu/", HelpView.as_view(), name="help"),
]

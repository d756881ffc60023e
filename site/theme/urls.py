"""Addresses of the design."""

from django.urls import path

from .styleguide import StyleGuideView

app_name = "theme"

urlpatterns = [path("stijl/", StyleGuideView.as_view(), name="styleguide")]

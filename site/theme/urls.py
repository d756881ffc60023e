"""Addresses of the design: the style guide, in development only."""

from django.conf import settings
from django.urls import path

app_name = "theme"

urlpatterns = []

if settings.DEBUG or settings.STYLE_GUIDE:
    from .styleguide import StyleGuideView

    urlpatterns.append(path("stijl/", StyleGuideView.as_view(), name="styleguide"))

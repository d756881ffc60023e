"""Where the sender of a message reads how it goes."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "knowledgebase_contact"
urlpatterns = [path("bericht/", views.follow, name="follow")]

"""Addresses of single ideas, and of what a visitor can do with one."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "knowledgebase_ideas"
urlpatterns = [
    path("idee/ik-ook/", views.support, name="support"),
    path("idee/geen-mail/<str:token>/", views.stop, name="stop"),
    path("idee/<uuid:uuid>/", views.idea, name="idea"),
]

"""Addresses for who reacts; what everybody reads stands on the pages themselves."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "knowledgebase_reactions"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<uuid:page>/", views.write, name="write"),
    path("intrekken/<uuid:reaction>/", views.withdraw, name="withdraw"),
]

"""Addresses of the text app."""

from django.urls import path

from . import views

app_name = "text"
urlpatterns = [path("concept/", views.draft_save, name="draft-save")]

"""Addresses of the public site that are not pages in the tree."""

from django.urls import path

from . import views

app_name = "knowledgebase"
urlpatterns = [
    path("zoeken/", views.search, name="search"),
]

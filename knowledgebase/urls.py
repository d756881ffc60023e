"""Addresses of the public site that are not pages in the tree."""

from django.apps import apps
from django.urls import include, path

app_name = "knowledgebase"
urlpatterns = []
if apps.is_installed("knowledgebase.search"):
    urlpatterns.append(path("zoeken/", include("knowledgebase.search.urls")))

"""Addresses of the site itself that are not pages in the tree."""

from django.urls import path

from knowledgebase.sharing import sitemap

urlpatterns = [
    path("sitemap.xml", sitemap, name="sitemap"),
]

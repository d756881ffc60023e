"""Addresses of the site itself that are not pages in the tree."""

from django.urls import path

from home.own_data import own_data
from knowledgebase.sharing import sitemap

urlpatterns = [
    path("account/gegevens/", own_data, name="own_data"),
    path("sitemap.xml", sitemap, name="sitemap"),
]

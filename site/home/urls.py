"""Addresses of the site itself that are not pages in the tree."""

from django.urls import path

from home.on_phone import icon, manifest
from home.own_data import own_data
from knowledgebase.sharing import sitemap

urlpatterns = [
    path("account/gegevens/", own_data, name="own_data"),
    path("app.webmanifest", manifest, name="app_manifest"),
    path("app/<slug:shape>-<int:size>.png", icon, name="app_icon"),
    path("sitemap.xml", sitemap, name="sitemap"),
]

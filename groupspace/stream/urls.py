"""Addresses of what happened; they hang under the same path as the spaces themselves."""

from django.urls import path

from groupspace.stream import views

app_name = "stream"
urlpatterns = [
    path("nieuw-voor-mij/", views.MyStreamView.as_view(), name="mine"),
    path("<uuid:space>/activiteit/", views.SpaceStreamView.as_view(), name="space"),
]

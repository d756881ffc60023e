"""Addresses of the private search."""

from django.urls import path

from groupspace.search import views

urlpatterns = [path("", views.SearchView.as_view(), name="search")]

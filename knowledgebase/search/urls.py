"""The address of the search. Included by the addresses of the knowledge base, in whose namespace it stands."""

from django.urls import path

from . import views

urlpatterns = [path("", views.search, name="search")]

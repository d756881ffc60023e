"""Addresses of links, under a space."""

from django.urls import path

from groupspace.comments.views import comment_urls
from groupspace.links import views
from groupspace.links.models import LinkComment

urlpatterns = [
    path("", views.LinkListView.as_view(), name="list"),
    path("nieuw/", views.LinkCreateView.as_view(), name="link-create"),
    path("<uuid:item>/", views.LinkDetailView.as_view(), name="link"),
    path("<uuid:item>/bewerk/", views.LinkEditView.as_view(), name="link-edit"),
    *comment_urls(LinkComment),
    path("<uuid:item>/weghalen/", views.LinkDeleteView.as_view(), name="link-delete"),
]

"""Addresses of pages, under a space."""

from django.urls import path

from groupspace.comments.views import comment_urls
from groupspace.pages import views
from groupspace.pages.models import PageComment

urlpatterns = [
    path("", views.PageListView.as_view(), name="list"),
    path("nieuw/", views.PageCreateView.as_view(), name="page-create"),
    path("versie/<uuid:item>/", views.VersionDetailView.as_view(), name="version"),
    path("versie/<uuid:item>/terugzetten/", views.VersionRestoreView.as_view(), name="version-restore"),
    path("<uuid:item>/", views.PageDetailView.as_view(), name="page"),
    path("<uuid:item>/bewerk/", views.PageEditView.as_view(), name="page-edit"),
    path("<uuid:item>/geschiedenis/", views.PageHistoryView.as_view(), name="page-history"),
    path("<uuid:item>/vergelijk/", views.PageCompareView.as_view(), name="page-compare"),
    path("<uuid:item>/verplaats/", views.PageMoveView.as_view(), name="page-move"),
    path("<uuid:item>/slot/", views.PageLockView.as_view(), name="page-lock"),
    *comment_urls(PageComment),
    path("<uuid:item>/weghalen/", views.PageDeleteView.as_view(), name="page-delete"),
]

"""Addresses of files and folders, under a space."""

from django.urls import path

from groupspace.comments.views import comment_urls
from groupspace.files import views
from groupspace.files.models import FileComment

urlpatterns = [
    path("", views.FileListView.as_view(), name="list"),
    path("nieuw/", views.UploadView.as_view(), name="upload"),
    path("map/", views.FolderCreateView.as_view(), name="folder-create"),
    path("map/<uuid:item>/", views.FolderView.as_view(), name="folder"),
    path("map/<uuid:item>/naam/", views.FolderRenameView.as_view(), name="folder-rename"),
    path("map/<uuid:item>/weghalen/", views.FolderDeleteView.as_view(), name="folder-delete"),
    path("versie/<uuid:item>/", views.VersionDownloadView.as_view(), name="version"),
    path("versie/<uuid:item>/groot/", views.VersionPictureView.as_view(), name="version-picture"),
    path("<uuid:item>/", views.FileDetailView.as_view(), name="file"),
    path("<uuid:item>/bestand/", views.FileDownloadView.as_view(), name="file-download"),
    path("<uuid:item>/groot/", views.FilePictureView.as_view(), name="file-picture"),
    path("<uuid:item>/klein/", views.FileThumbnailView.as_view(), name="file-thumbnail"),
    path("<uuid:item>/versie/", views.FileRenewView.as_view(), name="file-renew"),
    path("<uuid:item>/bewerk/", views.FileEditView.as_view(), name="file-edit"),
    path("<uuid:item>/weghalen/", views.FileDeleteView.as_view(), name="file-delete"),
    *comment_urls(FileComment),
]

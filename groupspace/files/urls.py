"""Addresses of files and folders, under a space."""

from django.urls import path

from groupspace.comments.views import comment_urls
from groupspace.files.models import FileComment
from groupspace.files.views import browsing, contents, file, folders, sharing

urlpatterns = [
    path("", browsing.FileListView.as_view(), name="list"),
    path("nieuw/", sharing.UploadView.as_view(), name="upload"),
    path("map/", folders.FolderCreateView.as_view(), name="folder-create"),
    path("map/<uuid:item>/", browsing.FolderView.as_view(), name="folder"),
    path("map/<uuid:item>/naam/", folders.FolderRenameView.as_view(), name="folder-rename"),
    path("map/<uuid:item>/weghalen/", folders.FolderDeleteView.as_view(), name="folder-delete"),
    path("versie/<uuid:item>/", contents.VersionDownloadView.as_view(), name="version"),
    path("versie/<uuid:item>/groot/", contents.VersionPictureView.as_view(), name="version-picture"),
    path("<uuid:item>/", file.FileDetailView.as_view(), name="file"),
    path("<uuid:item>/bestand/", contents.FileDownloadView.as_view(), name="file-download"),
    path("<uuid:item>/groot/", contents.FilePictureView.as_view(), name="file-picture"),
    path("<uuid:item>/klein/", contents.FileThumbnailView.as_view(), name="file-thumbnail"),
    path("<uuid:item>/versie/", sharing.FileRenewView.as_view(), name="file-renew"),
    path("<uuid:item>/bewerk/", file.FileEditView.as_view(), name="file-edit"),
    path("<uuid:item>/weghalen/", file.FileDeleteView.as_view(), name="file-delete"),
    *comment_urls(FileComment),
]

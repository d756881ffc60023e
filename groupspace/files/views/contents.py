"""The files themselves, to save and to look at."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from groupspace.files.models import File, FileVersion
from groupspace.files.views.place import FileView, Place
from groupspace.storage.serving import serve
from groupspace.views import ItemView
from groupspace.views.pictures import Album, show_picture


class FileDownloadView(FileView):
    """The newest version itself."""

    action = "view"
    thumbnail = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        version = self.item.versions.filter(number=self.item.number).select_related("upload").first()
        if version is None:
            raise Http404
        return serve(version.upload, thumbnail=self.thumbnail, part=request.headers.get("Range", ""))


class FileThumbnailView(FileDownloadView):
    """A picture, small; for albums."""

    action = "view"
    thumbnail = True


class VersionDownloadView(Place, ItemView):
    """Any version itself."""

    action = "view"
    model = FileVersion
    related = ("file", "upload")

    def find_item(self) -> FileVersion:
        """The version in the address, when it is in this space; whether the actor may have it, its file decides."""
        found: FileVersion | None = self.items().filter(pk=self.kwargs["item"], file__space=self.space).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return serve(self.item.upload, part=request.headers.get("Range", ""))


class FilePictureView(FileView):
    """The newest version of a picture, as large as the screen."""

    action = "view"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        version = self.item.versions.filter(number=self.item.number).select_related("upload").first()
        if version is None:
            raise Http404
        return show_picture(
            self,
            version.upload,
            source=self.url("file-download", self.item.pk),
            alt=self.item.description or self.item.label,
            back=self.url("file", self.item.pk),
            crumbs=self.crumbs_here((_("Foto"), "")),
            album=self.album() if version.upload.is_image and self.item.prepared_for is None else None,
        )

    def album(self) -> Album:
        """What stands around this picture in its folder."""
        before, after = (
            self.url("file-picture", pk) if pk else "" for pk in File.objects.pictures_around(self.actor, self.item)
        )
        folder = self.tree.get(self.item.folder_id) if self.item.folder_id else None
        return Album(before, after, whole=self.url_of_folder(folder))


class VersionPictureView(VersionDownloadView):
    """Any version of a picture, as large as the screen."""

    action = "view"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        file = self.item.file
        back = self.url("file", file.pk)
        return show_picture(
            self,
            self.item.upload,
            source=self.url("version", self.item.pk),
            alt=file.description or file.label,
            back=back,
            crumbs=self.crumbs_to(None, (file.label, back), (_("Foto"), "")),
        )

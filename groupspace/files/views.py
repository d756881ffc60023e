"""Pages of files and folders. They fetch through the policy, validate, take files in, call an action and show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.comments.views import Commented
from groupspace.files import actions
from groupspace.files.folders import Tree
from groupspace.files.forms import FileForm, FolderForm, RenewForm, UploadForm
from groupspace.files.models import DEEPEST, File, FileComment, FileVersion, Folder
from groupspace.files.rows import file_rows, folder_rows, tags_of, version_rows
from groupspace.forms.attempt import attempt
from groupspace.held import held_from
from groupspace.models import Audience
from groupspace.storage.keeping import drop, take_in, waiting
from groupspace.storage.models import Upload
from groupspace.storage.serving import serve
from groupspace.text.composer import Composer
from groupspace.views import ItemView
from groupspace.views.pictures import show_picture
from groupspace.views.writing import WritingView

PER_PAGE = 30


class Place(WritingView):
    """What every page of files has: addresses, the folders, and the path to it."""

    abstract = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self._tree: Tree | None = None

    @property
    def tree(self) -> Tree:
        if self._tree is None:
            self._tree = Tree(self.space.pk)
        return self._tree

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"groupspace:bestanden:{name}", args=[self.space.pk, *args])

    def url_of_folder(self, folder: Folder | None) -> str:
        return self.url("folder", folder.pk) if folder else self.url("list")

    def crumbs_to(self, folder: Folder | None, *more: tuple[str, str]) -> list[Any]:
        way = [(one.label, self.url_of_folder(one)) for one in self.tree.way_to(folder)]
        return self.crumbs((_("Bestanden"), self.url("list")), *way, *more)

    def folder_asked(self) -> Folder | None:
        """The folder in `?map=`; None for none. Raises Http404 for one that is not here."""
        asked = self.request.GET.get("map")
        return self.folder_with(_uuid(asked)) if asked else None

    def folder_with(self, pk: UUID) -> Folder:
        folder = self.tree.get(pk)
        if folder is None or not policy.can(self.actor, "view", folder):
            raise Http404
        return folder


class FileListView(Place):
    """The files on top, or in a folder: its folders, then the newest files; pictures as an album."""

    action = "view"
    template_name = "groupspace/files/file_list.html"

    def folder(self) -> Folder | None:
        return None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        folder = self.folder()
        files = File.objects.listed_for(self.actor, self.space.pk)
        counts = files.per_folder() if len(self.tree) else {}
        here = files.filter(folder=folder)
        after = request.GET.get("na")
        if after is not None:
            here = here.filter(id__lt=_uuid(after))
        found = list(here[: PER_PAGE + 1])
        rows = file_rows(self.space, found[:PER_PAGE])
        in_it = [] if after else folder_rows(self.space, self.tree.under(folder), self.tree, counts)
        crumbs = self.crumbs_to(folder)
        return self.show(
            folder=folder,
            folders=in_it,
            pictures=[row for row in rows if row["picture"]],
            files=[row for row in rows if not row["picture"]],
            older=found[PER_PAGE - 1].pk if len(found) > PER_PAGE else "",
            is_first=after is None,
            may_share=policy.can(self.actor, "upload", self.space),
            may_nest=self.tree.depth(folder) < DEEPEST and not held_from(self.actor, self.space),
            may_change=folder and policy.can(self.actor, "edit", folder),
            breadcrumbs=[*crumbs[:-1], (crumbs[-1][0], "")],
        )


class FolderView(FileListView):
    """One folder."""

    action = "view"

    def folder(self) -> Folder:
        return self.folder_with(self.kwargs["item"])


class TakesFiles:
    """What sharing and renewing have in common: files are taken in first, for that takes seconds. A mix-in."""

    def take(self, files: Iterable[Any]) -> tuple[list[Upload], list[str]]:
        """Take files in; those that could be, and for each other its name with what to do."""
        taken, refused = [], []
        for file in files:
            try:
                taken.append(take_in(file, self.request.user.pk))  # type: ignore[attr-defined]  # the view it is mixed into
            except ValidationError as error:
                refused.append(f"{file.name}: {error.messages[0]}")
        return taken, refused

    def give(self, form: Any, composer: Composer, taken: list[Upload], give: Callable[[], str]) -> str | None:
        """Give the files to the group, once however often the button is pressed; the address to go to.

        None when the action refused. What did not find a place is thrown away.
        """

        def once() -> str:
            with composer.once() as claim:
                if claim.first:
                    claim.url = give()
            return claim.url

        address = attempt(form, once)
        for upload in waiting(self.request.user.pk, [upload.pk for upload in taken]):  # type: ignore[attr-defined]
            drop(upload)
        return address


class UploadView(TakesFiles, Place):
    """Share one or more files. Those that cannot be taken in are named; the others are there."""

    action = "upload"
    template_name = "groupspace/files/upload_form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        folder = self.folder_asked()
        form, composer = UploadForm(tree=self.tree, initial={"folder": folder.pk if folder else ""}), self.composer()
        composer.fill(form)
        return self.ask(form, composer)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form, composer = UploadForm(request.POST, request.FILES, tree=self.tree), self.composer()
        if not form.is_valid():
            return self.ask(form, composer)
        fields = form.cleaned_data
        taken, refused = self.take(fields.pop("files"))
        address = self.give(form, composer, taken, lambda: self.share(taken, fields)) if taken else None
        if address is None:
            for sentence in refused:
                form.add_error("files", sentence)
            return self.ask(form, composer)
        for sentence in refused:
            messages.error(request, sentence)
        return redirect(address)

    def share(self, uploads: list[Upload], fields: dict[str, Any]) -> str:
        files = [actions.share_file(self.actor, self.space, upload, **fields) for upload in uploads]
        if len(files) == 1:
            return self.url("file", files[0].pk)
        messages.success(self.request, _("Je deelde %(count)d bestanden.") % {"count": len(files)})
        return self.url_of_folder(fields.get("folder"))

    def composer(self) -> Composer:
        return Composer(self.request, "files", self.space.pk)

    def ask(self, form: UploadForm, composer: Composer) -> HttpResponse:
        heading = _("Deel bestanden")
        everybody = self.who_reads()["readers"]
        form.fields["audience"].choices = [(Audience.SPACE, everybody), *Audience.choices[1:]]
        return self.show_form(
            form, composer, heading=heading, button=_("Deel"), breadcrumbs=self.crumbs_to(None, (heading, ""))
        )


class FolderCreateView(Place):
    """Make a folder, on top or in the one that is asked."""

    action = "upload"
    writes = "folder"
    template_name = "groupspace/files/form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.folder_asked()
        return self.ask(FolderForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form, parent = FolderForm(request.POST), self.folder_asked()
        made = form.is_valid() and attempt(
            form, lambda: actions.create_folder(self.actor, self.space, parent=parent, **form.cleaned_data)
        )
        return redirect(self.url_of_folder(made)) if made else self.ask(form)

    def ask(self, form: FolderForm) -> HttpResponse:
        folder, heading = self.folder_asked(), _("Nieuwe map")
        return self.show(
            form=form,
            heading=heading,
            button=_("Maak de map"),
            back=self.url_of_folder(folder),
            breadcrumbs=self.crumbs_to(folder, (heading, "")),
            status=422 if form.errors else 200,
        )


class FolderPage(Place):
    """A page about one folder that its maker and whoever moderates may use."""

    abstract = True
    folder: Folder

    def check(self) -> None:
        super().check()
        self.folder = self.folder_with(self.kwargs["item"])
        self.folder.space = self.space
        self.judge(self.asks, self.folder)

    asks: ClassVar[str]


class FolderRenameView(FolderPage):
    """Give a folder another name."""

    action = "view"
    asks = "edit"
    writes = "folder-name"
    template_name = "groupspace/files/form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(FolderForm(initial={"name": self.folder.name}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = FolderForm(request.POST)
        renamed = form.is_valid() and attempt(
            form, lambda: (actions.rename_folder(self.actor, self.folder, **form.cleaned_data), True)
        )
        return redirect(self.url_of_folder(self.folder)) if renamed else self.ask(form)

    def ask(self, form: FolderForm) -> HttpResponse:
        heading = _("Verander de naam van de map")
        return self.show(
            form=form,
            heading=heading,
            button=_("Bewaar"),
            back=self.url_of_folder(self.folder),
            breadcrumbs=self.crumbs_to(self.folder, (heading, "")),
            status=422 if form.errors else 200,
        )


class FolderDeleteView(FolderPage):
    """Take a folder away, after one question; what stands in it stays."""

    action = "view"
    asks = "delete"
    template_name = "groupspace/files/delete.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        heading = _("Haal de map weg")
        return self.show(
            heading=heading,
            title=self.folder.label,
            text=_("Alleen de map gaat weg. Wat erin staat, gaat naar de map erboven."),
            back=self.url_of_folder(self.folder),
            breadcrumbs=self.crumbs_to(self.folder, (heading, "")),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        above = self.tree.way_to(self.folder)[:-1]
        actions.delete_folder(self.actor, self.folder)
        return redirect(self.url_of_folder(above[-1] if above else None))


class FileView(Place, ItemView):
    """A page about one file."""

    abstract = True
    model = File

    def crumbs_here(self, *more: tuple[str, str]) -> list[Any]:
        folder = self.tree.get(self.item.folder_id) if self.item.folder_id else None
        here = self.url("file", self.item.pk) if more else ""
        return self.crumbs_to(folder, (self.item.label, here), *more)


class FileDetailView(Commented, FileView):
    """A file: look at it or save it, its versions, and what others said."""

    action = "view"
    comments = FileComment
    template_name = "groupspace/files/file_detail.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        file = self.item
        versions = FileVersion.objects.filter(file=file).with_author().select_related("upload").order_by("-number")
        rows = version_rows(self.space, versions)
        return self.show(
            file=file,
            newest=rows[0] if rows else None,
            versions=rows[1:],
            tags=tags_of(file),
            may_renew=policy.can(self.actor, "renew", file),
            may_edit=policy.can(self.actor, "edit", file),
            may_delete=policy.can(self.actor, "delete", file),
            breadcrumbs=self.crumbs_here(),
            **self.comments_context(),
        )


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
        queryset = FileVersion.objects.select_related(*self.related)
        version = policy.visible(self.actor, queryset).filter(pk=self.kwargs["item"], file__space=self.space).first()
        if version is None:
            raise Http404
        found: FileVersion = version
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
        )


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


class FileRenewView(TakesFiles, FileView):
    """Add a newer version."""

    action = "renew"
    template_name = "groupspace/files/upload_form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, composer = RenewForm(), self.composer()
        composer.fill(form)
        return self.ask(form, composer)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form, composer = RenewForm(request.POST, request.FILES), self.composer()
        if not form.is_valid():
            return self.ask(form, composer)
        taken, refused = self.take(form.cleaned_data["files"])
        for sentence in refused:
            form.add_error("files", sentence)
        note = form.cleaned_data.get("note", "")
        address = self.give(form, composer, taken, lambda: self.renew(taken[0], note)) if taken else None
        return redirect(address) if address else self.ask(form, composer)

    def renew(self, upload: Upload, note: str) -> str:
        actions.renew_file(self.actor, self.item, upload, note=note)
        return self.url("file", self.item.pk)

    def composer(self) -> Composer:
        return Composer(self.request, "file-renew", self.item.pk)

    def ask(self, form: RenewForm, composer: Composer) -> HttpResponse:
        heading = _("Nieuwe versie")
        return self.show_form(
            form,
            composer,
            audience=self.item.audience,
            heading=heading,
            button=_("Deel deze versie"),
            breadcrumbs=self.crumbs_here((heading, "")),
        )


class FileEditView(FileView):
    """Give a file another name, description or place."""

    action = "edit"
    writes = "file-edit"
    template_name = "groupspace/files/form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        file = self.item
        now = {"title": file.title, "description": file.description, "folder": file.folder_id}
        return self.ask(FileForm(tree=self.tree, initial=now))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = FileForm(request.POST, tree=self.tree)
        changed = form.is_valid() and attempt(form, lambda: (self.change(**form.cleaned_data), True))
        return redirect(self.url("file", self.item.pk)) if changed else self.ask(form)

    def change(self, *, title: str, description: str, folder: Folder | None = None) -> None:
        actions.change_file(self.actor, self.item, title=title, description=description, folder=folder)

    def ask(self, form: FileForm) -> HttpResponse:
        heading = _("Verander titel, tekst of map")
        return self.show(
            form=form,
            heading=heading,
            button=_("Bewaar"),
            back=self.url("file", self.item.pk),
            breadcrumbs=self.crumbs_here((heading, "")),
            status=422 if form.errors else 200,
        )


class FileDeleteView(FileView):
    """Take a file away, after one question."""

    action = "delete"
    template_name = "groupspace/files/delete.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        heading = _("Haal het bestand weg")
        return self.show(
            heading=heading,
            title=self.item.label,
            text=_("Alle versies en alle reacties gaan ook weg. Je kunt ze niet terughalen."),
            back=self.url("file", self.item.pk),
            breadcrumbs=self.crumbs_here((heading, "")),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        folder = self.tree.get(self.item.folder_id) if self.item.folder_id else None
        actions.delete_file(self.actor, self.item)
        return redirect(self.url_of_folder(folder))


def _uuid(text: str) -> UUID:
    try:
        return UUID(hex=text)
    except ValueError:
        raise Http404 from None

"""Pages about one file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.comments.views import Commented
from groupspace.files import actions
from groupspace.files.forms import FileForm
from groupspace.files.models import FileComment, FileVersion, Folder
from groupspace.files.rows import tags_of, version_rows
from groupspace.files.views.place import FileView
from groupspace.forms.attempt import attempt


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


class FileEditView(FileView):
    """Give a file another name, description or place."""

    action = "edit"
    writes = "file-edit"
    template_name = "groupspace/files/form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = self.make_form(request.POST)
        changed = form.is_valid() and attempt(form, lambda: self.change(**form.cleaned_data))
        return redirect(self.url("file", self.item.pk)) if changed else self.ask(form)

    def make_form(self, data: Any = None) -> FileForm:
        file = self.item
        now = {"title": file.title, "description": file.description, "folder": str(file.folder_id or "")}
        return FileForm(data, tree=self.tree, initial=now)

    def change(self, *, title: str, description: str, folder: Folder | None = None) -> bool:
        actions.change_file(self.actor, self.item, title=title, description=description, folder=folder)
        return True

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

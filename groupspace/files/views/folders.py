"""Pages that make and change folders."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from groupspace.files import actions
from groupspace.files.forms import FolderForm
from groupspace.files.models import Folder
from groupspace.files.views.place import Place
from groupspace.forms.attempt import attempt


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
        if not form.is_valid():
            return self.ask(form)
        fields = form.cleaned_data
        made = attempt(form, lambda: actions.create_folder(self.actor, self.space, parent=parent, **fields))
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
        renamed = form.is_valid() and attempt(form, lambda: self.rename(**form.cleaned_data))
        return redirect(self.url_of_folder(self.folder)) if renamed else self.ask(form)

    def rename(self, *, name: str) -> bool:
        actions.rename_folder(self.actor, self.folder, name=name)
        return True

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

"""Pages that take files in: sharing and renewing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from groupspace.files import actions
from groupspace.files.forms import RenewForm, UploadForm
from groupspace.files.views.place import FileView, Place
from groupspace.forms.attempt import attempt
from groupspace.later import PREPARED
from groupspace.models import Audience
from groupspace.storage.keeping import drop, take_in, waiting
from groupspace.storage.models import Upload
from groupspace.text.composer import Composer


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
        for upload in waiting(self.request.user.pk, [upload.pk for upload in taken]):  # type: ignore[attr-defined]  # likewise
            drop(upload)
        return address


class UploadView(TakesFiles, Place):
    """Share one or more files. Those that cannot be taken in are named; the others are there."""

    action = "upload"
    template_name = "groupspace/files/upload_form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        folder = self.folder_asked()
        form = self.with_later(UploadForm(tree=self.tree, initial={"folder": folder.pk if folder else ""}))
        composer = self.composer()
        composer.fill(form)
        return self.ask(form, composer)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = self.with_later(UploadForm(request.POST, request.FILES, tree=self.tree))
        composer = self.composer()
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
        if fields.get("later"):
            messages.success(self.request, PREPARED)
            return reverse("groupspace:later", args=[self.space.pk])
        messages.success(self.request, _("Je deelde %(count)d bestanden.") % {"count": len(files)})
        return self.url_of_folder(fields.get("folder"))

    def composer(self) -> Composer:
        return Composer(self.request, "files", self.space.pk)

    def ask(self, form: UploadForm, composer: Composer) -> HttpResponse:
        heading = _("Deel bestanden")
        everybody = self.who_reads()["readers"]
        choices = [(Audience.SPACE, everybody), *Audience.choices[1:]]
        form.fields["audience"].choices = choices  # type: ignore[attr-defined]  # a field of choices
        return self.show_form(
            form, composer, heading=heading, button=_("Deel"), breadcrumbs=self.crumbs_to(None, (heading, ""))
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

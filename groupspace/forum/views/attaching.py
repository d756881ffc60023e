"""Forms with files beside the text, and the files themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.forms.attempt import attempt
from groupspace.forum.models import Attachment
from groupspace.forum.views.place import Place
from groupspace.storage.chosen import Sent, chosen
from groupspace.storage.serving import serve
from groupspace.views import ItemView
from groupspace.views.pictures import Album, show_picture

if TYPE_CHECKING:
    from uuid import UUID

    from groupspace.forum.forms import PostForm
    from groupspace.storage.models import Upload
    from groupspace.text.composer import Composer

FIELD = "attachments"


class WithFiles(Place):
    """A page with a form that takes files beside the text."""

    abstract = True

    def may_attach(self) -> bool:
        return bool(policy.can(self.actor, "upload", self.space))

    def owner(self) -> dict[str, Any]:
        """What makes a form take files."""
        return {"owner_id": self.request.user.pk} if self.may_attach() else {}

    def form(self, *data: Any) -> Any:
        raise NotImplementedError


class Attaches(WithFiles):
    """A page to which such a form is sent."""

    abstract = True

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        composer = self.composer()
        sent = Sent(request, FIELD) if self.may_attach() else None
        form = self.form(sent.data if sent else request.POST)
        if sent and (sent.is_aside or sent.refused):
            return self.show_files(form, composer, sent)
        if form.is_valid() and (address := attempt(form, lambda: self.write(form, composer))):
            if sent:
                sent.tidy()
            return redirect(address)
        return self.ask(form, composer)

    def show_files(self, form: PostForm, composer: Composer, sent: Sent) -> HttpResponse:
        """The form again, with what was taken in; nothing is posted. A script gets the field alone."""
        for name in [name for name in form.errors if sent.is_aside and name != FIELD]:
            del form.errors[name]  # it was not ready yet
        for sentence in sent.refused:
            form.add_error(FIELD, sentence)
        if sent.is_aside and self.request.headers.get("X-Requested-With") == "fetch":
            return HttpResponse(form[FIELD].as_field_group())
        return self.ask(form, composer)

    def fields_of(self, form: PostForm) -> tuple[dict[str, Any], list[tuple[Upload, str]]]:
        """What an action takes of a valid form, and the files. Raises ValidationError when a file is gone."""
        fields = dict(form.cleaned_data)
        return fields, chosen(self.request.user.pk, fields.pop(FIELD, []))

    def composer(self) -> Composer:
        raise NotImplementedError

    def write(self, form: Any, composer: Composer) -> str:
        raise NotImplementedError

    def ask(self, form: Any, composer: Composer, **context: Any) -> HttpResponse:
        raise NotImplementedError


class AttachmentView(Place, ItemView):
    """A file with a post."""

    action = "view"
    model = Attachment
    thumbnail = False

    def find_item(self) -> Attachment:
        queryset = Attachment.objects.select_related("upload", "post__topic")
        found = policy.visible(self.actor, queryset).filter(pk=self.kwargs["item"], post__topic__space=self.space)
        attachment = found.first()
        if attachment is None:
            raise Http404
        topic: Any = attachment.post.topic
        topic.space = self.space
        topic.took_part = True  # the policy showed it, so its round is open to this member
        return attachment

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return serve(self.item.upload, thumbnail=self.thumbnail)


class AttachmentPictureView(AttachmentView):
    """A picture of a post, as large as the screen."""

    action = "view"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        post = self.item.post
        back = reverse("groupspace:gesprekken:post", args=[self.space.pk, post.pk])
        return show_picture(
            self,
            self.item.upload,
            source=reverse("groupspace:gesprekken:attachment", args=[self.space.pk, self.item.pk]),
            alt=self.item.alt or self.item.upload.name,
            back=back,
            crumbs=self.crumbs((post.topic.title, back), (_("Foto"), "")),
            album=self.album() if self.item.upload.is_image else None,
        )

    def album(self) -> Album:
        """What stands around this picture with its post; a post has a handful at most. One statement."""
        shown = policy.visible(self.actor, Attachment.objects.filter(post=self.item.post, upload__width__isnull=False))
        pks = [None, *shown.values_list("pk", flat=True), None]
        if self.item.pk not in pks:  # taken away just now
            raise Http404
        here = pks.index(self.item.pk)
        before, after = (self.large(pk) if pk else "" for pk in (pks[here - 1], pks[here + 1]))
        return Album(before, after)

    def large(self, pk: UUID) -> str:
        return reverse("groupspace:gesprekken:attachment-picture", args=[self.space.pk, pk])


class AttachmentSmallView(AttachmentView):
    """A picture, small, as it stands in the conversation."""

    action = "view"
    thumbnail = True

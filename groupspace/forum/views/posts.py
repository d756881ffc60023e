"""Pages about one post: its lasting address, changing it, taking it away."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from groupspace.comments.versions import said_before_changing
from groupspace.forms.attempt import attempt
from groupspace.forum import actions
from groupspace.forum.forms import PostDeleteForm, PostForm, TopicForm
from groupspace.forum.views.attaching import Attaches
from groupspace.forum.views.place import PostItemView
from groupspace.text.composer import Composer


class PostDetailView(PostItemView):
    """The lasting address of a post: leads to the page on which it stands."""

    action = "view"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return self.back()


class PostEditView(Attaches, PostItemView):
    """Change one's own words."""

    action = "edit"
    template_name = "groupspace/forum/topic_form.html"

    @property
    def form_class(self) -> type[PostForm]:
        return TopicForm if self.item.number == 1 else PostForm

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        post = self.item
        values = {"body": str(post.body), "title": post.topic.title, "note": post.note, "mood": post.mood}
        form = self.form(initial=values)
        composer = self.composer()
        composer.fill(form)
        return self.ask(form, composer)

    def form(self, *data: Any, **initial: Any) -> PostForm:
        attached = self.item.attachments.values_list("pk", "upload__name") if self.item.attachment_count else ()
        return self.form_class(*data, attached=list(attached), is_warned=self.item.is_warned, **self.owner(), **initial)

    def write(self, form: Any, composer: Composer) -> str:
        with composer.once() as claim:
            if claim.first:
                fields, files = self.fields_of(form)
                actions.edit_post(self.actor, self.item, **fields, files=files)
                claim.url = self.address()
        return claim.url

    def composer(self) -> Composer:
        return Composer(self.request, "edit", self.item.pk)

    def hint(self) -> str:
        """What to know before changing it."""
        told = said_before_changing(self.item)
        if not self.item.is_warned:
            return told
        warned = _(
            "Een begeleider zette er een waarschuwing bij: “%(note)s”. Die blijft staan. Klopt dat niet meer? Praat "
            "erover met een begeleider."
        )
        return f"{warned % {'note': self.item.note}} {told}".strip()

    def ask(self, form: PostForm, composer: Composer, **context: Any) -> HttpResponse:
        heading = _("Verander je bericht")
        return self.show_form(
            form,
            composer,
            audience=self.item.topic.audience,
            heading=heading,
            button=_("Bewaar"),
            hint=self.hint(),
            breadcrumbs=self.crumbs_here(heading),
            **context,
        )


class PostDeleteView(PostItemView):
    """Take a post away: one's own without a word, another's with a reason."""

    action = "delete"
    writes = "removal"
    template_name = "groupspace/forum/post_delete.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(None if self.is_mine else PostDeleteForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if self.is_mine:
            actions.delete_post(self.actor, self.item)
            return self.back()
        form = PostDeleteForm(request.POST)
        if form.is_valid():
            removed = attempt(form, lambda: actions.delete_post(self.actor, self.item, **form.cleaned_data))
            if removed:
                return self.back()
        return self.ask(form, status=422)

    @property
    def is_mine(self) -> bool:
        return bool(self.item.author_id == self.actor.membership_in(self.space.pk))

    def ask(self, form: PostDeleteForm | None, status: int = 200) -> HttpResponse:
        heading = _("Haal bericht weg")
        return self.show(
            form=form, post=self.item, breadcrumbs=self.crumbs_here(heading), heading=heading, status=status
        )

"""Small acts on one post: a word of support, a warning before it, earlier versions, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from groupspace.comments.views import ShowsVersions
from groupspace.forum import folds, undo
from groupspace.forum.forms import NoteForm
from groupspace.forum.models import Reaction
from groupspace.forum.reactions import toggle, words_under
from groupspace.forum.views.place import PostItemView
from groupspace.forum.written import words_html
from groupspace.text import drafts


class PostReactView(PostItemView):
    """Choose a word under a post, or take it back. A script gets the words alone."""

    action = "react"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        word = request.POST.get("woord", "")
        if word not in Reaction.Word.values:
            raise Http404
        toggle(self.actor, self.item, word)
        if request.headers.get("X-Requested-With") != "fetch":
            return self.back()
        self.item.refresh_from_db(fields=["reaction_count"])
        mine = self.actor.membership_in(self.space.pk)
        words = words_under([self.item], mine).get(self.item.pk, [])
        return HttpResponse(words_html(self.url("post", self.item.pk), words, may_react=True))


class PostVersionsView(ShowsVersions, PostItemView):
    """What a post said before it was changed."""

    action = "view"


class PostWarnView(PostItemView):
    """Put a warning before somebody's post."""

    action = "warn"
    writes = "warning"
    template_name = "groupspace/forum/post_warn.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(NoteForm(initial={"note": self.item.note}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        folds.set_note(self.actor, self.item, form.cleaned_data["note"])
        return self.back()

    def ask(self, form: NoteForm, status: int = 200) -> HttpResponse:
        heading = _("Zet er een waarschuwing bij")
        crumbs = self.crumbs_here(heading)
        return self.show(form=form, post=self.item, heading=heading, breadcrumbs=crumbs, status=status)


class PostUndoView(PostItemView):
    """Take back what one posted a moment ago. The words stand in the form again."""

    action = "undo"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        post, topic = self.item, self.item.topic
        note = "" if post.is_warned else post.note  # the words of who moderates are not the author's
        values = {"body": str(post.body), "body-format": "html", "note": note, "mood": post.mood}
        if post.number == 1:
            kind, about, page = "topic", self.space.pk, self.url("topic-create")
            values |= {"title": topic.title, "sort": topic.sort}
        else:
            kind, about, page = "reply", topic.pk, self.url("reply", topic.pk)
            values |= {"quoted": str(post.quoted_id or "")}
        had_files = post.attachment_count
        with transaction.atomic():
            undo.undo_post(self.actor, post)
            drafts.put_back(request.user, kind, about, values, place=self.space.pk, lines=("title", "note"))
        told = _("Je bericht is terug. Je tekst staat hier nog.")
        messages.success(request, f"{told} {_('Kies je bestanden opnieuw.')}" if had_files else told)
        return redirect(page)

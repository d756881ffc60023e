"""What the pages of conversations share: addresses, the path to them, and how a topic and a post are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.forum.models import PER_PAGE, Post, Topic
from groupspace.forum.questions import topic_for_reader
from groupspace.views import ItemView
from groupspace.views.writing import WritingView

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Place(WritingView):
    """What every page of the forum has: addresses, and the path to it."""

    abstract = True

    @cached_property
    def base(self) -> str:
        """The address of the list. What a page shows many of, or shows most often, stands below it by its id."""
        return self.url("list")

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"groupspace:gesprekken:{name}", args=[self.space.pk, *args])

    def crumbs(self, *more: tuple[StrOrPromise, str]) -> list[tuple[StrOrPromise, str]]:
        home = reverse("groupspace:space", args=[self.space.pk])
        first: list[tuple[StrOrPromise, str]] = [
            (_("Mijn groepen"), reverse("groupspace:mine")),
            (self.space.name, home),
        ]
        return [*first, (_("Gesprekken"), self.base if more else ""), *more]


class TopicView(Place, ItemView):
    """A page about one topic."""

    abstract = True
    model = Topic

    def find_item(self) -> Topic:
        mine = self.actor.membership_in(self.space.pk)
        topic: Topic | None = topic_for_reader(self.space, self.kwargs["item"], mine)
        if topic is None:
            raise Http404
        topic.space = self.space
        self.judge("view", topic)
        return topic

    def back(self, number: int = 0) -> HttpResponseBase:
        """To the topic, or to one of its posts."""
        page = f"?pagina={(number - 1) // PER_PAGE + 1}#bericht-{number}" if number else ""
        return redirect(self.url("topic", self.item.pk) + page)


class PostItemView(Place, ItemView):
    """A page about one post."""

    abstract = True
    model = Post
    related = ("author", "topic")

    def find_item(self) -> Post:
        queryset = Post.objects.select_related(*self.related)
        post = policy.visible(self.actor, queryset).filter(pk=self.kwargs["item"], topic__space=self.space).first()
        if post is None:
            raise Http404
        post.topic.space = self.space
        post.topic.took_part = True  # the policy showed it, so its round is open to this member
        return post

    def address(self) -> str:
        """Where the post stands in its conversation."""
        return f"{self.url('topic', self.item.topic_id)}?pagina={self.item.page}#{self.item.anchor}"

    def back(self) -> HttpResponseBase:
        return redirect(self.address())

    def crumbs_here(self, label: str) -> list[tuple[StrOrPromise, str]]:
        topic = self.item.topic
        return self.crumbs((topic.title, self.url("topic", topic.pk)), (label, ""))

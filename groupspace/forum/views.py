"""Pages of conversations. They fetch through the policy, validate, call an action and show."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.attempt import attempt
from groupspace.forum import actions
from groupspace.forum.forms import PostDeleteForm, PostForm, ReplyForm, TopicForm
from groupspace.forum.models import PER_PAGE, Post, Topic
from groupspace.forum.questions import newest_topics, posts_on_page, topic_with_seen
from groupspace.forum.rows import first_unread, page_to_open, post_rows, topic_rows, topic_tags
from groupspace.text.composer import Composer
from groupspace.views import ItemView
from groupspace.writing import GivesBack, WritingView


class Place(WritingView):
    """What every page of the forum has: addresses, and the path to it."""

    abstract = True

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"groupspace:gesprekken:{name}", args=[self.space.pk, *args])

    def crumbs(self, *more: tuple[str, str]) -> list[tuple[str, str]]:
        home = reverse("groupspace:space", args=[self.space.pk])
        first = [(_("Mijn groepen"), reverse("groupspace:mine")), (self.space.name, home)]
        return [*first, (_("Gesprekken"), self.url("list") if more else ""), *more]


class TopicListView(Place):
    """All conversations of a space, what is new in each, and older ones by keyset: no page is slower than the first."""

    action = "view"
    template_name = "groupspace/forum/topic_list.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        after = request.GET.get("na")
        if after is None:
            found = list(newest_topics(self.actor, self.space))
        else:
            topics = Topic.objects.listed_for(self.actor, self.space.pk)
            found = list(topics.after(*_read_cursor(after))[: PER_PAGE + 1])
        shown = found[:PER_PAGE]
        return self.show(
            rows=topic_rows(self.space, shown),
            older=_cursor(shown[-1]) if len(found) > PER_PAGE else "",
            is_first=after is None,
            may_write=policy.can(self.actor, "post", self.space),
            breadcrumbs=self.crumbs(),
        )


class TopicCreateView(GivesBack, Place):
    """Start a conversation."""

    action = "post"
    template_name = "groupspace/forum/topic_form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, composer = TopicForm(), Composer(request, "topic", self.space.pk)
        composer.fill(form)
        return self.ask(form, composer)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form, composer = TopicForm(request.POST), Composer(request, "topic", self.space.pk)
        if form.is_valid() and (address := attempt(form, lambda: self.write(form, composer))):
            return redirect(address)
        return self.ask(form, composer)

    def write(self, form: TopicForm, composer: Composer) -> str:
        with composer.once() as claim:
            if claim.first:
                post = actions.start_topic(self.actor, self.space, **form.cleaned_data)
                claim.url = self.url("topic", post.topic_id)
        return claim.url

    def is_own_text(self) -> bool:
        return getattr(self, "space", None) is not None

    def give_back(self, refusal: str) -> HttpResponse:
        composer = Composer(self.request, "topic", self.space.pk)
        return self.ask(TopicForm(self.request.POST), composer, refusal=refusal, status=403)

    def ask(self, form: TopicForm, composer: Composer, **context: Any) -> HttpResponse:
        heading, crumbs = _("Nieuw gesprek"), self.crumbs((_("Nieuw gesprek"), ""))
        return self.show_form(
            form, composer, heading=heading, button=_("Plaats gesprek"), breadcrumbs=crumbs, **context
        )


class TopicsReadView(Place):
    """Everything in this space counts as read."""

    action = "view"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        actions.mark_all_read(self.actor, self.space)
        messages.success(request, _("Alles telt nu als gelezen."))
        return redirect(self.url("list"))


class TopicView(Place, ItemView):
    """A page about one topic."""

    abstract = True
    model = Topic

    def back(self, number: int = 0) -> HttpResponseBase:
        """To the topic, or to one of its posts."""
        page = f"?pagina={(number - 1) // PER_PAGE + 1}#bericht-{number}" if number else ""
        return redirect(self.url("topic", self.item.pk) + page)


class TopicDetailView(TopicView):
    """Read a conversation. It opens where the reader left off."""

    action = "view"
    template_name = "groupspace/forum/topic_detail.html"

    def find_item(self) -> Topic:
        mine = self.actor.membership_in(self.space.pk)
        topic: Topic | None = topic_with_seen(self.space, self.kwargs["item"], mine)
        if topic is None:
            raise Http404
        topic.space = self.space
        self.judge("view", topic)
        return topic

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        topic: Topic = self.item
        seen: int = topic.seen  # annotated in find_item
        asked = request.GET.get("pagina")
        # Somebody who is here for the first time begins at the beginning.
        unread_from = (first_unread(self.actor, topic, seen) if seen else 1) if asked is None else 0
        page = page_to_open(asked, topic, unread_from)
        if page is None:
            raise Http404
        posts = list(posts_on_page(topic, page))
        rows = post_rows(self.actor, topic, posts, seen)
        if posts and not request.headers.get("Sec-Purpose", "").startswith("prefetch"):
            actions.mark_shown(self.actor, topic, seen=seen, first=posts[0].number, last=posts[-1].number)
        reply = policy.can(self.actor, "reply", topic)
        context: dict[str, Any] = {}
        if reply and page == topic.pages:
            form, composer = ReplyForm(), Composer(request, "reply", topic.pk, path=self.url("reply", topic.pk))
            composer.fill(form)
            context = {"form": form, "composer": composer, **self.who_reads(topic.audience)}
        return self.show(
            topic=topic,
            rows=rows,
            tags=topic_tags(topic),
            page=page,
            may_reply=reply,
            may_pin=policy.can(self.actor, "pin", topic),
            may_lock=policy.can(self.actor, "lock", topic),
            breadcrumbs=self.crumbs((topic.title, "")),
            **context,
        )


class TopicReplyView(GivesBack, TopicView):
    """Answer in a conversation. Also the page on which the text stands when something went wrong."""

    action = "reply"
    template_name = "groupspace/forum/topic_reply.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, composer = ReplyForm(), self.composer()
        composer.fill(form)
        return self.ask(form, composer)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form, composer = ReplyForm(request.POST), self.composer()
        if form.is_valid() and (address := attempt(form, lambda: self.write(form, composer))):
            return redirect(address)
        return self.ask(form, composer)

    def write(self, form: ReplyForm, composer: Composer) -> str:
        with composer.once() as claim:
            if claim.first:
                post = actions.reply(self.actor, self.item, body=form.cleaned_data["body"])
                claim.url = f"{self.url('topic', self.item.pk)}?pagina={post.page}#{post.anchor}"
        return claim.url

    def give_back(self, refusal: str) -> HttpResponse:
        return self.ask(ReplyForm(self.request.POST), self.composer(), refusal=refusal, status=403)

    def composer(self) -> Composer:
        return Composer(self.request, "reply", self.item.pk)

    def ask(self, form: ReplyForm, composer: Composer, **context: Any) -> HttpResponse:
        topic = self.item
        crumbs = self.crumbs((topic.title, self.url("topic", topic.pk)), (_("Reageer"), ""))
        return self.show_form(form, composer, audience=topic.audience, topic=topic, breadcrumbs=crumbs, **context)


class TopicUnreadView(TopicView):
    """Make a post and everything after it unread again, to come back to it later."""

    action = "view"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        number = request.POST.get("vanaf", "")
        if not (number.isascii() and number.isdigit() and 0 < len(number) < 9):
            raise Http404
        actions.mark_unread(self.actor, self.item, number=int(number))
        messages.success(request, _("Dit gesprek staat weer bij nieuw."))
        return redirect(self.url("list"))


class TopicPinView(TopicView):
    """Keep a conversation on top, or let it go."""

    action = "pin"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            actions.pin_topic(self.actor, self.item, pinned=request.POST.get("aan") == "1")
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return self.back()


class TopicLockView(TopicView):
    """Close a conversation for replies, or open it again."""

    action = "lock"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        actions.lock_topic(self.actor, self.item, locked=request.POST.get("aan") == "1")
        return self.back()


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
        return post

    def back(self) -> HttpResponseBase:
        return redirect(f"{self.url('topic', self.item.topic_id)}?pagina={self.item.page}#{self.item.anchor}")

    def crumbs_here(self, label: str) -> list[tuple[str, str]]:
        topic = self.item.topic
        return self.crumbs((topic.title, self.url("topic", topic.pk)), (label, ""))


class PostDetailView(PostItemView):
    """The lasting address of a post: leads to the page on which it stands."""

    action = "view"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return self.back()


class PostEditView(GivesBack, PostItemView):
    """Change one's own words."""

    action = "edit"
    template_name = "groupspace/forum/topic_form.html"

    @property
    def form_class(self) -> type[PostForm]:
        return TopicForm if self.item.number == 1 else PostForm

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form_class(initial={"body": str(self.item.body), "title": self.item.topic.title})
        composer = self.composer()
        composer.fill(form)
        return self.ask(form, composer)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form, composer = self.form_class(request.POST), self.composer()
        if not form.is_valid():
            return self.ask(form, composer)
        with composer.once() as claim:
            if claim.first:
                actions.edit_post(self.actor, self.item, **form.cleaned_data)
        return self.back()

    def composer(self) -> Composer:
        return Composer(self.request, "edit", self.item.pk)

    def is_own_text(self) -> bool:
        item = getattr(self, "item", None)
        return item is not None and item.author_id == self.actor.membership_in(self.space.pk)

    def give_back(self, refusal: str) -> HttpResponse:
        return self.ask(self.form_class(self.request.POST), self.composer(), refusal=refusal, status=403)

    def ask(self, form: PostForm, composer: Composer, **context: Any) -> HttpResponse:
        heading = _("Verander je bericht")
        return self.show_form(
            form,
            composer,
            audience=self.item.topic.audience,
            heading=heading,
            button=_("Bewaar"),
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
        if form.is_valid() and attempt(form, lambda: actions.delete_post(self.actor, self.item, **form.cleaned_data)):
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


def _cursor(topic: Topic) -> str:
    """Where a page of the list ended, to go on from there."""
    return f"{topic.last_post_at.timestamp():.6f}_{topic.pk.hex}"


def _read_cursor(text: str) -> tuple[datetime, UUID]:
    try:
        moment, pk = text.split("_")
        return datetime.fromtimestamp(float(moment), UTC), UUID(hex=pk)
    except (ValueError, OverflowError, OSError):
        raise Http404 from None

"""One conversation: reading it, and answering in it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.folds import Folds
from groupspace.forum import actions
from groupspace.forum.forms import ReplyForm
from groupspace.forum.models import PER_PAGE
from groupspace.forum.policy import is_closed_round
from groupspace.forum.questions import posts_on_page
from groupspace.forum.quotes import Quote, quote_to_answer
from groupspace.forum.rows import first_unread, page_to_open, post_rows, topic_tags
from groupspace.forum.views.attaching import Attaches, WithFiles
from groupspace.forum.views.place import TopicView
from groupspace.forum.written import write_out
from groupspace.text.composer import Composer


class AnsweringView(WithFiles, TopicView):
    """A page with the form in which one answers."""

    abstract = True

    def form(self, *data: Any) -> ReplyForm:
        return ReplyForm(*data, **self.owner())

    def quote_above(self, form: ReplyForm) -> Quote | None:
        """What stands above the form when it answers one post; no statement when it does not."""
        pk = form.fields["quoted"].to_python(form["quoted"].value())
        quote = quote_to_answer(self.actor, self.item, pk, Folds(self.item.muted))
        return {**quote, "url": self.url("topic", self.item.pk) + quote["url"]} if quote else None


class TopicDetailView(AnsweringView):
    """Read a conversation. It opens where the reader left off."""

    action = "view"
    template_name = "groupspace/forum/topic_detail.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        topic: Any = self.item
        seen: int = topic.seen  # annotated in find_item
        closed = is_closed_round(self.actor.spaces[self.space.pk], topic)
        pages = 1 if closed else topic.pages
        asked = request.GET.get("pagina")
        # Somebody who is here for the first time begins at the beginning.
        unread_from = (first_unread(self.actor, topic, seen) if seen else 1) if asked is None and not closed else 0
        page = 1 if closed else page_to_open(asked, topic, unread_from)
        if page is None:
            raise Http404
        posts = list(posts_on_page(topic, page))
        rows = post_rows(self.actor, topic, posts, seen, base=self.base)
        write_out(rows)
        if not request.headers.get("Sec-Purpose", "").startswith("prefetch"):
            first = (page - 1) * PER_PAGE + 1
            last = 1 if closed else min(page * PER_PAGE, topic.last_number)
            actions.mark_shown(self.actor, topic, seen=seen, first=first, last=last)
        reply = policy.can(self.actor, "reply", topic)
        return self.show(
            topic=topic,
            topic_url=self.topic_url,
            rows=rows,
            tags=topic_tags(topic),
            page=page,
            pages=pages,
            closed=closed,
            has_answers=closed and topic.last_number > 1,
            may_pass=closed and policy.can(self.actor, "pass", topic),
            may_reply=reply,
            may_pin=policy.can(self.actor, "pin", topic),
            may_lock=policy.can(self.actor, "lock", topic),
            breadcrumbs=self.crumbs((topic.title, "")),
            **(self.reply_form() if reply and page == pages else {}),
        )

    @property
    def topic_url(self) -> str:
        return f"{self.base}{self.item.pk}/"

    def reply_form(self) -> dict[str, Any]:
        """The form below the last page, with what its writer had typed before."""
        topic = self.item
        form, composer = self.form(), Composer(self.request, "reply", topic.pk, path=f"{self.topic_url}reageer/")
        composer.fill(form)
        quote = self.quote_above(form)
        return {"form": form, "composer": composer, "quote": quote, **self.who_reads(topic.audience)}


class TopicReplyView(Attaches, AnsweringView):
    """Answer in a conversation. Also the page on which the text stands when something went wrong."""

    action = "reply"
    template_name = "groupspace/forum/topic_reply.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, composer = self.form(), self.composer()
        composer.fill(form)
        if (answered := request.GET.get("op")) is not None:
            form.initial["quoted"] = answered
        return self.ask(form, composer)

    def write(self, form: Any, composer: Composer) -> str:
        with composer.once() as claim:
            if claim.first:
                fields, files = self.fields_of(form)
                post = actions.reply(self.actor, self.item, **fields, files=files)
                claim.url = f"{self.url('topic', self.item.pk)}?pagina={post.page}#{post.anchor}"
        return claim.url

    def composer(self) -> Composer:
        return Composer(self.request, "reply", self.item.pk)

    def ask(self, form: Any, composer: Composer, **context: Any) -> HttpResponse:
        topic = self.item
        crumbs = self.crumbs((topic.title, self.url("topic", topic.pk)), (_("Reageer"), ""))
        context |= {"topic": topic, "quote": self.quote_above(form), "breadcrumbs": crumbs}
        return self.show_form(form, composer, audience=topic.audience, **context)

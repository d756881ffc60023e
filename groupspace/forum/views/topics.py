"""The list of conversations, and starting one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.forum import actions
from groupspace.forum.forms import NewTopicForm
from groupspace.forum.models import PER_PAGE, Topic
from groupspace.forum.questions import newest_topics
from groupspace.forum.rows import topic_rows
from groupspace.forum.views.attaching import Attaches
from groupspace.forum.views.place import Place
from groupspace.held import count_waiting
from groupspace.text.composer import Composer


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
            to_read=count_waiting(self.actor, self.space),
            breadcrumbs=self.crumbs(),
        )


class TopicCreateView(Attaches):
    """Start a conversation."""

    action = "post"
    template_name = "groupspace/forum/topic_form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, composer = self.form(), self.composer()
        composer.fill(form)
        return self.ask(form, composer)

    def write(self, form: Any, composer: Composer) -> str:
        with composer.once() as claim:
            if claim.first:
                fields, files = self.fields_of(form)
                post = actions.start_topic(self.actor, self.space, **fields, files=files)
                claim.url = self.url("topic", post.topic_id)
        return claim.url

    def form(self, *data: Any) -> NewTopicForm:
        may_prepare = bool(policy.can(self.actor, "prepare", self.space))
        may_moderate = bool(policy.can(self.actor, "moderate", self.space))
        return NewTopicForm(*data, may_prepare=may_prepare, may_moderate=may_moderate, **self.owner())

    def composer(self) -> Composer:
        return Composer(self.request, "topic", self.space.pk)

    def ask(self, form: Any, composer: Composer, **context: Any) -> HttpResponse:
        heading, crumbs = _("Nieuw gesprek"), self.crumbs((_("Nieuw gesprek"), ""))
        context["may_prepare"] = policy.can(self.actor, "prepare", self.space)
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


def _cursor(topic: Topic) -> str:
    """Where a page of the list ended, to go on from there."""
    return f"{topic.last_post_at.timestamp():.6f}_{topic.pk.hex}"


def _read_cursor(text: str) -> tuple[datetime, UUID]:
    try:
        moment, pk = text.split("_")
        return datetime.fromtimestamp(float(moment), UTC), UUID(hex=pk)
    except (ValueError, OverflowError, OSError):
        raise Http404 from None

"""What waits for a facilitator, in spaces where one reads first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from groupspace.authors import Authors
from groupspace.forum.held import release_post, waiting
from groupspace.forum.views.place import Place, PostItemView
from groupspace.moments import spoken

#: On one page; the rest follows when these are done.
MOST = 50


class WaitingView(Place):
    """Everything that waits in this space, to let through or take away."""

    action = "moderate"
    template_name = "groupspace/forum/waiting.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        authors, now = Authors(self.space), timezone.localtime()
        rows = [
            {
                "url": self.url("post", post.pk),
                "title": post.topic.title,
                "topic_url": self.url("topic", post.topic_id),
                "at": spoken(post.created_at, now),
                "body": post.body,
                "note": post.note,
                **authors.of(post),
            }
            for post in waiting(self.actor, self.space)[:MOST]
        ]
        return self.show(rows=rows, breadcrumbs=self.crumbs((_("Wacht op een begeleider"), "")))


class PostReleaseView(PostItemView):
    """Let the others read a post."""

    action = "release"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        release_post(self.actor, self.item)
        messages.success(request, _("Het bericht is nu te lezen."))
        return redirect(self.url("waiting"))

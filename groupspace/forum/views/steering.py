"""Small acts on a whole conversation: unread again, follow, pass, pin, close, coffee corner."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from groupspace.forum import actions, follows, lounge, rounds
from groupspace.forum.models import Follow
from groupspace.forum.views.place import TopicView


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


class TopicLoungeView(TopicView):
    """Make a conversation a coffee corner, or an ordinary one again."""

    action = "lounge"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        lounge.set_lounge(self.actor, self.item, is_lounge=request.POST.get("aan") == "1")
        return self.back()


class TopicFollowView(TopicView):
    """Say what one wants to hear about a conversation."""

    action = "follow"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        level = request.POST.get("niveau", "")
        if level not in {"", *Follow.Level.values}:
            raise Http404
        follows.set_level(self.actor, self.item, level)
        messages.success(request, _("Je keuze is bewaard."))
        return self.back()


class RoundPassView(TopicView):
    """Let a round pass, and read the others."""

    action = "pass"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        rounds.pass_round(self.actor, self.item)
        messages.success(request, _("Passen is prima. Je leest nu wat de anderen schreven."))
        return self.back()

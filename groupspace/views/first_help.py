"""The page with the words for a first visit, and reading them away."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from groupspace import actions, policy
from groupspace.first_help import FACILITATOR, PARTICIPANT, Help, help_for
from groupspace.views import SpaceView


def help_in(view: SpaceView) -> Help:
    """The words for whoever looks at a page of this space."""
    return help_for(FACILITATOR if policy.can(view.actor, "facilitate", view.space) else PARTICIPANT)


class FirstHelpView(SpaceView):
    """Read the words again; the button on the home of the space reads them away."""

    action = "view"
    template_name = "groupspace/first_help.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(help=help_in(self), breadcrumbs=self.crumbs((_("Uitleg"), "")))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        actions.finish_introduction(self.actor, self.space)
        return redirect("groupspace:space", space=self.space.pk)

"""The page on which facilitators choose how their space works inside."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from groupspace import actions
from groupspace.forms.attempt import attempt
from groupspace.forms.working import WorkingForm
from groupspace.storage.conf import storage_conf
from groupspace.storage.keeping import room_taken
from groupspace.storage.sizes import in_words
from groupspace.views import SpaceView


class WorkingView(SpaceView):
    """How much is steered, what there is, how long it lasts."""

    action = "change"
    writes = "working"
    template_name = "groupspace/space_working.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(WorkingForm(instance=self.space))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        # A copy takes the form's values, so that a refused change does not show in the head of the page.
        form = WorkingForm(request.POST, instance=copy(self.space))
        if form.is_valid() and attempt(form, lambda: actions.change_space(self.actor, self.space, **form.values())):
            messages.success(request, _("Bewaard."))
            return redirect("groupspace:space", space=self.space.pk)
        return self.ask(form, status=422)

    def room(self) -> dict[str, Any]:
        """How much of the room for files is taken."""
        taken, most = room_taken(self.space.pk), storage_conf().SPACE_SIZE
        words = _("%(taken)s van %(most)s") % {"taken": in_words(taken) if taken else "0 kB", "most": in_words(most)}
        return {"taken": str(taken), "most": str(most), "words": words}

    def ask(self, form: WorkingForm, status: int = 200) -> HttpResponse:
        title = _("Hoe de groep werkt")
        return self.show(
            form=form,
            title=title,
            room=self.room(),
            button=_("Bewaar"),
            breadcrumbs=self.crumbs((title, "")),
            status=status,
        )

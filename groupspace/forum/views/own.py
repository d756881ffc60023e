"""Pages for one member alone: words to fold, and names to fill in while writing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from groupspace.folds import muted_words, set_muted_words
from groupspace.forum.forms import MutedWordsForm
from groupspace.forum.views.place import Place
from groupspace.mentions import names_to_offer


class MutedWordsView(Place):
    """Words that this member would rather not see."""

    action = "view"
    writes = "words"
    template_name = "groupspace/forum/muted_words.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        words = muted_words(self.actor.membership_in(self.space.pk))
        return self.ask(MutedWordsForm(initial={"words": "\n".join(words)}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = MutedWordsForm(request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        set_muted_words(self.actor, self.space, form.cleaned_data["words"])
        messages.success(request, _("Je woorden zijn bewaard. Alleen jij ziet ze."))
        return redirect(self.url("muted-words"))

    def ask(self, form: MutedWordsForm, status: int = 200) -> HttpResponse:
        heading = _("Woorden die ik liever niet zie")
        return self.show(form=form, heading=heading, breadcrumbs=self.crumbs((heading, "")), status=status)


class NamesView(Place):
    """Names of members of this space, to fill in after an @. Nothing else about them."""

    action = "post"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        # A file, so that no browser ever shows it as a page.
        headers = {"Content-Disposition": 'attachment; filename="namen.json"'}
        return JsonResponse({"names": names_to_offer(self.actor, self.space)}, headers=headers)

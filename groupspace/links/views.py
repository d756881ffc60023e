"""Pages about links. They fetch through the policy, validate, call an action and show."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groupspace import policy
from groupspace.comments.views import Commented
from groupspace.forms.attempt import attempt
from groupspace.headers import FRAMES_HEADER
from groupspace.links import actions
from groupspace.links.forms import LinkForm
from groupspace.links.models import Link, LinkComment
from groupspace.links.rows import link_rows
from groupspace.moments import spoken
from groupspace.names import shown_name
from groupspace.text.composer import Composer
from groupspace.views import ItemView
from groupspace.views.writing import WritingView

PER_PAGE = 20


class Place(WritingView):
    """What every page here has: addresses, and the path to it."""

    abstract = True

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"groupspace:links:{name}", args=[self.space.pk, *args])

    def trail(self, *tail: tuple[Any, str]) -> list[tuple[Any, str]]:
        return self.crumbs((_("Links en films"), self.url("list") if tail else ""), *tail)


class LinkListView(Place):
    """The newest first; older ones follow by id, so that no page is slower than the first."""

    action = "view"
    template_name = "groupspace/links/link_list.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        links = Link.objects.visible_to(self.actor).filter(space=self.space).with_author()
        after = request.GET.get("na")
        if after is not None:
            links = links.filter(id__lt=read_id(after))
        found = list(links.order_by("-id")[: PER_PAGE + 1])
        return self.show(
            rows=link_rows(self.space, found[:PER_PAGE]),
            older=found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None,
            is_first=after is None,
            may_write=policy.can(self.actor, "post", self.space),
            breadcrumbs=self.trail(),
        )


class LinkForms:
    """A form for a link: kept while typing, restored after a lost log-in, carried out once. A mix-in."""

    heading: ClassVar[Any]
    button: ClassVar[Any]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, composer = self.form(initial=self.initial()), self.composer()
        composer.fill(form)
        return self.ask(form, composer)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form, composer = self.form(request.POST), self.composer()
        if form.is_valid() and (address := attempt(form, lambda: self.write_once(form, composer))):
            return redirect(address)
        return self.ask(form, composer)

    def write_once(self, form: LinkForm, composer: Composer) -> str:
        with composer.once() as claim:
            if claim.first:
                claim.url = self.url("link", self.write(**form.cleaned_data).pk)  # type: ignore[attr-defined]
        return claim.url

    def ask(self, form: LinkForm, composer: Composer, **context: Any) -> HttpResponse:
        return self.show_form(  # type: ignore[attr-defined, no-any-return]
            form, composer, heading=self.heading, button=self.button, **self.around(), **context
        )

    def form(self, *args: Any, **kwargs: Any) -> LinkForm:
        return LinkForm(*args, **kwargs)

    def initial(self) -> dict[str, str]:
        return {}

    def around(self) -> dict[str, Any]:
        """The path, and who reads what is written here."""
        raise NotImplementedError

    def composer(self) -> Composer:
        raise NotImplementedError

    def write(self, **fields: Any) -> Link:
        raise NotImplementedError


class LinkCreateView(LinkForms, Place):
    """Share a link."""

    action = "post"
    template_name = "groupspace/links/link_form.html"
    heading = gettext_lazy("Deel een link of film")
    button = gettext_lazy("Deel")

    def composer(self) -> Composer:
        return Composer(self.request, "link", self.space.pk)

    def form(self, *args: Any, **kwargs: Any) -> LinkForm:
        return self.with_later(super().form(*args, **kwargs))

    def write(self, **fields: Any) -> Link:
        return actions.add_link(self.actor, self.space, **fields)

    def around(self) -> dict[str, Any]:
        return {"breadcrumbs": self.trail((self.heading, ""))}


class LinkView(Place, ItemView):
    """A page about one link."""

    abstract = True
    model = Link

    def link_trail(self, *tail: tuple[Any, str]) -> list[tuple[Any, str]]:
        return self.trail((self.item.title, self.url("link", self.item.pk) if tail else ""), *tail)


class LinkDetailView(LinkView, Commented):
    """See where a link leads, start a film, and read what others say of it."""

    action = "view"
    template_name = "groupspace/links/link_detail.html"
    comments = LinkComment

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        link: Link = self.item
        response = self.show(
            link=link,
            by=shown_name(link.author.display_name, link.author.user_id),
            at=spoken(link.created_at),
            may_edit=policy.can(self.actor, "edit", link),
            may_delete=policy.can(self.actor, "delete", link),
            breadcrumbs=self.link_trail(),
            **self.comments_context(),
        )
        if link.film:
            response[FRAMES_HEADER] = link.film.origin
        return response


class LinkEditView(LinkForms, LinkView):
    """Change one's own."""

    action = "edit"
    template_name = "groupspace/links/link_form.html"
    heading = gettext_lazy("Verander je link")
    button = gettext_lazy("Bewaar")

    def initial(self) -> dict[str, str]:
        link = self.item
        return {"title": link.title, "url": link.url, "description": str(link.description)}

    def composer(self) -> Composer:
        return Composer(self.request, "link-edit", self.item.pk)

    def write(self, **fields: str) -> Link:
        return actions.change_link(self.actor, self.item, **fields)

    def around(self) -> dict[str, Any]:
        return {"breadcrumbs": self.link_trail((self.heading, "")), "audience": self.item.audience}


class LinkDeleteView(LinkView):
    """Take one away, after one question."""

    action = "delete"
    template_name = "groupspace/links/link_delete.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        heading = _("Haal link weg")
        return self.show(link=self.item, heading=heading, breadcrumbs=self.link_trail((heading, "")))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        actions.delete_link(self.actor, self.item)
        messages.success(request, _("De link is weg."))
        return redirect(self.url("list"))


def read_id(text: str) -> UUID:
    """Where a page of the list ended. Raises Http404 for anything else."""
    try:
        return UUID(hex=text)
    except ValueError:
        raise Http404 from None

"""Pages of comments. A kind shows them under its item with `Commented`, and takes the others from `comment_urls`."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.comments import actions
from groupspace.comments.forms import CommentForm, RemovalForm
from groupspace.comments.models import Comment
from groupspace.comments.own import mute, with_choices
from groupspace.comments.rows import comment_rows
from groupspace.comments.versions import said_before_changing, versions_of
from groupspace.folds import Folds, muted_words
from groupspace.forms.attempt import attempt
from groupspace.kinds import kind_of
from groupspace.text import drafts
from groupspace.text.composer import Composer
from groupspace.views import ItemView
from groupspace.views.writing import WritingView

#: More stand behind a link: nobody reads hundreds at once.
PER_PAGE = 100


class Commented(WritingView):
    """The page of an item, with what others said about it and a form to react."""

    abstract = True
    comments: ClassVar[type[Comment]]
    item: Any

    def items(self) -> QuerySet[Any]:
        mine = self.actor.membership_in(self.space.pk)
        return with_choices(super().items(), mine)  # type: ignore[misc]  # of the page about one item beside it

    def comments_context(self) -> dict[str, Any]:
        """What `groupspace/comments/_comments.html` needs: one statement for the rows, two more for who may write."""
        list_url = reverse(f"groupspace:{kind_of(type(self.item)).slug}:list", args=[self.space.pk])
        found = policy.visible(self.actor, self.comments.objects.filter(item=self.item)).with_author().order_by("-id")
        newest = list(found if "alles" in self.request.GET else found[: PER_PAGE + 1])
        hidden = len(newest) > PER_PAGE and "alles" not in self.request.GET
        shown = reversed(newest[:PER_PAGE] if hidden else newest)
        rows = comment_rows(self.actor, self.item, shown, f"{list_url}reactie/", self.item.muted)
        may_comment = policy.can(self.actor, "comment", self.item)
        context = {"comments": rows, "older_comments": hidden, "may_comment": may_comment}
        context |= {"is_muted": self.item.is_muted, "mute_url": f"{list_url}{self.item.pk}/stil/"}
        if not may_comment:
            return context
        path_to_post = f"{list_url}{self.item.pk}/reactie/"
        form, composer = CommentForm(), Composer(self.request, "comment", self.item.pk, path=path_to_post)
        composer.fill(form)
        return {**context, "comment_form": form, "composer": composer, **self.who_reads(self.item.audience)}


class ShowsVersions(ItemView):
    """What a post or comment said before it was changed: for whoever reads what it says now.

    Beside a view that says where it stands, by `address`, and the path to it, by `crumbs_here`.
    """

    abstract = True
    template_name = "groupspace/comments/versions.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.item.deleted_at is not None:
            raise Http404
        heading = _("Wat er eerst stond")
        crumbs = self.crumbs_here(heading)  # type: ignore[attr-defined]  # of the view beside it
        back = self.address()  # type: ignore[attr-defined]  # likewise
        mine = self.actor.membership_in(self.space.pk)
        folds = Folds("\n".join(muted_words(mine)))
        told = versions_of(self.item, folds, own=self.item.author_id == mine)
        return self.show(**told, heading=heading, back=back, breadcrumbs=crumbs)


class CommentPage(WritingView):
    """What the pages of writing a comment share."""

    abstract = True
    template_name = "groupspace/comments/comment_form.html"
    form_class = CommentForm
    writes_about: ClassVar[str]

    @property
    def subject(self) -> Any:
        """The item that it is about."""
        raise NotImplementedError

    def subject_url(self) -> str:
        return kind_of(type(self.subject)).url_of(self.subject)

    def composer(self) -> Composer:
        return Composer(self.request, self.writes_about, self.item.pk)

    def ask(self, form: CommentForm, composer: Composer, **context: Any) -> HttpResponse:
        heading = _("Reageer") if self.writes_about == "comment" else _("Verander je reactie")
        title, url = kind_of(type(self.subject)).title_of(self.subject), self.subject_url()
        return self.show_form(
            form,
            composer,
            audience=self.subject.audience,
            heading=heading,
            button=_("Plaats reactie") if self.writes_about == "comment" else _("Bewaar"),
            hint="" if self.writes_about == "comment" else said_before_changing(self.item),
            breadcrumbs=self.crumbs((title, url), (heading, "")),
            **context,
        )


class CommentCreateView(CommentPage, ItemView):
    """Comment on an item. Also the page on which the text stands when something went wrong."""

    abstract = True
    action = "comment"
    comments: ClassVar[type[Comment]]
    writes_about = "comment"

    @property
    def subject(self) -> Any:
        return self.item

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, composer = CommentForm(), self.composer()
        composer.fill(form)
        return self.ask(form, composer)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form, composer = CommentForm(request.POST), self.composer()
        if form.is_valid() and (address := attempt(form, lambda: self.write(form, composer))):
            return redirect(address)
        return self.ask(form, composer)

    def write(self, form: CommentForm, composer: Composer) -> str:
        with composer.once() as claim:
            if claim.first:
                comment = actions.add_comment(self.actor, self.comments, self.item, **form.cleaned_data)
                claim.url = f"{self.subject_url()}#{comment.anchor}"
        return claim.url


class CommentMuteView(ItemView):
    """Hear nothing more of an item, or again."""

    abstract = True
    action = "view"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        mute(self.actor, self.item, muted=request.POST.get("aan") == "1")
        return redirect(f"{kind_of(type(self.item)).url_of(self.item)}#reacties")


class CommentItemView(ItemView):
    """A page about one comment."""

    abstract = True
    related = ("author", "item")

    def find_item(self) -> Any:
        queryset = self.model._default_manager.select_related(*self.related)  # type: ignore[attr-defined]
        comment = policy.visible(self.actor, queryset).filter(pk=self.kwargs["item"], item__space=self.space).first()
        if comment is None:
            raise Http404
        comment.item.space = self.space
        return comment

    @property
    def subject(self) -> Any:
        return self.item.item

    def subject_url(self) -> str:
        return kind_of(type(self.subject)).url_of(self.subject)

    def address(self) -> str:
        """Where the comment stands."""
        return f"{self.subject_url()}#{self.item.anchor}"

    def back(self) -> HttpResponseBase:
        return redirect(self.address())

    def crumbs_here(self, label: str) -> list[Any]:
        return self.crumbs((kind_of(type(self.subject)).title_of(self.subject), self.subject_url()), (label, ""))


class CommentDetailView(CommentItemView):
    """The lasting address of a comment: leads to where it stands."""

    abstract = True
    action = "view"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return self.back()


class CommentEditView(CommentItemView, CommentPage):
    """Change one's own words."""

    abstract = True
    action = "edit"
    writes_about = "comment-edit"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, composer = CommentForm(initial={"body": str(self.item.body)}), self.composer()
        composer.fill(form)
        return self.ask(form, composer)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form, composer = CommentForm(request.POST), self.composer()
        if not form.is_valid():
            return self.ask(form, composer)
        with composer.once() as claim:
            if claim.first:
                actions.edit_comment(self.actor, self.item, **form.cleaned_data)
        return self.back()


class CommentDeleteView(CommentItemView):
    """Take a comment away: one's own without a word, another's with a reason."""

    abstract = True
    action = "delete"
    writes = "removal"
    template_name = "groupspace/comments/comment_delete.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(None if self.is_mine else RemovalForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if self.is_mine:
            actions.delete_comment(self.actor, self.item)
            return self.back()
        form = RemovalForm(request.POST)
        removed = form.is_valid() and attempt(
            form, lambda: (actions.delete_comment(self.actor, self.item, **form.cleaned_data), True)
        )
        return self.back() if removed else self.ask(form, status=422)

    @property
    def is_mine(self) -> bool:
        return bool(self.item.author_id == self.actor.membership_in(self.space.pk))

    def ask(self, form: RemovalForm | None, status: int = 200) -> HttpResponse:
        heading = _("Haal reactie weg")
        crumbs = self.crumbs_here(heading)
        return self.show(
            form=form, comment=self.item, back=self.subject_url(), breadcrumbs=crumbs, heading=heading, status=status
        )


class CommentVersionsView(ShowsVersions, CommentItemView):
    """What a comment said before it was changed."""

    abstract = True
    action = "view"


class CommentUndoView(CommentItemView):
    """Take back what one sent a moment ago. The words stand in the form again."""

    abstract = True
    action = "undo"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        values = {"body": str(self.item.body), "body-format": "html"}
        with transaction.atomic():
            actions.undo_comment(self.actor, self.item)
            drafts.put_back(request.user, "comment", self.subject.pk, values, place=self.space.pk)
        messages.success(request, _("Je reactie is terug. Je tekst staat hier nog."))
        return redirect(f"{self.subject_url()}#reageer")


def comment_urls(comments: type[Comment]) -> list[URLPattern]:
    """The addresses of a kind's comments, to stand behind those of its items; the item's is `<uuid:item>/`."""
    item_model = comments._meta.get_field("item").related_model
    about_item = {"model": item_model, "comments": comments, "abstract": False}
    about_comment = {"model": comments, "abstract": False}

    def page(base: type[ItemView], **attributes: Any) -> Any:
        view: type[ItemView] = type(f"{comments.__name__}{base.__name__.removeprefix('Comment')}", (base,), attributes)
        return view.as_view()

    return [
        path("<uuid:item>/reactie/", page(CommentCreateView, **about_item), name="comment-create"),
        path("<uuid:item>/stil/", page(CommentMuteView, model=item_model, abstract=False), name="comment-mute"),
        path("reactie/<uuid:item>/", page(CommentDetailView, **about_comment), name="comment"),
        path("reactie/<uuid:item>/bewerk/", page(CommentEditView, **about_comment), name="comment-edit"),
        path("reactie/<uuid:item>/eerder/", page(CommentVersionsView, **about_comment), name="comment-versions"),
        path("reactie/<uuid:item>/terug/", page(CommentUndoView, **about_comment), name="comment-undo"),
        path("reactie/<uuid:item>/weghalen/", page(CommentDeleteView, **about_comment), name="comment-delete"),
    ]

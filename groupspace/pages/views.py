"""Pages about pages. They fetch through the policy, validate, call an action and show."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groupspace import policy
from groupspace.comments.views import Commented
from groupspace.forms.attempt import attempt
from groupspace.moments import spoken
from groupspace.names import shown_name
from groupspace.pages import actions
from groupspace.pages.forms import PageCreateForm, PageEditForm, PageMoveForm
from groupspace.pages.models import Page, PageComment, PageVersion
from groupspace.pages.rows import changes, page_tags, tree_rows, version_rows, what_was_done
from groupspace.pages.tree import Tree, tree_of
from groupspace.text.composer import Composer
from groupspace.views import ItemView
from groupspace.views.writing import WritingView

VERSIONS_PER_PAGE = 50


class Place(WritingView):
    """What every page here has: addresses, the tree, and the path to it."""

    abstract = True

    @cached_property
    def tree(self) -> Tree:
        return tree_of(self.actor, self.space)

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"groupspace:paginas:{name}", args=[self.space.pk, *args])

    def trail(self, *tail: tuple[Any, str]) -> list[tuple[Any, str]]:
        return self.crumbs((_("Pagina's"), self.url("list") if tail else ""), *tail)

    def parent_in(self, chosen: UUID | None) -> Page | None:
        """The page that was chosen in a form from the tree."""
        return self.tree.pages[chosen] if chosen else None


class PageListView(Place):
    """All pages of a space, as a tree."""

    action = "view"
    template_name = "groupspace/pages/page_list.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(
            rows=tree_rows(self.space, self.tree),
            may_write=policy.can(self.actor, "post", self.space),
            breadcrumbs=self.trail(),
        )


class PageCreateView(Place):
    """Write a new page; `?onder=<id>` says below which one."""

    action = "post"
    template_name = "groupspace/pages/page_form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, composer = self.form(initial={"parent": request.GET.get("onder", "")}), self.composer()
        composer.fill(form)
        return self.ask(form, composer)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form, composer = self.form(request.POST), self.composer()
        if form.is_valid() and (address := attempt(form, lambda: self.write(form, composer))):
            return redirect(address)
        return self.ask(form, composer)

    def write(self, form: PageCreateForm, composer: Composer) -> str:
        with composer.once() as claim:
            if claim.first:
                fields = form.cleaned_data | {"parent": self.parent_in(form.cleaned_data["parent"])}
                claim.url = self.url("page", actions.create_page(self.actor, self.space, **fields).pk)
        return claim.url

    def form(self, *args: Any, **kwargs: Any) -> PageCreateForm:
        return PageCreateForm(*args, places=self.tree.places(), **kwargs)

    def composer(self) -> Composer:
        return Composer(self.request, "page", self.space.pk)

    def ask(self, form: PageCreateForm, composer: Composer, **context: Any) -> HttpResponse:
        heading = _("Nieuwe pagina")
        return self.show_form(
            form, composer, heading=heading, button=_("Plaats pagina"), breadcrumbs=self.trail((heading, "")), **context
        )


class PageView(Place, ItemView):
    """A page about one page."""

    abstract = True
    model = Page
    related = ("author", "edited_by")

    @property
    def page(self) -> Page:
        return self.item  # type: ignore[no-any-return]

    def page_trail(self, *tail: tuple[Any, str]) -> list[tuple[Any, str]]:
        """The path through the tree to this page."""
        above = [(page.title, self.url("page", page.pk)) for page in self.tree.above(self.page.pk)]
        return self.trail(*above, (self.page.title, self.url("page", self.page.pk) if tail else ""), *tail)

    def back(self) -> HttpResponseBase:
        return redirect(self.url("page", self.page.pk))


class PageDetailView(PageView, Commented):
    """Read a page, see what stands below it, and what others say of it."""

    action = "view"
    template_name = "groupspace/pages/page_detail.html"
    comments = PageComment

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        page = self.page
        return self.show(
            page=page,
            changed_by=shown_name(page.edited_by.display_name, page.edited_by.user_id),
            changed_at=spoken(page.edited_at),
            tags=page_tags(page),
            below=tree_rows(self.space, self.tree, page.pk),
            may_edit=policy.can(self.actor, "edit", page),
            may_move=policy.can(self.actor, "move", page),
            may_lock=policy.can(self.actor, "lock", page),
            may_delete=policy.can(self.actor, "delete", page),
            may_add=policy.can(self.actor, "post", self.space)
            and any(place.pk == page.pk for _depth, place in self.tree.places()),
            breadcrumbs=self.page_trail(),
            **self.comments_context(),
        )


class PageEditView(PageView):
    """Write a new version. When another was first, both texts are there to choose from."""

    action = "edit"
    template_name = "groupspace/pages/page_form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        page, composer = self.page, self.composer()
        form = PageEditForm(initial={"title": page.title, "body": str(page.body), "base": page.version})
        composer.fill(form)
        return self.ask(form, composer)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form, composer = PageEditForm(request.POST), self.composer()
        try:
            if form.is_valid() and attempt(form, lambda: self.write(form, composer)):
                return self.back()
        except actions.EditConflict as conflict:
            return self.ask_again(conflict.page, form.cleaned_data["base"])
        return self.ask(form, composer)

    def write(self, form: PageEditForm, composer: Composer) -> bool:
        with composer.once() as claim:
            if claim.first:
                actions.edit_page(self.actor, self.page, **form.cleaned_data)
        return True

    def ask_again(self, page: Page, base: int) -> HttpResponse:
        """Their own text stays in the form; what the other made of the page stands above it. Now they choose."""
        typed = self.request.POST.copy()
        typed["base"] = str(page.version)
        before = PageVersion.objects.filter(page=page, number=base, erased_at=None).first()
        return self.ask(
            PageEditForm(typed),
            self.composer(),
            status=409,
            newer=page,
            newer_by=shown_name(page.edited_by.display_name, page.edited_by.user_id),
            changes=changes(before, page) if before else None,
        )

    def composer(self) -> Composer:
        return Composer(self.request, "page-edit", self.page.pk)

    def ask(self, form: PageEditForm, composer: Composer, **context: Any) -> HttpResponse:
        heading = _("Verander de pagina")
        return self.show_form(
            form,
            composer,
            audience=self.page.audience,
            heading=heading,
            button=_("Bewaar"),
            breadcrumbs=self.page_trail((heading, "")),
            **context,
        )


class PageHistoryView(PageView):
    """Every version of a page, newest first; `?voor=<number>` gives older ones."""

    action = "view"
    template_name = "groupspace/pages/page_history.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = PageVersion.objects.filter(page=self.page).with_author().defer("body").order_by("-number")
        if "voor" in request.GET:
            found = found.filter(number__lt=read_number(request.GET["voor"]))
        rows = version_rows(self.page, found[: VERSIONS_PER_PAGE + 1])
        shown = rows[:VERSIONS_PER_PAGE]
        return self.show(
            page=self.page,
            rows=shown,
            choices=[row for row in shown if not row["erased"]],
            older=shown[-1]["number"] if len(rows) > VERSIONS_PER_PAGE else "",
            is_first="voor" not in request.GET,
            breadcrumbs=self.page_trail((_("Geschiedenis"), "")),
        )


class PageCompareView(PageView):
    """What changed between two versions: `?van=<number>&naar=<number>`; without them, in the last one."""

    action = "view"
    template_name = "groupspace/pages/page_compare.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        versions = PageVersion.objects.filter(page=self.page).with_author().order_by("number")
        if "van" in request.GET or "naar" in request.GET:
            numbers = {read_number(request.GET.get(name, "")) for name in ("van", "naar")}
            found = list(versions.filter(number__in=numbers))
            if len(found) < len(numbers):
                raise Http404
        else:
            found = list(versions.reverse()[:2])[::-1]
        if not found:
            raise Http404
        old, new = found[0], found[-1]
        erased = old.erased_at or new.erased_at
        rows = version_rows(self.page, [new, old])
        return self.show(
            page=self.page,
            new=rows[0],
            old=rows[1],
            changes=None if erased else changes(old, new),
            breadcrumbs=self.page_trail(
                (_("Geschiedenis"), self.url("page-history", self.page.pk)), (_("Vergelijk"), "")
            ),
        )


class VersionView(PageView):
    """A page about one version."""

    abstract = True
    model = PageVersion  # type: ignore[assignment]

    def find_item(self) -> PageVersion:
        found = policy.visible(self.actor, PageVersion.objects.select_related("author", "page"))
        version: PageVersion | None = found.filter(pk=self.kwargs["item"], page__space=self.space).first()
        if version is None:
            raise Http404
        version.page.space = self.space
        return version

    @property
    def page(self) -> Page:
        return self.item.page  # type: ignore[no-any-return]


class VersionDetailView(VersionView):
    """Read a page as it was."""

    action = "view"
    template_name = "groupspace/pages/version_detail.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        version = self.item
        return self.show(
            page=self.page,
            version=version,
            by=shown_name(version.author.display_name, version.author.user_id),
            at=spoken(version.at, timezone.localtime()),
            note="" if version.erased_at else what_was_done(version),
            is_current=version.number == self.page.version,
            may_restore=policy.can(self.actor, "restore", version),
            breadcrumbs=self.page_trail(
                (_("Geschiedenis"), self.url("page-history", self.page.pk)),
                (_("Versie %(number)d") % {"number": version.number}, ""),
            ),
        )


class VersionRestoreView(VersionView):
    """Let the page read as it did in this version."""

    action = "restore"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        actions.restore_version(self.actor, self.item)
        done = _("Versie %(number)d staat er weer. Wat er stond, vind je terug in de geschiedenis.")
        messages.success(request, done % {"number": self.item.number})
        return self.back()


class PageMoveView(PageView):
    """Another place in the tree: a step up or down, or under another page."""

    action = "move"
    template_name = "groupspace/pages/page_move.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(self.form(initial={"parent": str(self.tree.parent_of(self.page.pk) or "")}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if step := request.POST.get("stap"):
            actions.shift_page(self.actor, self.page, down=step == "lager")
            return redirect(self.url("page-move", self.page.pk))
        form = self.form(request.POST)
        if form.is_valid() and attempt(form, lambda: self.move(form)):
            messages.success(request, _("De pagina staat op de nieuwe plek."))
            return self.back()
        return self.ask(form)

    def move(self, form: PageMoveForm) -> Page:
        return actions.move_page(self.actor, self.page, parent=self.parent_in(form.cleaned_data["parent"]))

    def form(self, *args: Any, **kwargs: Any) -> PageMoveForm:
        places = self.tree.places(layers=self.tree.height(self.page.pk), without=self.page.pk)
        return PageMoveForm(*args, places=places, **kwargs)

    def ask(self, form: PageMoveForm) -> HttpResponse:
        row = self.tree.siblings(self.page.pk)
        return self.show(
            form=form,
            page=self.page,
            row=row,
            is_first=row[0].pk == self.page.pk,
            is_last=row[-1].pk == self.page.pk,
            breadcrumbs=self.page_trail((_("Verplaats"), "")),
            status=422 if form.errors else 200,
        )


class PageLockView(PageView):
    """Leave a page to whoever moderates, or open it again."""

    action = "lock"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        actions.lock_page(self.actor, self.page, locked=request.POST.get("aan") == "1")
        return self.back()


class PageDeleteView(PageView):
    """Take a page away, after one question."""

    action = "delete"
    template_name = "groupspace/pages/page_delete.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        heading = _("Haal pagina weg")
        return self.show(
            page=self.page,
            heading=heading,
            below=self.tree.children(self.page.pk),
            breadcrumbs=self.page_trail((heading, "")),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        actions.delete_page(self.actor, self.page)
        messages.success(request, _("De pagina is weg."))
        return redirect(self.url("list"))


def read_number(text: str) -> int:
    """A number of a version in an address. Raises Http404 for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Http404
    return int(text)

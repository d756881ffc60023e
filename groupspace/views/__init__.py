"""Base views: they fetch through the policy, ask it for the action, and answer 404, 403 or the second step.

The files beside this one hold the core's own pages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateResponseMixin, View

from groupspace import policy
from groupspace.actor import Actor, actor_of
from groupspace.audit import log
from groupspace.kinds import all_kinds, kinds_in, space_kind
from groupspace.models import Space
from groupspace.storage.chosen import names_sent
from groupspace.text.composer import Composer
from groupspace.text.giving_back import give_back, is_own_form, typed_words

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django_stubs_ext import StrOrPromise

#: Action of a view that is about nobody's space: one only has to be logged in.
SIGNED_IN = "signed_in"
#: What a form is about that stands in no space.
NOWHERE = UUID(int=0)
#: Why a form is given back whose questions changed while it was filled in.
QUESTIONS_CHANGED = _("De vragen zijn net veranderd. Er is nog niets bewaard. Kopieer je tekst, en vul het opnieuw in.")


class PolicyView(TemplateResponseMixin, View):
    """A private page. A subclass names its action; one that does not cannot even be imported.

    Attributes:
        action: what the policy is asked for.
        template_name: the page.
        writes: what people write in its form, such as "join", when that must survive the end of their log-in. The
            template then prints the note and the envelope of `groupspace.text` instead of the token.
    """

    action: ClassVar[str]
    writes: ClassVar[str] = ""
    #: Base classes only; looked up in the class itself, so no page inherits its way out of the rule.
    abstract: ClassVar[bool] = True
    #: How much news this very page tells, so that the bell no longer counts it.
    told: int = 0

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not getattr(cls, "action", "") and not cls.__dict__.get("abstract", False):
            raise TypeError(f"{cls.__name__} names no action; a page without a rule is not served.")

    @property
    def actor(self) -> Actor:
        return self.request.actor

    @property
    def news(self) -> int:
        """The number in the bell."""
        return max(self.actor.news - self.told, 0)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.check()
            response = super().dispatch(request, *args, **kwargs)
        except AskToLogIn:
            response = self.ask_to_log_in()
        except AskToVerify:
            response = redirect_to_login(request.get_full_path(), reverse("account:setup"))
        except AskToAgree:
            response = redirect_to_login(request.get_full_path(), reverse("groupspace:rules", args=[kwargs["space"]]))
        except (Http404, PermissionDenied, ObjectDoesNotExist) as refusal:
            response = self.give_back(refusal)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def give_back(self, refusal: Exception) -> HttpResponse:
        """What somebody was typing when they, or what they wrote about, were taken out of the space.

        The page has the status of the refusal and holds nothing but their own words. Raises the refusal itself when
        nothing of their own was sent.
        """
        if isinstance(refusal, ObjectDoesNotExist):  # taken away between finding and changing it
            if self.request.method != "POST":
                raise refusal
            refusal = Http404()
        words = typed_words(self.request)
        files = names_sent(self.request) if is_own_form(self.request) else []
        if not (words or files):
            raise refusal
        if isinstance(refusal, Http404):
            return give_back(self.request, words, files=files, status=404)
        return give_back(self.request, words, files=files, status=403, reason=str(refusal), way_back=self.way_back())

    def way_back(self) -> list[tuple[StrOrPromise, str]]:
        """The path to what this person knows, above a page that gives words back."""
        return []

    def check(self) -> None:
        """Decide before any method runs. Here: one must be logged in."""
        if not self.actor.is_authenticated:
            raise AskToLogIn

    def judge(self, action: str, obj: Model) -> None:
        """Ask the policy and turn a refusal into the right answer."""
        verdict = policy.can(self.actor, action, obj)
        if verdict:
            return
        if verdict.verify:
            raise AskToVerify
        if not self.actor.is_authenticated:
            raise AskToLogIn
        if verdict.hide:
            raise Http404
        if verdict.agree and self.request.method == "GET":  # a form that was sent gives its words back instead
            raise AskToAgree
        raise PermissionDenied(str(verdict.reason))

    def ask_to_log_in(self) -> HttpResponseBase:
        """The log-in page, the same for what exists and what does not."""
        return redirect_to_login(self.request.get_full_path())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        if self.writes and context.get("form"):
            context["composer"] = self.composer_for(context["form"])
        return {"view": self, "actor": self.actor, **context}

    def composer_for(self, form: BaseForm) -> Composer:
        """What keeps a form when its writer turns out to be logged out; a fresh form gets back what was kept."""
        about = self.kwargs.get("item") or self.kwargs.get("space") or NOWHERE
        composer = Composer(self.request, self.writes, about)
        if not form.is_bound:
            composer.fill(form)
        return composer

    def note_opened(self, obj: Model | type[Model], page: str = "") -> None:
        """Whoever opened an item has seen what happened to it; looking ahead is not opening.

        Args:
            obj: an item, a space, or the model of what the actor asked for and this page answers.
            page: which page of a space, when it is not its home.
        """
        prefetched = self.request.headers.get("Sec-Purpose", "").startswith("prefetch")
        if self.request.method == "GET" and not prefetched:
            self.told = sum(tell(self.actor, obj, page) for tell in _on_opening)

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render the page of this view."""
        return self.render_to_response(self.get_context_data(**context), status=status)


class AskToLogIn(Exception):
    """Nobody is logged in, and this page needs somebody."""


class AskToVerify(Exception):
    """The second step of the log-in is missing."""


class AskToAgree(Exception):
    """The agreements of the space changed, and this page is for writing."""


class SpaceView(PolicyView):
    """A page about one space: `self.space` is there, and the policy allowed `action` on it."""

    abstract = True
    space: Space

    @cached_property
    def actor(self) -> Actor:
        """The person who asks, with no other space than the one in the address."""
        return actor_of(self.request, within=self.kwargs["space"])

    def check(self) -> None:
        self.space = self.find_space()
        self.judge(self.action, self.space)
        self.write_log()

    def way_back(self) -> list[tuple[StrOrPromise, str]]:
        return self.crumbs((_("Je tekst"), "")) if hasattr(self, "space") else []

    def find_space(self) -> Space:
        """The space in the address, as far as this actor may know of it."""
        space = policy.find_space(self.actor, self.kwargs["space"])
        if space is None:
            raise Http404 if self.actor.is_authenticated else AskToLogIn
        if self.kind_is_off(space):
            raise Http404
        return space

    def kind_is_off(self, space: Space) -> bool:
        """Whether this is a page of a sort of content that does not live in this space, or was switched off there."""
        match = self.request.resolver_match
        slug = match.namespaces[1] if match and len(match.namespaces) > 1 else ""
        return any(kind.slug == slug for kind in all_kinds()) and all(kind.slug != slug for kind in kinds_in(space))

    def write_log(self) -> None:
        """Log the read where the sort of space asks for it."""
        kind = space_kind(self.space.kind)
        if kind and kind.log_reads:
            log.record(
                f"{self.action}.read",
                actor=f"member:{self.actor.membership_in(self.space.pk)}",
                space_id=self.space.pk,
                obj=self.space,
                authorisation=self.action,
            )

    def crumbs(self, *tail: tuple[StrOrPromise, str]) -> list[tuple[StrOrPromise, str]]:
        """The way here: my groups, this space, and then what the page adds. The last one needs no address."""
        home = reverse("groupspace:space", args=[self.space.pk]) if tail else ""
        return [(_("Mijn groepen"), reverse("groupspace:mine")), (self.space.name, home), *tail]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**{"space": self.space, **context})


class ItemView(SpaceView):
    """A page about one item in a space: `self.item` is there, and the policy allowed `action` on it.

    Attributes:
        model: the item's model; it has a policy.
        related: foreign keys that the policy and the page need, loaded in the same query.
    """

    abstract = True
    model: ClassVar[type[Model]]
    related: ClassVar[tuple[str, ...]] = ("author",)
    item: Any

    def check(self) -> None:
        self.space = self.find_space()
        self.judge("view", self.space)
        self.item = self.find_item()
        self.judge(self.action, self.item)
        self.write_log()

    def items(self) -> QuerySet[Any]:
        """Where the item is looked for, with what the page needs of it."""
        return self.model._default_manager.select_related(*self.related)

    def find_item(self) -> Any:
        """The item in the address, when it is in this space and the actor may see it."""
        found = self.items().filter(pk=self.kwargs["item"], space=self.space)
        item = policy.visible(self.actor, found).first()
        if item is None and policy.can_be_prepared(self.model):  # for a look at it before its moment
            item = policy.prepared(self.actor, found).first()
        if item is None:
            raise Http404
        item.space = self.space
        return item

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render the page."""
        if self.action == "view":
            self.note_opened(self.item)
        return super().show(status=status, **context)


_on_opening: list[Callable[[Actor, Any, str], int]] = []


def when_opened(tell: Callable[[Actor, Any, str], int]) -> None:
    """Let an app above know that somebody opened an item, a page of a space, or what became of what they asked.

    It returns how much news it took for told.
    """
    if tell not in _on_opening:
        _on_opening.append(tell)

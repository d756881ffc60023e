"""Walking through a step plan: one step a screen, back and forth, and the plan document that comes out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from knowledgebase.pdf import pdf_response
from knowledgebase.private import PrivateView
from knowledgebase.visitors import keep_pace, sender_of

from . import actions, handreiking, policy
from .document import Comparison, Document
from .forms import ApprovalForm, PlanForm, StartForm, StepForm
from .models import KEEP_FOR, LONGEST_NAME, StepPlanPage, Walk
from .structure import Step

#: What the button says that sent a form: what was typed is kept whichever it was.
GO_ON, KEEP, LOG_IN, GO_TO = "verder", "bewaren", "inloggen", "naar:"
MOST_COMPARED = 4


class StartView(PrivateView):
    """What a plan asks, who reads it, and the button that begins."""

    template_name = "knowledgebase_stepplans/start.html"

    def find(self) -> StepPlanPage:
        """The step plan, as far as everybody may read it."""
        page = StepPlanPage.objects.shown_on(self.request).filter(translation_key=self.kwargs["plan"]).first()
        if page is None:
            raise Http404
        return page

    def get(self, request: HttpRequest, plan: UUID) -> HttpResponse:
        return self.page_with(self.find(), StartForm())

    def post(self, request: HttpRequest, plan: UUID) -> HttpResponse:
        page, form = self.find(), StartForm(request.POST)
        if not form.is_valid():
            return self.page_with(page, StartForm(), status=422)
        try:
            keep_pace("stepplan", sender_of(request))
            walk = actions.start(page, form.cleaned_data["ticket"])
        except ValidationError as error:
            return self.page_with(page, form, problem=error.messages[0], status=429)
        except actions.NotReady:
            problem = _("Dit stappenplan wordt net veranderd. Probeer het later nog eens.")
            return self.page_with(page, form, problem=problem, status=409)
        return give_key(HttpResponseRedirect(reverse("knowledgebase_stepplans:walk", args=[walk.pk])), walk)

    def page_with(self, page: StepPlanPage, form: StartForm, *, status: int = 200, problem: str = "") -> HttpResponse:
        crumbs = [(_("Start"), "/"), (page.title, page.get_url(self.request)), (_("Begin"), "")]
        return self.show(page=page, form=form, problem=problem, breadcrumbs=crumbs, days=KEEP_FOR.days, status=status)


def give_key(response: HttpResponse, walk: Walk) -> HttpResponse:
    """Let this browser open the walk until it is closed. The cookie goes to the addresses of this walk alone."""
    response.set_cookie(
        policy.cookie_name(walk.pk),
        walk.key,
        path=reverse("knowledgebase_stepplans:walk", args=[walk.pk]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


class OpenView(PrivateView):
    """The link that somebody took along, to go on later or with others."""

    def get(self, request: HttpRequest, walk: UUID, key: str) -> HttpResponse:
        found = Walk.objects.alive().filter(pk=walk, owner=None).first()
        if found is None or not found.fits(key):
            return not_there(request)
        return give_key(HttpResponseRedirect(reverse("knowledgebase_stepplans:walk", args=[found.pk])), found)


def not_there(request: HttpRequest) -> HttpResponse:
    """The page for a plan that is gone, never was, or is somebody else's: always the same.

    What was typed comes back, to copy: somebody may have been logged out meanwhile.
    """
    typed = [text for name in ("reason", "remark") if (text := request.POST.get(name, "").strip())]
    context = {"typed": "\n\n".join(typed), "days": KEEP_FOR.days, "breadcrumbs": [(_("Start"), "/"), (_("Plan"), "")]}
    return render(request, "knowledgebase_stepplans/not_there.html", context, status=404)


class WalkView(PrivateView):
    """A page of one walk: `self.walk` is there, and this visitor may open it."""

    walk: Walk

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        walk = policy.find_walk(request, kwargs["walk"])
        if walk is None:
            response = not_there(request)
            patch_cache_control(response, private=True, no_store=True)
            return response
        self.walk = walk
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, walk: UUID) -> HttpResponse:
        """Go on where somebody was."""
        return self.go_to_current()

    def address(self, name: str, *args: str) -> str:
        """The address of another page of this walk."""
        return reverse(f"knowledgebase_stepplans:{name}", args=[self.walk.pk, *args])

    def go_to_current(self) -> HttpResponseRedirect:
        """To the first step without an answer, to the last screen, or to the plan when that is complete."""
        way, end = self.walk.way
        if end:
            return HttpResponseRedirect(self.address("document" if self.walk.responsible else "plan"))
        return HttpResponseRedirect(self.address("step", way[-1].key))

    def show(self, *, status: int = 200, title: str = "", **context: Any) -> HttpResponse:
        page = self.walk.version.page
        above = [(page.title, page.get_url(self.request))] if page and page.live else [(self.walk.plan.title, "")]
        key = policy.key_in(self.request, self.walk)
        return super().show(
            status=status,
            walk=self.walk,
            breadcrumbs=[(_("Start"), "/"), *above, (title or _("Mijn plan"), "")],
            may_keep=not self.walk.owner_id and policy.may_keep(self.request.user),
            days=KEEP_FOR.days,
            own_link=self.request.build_absolute_uri(self.address("open", key)) if key else "",
            **context,
        )

    def keep(self) -> None:
        """Give the plan to who is logged in. Raises PermissionDenied for who may not keep plans."""
        if not policy.may_keep(self.request.user):
            raise PermissionDenied(_("Een plan bewaren kan als je bent ingelogd als professional."))
        actions.keep(self.request.user, self.walk)

    def went_elsewhere(self, go: str) -> HttpResponse | None:
        """Where to go for who did not press on: keep the plan and stay, log in first, or back to a step."""
        if go == KEEP:
            self.keep()
            return HttpResponseRedirect(self.request.path)
        if go == LOG_IN:
            return redirect_to_login(self.address("walk"))
        if go.startswith(GO_TO) and self.walk.plan.step(go.removeprefix(GO_TO)):
            return HttpResponseRedirect(self.address("step", go.removeprefix(GO_TO)))
        return None


class StepView(WalkView):
    """One step: read, choose, write why."""

    template_name = "knowledgebase_stepplans/step.html"

    def get(self, request: HttpRequest, walk: UUID, step: str) -> HttpResponse:
        found = self.find(step)
        if found not in self.walk.way[0]:
            return self.go_to_current()
        answer = self.walk.answers_by_step.get(step)
        initial = {name: getattr(answer, name) for name in ("option", "judgement", "reason")} if answer else {}
        return self.page_with(found, StepForm(found, initial=initial))

    def post(self, request: HttpRequest, walk: UUID, step: str) -> HttpResponse:
        found, go = self.find(step), request.POST.get("go", GO_ON)
        form = StepForm(found, request.POST, go_on=go == GO_ON)
        if not form.is_valid():
            return self.page_with(found, form, status=422)
        actions.answer(self.walk, found, go_on=go == GO_ON, **form.cleaned_data)
        if elsewhere := self.went_elsewhere(go):
            return elsewhere
        way, end = self.walk.way
        if found in way and found != way[-1]:
            return HttpResponseRedirect(self.address("step", way[way.index(found) + 1].key))
        return HttpResponseRedirect(self.address("plan")) if end and found in way else self.go_to_current()

    def find(self, key: str) -> Step:
        step = self.walk.plan.step(key)
        if step is None:
            raise Http404
        return step

    def page_with(self, step: Step, form: StepForm, *, status: int = 200) -> HttpResponse:
        way = self.walk.way[0]
        before = way[: way.index(step)] if step in way else way
        return self.show(
            step=step,
            form=form,
            number=len(before) + 1,
            before=[(earlier, self.chosen(earlier)) for earlier in before],
            back=before[-1] if before else None,
            title=step.name,
            status=status,
        )

    def chosen(self, step: Step) -> str:
        """What was chosen at an earlier step."""
        answer = self.walk.answers_by_step.get(step.key)
        option = step.option(answer.option) if answer else None
        return option.label if option else ""


class PlanView(WalkView):
    """The end of the way: the outcome, and what makes a plan of it."""

    template_name = "knowledgebase_stepplans/plan_form.html"

    def get(self, request: HttpRequest, walk: UUID) -> HttpResponse:
        if not self.walk.way[1]:
            return self.go_to_current()
        return self.page_with(PlanForm(self.walk))

    def post(self, request: HttpRequest, walk: UUID) -> HttpResponse:
        go = request.POST.get("go", GO_ON)
        form = PlanForm(self.walk, request.POST, go_on=go == GO_ON)
        if not form.is_valid():
            return self.page_with(form, status=422)
        actions.describe(self.walk, **form.cleaned_data)
        if not self.walk.way[1]:
            return self.go_to_current()
        return self.went_elsewhere(go) or HttpResponseRedirect(self.address("document"))

    def page_with(self, form: PlanForm, *, status: int = 200) -> HttpResponse:
        document = Document(self.walk)
        return self.show(form=form, document=document, back=document.lines[-1].step, status=status)


class DocumentView(WalkView):
    """The plan document, to read and to print."""

    template_name = "knowledgebase_stepplans/document.html"

    def get(self, request: HttpRequest, walk: UUID) -> HttpResponse:
        document = Document(self.walk)
        if not document.end:
            return self.go_to_current()
        may_decide = self.walk.owner_id and policy.may_keep(request.user)
        return self.show(
            document=document,
            may_decide=may_decide,
            copy_form=StartForm() if may_decide else None,
            handreiking=handreiking.link(request, self.walk),
        )


class PdfView(WalkView):
    """The plan document as a PDF."""

    def get(self, request: HttpRequest, walk: UUID) -> HttpResponse:
        document = Document(self.walk)
        if not document.end:
            return self.go_to_current()
        html = render_to_string("knowledgebase_stepplans/document_pdf.html", {"document": document})
        return pdf_response(html, document.filename, request)


class KeepView(WalkView):
    """Keep the plan with an account."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, walk: UUID) -> HttpResponse:
        if request.POST.get("go") == LOG_IN:
            return redirect_to_login(self.address("walk"))
        self.keep()
        return HttpResponseRedirect(self.address("walk"))


class CopyView(WalkView):
    """Make a second plan from one that is kept, to choose differently and compare."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, walk: UUID) -> HttpResponse:
        form = StartForm(request.POST)
        if not self.walk.owner_id or not policy.may_keep(request.user):
            raise PermissionDenied(_("Een plan kopiëren kan als je het bewaart als professional."))
        if not form.is_valid():
            return HttpResponseRedirect(self.address("document"))
        title = Document(self.walk).title[: LONGEST_NAME - 10]
        twin = actions.copy(self.walk, form.cleaned_data["ticket"], name=_("%(title)s (kopie)") % {"title": title})
        return HttpResponseRedirect(reverse("knowledgebase_stepplans:plan", args=[twin.pk]))


class ApprovalView(WalkView):
    """Write down what a board decided about a plan that one keeps."""

    template_name = "knowledgebase_stepplans/approval_form.html"

    def get(self, request: HttpRequest, walk: UUID) -> HttpResponse:
        return self.refused() or self.show(form=ApprovalForm(self.walk), document=Document(self.walk))

    def post(self, request: HttpRequest, walk: UUID) -> HttpResponse:
        if refused := self.refused():
            return refused
        form = ApprovalForm(self.walk, request.POST)
        if not form.is_valid():
            return self.show(form=form, document=Document(self.walk), status=422)
        actions.approve(self.walk, **form.cleaned_data)
        return HttpResponseRedirect(self.address("document"))

    def refused(self) -> HttpResponse | None:
        """For a plan that nobody keeps or that is not finished there is nothing to decide."""
        if not self.walk.owner_id or not policy.may_keep(self.request.user):
            raise PermissionDenied(_("Een besluit opschrijven kan bij een plan dat je bewaart als professional."))
        return None if self.walk.way[1] else self.go_to_current()


class ForgetView(WalkView):
    """Delete the plan: asked once more, and then it is gone."""

    template_name = "knowledgebase_stepplans/forget.html"

    def get(self, request: HttpRequest, walk: UUID) -> HttpResponse:
        return self.show(document=Document(self.walk))

    def post(self, request: HttpRequest, walk: UUID) -> HttpResponse:
        was_kept = self.walk.owner_id
        path = self.address("walk")
        actions.forget(self.walk)
        response: HttpResponse = HttpResponseRedirect(
            reverse("knowledgebase_stepplans:mine" if was_kept else "knowledgebase_stepplans:forgotten")
        )
        response.delete_cookie(policy.cookie_name(walk), path=path, samesite="Lax")
        return response


class ForgottenView(PrivateView):
    """That a plan is gone."""

    template_name = "knowledgebase_stepplans/forgotten.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(breadcrumbs=[(_("Start"), "/"), (_("Plan gewist"), "")])


class OwnView(PrivateView):
    """A page about the plans that somebody keeps."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        response = redirect_to_login(request.get_full_path())
        patch_cache_control(response, private=True, no_store=True)
        return response


class MineView(OwnView):
    """The plans that somebody keeps."""

    template_name = "knowledgebase_stepplans/mine.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        documents = [Document(walk) for walk in policy.walks_of(request.user).prefetch_related("answers")]
        crumbs = [(_("Start"), "/"), (_("Mijn plannen"), "")]
        return self.show(documents=documents, most=MOST_COMPARED, breadcrumbs=crumbs)


class CompareView(OwnView):
    """Some of one's own plans side by side."""

    template_name = "knowledgebase_stepplans/compare.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = [uuid for text in dict.fromkeys(request.GET.getlist("plan")) if (uuid := as_uuid(text))]
        walks = policy.walks_of(request.user).prefetch_related("answers").in_bulk(wanted[: MOST_COMPARED + 1])
        if len(walks) < len(wanted[: MOST_COMPARED + 1]):
            return not_there(request)
        problem = ""
        if not 2 <= len(wanted) <= MOST_COMPARED:
            problem = _("Kies twee, drie of vier plannen om te vergelijken.")
        crumbs = [
            (_("Start"), "/"),
            (_("Mijn plannen"), reverse("knowledgebase_stepplans:mine")),
            (_("Vergelijken"), ""),
        ]
        comparison = None if problem else Comparison([Document(walks[uuid]) for uuid in wanted])
        return self.show(comparison=comparison, problem=problem, breadcrumbs=crumbs)


def as_uuid(text: str) -> UUID | None:
    """The UUID in this text, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None

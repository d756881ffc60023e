"""The screens on which staff word, weigh, compare and choose the ideas of visitors."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy

from knowledgebase.cms_lists import VisitorsIndexView, attempt, require

from . import actions
from .forms import AsideForm, BesideForm, ChooseForm, GroupForm, JoinForm, ScoreForm, StatusForm, WordsForm
from .models import QUESTIONS, WHOLE_COUNTRY, Address, Criterion, Entry, Idea, IdeaQuerySet, Status

policy = ModelPermissionPolicy(Idea)
#: More columns than this nobody can compare.
MOST_BESIDE = 6


class EntryFilters(WagtailFilterSet):
    """By how far staff are, and by what was said."""

    class Meta:
        model = Entry
        fields = ("state", "would_join", "region")


class EntryIndexView(VisitorsIndexView):
    """What visitors sent in: the new ones first."""

    model = Entry
    permission_policy = policy
    page_title = gettext_lazy("Ingezonden ideeën")
    header_icon = "comment"
    index_url_name = "knowledgebase_ideas_entries"
    index_results_url_name = "knowledgebase_ideas_entries_results"
    handle_url_name = "knowledgebase_ideas_entry"
    filterset_class = EntryFilters

    def get_base_queryset(self) -> QuerySet[Entry]:
        is_new = Case(When(state=Entry.State.NEW, then=Value(0)), default=Value(1))
        return Entry.objects.select_related("idea").order_by(is_new, "-received_at", "-pk")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            self.title_column("number", _("Inzending"), accessor=str),
            Column("state", label=_("Stand"), accessor="get_state_display"),
            Column("idea", label=_("Idee"), accessor=lambda row: row.idea or "–"),
            Column("would_join", label=_("Zou meedoen"), accessor="get_would_join_display"),
            Column("region", label=_("Provincie"), accessor=lambda row: row.get_region_display() or WHOLE_COUNTRY),
            DateColumn("received_at", label=_("Ontvangen")),
        ]


class IdeaFilters(WagtailFilterSet):
    """By status and region."""

    class Meta:
        model = Idea
        fields = ("status", "region")


class IdeaIndexView(VisitorsIndexView):
    """The public ideas, with how many people asked for each."""

    model = Idea
    permission_policy = policy
    page_title = gettext_lazy("Ideeën voor groepen")
    header_icon = "pick"
    index_url_name = "knowledgebase_ideas_list"
    index_results_url_name = "knowledgebase_ideas_list_results"
    handle_url_name = "knowledgebase_ideas_idea"
    filterset_class = IdeaFilters

    def get_base_queryset(self) -> IdeaQuerySet:
        return Idea.objects.with_demand()

    @cached_property
    def columns(self) -> list[Any]:
        return [
            self.title_column("title", _("Idee")),
            Column("status", label=_("Stand"), accessor="get_status_display"),
            Column("asked", label=_("Ingezonden")),
            Column("joiners", label=_("Zou meedoen")),
            Column("supports", label=_("Ik ook")),
            DateColumn("changed_at", label=_("Veranderd")),
        ]


def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: make an idea of it, put it under an idea, or lay it aside."""
    require(request, actions.HANDLE)
    found = get_object_or_404(Entry.objects.select_related("idea", "handled_by"), pk=pk)
    action, user = request.POST.get("action"), request.user
    data = {name: request.POST if action == name else None for name in ("word", "join", "aside")}
    wording = WordsForm(data["word"], prefix="word", initial={"region": found.region})
    joining, aside = JoinForm(data["join"], prefix="join"), AsideForm(data["aside"], prefix="aside")
    steps = {
        "word": (wording, lambda: actions.word(user, found, **wording.cleaned_data)),
        "join": (joining, lambda: actions.join(user, found, joining.cleaned_data["idea"])),
        "aside": (aside, lambda: actions.set_aside(user, found, aside.cleaned_data["answer"])),
    }
    if action in steps and attempt(*steps[action]):
        messages.success(request, _("%(entry)s is afgehandeld.") % {"entry": found})
        return redirect(EntryIndexView.index_url_name)
    context = {
        "entry": found,
        "wants_mail": Address.objects.filter(entry=found).exists(),
        "wording": wording,
        "joining": joining,
        "aside": aside,
    }
    return screen(request, "entry.html", context, wording, joining, aside)


def idea(request: HttpRequest, pk: int) -> HttpResponse:
    """One idea: its public words, its scores, its demand and its status."""
    require(request, actions.HANDLE)
    found = get_object_or_404(Idea.objects.with_demand(), pk=pk)
    action, user = request.POST.get("action"), request.user
    data = {name: request.POST if action == name else None for name in ("status", "score", "words", "group")}
    # Each form on a copy of its own: a form that is refused leaves its words in its object.
    wording = WordsForm(data["words"], instance=Idea.objects.get(pk=pk), prefix="words")
    group = GroupForm(data["group"], instance=Idea.objects.get(pk=pk), prefix="group")
    scoring, status = ScoreForm(data["score"], idea=found), StatusForm(data["status"], prefix="status")
    steps = {
        "status": (status, lambda: actions.change_status(user, found, **status.cleaned_data)),
        "score": (scoring, lambda: actions.score(user, found, scoring.scores)),
        "words": (wording, lambda: actions.reword(user, found, **wording.cleaned_data)),
        "group": (group, lambda: actions.reword(user, found, **group.cleaned_data)),
    }
    if action in steps and attempt(*steps[action]):
        messages.success(request, _("Opgeslagen."))
        return redirect("knowledgebase_ideas_idea", pk)
    context = {
        "idea": found,
        "wording": wording,
        "group": group,
        "scoring": scoring,
        "status": status,
        "changes": found.changes.select_related("by"),
        "selections": found.selections.select_related("by"),
        "entries": found.entries.all(),
    }
    return screen(request, "idea.html", context, wording, group, scoring, status)


def compare(request: HttpRequest) -> HttpResponse:
    """Several ideas beside each other, criterion by criterion."""
    require(request, actions.HANDLE)
    ideas = beside(request)
    open_ideas = Idea.objects.exclude(status=Status.GROUP).order_by("title")
    rows = [
        {
            "label": criterion.label,
            "question": QUESTIONS[criterion],
            "scores": [each.scored.get(criterion) for each in ideas],
        }
        for criterion in Criterion
    ]
    context = {"ideas": ideas, "open_ideas": open_ideas, "rows": rows, "most": MOST_BESIDE}
    return screen(request, "compare.html", context)


def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose one idea of those that stood beside each other, with the reasons."""
    require(request, actions.HANDLE)
    found = get_object_or_404(Idea, pk=pk)
    ideas = beside(request)
    form = ChooseForm(request.POST or None, instance=Idea.objects.get(pk=pk))
    if request.method == "POST" and attempt(
        form, lambda: actions.choose(request.user, found, beside=ideas, **form.cleaned_data)
    ):
        messages.success(request, _("Gekozen: %(idea)s. Iedereen ziet het nu op de site.") % {"idea": found})
        return redirect("knowledgebase_ideas_idea", pk)
    return screen(request, "choose.html", {"idea": found, "ideas": ideas, "form": form}, form)


def beside(request: HttpRequest) -> list[Idea]:
    """The ideas that the address names; without names those that are being looked at."""
    ideas = Idea.objects.with_demand().prefetch_related("scores").order_by("title")
    named = BesideForm(request.GET)
    if "idee" in request.GET and named.is_valid():
        ideas = ideas.filter(pk__in=[chosen.pk for chosen in named.cleaned_data["idee"]])
    else:
        ideas = ideas.filter(status__in=(Status.CONSIDERED, Status.EXPLORING))
    return list(ideas[:MOST_BESIDE])


def screen(request: HttpRequest, template: str, context: dict[str, Any], *forms: Any) -> HttpResponse:
    """A screen; 422 when one of its forms was refused."""
    status = 422 if any(form.is_bound and form.errors for form in forms) else 200
    return render(request, f"knowledgebase/ideas/admin/{template}", context, status=status)

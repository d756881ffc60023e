"""What staff see first in the CMS: what waits for them, and what needs care. Each panel has a way to act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel
from wagtail.models import Page, TaskState, WorkflowState

from groupspace import register
from groupspace.lifetime.silence import silent
from groupspace.models import Lease, Space
from knowledgebase.contact import actions as contact
from knowledgebase.contact.models import Message
from knowledgebase.ideas import actions as ideas
from knowledgebase.ideas.models import Entry
from knowledgebase.links import admin_views as links
from knowledgebase.links.models import BrokenLink
from knowledgebase.reach import admin_views as reach
from knowledgebase.reach.models import DayCount
from knowledgebase.reactions import actions as reactions
from knowledgebase.reactions.models import Reaction
from knowledgebase.review import ReviewReportView, pages_to_review, why

SHOWN = 5


class ListPanel(Component):
    """A heading, a few lines that each lead somewhere, and a way to all of them."""

    template_name = "home/admin/panels/list.html"
    name: ClassVar[str]
    heading: ClassVar[Any]
    empty: ClassVar[Any]
    icon: ClassVar[str]

    class Media:
        css: ClassVar = {"all": ["home/cms.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        rows, total = self.rows(parent_context["request"])
        return {"panel": self, "rows": rows, "more": max(0, total - len(rows)), "more_url": self.more_url}

    def rows(self, request: Any) -> tuple[list[dict[str, Any]], int]:
        """The first lines, and how many there are in all. A line has `url`, `title` and `note`."""
        raise NotImplementedError

    @property
    def more_url(self) -> str:
        """Where all of them stand; nothing when this panel shows them all."""
        return ""


class ToApprovePanel(ListPanel):
    """Texts of others that I may approve. My own wait for somebody else, and stand in the next panel."""

    name, order, icon = "to_approve", 100, "check"
    heading = gettext_lazy("Beoordelen")
    empty = gettext_lazy("Niets te beoordelen. Stuurt een collega een tekst in, dan zie je hem hier.")

    def rows(self, request: Any) -> tuple[list[dict[str, Any]], int]:
        user = request.user
        states = (
            TaskState.objects.reviewable_by(user)
            .exclude(workflow_state__requested_by=user)
            .exclude(revision__user=user)
            .select_related("revision", "workflow_state__requested_by")
            .order_by("started_at")
        )
        keys = [state.revision.object_id for state in states]
        # Who changed the text since may not approve it either: see home.workflow.is_author.
        pages = titles(Page.objects.exclude(latest_revision__user=user), keys)
        rows = [
            {
                "url": reverse("wagtailadmin_pages:edit", args=[state.revision.object_id]),
                "title": pages[state.revision.object_id],
                "note": _("Ingestuurd door %(who)s op %(date)s. Lees de tekst en keur hem goed, of vraag iets.")
                % {
                    "who": user_display_name(state.workflow_state.requested_by),
                    "date": date_format(state.started_at, "j F"),
                },
            }
            for state in states
            if state.revision.object_id in pages
        ]
        return rows, len(rows)


def titles(pages: QuerySet[Page], keys: Iterable[str]) -> dict[str, str]:
    """The titles of those of these pages that are there. Workflows name what they are about by a text."""
    found = pages.filter(pk__in=[key for key in keys if key.isdigit()])
    return {str(pk): title for pk, title in found.values_list("pk", "draft_title")}


class SentInPanel(ListPanel):
    """Texts that I sent in, and where they are."""

    name, order, icon = "sent_in", 110, "time"
    heading = gettext_lazy("Door jou ingestuurd")
    empty = gettext_lazy("Je hebt niets ingestuurd. Klaar met een tekst? Kies onderaan de tekst “Stuur door”.")

    def rows(self, request: Any) -> tuple[list[dict[str, Any]], int]:
        states = (
            WorkflowState.objects.active()
            .filter(requested_by=request.user)
            .select_related("current_task_state")
            .order_by("-created_at")
        )
        pages = titles(Page.objects.all(), [state.object_id for state in states])
        rows = [
            {
                "url": reverse("wagtailadmin_pages:edit", args=[state.object_id]),
                "title": pages[state.object_id],
                "note": self.note(state),
                "urgent": state.status == WorkflowState.STATUS_NEEDS_CHANGES,
            }
            for state in states
            if state.object_id in pages
        ]
        return rows, len(rows)

    def note(self, state: WorkflowState) -> str:
        """Where this text is."""
        if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            return _("Een collega vraagt om een verandering. Open de tekst en lees waarom.")
        return _("Wacht op een collega sinds %(date)s") % {"date": date_format(state.created_at, "j F")}


class VisitorsPanel(ListPanel):
    """What visitors sent in and nobody answered yet; never what they wrote."""

    name, order, icon = "from_visitors", 105, "comment"
    heading = gettext_lazy("Van bezoekers")
    empty = gettext_lazy("Alles is beantwoord.")

    def rows(self, request: Any) -> tuple[list[dict[str, Any]], int]:
        rows = []
        total = 0
        if request.user.has_perm(contact.HANDLE):
            waiting = Message.objects.waiting().order_by("due_on", "pk")
            total += waiting.count()
            rows += [
                {
                    "url": reverse("knowledgebase_contact_message", args=[message.pk]),
                    "title": str(message),
                    "note": _("Antwoord voor %(date)s") % {"date": date_format(message.due_on, "j F")},
                    "urgent": message.waits_long,
                }
                for message in waiting[:SHOWN]
            ]
        if request.user.has_perm(ideas.HANDLE) and (new := Entry.objects.filter(state=Entry.State.NEW).count()):
            total += 1
            rows.append(
                {
                    "url": reverse("knowledgebase_ideas_entries"),
                    "title": _("Ingezonden ideeën"),
                    "note": ngettext("%(number)d nieuw idee", "%(number)d nieuwe ideeën", new) % {"number": new},
                }
            )
        if request.user.has_perm(reactions.HANDLE) and (unread := Reaction.objects.waiting().count()):
            total += 1
            rows.append(
                {
                    "url": reverse("knowledgebase_reactions_list"),
                    "title": _("Reacties"),
                    "note": ngettext("%(number)d nieuwe reactie", "%(number)d nieuwe reacties", unread)
                    % {"number": unread},
                }
            )
        return rows, total

    @property
    def more_url(self) -> str:
        return reverse("knowledgebase_contact_list")


class GroupsPanel(ListPanel):
    """What the register of spaces asks of staff; counts, and never what a group says."""

    name, order, icon = "groups", 107, "group"
    heading = gettext_lazy("Groepen")
    empty = gettext_lazy("Niemand wacht op antwoord, en in geen groep is het te lang stil.")

    def rows(self, request: Any) -> tuple[list[dict[str, Any]], int]:
        rows = []
        if asked := Lease.objects.filter(state=Lease.State.REQUESTED).count():
            text = ngettext("%(number)d aanvraag wacht", "%(number)d aanvragen wachten", asked)
            rows.append(
                {
                    "url": f"{reverse('register_huur_modeladmin_index')}?state__exact=requested",
                    "title": _("Huur van ruimtes"),
                    "note": text % {"number": asked},
                }
            )
        if quiet := Space.objects.filter(silent()).count():
            text = ngettext("%(number)d groep is te lang stil", "%(number)d groepen zijn te lang stil", quiet)
            rows.append(
                {
                    "url": f"{reverse('register_ruimtes_modeladmin_index')}?stil=ja",
                    "title": _("Register van ruimtes"),
                    "note": text % {"number": quiet},
                }
            )
        return rows, len(rows)


class ReviewPanel(ListPanel):
    """Pages that nobody checked, or that should be checked again."""

    name, order, icon = "review", 120, "calendar-check"
    heading = gettext_lazy("Nakijken")
    empty = gettext_lazy("Alle pagina's zijn op tijd nagekeken.")

    def rows(self, request: Any) -> tuple[list[dict[str, Any]], int]:
        pages = pages_to_review(request.user)
        rows = [
            {"url": reverse("wagtailadmin_pages:edit", args=[page.pk]), "title": page.title, "note": why(page)}
            for page in pages[:SHOWN]
        ]
        return rows, pages.count() if len(rows) == SHOWN else len(rows)

    @property
    def more_url(self) -> str:
        return reverse("knowledgebase_review_report")


class BrokenLinksPanel(ListPanel):
    """Links that lead nowhere."""

    name, order, icon = "broken_links", 130, "link"
    heading = gettext_lazy("Links die niet werken")
    empty = gettext_lazy("Alle links werken.")

    def rows(self, request: Any) -> tuple[list[dict[str, Any]], int]:
        found = BrokenLink.objects.for_editors()
        rows = [
            {
                "url": link.edit_url,
                "title": link.where,
                "note": _("“%(link)s”: %(problem)s") % {"link": link.name, "problem": link.get_problem_display()},
            }
            for link in found[:SHOWN]
        ]
        return rows, found.count() if len(rows) == SHOWN else len(rows)

    @property
    def more_url(self) -> str:
        return reverse("knowledgebase_links_report")


class MostReadPanel(ListPanel):
    """What people read most since the first of this month."""

    name, order, icon = "most_read", 140, "view"
    heading = gettext_lazy("Meest gelezen deze maand")
    empty = gettext_lazy("Deze maand is nog niets gelezen. Tellingen komen er na een halve minuut bij.")

    def rows(self, request: Any) -> tuple[list[dict[str, Any]], int]:
        today = timezone.localdate()
        counts = DayCount.objects.between(today.replace(day=1), today).exclude(page=None).per_page()
        rows = [
            {
                "url": reverse("wagtailadmin_pages:edit", args=[row["page_id"]]),
                "title": row["page__title"],
                "note": _("%(number)s keer geopend") % {"number": row["total"]},
            }
            for row in counts[:SHOWN]
        ]
        return rows, len(rows)

    @property
    def more_url(self) -> str:
        return reverse("knowledgebase_reach_report")


def arrange(request: Any, panels: list[Any]) -> None:
    """Put our panels in the place of those of Wagtail that say the same; its recent edits and locked pages stay."""
    replaced = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)
    panels[:] = [panel for panel in panels if not isinstance(panel, replaced)]
    panels += [ToApprovePanel(), SentInPanel()]
    user = request.user
    if user.has_perm(contact.HANDLE):
        panels.append(VisitorsPanel())
    if register.may(user, register.REGISTER):
        panels.append(GroupsPanel())
    review = ReviewReportView
    if review.permission_policy.user_has_any_permission(user, review.any_permission_required):
        panels.append(ReviewPanel())
    if links.policy.user_has_permission(user, "view"):
        panels.append(BrokenLinksPanel())
    if reach.policy.user_has_permission(user, "view"):
        panels.append(MostReadPanel())

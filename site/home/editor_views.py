"""The page editor of this site: who may not approve a text hears why, and what to do next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import CollectWorkflowActionDataView, WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from knowledgebase import complete

from . import examples
from .publishing import OWN_TEXT
from .workflow import is_author


class NewPageView(CreateView):
    """A new page, empty or with the example text of its type."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.GET.get(examples.ASKED) and examples.has_example(self.page_class):
            examples.fill(self.page)
        return super().get(request)


class EditorView(EditView):
    """Saves what a reviewer typed instead of approving it: the button stays on the screen while the CMS autosaves."""

    def form_valid(self, form: Any) -> HttpResponse:
        if not self.asks_approval or not (form.has_changed() or self.is_author):
            return super().form_valid(form)
        messages.error(self.request, OWN_TEXT)
        self.has_content_changes = form.has_changed()
        return self.save_action()

    @property
    def asks_approval(self) -> bool:
        post = self.request.POST
        return bool(post.get("action-workflow-action")) and post.get("workflow-action-name") == "approve"

    @property
    def is_author(self) -> bool:
        return is_author(self.page.current_workflow_task_state, self.request.user)


class ToldWhy:
    """For the two views behind the approve buttons, where Wagtail only says that the visitor has no access."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.action_name == "approve" and (reason := self.reason(request.user)):
            return self.refuse(request, reason)
        return super().dispatch(request, *args, **kwargs)

    def reason(self, user: Any) -> Any:
        """Why this person cannot approve this version; it may have become unfinished while it waited."""
        if is_author(self.object.current_workflow_task_state, user):
            return OWN_TEXT
        return complete.sentence(self.object.get_latest_revision_as_object())

    def refuse(self, request: HttpRequest, reason: Any) -> HttpResponse:
        """Go to the editor and say why; a dialog is told to go there."""
        messages.error(request, reason)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


class ApproveView(ToldWhy, WorkflowActionView):
    """Approving from the start screen of the CMS."""


class ApproveWithCommentView(ToldWhy, CollectWorkflowActionDataView):
    """The dialog for a comment in the editor."""

    def refuse(self, request: HttpRequest, reason: Any) -> HttpResponse:
        """Let the editor send its form, so that no word is lost: `EditorView` saves it and says why."""
        return self.render_modal_json(request, {"step": "success", "cleaned_data": {}})


class SitePageViewSet(PageViewSet):
    """All pages of this site."""

    model = Page
    add_view_class = NewPageView
    edit_view_class = EditorView
    workflow_action_view_class = ApproveView
    collect_workflow_action_data_view_class = ApproveWithCommentView

"""What staff do with several pages at once, in the places of what Wagtail offers to who may publish."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction, UnpublishBulkAction
from wagtail.models import Page, WorkflowState

from knowledgebase import complete

from .admin_views import may_take_offline


class SendInBulkAction(PublishBulkAction):
    """Sends drafts to a colleague: nobody puts pages online alone, so this stands in the place of publishing."""

    display_name = _("Stuur door")
    aria_label = _("Stuur de gekozen pagina's door naar een collega")
    template_name = "home/admin/bulk_send.html"

    def check_perm(self, page: Page) -> bool:
        """Whether this draft can go to a colleague: it holds something new, is finished, and waits for nobody yet."""
        allowed = page.permissions_for_user(self.request.user)
        return (
            page.has_unpublished_changes
            and allowed.can_edit()
            and allowed.can_submit_for_moderation()
            and not complete.sentence(page.get_latest_revision_as_object())
        )

    @classmethod
    def execute_action(cls, objects: Iterable[Page], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        pages = [page.specific for page in objects]
        for page in pages:
            state = page.current_workflow_state
            if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
                state.resume(user)
            else:
                page.get_workflow().start(page, user)
        return len(pages), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(number)d pagina wacht nu op een collega.",
            "%(number)d pagina's wachten nu op een collega.",
            num_parent_objects,
        ) % {"number": num_parent_objects}


class TakeOfflineBulkAction(UnpublishBulkAction):
    """Takes pages off the site, for who may do that with one page too."""

    display_name = _("Haal van de site")
    aria_label = _("Haal de gekozen pagina's van de site")

    def check_perm(self, page: Page) -> bool:
        return may_take_offline(self.request.user, page)

    @classmethod
    def execute_action(
        cls, objects: Iterable[Page], include_descendants: bool = False, user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        pages = list(objects)
        for page in pages:
            action = UnpublishPageAction(page.specific, user=user, include_descendants=include_descendants)
            action.execute(skip_permission_checks=True)
        return len(pages), 0

"""Two pairs of eyes: what one member of staff writes, another one approves."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from .publishing import OWN_TEXT


class OtherEditorTask(AbstractGroupApprovalTask):
    """A step that only someone else may approve than who wrote the text or asked for the approval."""

    class Meta:
        verbose_name = _("Goedkeuring door een collega")
        verbose_name_plural = _("Goedkeuringen door een collega")

    @classmethod
    def get_description(cls) -> str:
        return _("Iemand anders uit de gekozen groepen dan de schrijver keurt de pagina goed.")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """The author may take the text back for changes, but never approve it; a superuser is no exception."""
        actions = super().get_actions(obj, user)
        if is_author(obj.current_workflow_task_state, user):
            return [action for action in actions if action[0] != "approve"]
        return actions

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Carry out the action. Raises PermissionDenied when someone approves what he or she wrote.

        Asked again here, because the reviewer may have changed the text in the same request as approving it.
        """
        if action_name == "approve" and is_author(task_state, user):
            raise PermissionDenied(OWN_TEXT)
        return super().on_action(task_state, user, action_name, **kwargs)


def is_author(task_state: TaskState | None, user: Any) -> bool:
    """Whether this person wrote the version under review, or asked for the review."""
    if task_state is None:
        return False
    revision = task_state.workflow_state.content_object.get_latest_revision()
    authors = {task_state.workflow_state.requested_by_id, task_state.revision.user_id if task_state.revision else None}
    return user.pk in authors | {revision.user_id if revision else None}

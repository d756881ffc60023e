"""How an approved page goes live. Wagtail imports this while its own models load: import no models here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

OWN_TEXT = _(
    "Je kunt deze tekst niet goedkeuren, want je schreef er zelf aan mee of je diende hem in. Vraag een collega. "
    "Schreef die ook mee? Dan kiest wie de tekst indiende “Workflow annuleren” en daarna “Stuur door”. "
    "De ander kan hem dan goedkeuren."
)


def publish_approved(workflow_state: WorkflowState, user: Any = None) -> None:
    """Bring the approved version online; called by Wagtail when the last step of a workflow is approved.

    Staff hold no right to publish: the approval is the right. Raises PermissionDenied when the version to be
    published is by the approver after all.
    """
    revision = workflow_state.content_object.get_latest_revision()
    if user is not None and user.pk in (revision.user_id, workflow_state.requested_by_id):
        raise PermissionDenied(OWN_TEXT)
    revision.publish(user=user, skip_permission_checks=True)


def keep_schedule() -> None:
    """Bring approved versions online on the moment that stands in them, and take pages off whose time is over."""
    call_command("publish_scheduled")

"""Configuration of the comments app; its model is abstract."""

from django.utils.translation import gettext_lazy as _

from groupspace import needs


class CommentsConfig(needs.NeedsApps):
    name = "groupspace.comments"
    label = "groupspace_comments"
    verbose_name = _("reacties")
    needs = ("groupspace", "groupspace.text", "groupspace.search", "groupspace.stream")

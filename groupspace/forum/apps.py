"""Configuration of the forum app."""

from django.utils.translation import gettext_lazy as _

from groupspace import needs


class ForumConfig(needs.NeedsApps):
    name = "groupspace.forum"
    label = "groupspace_forum"
    verbose_name = _("Gesprekken")
    needs = (
        "groupspace",
        "groupspace.comments",
        "groupspace.search",
        "groupspace.storage",
        "groupspace.stream",
        "groupspace.notices",
        "groupspace.notify",
        "django_prose_editor",
    )
    default_auto_field = "django.db.models.BigAutoField"

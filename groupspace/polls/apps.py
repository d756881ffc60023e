"""Configuration of the polls app."""

from django.utils.translation import gettext_lazy as _

from groupspace import needs


class PollsConfig(needs.NeedsApps):
    name = "groupspace.polls"
    label = "groupspace_polls"
    verbose_name = _("peilingen")
    needs = (
        "groupspace",
        "groupspace.notify",
        "groupspace.comments",
        "groupspace.search",
        "groupspace.stream",
        "django_prose_editor",
    )
    default_auto_field = "django.db.models.BigAutoField"

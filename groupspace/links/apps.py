"""Configuration of the links app."""

from django.utils.translation import gettext_lazy as _

from groupspace import needs


class LinksConfig(needs.NeedsApps):
    name = "groupspace.links"
    label = "groupspace_links"
    verbose_name = _("Links en films")
    needs = ("groupspace", "groupspace.comments", "groupspace.search", "groupspace.stream", "django_prose_editor")
    default_auto_field = "django.db.models.BigAutoField"

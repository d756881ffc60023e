"""Configuration of the pages app."""

from django.utils.translation import gettext_lazy as _

from groupspace import needs


class PagesConfig(needs.NeedsApps):
    name = "groupspace.pages"
    label = "groupspace_pages"
    verbose_name = _("Pagina's")
    needs = ("groupspace", "groupspace.comments", "groupspace.search", "groupspace.stream", "django_prose_editor")
    default_auto_field = "django.db.models.BigAutoField"

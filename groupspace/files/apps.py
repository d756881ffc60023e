"""Configuration of the files app."""

from django.utils.translation import gettext_lazy as _

from groupspace import needs


class FilesConfig(needs.NeedsApps):
    name = "groupspace.files"
    label = "groupspace_files"
    verbose_name = _("Bestanden")
    needs = ("groupspace", "groupspace.storage", "groupspace.comments", "groupspace.search", "groupspace.stream")
    default_auto_field = "django.db.models.BigAutoField"

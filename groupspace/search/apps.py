"""Configuration of the private search."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from groupspace import needs


class SearchConfig(needs.NeedsApps):
    name = "groupspace.search"
    label = "groupspace_search"
    verbose_name = _("zoeken in groepen")
    needs = ("groupspace",)
    default_auto_field = "django.db.models.BigAutoField"
    periodic = {"search.tidy": (timedelta(days=1), "groupspace.search.index.tidy")}

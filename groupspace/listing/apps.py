"""The list of groups that everyone may see."""

from django.utils.translation import gettext_lazy as _

from groupspace import needs


class ListingConfig(needs.NeedsApps):
    name = "groupspace.listing"
    label = "groupspace_listing"
    verbose_name = _("lijst met groepen")
    needs = ("groupspace", "groupspace.safety")
    default_auto_field = "django.db.models.BigAutoField"

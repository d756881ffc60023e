"""Configuration of push."""

from django.utils.translation import gettext_lazy as _

from groupspace import needs


class PushConfig(needs.NeedsApps):
    name = "groupspace.push"
    label = "groupspace_push"
    verbose_name = _("berichten op een toestel")
    needs = ("groupspace.notify",)
    default_auto_field = "django.db.models.BigAutoField"

"""Quick exit and crisis lines."""

from django.utils.translation import gettext_lazy as _

from groupspace import needs


class SafetyConfig(needs.NeedsApps):
    name = "groupspace.safety"
    label = "groupspace_safety"
    verbose_name = _("veiligheid")
    needs = ("groupspace", "wagtail.contrib.settings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from groupspace.safety import checks  # noqa: F401  (registers the system checks)

"""Groups in which professionals consult each other."""

from django.utils.translation import gettext_lazy as _

from groupspace import needs


class IntervisionConfig(needs.NeedsApps):
    name = "intervision"
    label = "intervision"
    verbose_name = _("intervisie")
    needs = ("groupspace",)
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntervisionConfig(AppConfig):
    name = "intervision"
    label = "intervision"
    verbose_name = _("intervisie")
    default_auto_field = "django.db.models.BigAutoField"

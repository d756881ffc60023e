from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    name = "groupspace.safety"
    label = "groupspace_safety"
    verbose_name = _("veiligheid")
    default_auto_field = "django.db.models.BigAutoField"

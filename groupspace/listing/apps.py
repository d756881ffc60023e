from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListingConfig(AppConfig):
    name = "groupspace.listing"
    label = "groupspace_listing"
    verbose_name = _("lijst met groepen")
    default_auto_field = "django.db.models.BigAutoField"

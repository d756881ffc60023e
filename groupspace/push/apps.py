"""Configuration of push."""

from django.utils.translation import gettext_lazy as _

from groupspace import needs


class PushConfig(needs.NeedsApps):
    name = "groupspace.push"
    label = "groupspace_push"
    verbose_name = _("berichten op een toestel")
    needs = ("groupspace", "groupspace.notify", "groupspace.safety")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from groupspace import personal
        from groupspace.push import own

        personal.add_of_account("toestellen met berichten", own.of_account)

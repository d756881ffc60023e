"""Configuration of the stream."""

from django.utils.translation import gettext_lazy as _

from groupspace import needs


class StreamConfig(needs.NeedsApps):
    name = "groupspace.stream"
    label = "groupspace_stream"
    verbose_name = _("wat er gebeurt")
    needs = ("groupspace",)
    groupspace_urls = "groupspace.stream.urls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from groupspace import personal
        from groupspace.stream import visits

        personal.add_of_account("laatst gekeken wat nieuw is", visits.of_account)

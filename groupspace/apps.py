"""The core: it loads the kinds of content and the system checks."""

from datetime import timedelta

from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from groupspace import needs


class GroupspaceConfig(needs.NeedsApps):
    name = "groupspace"
    label = "groupspace"
    verbose_name = _("groepen")
    needs = (
        "groupspace.audit",
        "groupspace.storage",
        "groupspace.text",
        "groupspace.safety",
        "guardian",
        "wagtail_modeladmin",
    )
    default_auto_field = "django.db.models.BigAutoField"
    periodic = {
        "groupspace.admissions": (timedelta(days=1), "groupspace.actions.purge_admissions"),
        "groupspace.leases": (timedelta(hours=6), "groupspace.actions.end_leases"),
        "groupspace.prepared": (timedelta(minutes=1), "groupspace.actions.place_due"),
        "groupspace.calendar": (timedelta(hours=6), "groupspace.actions.keep_to_the_calendar"),
    }

    def ready(self) -> None:
        autodiscover_modules("kind")
        from groupspace import checks, policy  # noqa: F401  (checks registers the system checks)
        from groupspace.actor import actor_of
        from groupspace.text.drafts import when_kept

        when_kept(
            lambda request, place, kind: policy.may_keep_words(
                actor_of(request, within=place), place, to_join=kind == "join"
            )
        )

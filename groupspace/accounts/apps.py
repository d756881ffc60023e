"""The two apps this package gives a host: the accounts themselves, and Wagtail's user screens narrowed to staff."""

from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig

from groupspace import needs


class AccountsConfig(needs.NeedsApps):
    name = "groupspace.accounts"
    label = "groupspace_accounts"
    verbose_name = _("inloggen")
    needs = (
        "groupspace",
        "groupspace.notify",
        "django_otp",
        "django_otp.plugins.otp_totp",
        "django_otp.plugins.otp_static",
        "two_factor",
        "axes",
        "wagtail.users",
    )
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self) -> None:
        from groupspace import personal
        from groupspace.accounts import checks, own, receivers  # noqa: F401  (checks and receivers register themselves)

        personal.add_of_account("voorkeuren", own.chosen)
        personal.add_of_account("waar je bent ingelogd", own.sessions)


class StaffUsersConfig(WagtailUsersAppConfig):
    """Takes the place of `wagtail.users`: same name and label, but its screens know only staff."""

    user_viewset = "groupspace.accounts.staff_views.StaffViewSet"
    group_viewset = "groupspace.accounts.staff_views.StaffGroupViewSet"

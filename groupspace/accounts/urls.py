"""Addresses of accounts. The names of two_factor lead to our own views: there is no second way in."""

from __future__ import annotations

from django.urls import include, path

from groupspace.accounts import views
from groupspace.accounts.twofactor import LoginView, SetupView, qr

_account = [
    path("", views.SettingsView.as_view(), name="settings"),
    path("login/", LoginView.as_view(), name="login"),
    path("uitloggen/", views.LogoutView.as_view(), name="logout"),
    path("aanmelden/", views.SignUpView.as_view(), name="signup"),
    path("herstelcodes/", views.CodesView.as_view(), name="codes"),
    path("herstelcodes/nieuw/", views.CodesNewView.as_view(), name="codes-new"),
    path("twee-stappen/", SetupView.as_view(), name="setup"),
    path("twee-stappen/qr.svg", qr, name="qr"),
    path("twee-stappen/uit/", views.FactorRemoveView.as_view(), name="factor-remove"),
    path("wachtwoord/", views.PasswordView.as_view(), name="password"),
    path("e-mail/", views.EmailView.as_view(), name="email"),
    path("voorkeuren/", views.PreferencesView.as_view(), name="preferences"),
    path("verwijderen/", views.DeleteView.as_view(), name="delete"),
    path("verwijderd/", views.DeletedView.as_view(), name="deleted"),
    path("sessies/", views.SessionsView.as_view(), name="sessions"),
    path("sessies/overal-uit/", views.SessionsEndView.as_view(), name="sessions-end"),
    path("sessies/<uuid:public_id>/uit/", views.SessionEndView.as_view(), name="session-end"),
    path("vergeten/", views.ResetView.as_view(), name="reset"),
    path("vergeten/code/", views.ResetByCodeView.as_view(), name="reset-code"),
    path("vergeten/e-mail/", views.ResetByMailView.as_view(), name="reset-mail"),
    path("link/", views.LinkView.as_view(), name="link"),
    path("link/verder/", views.LinkUseView.as_view(), name="link-use"),
]
_two_factor = [
    path("login/", LoginView.as_view(), name="login"),
    path("twee-stappen/", SetupView.as_view(), name="setup"),
    path("twee-stappen/qr.svg", qr, name="qr"),
    path("herstelcodes/", views.CodesView.as_view(), name="setup_complete"),
    path("herstelcodes/nieuw/", views.CodesNewView.as_view(), name="backup_tokens"),
    path("twee-stappen/uit/", views.FactorRemoveView.as_view(), name="disable"),
    path("", views.SettingsView.as_view(), name="profile"),
]
urlpatterns = [
    path("", include((_account, "account"))),
    path("", include((_two_factor, "two_factor"))),
]

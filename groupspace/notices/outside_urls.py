"""Addresses outside the groups, that say nothing of them: the way out of all mail, and the script for push."""

from django.urls import path

from groupspace.notices.views import mail_off
from groupspace.push.views import worker

app_name = "groupspace_outside"
urlpatterns = [
    path("bericht/uit/<str:token>/", mail_off, name="mail-off"),
    path("sw.js", worker, name="worker"),
]

"""Addresses of polls, under a space."""

from django.urls import path

from groupspace.comments.views import comment_urls
from groupspace.polls import views
from groupspace.polls.models import PollComment

urlpatterns = [
    path("", views.PollListView.as_view(), name="list"),
    path("nieuw/", views.PollCreateView.as_view(), name="poll-create"),
    path("<uuid:item>/", views.PollDetailView.as_view(), name="poll"),
    path("<uuid:item>/bewerk/", views.PollEditView.as_view(), name="poll-edit"),
    path("<uuid:item>/stem/", views.PollVoteView.as_view(), name="vote"),
    path("<uuid:item>/neem-stem-terug/", views.PollRetractView.as_view(), name="vote-retract"),
    path("<uuid:item>/sluiten/", views.PollCloseView.as_view(), name="poll-close"),
    path("<uuid:item>/uitkomst/", views.PollDecideView.as_view(), name="poll-decide"),
    path("<uuid:item>/weghalen/", views.PollDeleteView.as_view(), name="poll-delete"),
    *comment_urls(PollComment),
]

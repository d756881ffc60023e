"""Addresses of conversations, under a space."""

from django.urls import path

from groupspace.forum import views

urlpatterns = [
    path("", views.TopicListView.as_view(), name="list"),
    path("nieuw/", views.TopicCreateView.as_view(), name="topic-create"),
    path("gelezen/", views.TopicsReadView.as_view(), name="topics-read"),
    path("<uuid:item>/", views.TopicDetailView.as_view(), name="topic"),
    path("<uuid:item>/reageer/", views.TopicReplyView.as_view(), name="reply"),
    path("<uuid:item>/ongelezen/", views.TopicUnreadView.as_view(), name="topic-unread"),
    path("<uuid:item>/vastzetten/", views.TopicPinView.as_view(), name="topic-pin"),
    path("<uuid:item>/sluiten/", views.TopicLockView.as_view(), name="topic-lock"),
    path("bericht/<uuid:item>/", views.PostDetailView.as_view(), name="post"),
    path("bericht/<uuid:item>/bewerk/", views.PostEditView.as_view(), name="post-edit"),
    path("bericht/<uuid:item>/weghalen/", views.PostDeleteView.as_view(), name="post-delete"),
]

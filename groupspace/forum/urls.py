"""Addresses of conversations, under a space."""

from django.urls import path

from groupspace.forum.views import attaching, own, post_acts, posts, scheduled, steering, topic, topics

urlpatterns = [
    path("", topics.TopicListView.as_view(), name="list"),
    path("nieuw/", topics.TopicCreateView.as_view(), name="topic-create"),
    path("gelezen/", topics.TopicsReadView.as_view(), name="topics-read"),
    path("woorden/", own.MutedWordsView.as_view(), name="muted-words"),
    path("namen/", own.NamesView.as_view(), name="names"),
    path("klaar/nieuw/", scheduled.ScheduledCreateView.as_view(), name="scheduled-create"),
    path("klaar/<uuid:item>/", scheduled.ScheduledEditView.as_view(), name="scheduled-edit"),
    path("<uuid:item>/", topic.TopicDetailView.as_view(), name="topic"),
    path("<uuid:item>/reageer/", topic.TopicReplyView.as_view(), name="reply"),
    path("<uuid:item>/ongelezen/", steering.TopicUnreadView.as_view(), name="topic-unread"),
    path("<uuid:item>/volgen/", steering.TopicFollowView.as_view(), name="topic-follow"),
    path("<uuid:item>/pas/", steering.RoundPassView.as_view(), name="round-pass"),
    path("<uuid:item>/vastzetten/", steering.TopicPinView.as_view(), name="topic-pin"),
    path("<uuid:item>/sluiten/", steering.TopicLockView.as_view(), name="topic-lock"),
    path("<uuid:item>/koffiehoek/", steering.TopicLoungeView.as_view(), name="topic-lounge"),
    path("bijlage/<uuid:item>/", attaching.AttachmentView.as_view(), name="attachment"),
    path("bijlage/<uuid:item>/groot/", attaching.AttachmentPictureView.as_view(), name="attachment-picture"),
    path("bijlage/<uuid:item>/klein/", attaching.AttachmentSmallView.as_view(), name="attachment-small"),
    path("bericht/<uuid:item>/", posts.PostDetailView.as_view(), name="post"),
    path("bericht/<uuid:item>/bewerk/", posts.PostEditView.as_view(), name="post-edit"),
    path("bericht/<uuid:item>/weghalen/", posts.PostDeleteView.as_view(), name="post-delete"),
    path("bericht/<uuid:item>/eerder/", post_acts.PostVersionsView.as_view(), name="post-versions"),
    path("bericht/<uuid:item>/woord/", post_acts.PostReactView.as_view(), name="post-react"),
    path("bericht/<uuid:item>/waarschuwing/", post_acts.PostWarnView.as_view(), name="post-warn"),
    path("bericht/<uuid:item>/terug/", post_acts.PostUndoView.as_view(), name="post-undo"),
]

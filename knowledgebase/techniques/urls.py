"""Where professionals write along. Private: nothing here is a page of the tree."""

from django.urls import path

from . import views

app_name = "knowledgebase_techniques"
urlpatterns = [
    path("", views.MineView.as_view(), name="mine"),
    path("<uuid:theme>/", views.DraftView.as_view(), name="draft"),
    path("<uuid:theme>/zeg/<slug:section>/", views.SayView.as_view(), name="say"),
    path("<uuid:theme>/stem/", views.VoteView.as_view(), name="vote"),
]

"""Addresses of answering a quick scan. All are private; each entry has a random address."""

from django.urls import path

from . import views

app_name = "knowledgebase_quickscan"
urlpatterns = [
    path("beginnen/<uuid:scan>/", views.StartView.as_view(), name="start"),
    path("verstuurd/<uuid:scan>/", views.SentView.as_view(), name="sent"),
    path("<uuid:entry>/", views.EntryView.as_view(), name="entry"),
    path("<uuid:entry>/verder/<str:key>/", views.OpenView.as_view(), name="open"),
    path("<uuid:entry>/vraag/<slug:question>/", views.QuestionView.as_view(), name="question"),
    path("<uuid:entry>/versturen/", views.SendView.as_view(), name="send"),
]

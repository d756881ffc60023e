"""The addresses behind the links in mail."""

from django.urls import path

from . import views

app_name = "knowledgebase_newsletter"
urlpatterns = [
    path("abonnement/bevestigen/", views.confirm, name="confirm"),
    path("abonnement/afmelden/", views.leave, name="leave"),
]

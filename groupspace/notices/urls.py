"""Addresses of notices; they hang under the same path as the spaces themselves."""

from django.urls import path

from groupspace.notices import views

app_name = "notices"
urlpatterns = [
    path("meldingen/", views.NoticeListView.as_view(), name="list"),
    path("meldingen/gelezen/", views.ReadAllView.as_view(), name="read-all"),
    path("meldingen/instellen/", views.DeliveryView.as_view(), name="delivery"),
    path("meldingen/toestel/", views.DeviceView.as_view(), name="device"),
    path("<uuid:space>/meldingen/", views.WishView.as_view(), name="wishes"),
    path("<uuid:space>/mededeling/", views.AnnounceView.as_view(), name="announce"),
]

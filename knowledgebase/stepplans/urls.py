"""Addresses of walking through a step plan. All are private; each plan has a random address."""

from django.urls import path

from . import views

app_name = "knowledgebase_stepplans"
urlpatterns = [
    path("beginnen/<uuid:plan>/", views.StartView.as_view(), name="start"),
    path("mijn/", views.MineView.as_view(), name="mine"),
    path("vergelijken/", views.CompareView.as_view(), name="compare"),
    path("gewist/", views.ForgottenView.as_view(), name="forgotten"),
    path("<uuid:walk>/", views.WalkView.as_view(), name="walk"),
    path("<uuid:walk>/verder/<str:key>/", views.OpenView.as_view(), name="open"),
    path("<uuid:walk>/stap/<slug:step>/", views.StepView.as_view(), name="step"),
    path("<uuid:walk>/afronden/", views.PlanView.as_view(), name="plan"),
    path("<uuid:walk>/document/", views.DocumentView.as_view(), name="document"),
    path("<uuid:walk>/plan.pdf", views.PdfView.as_view(), name="pdf"),
    path("<uuid:walk>/bewaren/", views.KeepView.as_view(), name="keep"),
    path("<uuid:walk>/kopie/", views.CopyView.as_view(), name="copy"),
    path("<uuid:walk>/besluit/", views.ApprovalView.as_view(), name="approval"),
    path("<uuid:walk>/wissen/", views.ForgetView.as_view(), name="forget"),
]

"""All addresses of the site. Order matters: Wagtail's page patterns catch whatever is left."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config import health, media

# Wagtail's own log-in pages would give a session without the second step (trap A1): send people to ours.
to_login = RedirectView.as_view(pattern_name="account:login", query_string=True)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots_txt, name="robots"),
    path(".well-known/security.txt", health.security_txt, name="security"),
    path("cms/login/", to_login),
    path("_util/login/", to_login),
    path("cms/", include(wagtailadmin_urls)),
    path("documenten/<int:document_id>/<str:document_filename>", media.document, name="document"),
    path("documenten/", include(wagtaildocs_urls)),
    path("media/<str:folder>/<path:path>", media.picture, name="media"),
    path("account/", include("groupspace.accounts.urls")),
    path("groep/", include("groupspace.urls")),
    path("weg/", include("groupspace.safety.urls")),
    path("", include("groupspace.notices.outside_urls")),
    path("", include("theme.urls")),
    path("", include("home.urls")),
    path("meeschrijven/", include("knowledgebase.techniques.urls")),
    path("", include("knowledgebase.urls")),
    path("plan/", include("knowledgebase.stepplans.urls")),
    path("quickscan/", include("knowledgebase.quickscan.urls")),
    path("", include("knowledgebase.newsletter.urls")),
    path("", include("knowledgebase.contact.urls")),
    path("", include("knowledgebase.ideas.urls")),
    path("reactie/", include("knowledgebase.reactions.urls")),
]

if settings.DEBUG:
    urlpatterns += [
        path("__debug__/", include("debug_toolbar.urls")),
        path("__reload__/", include("django_browser_reload.urls")),
    ]

urlpatterns.append(path("", include(wagtail_urls)))

handler403 = "theme.errors.forbidden"
handler404 = "theme.errors.not_found"
handler500 = "theme.errors.server_error"

from django.conf import settings
from django.urls import include, path

from wagtail.admin import urls as wagtailadmin_urls
from wagtail import urls as wagtail_urls
from wagtail.documents import urls as wagtaildocs_urls

from search import views as search_views

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("search/", search_views.search, name="search"),
]


if settings.DEBUG:
    from django.conf.urls.static import static
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    # Serve static and media files from development server
    urlpatterns += staticfiles_urlpatterns()
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

urlpatterns = urlpatterns + [
    # For anything not caught by a more specific rule above, hand over to
    # Wagtail's page serving mechanism. This should be the last pattern in
    # the list:
    path("", include(wagtail_urls)),
    # Alternatively, if you want Wagtail pages to be served from a subpath
    # of your site, rather than the site root:
    #    path("pages/", include(wagtail_urls)),
]


# Kring
from django.views.generic import RedirectView

to_login = RedirectView.as_view(pattern_name="account:login", query_string=True)
urlpatterns = [
    path("admin/login/", to_login),  # Wagtail's own log-in knows no second step
    path("_util/login/", to_login),
    path("account/", include("groupspace.accounts.urls")),
    path("groep/", include("groupspace.urls")),
    path("weg/", include("groupspace.safety.urls")),
    path("", include("groupspace.notices.outside_urls")),
    path("", include("knowledgebase.urls")),
    path("", include("knowledgebase.contact.urls")),
    path("", include("knowledgebase.ideas.urls")),
    path("", include("knowledgebase.newsletter.urls")),
    path("plan/", include("knowledgebase.stepplans.urls")),
    path("quickscan/", include("knowledgebase.quickscan.urls")),
    path("reactie/", include("knowledgebase.reactions.urls")),
    path("meeschrijven/", include("knowledgebase.techniques.urls")),
    *urlpatterns,
]
